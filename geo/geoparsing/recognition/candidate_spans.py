"""Find the spans of a text that may be toponyms: names of the gazetteer, and names that no gazetteer has.

A span is a question, not an answer: `recognising` scores each by its context.
"""

from itertools import compress
from operator import attrgetter, eq
from typing import Final

from geo.geoparsing.recognition.known_names import find_capitalised, find_without_capitals
from geo.geoparsing.recognition.spans import Span
from geo.geoparsing.recognition.unknown_names import capitalised_unknown, things_without_capitals
from geo.geoparsing.words.tokens import Tokens

_PHRASES: Final = attrgetter("phrases")
_LOWER: Final = attrgetter("lower")


def find_spans(tokens: Tokens) -> list[Span]:
    """List everything in a text that may be a toponym, by its first word; candidates may overlap."""
    found = find_without_capitals(tokens) if tokens.flat else find_capitalised(tokens)
    none = _not_places(tokens)
    found = _drop_inside(found, none)
    known = {(c.first, c.last) for c in found}
    more = things_without_capitals(tokens, found) if tokens.flat else capitalised_unknown(tokens, found)
    for span in _drop_inside(list(more), none):
        words = (span.first, span.last)
        if words not in known:
            known.add(words)
            found.append(span)
    found.sort(key=lambda c: (c.first, -c.last))
    return found


def _not_places(tokens: Tokens) -> set[int]:
    """Find the words of names that are no places: "Islamic State of Iraq and Syria"."""
    words = tokens.words
    inside: set[int] = set()
    for i in compress(range(len(words)), map(_PHRASES, words)):
        for phrase in words[i].phrases:
            stop = i + 1 + len(phrase)
            if stop <= len(words) and all(map(eq, phrase, map(_LOWER, words[i + 1 : stop]))):
                inside.update(range(i, stop))
                break
    return inside


def _drop_inside(found: list[Span], inside: set[int]) -> list[Span]:
    """Leave out the spans that begin or end inside names that are no places."""
    return [span for span in found if span.first not in inside and span.last not in inside] if inside else found
