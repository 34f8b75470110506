"""Find names that no gazetteer has: with a noun for a sort of place, or where a place is expected."""

import re
from collections.abc import Iterator
from itertools import compress
from operator import attrgetter
from typing import Final

from geo.geoparsing.recognition.spans import CALENDAR, PARTICLES, Source, Span, is_tied, joins
from geo.geoparsing.words.lexicon import COMMON_ZIPF, Word
from geo.geoparsing.words.names import Name, name_table
from geo.geoparsing.words.tokens import Tokens
from geo.tables import word_class

_LONGEST_RUN: Final = 9
_LONGEST_UNKNOWN: Final = 4
# Behind a known name these begin something else: "Derna on", "Derna and Tobruk".
_ENDERS: Final = word_class("after_known_name")
_LONGEST_FLAT_THING: Final = 4
_RARE_ZIPF: Final = 4.6  # a word as common as this hardly is a name by itself where capitals say nothing
_OPENERS: Final = word_class("opens_place_name")
_NOUNS: Final = attrgetter("nouns")
_ROAD_NUMBER: Final = re.compile(r"[ABMEN]\d{1,4}")
_VILLAGES: Final = frozenset({"village", "hamlet", "town"})


def _runs(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Give the runs of capitalised words, with small words between them ("Gulf of Mexico")."""
    words, n, i = tokens.words, len(tokens.words), 0
    while i < n:
        if words[i].shape not in "CUx" and not (words[i].shape == "d" and words[i].text[0] in "ABMEN"):
            i += 1
            continue
        last = j = i
        while j + 1 < n and j - i < _LONGEST_RUN and not words[j].cut and joins(tokens, j):
            j += 1
            if words[j].roles & CALENDAR and words[j - 1].shape == "l":
                break  # "Hodeidah on Monday", "Marawi in May"
            if words[j].shape in "CUxd":
                last = j
            elif words[j].lower not in PARTICLES and not is_tied(tokens, j):
                break
        yield i, last
        i = last + 1


def capitalised_unknown(tokens: Tokens, found: list[Span]) -> Iterator[Span]:
    """Find things and unknown names among the runs of capitalised words."""
    longest = {c.first: c for c in found}  # names_at gives the longest last
    runs = list(_runs(tokens))
    unknown: set[Name] = set()
    for n, (first, last) in enumerate(runs):
        yield from _things_in_run(tokens, first, last, first + 1)
        if tokens.words[last].cut and n + 1 < len(runs) and runs[n + 1][0] == last + 1 and tokens.gaps[last + 1] == " ":
            yield from _things_in_run(tokens, first, runs[n + 1][1], last + 1)  # "Alder Hey Children's Hospital"
        for candidate in _unknown_run(tokens, first, last, longest):
            unknown.add(candidate.name)
            yield candidate
    if unknown:
        yield from _met_again(tokens, runs, unknown)


def _met_again(tokens: Tokens, runs: list[tuple[int, int]], unknown: set[Name]) -> Iterator[Span]:
    """Find the unknown names of a report where nothing but their spelling marks them."""
    for first, last in runs:
        name = _name_of(tokens, first, last)
        if name in unknown:
            yield Span(first, last, "unknown", name)


def _name_of(tokens: Tokens, first: int, last: int) -> Name:
    return name_table()[" ".join(word.key for word in tokens.words[first : last + 1])]


def _things_in_run(tokens: Tokens, first: int, last: int, least: int) -> Iterator[Span]:
    """Find names that end or begin with a noun for a sort of place, and reach to word `least` or beyond."""
    words = tokens.words
    if first == last:
        if words[first].shape == "d" and _ROAD_NUMBER.fullmatch(words[first].text):
            yield Span(first, first, "thing", _name_of(tokens, first, first), "road")
        return
    starts = [first]
    if _opens_only(words[first]):
        starts = [_next_large(words, first, last)]
    elif tokens.opens_sentence(first) and words[first].zipf > COMMON_ZIPF:
        starts.append(first + 1)
    starts += [i + 1 for i in range(first + 1, last) if words[i].lower in {"and", "in"}]
    for start in starts:
        for end in range(max(start + 1, least), last + 1):
            if words[end].lower == "in" and any(noun.kind == "admin" for noun in words[last].nouns):
                break  # "Tora in Ghor Province" are two
            if words[end].lower == "and" and words[end - 1].nouns:
                break  # "Eglinton Avenue West and Dubonet Drive" are two
            if _is_thing(words, start, end, last):
                yield _thing(tokens, start, end)


def _is_thing(words: list[Word], start: int, end: int, last: int) -> bool:
    """Return whether words are a name with a noun; a number makes a name for roads only."""
    if words[end].nouns:
        return True
    if not words[start].nouns:
        return False
    if words[end].shape == "d" and not any(noun.kind == "road" for noun in words[start].nouns):
        return False
    return end == start + 1 or (words[start + 1].lower in PARTICLES and end == last)


def _thing(tokens: Tokens, start: int, end: int) -> Span:
    """Make a candidate of a name with a noun: a qualified one when the rest is known."""
    words = tokens.words
    at_end = bool(words[end].nouns)
    noun = words[end] if at_end else words[start]
    inner_first, inner_last = (start, end - 1) if at_end else (start + 1, end)
    if words[inner_first].lower in {"of", "de"} and inner_first < inner_last:
        inner_first += 1
    inner = _name_of(tokens, inner_first, inner_last)
    source: Source = "qualified" if inner.rows and not inner.demonym else "thing"
    return Span(start, end, source, inner, noun.lower)


def _opens_only(word: Word) -> bool:
    """Recognise a word that is written large because it opens a sentence: "In Al-Hol Camp"."""
    return "locative" in word.roles and word.zipf > COMMON_ZIPF


def _next_large(words: list[Word], first: int, last: int) -> int:
    return next(i for i in range(first + 1, last + 1) if words[i].shape != "l" or i == last)


def _unknown_run(tokens: Tokens, first: int, last: int, longest: dict[int, Span]) -> Iterator[Span]:
    """Find an unknown name where a place is expected: a whole run that the gazetteer does not have."""
    words = tokens.words
    if first < last and _opens_only(words[first]):
        first = _next_large(words, first, last)
    last = next((i - 1 for i in range(first + 1, last) if words[i].lower == "in"), last)  # "Tora in Ghor Province"
    if words[first].roles & {"direction"} and first < last:
        inner = longest.get(first + 1)
        if inner and inner.last == last:
            yield Span(first, last, "qualified", inner.name, words[first].lower)
            return
    known = longest.get(first)
    if known and known.last < last and words[known.last + 1].lower in _ENDERS and tokens.gaps[known.last + 1] == " ":
        return
    if (known and known.last == last) or last - first >= _LONGEST_UNKNOWN or first == 0:
        return
    before = words[first - 1]
    is_introduced = "locative" in before.roles or (
        before.shape == "l" and (before.lower in {"of", "the"} or bool(before.nouns))
    )
    if (is_introduced and joins(tokens, first - 1)) or (words[first].shape == "C" and _is_called_village(tokens, last)):
        yield Span(first, last, "unknown", _name_of(tokens, first, last))


def _is_called_village(tokens: Tokens, last: int) -> bool:
    """Recognise a name by the noun behind it: "Wad Nora village"."""
    following = tokens.words[last + 1] if last + 1 < len(tokens.words) else None
    return following is not None and following.shape == "l" and following.lower in _VILLAGES and joins(tokens, last)


def things_without_capitals(tokens: Tokens, found: list[Span]) -> Iterator[Span]:
    """Find names with a noun where capitals say nothing: "NEAR SAN RAFAEL FARM", "SANTA ELENA JURISDICTION"."""
    longest = {c.last: c for c in reversed(found)}  # by the last word, the longest that ends there
    longest_at = {c.first: c for c in found}
    words = tokens.words
    for i in compress(range(len(words)), map(_NOUNS, words)):
        word = words[i]
        if i + 2 < len(words) and words[i + 1].lower == "of":
            yield from _of_flat(tokens, i + 2, longest_at)
        if i == 0 or not joins(tokens, i - 1):
            continue
        inner = longest.get(i - 1)
        if inner and inner.source == "name":
            yield Span(inner.first, i, "qualified", inner.name, word.lower)
        elif words[i - 1].zipf < _RARE_ZIPF and not inner:
            start = i - 1
            while (
                start > 0 and i - start < _LONGEST_FLAT_THING and joins(tokens, start - 1) and _rare(words[start - 1])
            ):
                start -= 1
            yield Span(start, i, "thing", _name_of(tokens, start, i - 1), word.lower)


def _of_flat(tokens: Tokens, first: int, longest: dict[int, Span]) -> Iterator[Span]:
    """Find an unknown name behind "the village of" where capitals say nothing."""
    words = tokens.words
    last = first - 1
    while last + 1 < len(words) and last - first < _LONGEST_FLAT_THING and _rare(words[last + 1]):
        last += 1
        if not joins(tokens, last):
            break
    known = longest.get(first)
    if last >= first and not (known and known.last >= last) and tokens.gaps[first] == " ":
        yield Span(first, last, "unknown", _name_of(tokens, first, last))


def _rare(word: Word) -> bool:
    return word.zipf < _RARE_ZIPF or word.lower in _OPENERS
