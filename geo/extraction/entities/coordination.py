"""Group the people named side by side, and recognise parts of a list and appositions.

"Two soldiers and a civilian" are three; "twelve people, including three children" twelve; "Adam, a dentist in
the town" one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from geo.extraction.language.chunks import NounPhrase
from geo.extraction.language.tagged_text import TaggedText
from geo.extraction.language.tokens import Words
from geo.tables import linking_phrases, word_class

_ADDING: Final = linking_phrases("adding")
_PARTING: Final = linking_phrases("parting")
_STOP: Final = attrgetter("stop")
_CLOSERS: Final = frozenset({")", "]", "-", "—", "–"})
_NAME: Final = 7  # words of a name
_IN_NAMES: Final = frozenset({"-", "al", "el", "bin", "ibn", "abu", "de", "la", "'s"})
_WITH_TO: Final = word_class("noun_with_to")
_TO_THE: Final = 2  # words of "to the"
_OF_THEM: Final = linking_phrases("of_them")


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class Coordination:
    """People named side by side: "two soldiers and a civilian, including one officer"."""

    items: tuple[NounPhrase, ...]
    parts: tuple[NounPhrase, ...] = ()
    asides: tuple[NounPhrase, ...] = ()  # appositions: "a dentist"

    @property
    def first(self) -> int:
        """The index of the first word."""
        return min(self.items[0].first, self.asides[0].first) if self.asides else self.items[0].first

    @property
    def stops(self) -> tuple[int, ...]:
        """Where the list can end, in words: without or with "of the town" behind its last phrase."""
        last = max((*self.items, *self.parts, *self.asides), key=_STOP)
        return (last.tail, last.stop, self.items[-1].tail, self.items[-1].stop)


@dataclass(slots=True)
class _Open:
    """A list that is still growing."""

    last: NounPhrase  # the one that stops last
    items: list[NounPhrase]
    parts: list[NounPhrase] = field(default_factory=list)
    asides: list[NounPhrase] = field(default_factory=list)
    reach: int = 0  # where "of the town" ends that began within the last phrase
    ended: bool = False  # whether "and" has introduced the last of them

    def close(self) -> Coordination:
        return Coordination(tuple(self.items), tuple(self.parts), tuple(self.asides))


def find_coordinations(text: TaggedText, phrases: Sequence[NounPhrase]) -> list[Coordination]:
    """Put phrases together that stand side by side, in text order."""
    found: list[Coordination] = []
    growing: _Open | None = None
    for phrase in phrases:
        if growing is None:
            growing = _Open(phrase, [phrase], reach=phrase.tail)
            continue
        before = growing.last.stop
        link = _link(text, growing, phrase)
        if link == "within":
            growing.reach = max(growing.reach, phrase.tail)
            continue
        if link == "head":
            growing.asides.append(growing.items.pop())
            link = "add"
        if link:
            growing.ended = growing.ended or (link == "add" and "and" in text.words.words[before : phrase.first])
            {"add": growing.items, "part": growing.parts, "aside": growing.asides}[link].append(phrase)
            growing.last = max(growing.last, phrase, key=_STOP)
            growing.reach = phrase.tail
            continue
        found.append(growing.close())
        growing = _Open(phrase, [phrase], reach=phrase.tail)
    if growing is not None:
        found.append(growing.close())
    return found


def _link(text: TaggedText, growing: _Open, phrase: NounPhrase) -> str:
    """Say how a phrase goes on from the list so far: "add", "head", "part", "aside", "within" or "" (not at all)."""
    last = growing.last
    if (phrase.first < growing.reach and not phrase.counted) or _completes(text.words, last, phrase):
        return "within"
    stops = [stop for stop in dict.fromkeys((last.stop, last.tail, growing.reach)) if stop <= phrase.first]
    gaps = (tuple(text.words.words[_past_name(text.words, stop, phrase.first) : phrase.first]) for stop in stops)
    links = (_across(text.words, growing, phrase, gap) for gap in gaps)
    link = next((link for link in links if link), "")
    is_comma = text.words.words[last.stop : phrase.first] == [","]  # "two children, officials said"
    return "" if (link in {"add", "aside"} or (link and is_comma)) and _breaks(text, growing, phrase, link) else link


def _completes(words: Words, last: NounPhrase, phrase: NounPhrase) -> bool:
    """Return whether "to" joins a phrase to the noun before it: "an adviser | to the governor, and his driver"."""
    return (
        words.get(last.stop) == "to"
        and phrase.first - last.stop <= _TO_THE
        and last.sort == "people"
        and words.words[last.head] in _WITH_TO
    )


def _past_name(words: Words, at: int, stop: int) -> int:
    """Step over a name that no table knows: "a minister | , Wissam al-Hassan, | and two guards"."""
    if words.words[at : at + 1] != [","]:
        return at
    end = at + 1
    while end < min(stop, at + _NAME) and (words.text[words.starts[end]].isupper() or words.words[end] in _IN_NAMES):
        end += 1
    return end if end > at + 1 and words.words[end : end + 1] == [","] and end < stop else at


def _breaks(text: TaggedText, growing: _Open, phrase: NounPhrase, link: str) -> bool:
    """Return whether a phrase begins something new: the speaker of ", officials said", what comes after "A and B"."""
    opened = growing.items[0]  # "according to officials, two died"
    ended = growing.ended or text.speech.is_speaker(opened.first, opened.stop)
    if link == "add" and ended and text.words.get(phrase.first - 1) == ",":
        return True
    return text.speech.is_speaker(phrase.first, phrase.stop)


def _across(words: Words, growing: _Open, phrase: NounPhrase, gap: tuple[str, ...]) -> str:
    """Say how a phrase goes on across the words of a gap."""
    last, closed = growing.last, _closed(gap)
    heads = not gap and phrase.sort == "name" and last.sort == "people" and not last.counted and last in growing.items
    named = gap == ("(",) and words.get(phrase.stop) == ")" and not phrase.counted
    bare = not phrase.counted and phrase.sort == "people" and phrase.least == 1 and last in growing.asides
    if heads or (gap == ("and",) and _is_title(last, phrase)):  # the priests Adam, Ben and Carl; senator and poet Adam
        return "head"
    if gap == ("and",) and (bare or _shares_number(words, last, phrase)):  # Adam, a dentist and director of the clinic
        return "aside"
    if named or (gap == (",",) and _is_aside(words, last, phrase)):  # Adam (Spaniard); Adam, a dentist
        return "aside"
    if closed != gap and closed in _ADDING:
        return "add"
    if _is_part(words, growing, phrase, gap) or (growing.parts and gap in _ADDING):
        return "part"
    return "add" if gap in _ADDING else ""


def _is_title(last: NounPhrase, phrase: NounPhrase) -> bool:
    """Return whether a phrase before "and" only introduces the name behind it."""
    return last.sort == "people" and last.least == 1 and not last.counted and phrase.sort == "name"


def _shares_number(words: Words, last: NounPhrase, phrase: NounPhrase) -> bool:
    """Return whether a number counts both: "over 300 men and boys"."""
    both = last.sort == phrase.sort == "people" and last.counted and not phrase.counted
    many = (last.least or last.most or 0) > 1 and phrase.least != 1
    return both and many and phrase.first == phrase.head and words.words[phrase.stop - 1].endswith("s")


def _closed(gap: tuple[str, ...]) -> tuple[str, ...]:
    """Drop an insertion, or what closes one, from the words between two phrases."""
    first = 0
    if gap[:1] in {("(",), ("[",)}:
        ends = [at for at, word in enumerate(gap) if word in {")", "]"}]
        if not ends:
            return gap
        first = ends[0]
    while first < len(gap) and gap[first] in _CLOSERS:
        first += 1
    return gap[first:]


def _is_part(words: Words, growing: _Open, phrase: NounPhrase, gap: tuple[str, ...]) -> bool:
    last, total = growing.last, growing.items[-1].least
    small = total is None or phrase.least is None or phrase.least <= total
    if gap in _ADDING and tuple(words.words[phrase.stop : phrase.stop + 2]) in _OF_THEM:
        return small
    return (
        gap in _PARTING and last.counted and small and (phrase.counted or gap[-1] in {"including", "mostly", "mainly"})
    )


def _is_aside(words: Words, last: NounPhrase, phrase: NounPhrase) -> bool:
    """Return whether a phrase behind a comma says who the one before it is: "Adam, a dentist", "a judge, Adam"."""
    one = phrase.least == 1 and phrase.most == 1 and last.least == 1 and last.most == 1
    if one and phrase.sort == "number" and words.get(phrase.stop) == "of":  # Adam, one of the founders
        return True
    if not one or {last.sort, phrase.sort} != {"name", "people"}:
        return False
    # "a judge, Carlos Diaz, and a cook" against "a judge, a cook and Carlos Diaz"
    return phrase.sort == "people" or words.get(phrase.stop) in {",", ";", "."} or words.get(last.first) == "the"
