"""Find the spans of a text that may be toponyms: names of the gazetteer, and names that no gazetteer has.

A span is a question, not an answer: `recognising` scores each by its context.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter, eq
from typing import Final, Literal

from geo.geoparsing.lexicon import COMMON_ZIPF, Word
from geo.geoparsing.names import Name, NameTable, Row, name_table
from geo.geoparsing.tokens import Tokens

# name: in the gazetteer; demonym: a word for a people; qualified: a known name with a noun or a direction
# ("Anbar province", "northern Iraq" written large); thing: an unknown name with a noun ("Yarmouk Hospital");
# unknown: an unknown name where a place is expected ("in Turtle Rock").
Source = Literal["name", "demonym", "qualified", "thing", "unknown"]

LONGEST_NAME: Final = 7
_LONGEST_RUN: Final = 9
_LONGEST_UNKNOWN: Final = 4
_LONGEST_TIE: Final = 4  # letters of "sous" in "Clichy-sous-Bois"
# Behind a known name these begin something else: "Derna on", "Derna and Tobruk".
_ENDERS: Final = frozenset("on in and upon y e es".split())
_LONGEST_FLAT_THING: Final = 4
_TELLING_ZIPF: Final = 4.4
_KNOWN_PROMINENCE: Final = 4.8
_RARE_ZIPF: Final = 4.6  # a word as common as this hardly is a name by itself where capitals say nothing
# Words in lower case that stand inside names.
_PARTICLES: Final = frozenset(
    "of de del la las los du des le les da do dos das di el al upon on the and y e es au aux bin ibn der den van von "
    "sur kwa in".split()
)  # fmt: skip
_PHRASES: Final = attrgetter("phrases")
_LOWER: Final = attrgetter("lower")
_STARTS: Final = attrgetter("starts")
_NOUNS: Final = attrgetter("nouns")
_ROAD_NUMBER: Final = re.compile(r"[ABMEN]\d{1,4}")
_CALENDAR: Final = frozenset({"month", "weekday"})
_LARGE: Final = frozenset("CUx")
_ARTICLES: Final = frozenset("al el ul ad adh ar as ash at ath az an ez er es".split())
_VILLAGES: Final = frozenset({"village", "hamlet", "town"})
_STATE: Final = "A.ADM1"
_POSTAL: Final = 2  # letters of "ME", "OH"
_POSTAL_COUNTRIES: Final = frozenset({"US", "CA", "AU"})
_CAMP: Final = "L.CMPRF"
# Behind a word for a people these make a tongue of it: "English language training".
_TONGUES: Final = frozenset("language languages lesson lessons speaking speaker speakers literature".split())
_JOINS: Final = frozenset({"  ", "-", ", ", " - ", "\u2013", ". ", ".  ", " & ", ".-"})


@dataclass(slots=True, eq=False)
class Span:
    """Words `first` to `last` of a text, which may be a toponym."""

    first: int
    last: int  # inclusive
    source: Source
    name: Name  # what is looked up: for "qualified" the known part, for "thing" and "unknown" nothing is known
    noun: str = ""  # "province" of "Anbar Province", "north" of "North Dallas"


def find_spans(tokens: Tokens) -> list[Span]:
    """List everything in a text that may be a toponym, by its first word; candidates may overlap."""
    found = _named_flat(tokens) if tokens.flat else _named(tokens)
    none = _not_places(tokens)
    found = _drop_inside(found, none)
    known = {(c.first, c.last) for c in found}
    more = _things_flat(tokens, found) if tokens.flat else _unnamed(tokens, found)
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


def _joins(tokens: Tokens, i: int) -> bool:
    """Tell whether words `i` and `i + 1` may be one name."""
    gap = tokens.gaps[i + 1]
    if gap == " ":
        return True
    if gap not in _JOINS:
        return gap.isspace() and "\n" not in gap
    word = tokens.words[i]
    if gap == ", ":
        return tokens.words[i + 1].key == "dc"  # "Washington, D.C." is one name
    if "." in gap:
        return "." in word.text or word.lower in {"st", "mt", "ft", "ste"}
    return True


def _named(tokens: Tokens) -> list[Span]:
    """Find names of the gazetteer in a text that writes names with capitals."""
    gaps = tokens.gaps
    return _names_from(
        tokens,
        [
            i
            for i, word in enumerate(tokens.words)
            if word.shape in _LARGE or (gaps[i + 1] == "-" and word.lower in _ARTICLES)
        ],
    )


def _named_flat(tokens: Tokens) -> list[Span]:
    """Find names of the gazetteer where capitals say nothing; common words begin none."""
    return _names_from(tokens, compress(range(len(tokens.words)), map(_STARTS, tokens.words)))


def _names_from(tokens: Tokens, starts: Iterable[int]) -> list[Span]:
    """Give the names that begin at the words `starts`, but not inside a longer one."""
    found: list[Span] = []
    names = name_table()
    reach = 0
    for i in starts:
        if i >= reach:
            last = _names_at(tokens, names, i, found)
            if last > i and "direction" not in tokens.words[i].roles:  # in "NORTHERN IRAQ" Iraq is named too
                reach = last + 1
    return found


def _means_a_place(word: Word, name: Name, *, flat: bool) -> bool:
    """Tell whether a name of one word is worth a look.

    Months and weekdays are not, nor small letters alone; nor, where capitals say nothing, a common word
    that is a village somewhere.
    """
    if word.roles & _CALENDAR:
        return False
    if flat and word.zipf > _TELLING_ZIPF and name.demonym is None:
        return name.rows[0].prominence > _KNOWN_PROMINENCE
    return word.shape != "l" or word.starts


def _is_meant(tokens: Tokens, name: Name, first: int, last: int) -> bool:
    """Tell whether words that are a name of the gazetteer may be meant so."""
    word, flat = tokens.words[last], tokens.flat
    if name.demonym is not None and _is_tongue(tokens, last):
        return False
    if first == last:
        return _means_a_place(word, name, flat=flat)
    if not flat and word.shape == "l" and word.nouns and not (name.rows and _is_site(name.rows[0])):
        return False  # "Anbar province" is Anbar, but "Mosul airport" is the airport
    return not _is_dressed(name)


def is_postal(tokens: Tokens, i: int) -> bool:
    """Tell the two letters of a state behind a town: "Gary, IN"."""
    word = tokens.words[i]
    if i == 0 or tokens.flat or word.shape != "U" or len(word.text) != _POSTAL or tokens.words[i - 1].shape != "C":
        return False
    return tokens.gaps[i] == ", " and bool(postal_rows(name_table()[word.key]))


def postal_rows(name: Name) -> tuple[Row, ...]:
    """Give the states and provinces that two letters stand for."""
    return tuple(row for row in name.rows if row.code == _STATE and row.country_code in _POSTAL_COUNTRIES)


def _is_site(row: Row) -> bool:
    return row.kind == "site" or row.code == _CAMP


def _is_tongue(tokens: Tokens, last: int) -> bool:
    """Tell the tongue in "English language training" from a people."""
    following = tokens.words[last + 1].lower if last + 1 < len(tokens.words) else ""
    return following in _TONGUES and tokens.gaps[last + 1] in {" ", "-"}


def _is_dressed(name: Name) -> bool:
    """Tell "the Philippines" for "Philippines"; in "The Hague" the article belongs to the name."""
    return name.key.startswith("the ") and bool(name.rows) and not name.rows[0].key.startswith("the ")


def _names_at(tokens: Tokens, names: NameTable, i: int, found: list[Span]) -> int:
    """Add the names that begin at word `i`, the longest last; say where that ends."""
    words, gaps, flat = tokens.words, tokens.gaps, tokens.flat
    word = words[i]
    name = names["al" if gaps[i + 1] == "-" and word.lower in _ARTICLES else word.key]
    j, last = i, i
    while True:
        if name.known and _is_meant(tokens, name, i, j):
            found.append(Span(i, j, "demonym" if name.demonym else "name", name))
            last = j
        if not (name.extends or word.cut) or j + 1 >= len(words) or j - i >= LONGEST_NAME:
            return last
        if gaps[j + 1] != " " and not _joins(tokens, j):
            return last
        key = name.key + "s" if word.cut else name.key  # "Queen Anne's County"
        j += 1
        word = words[j]
        if not (
            word.starts or word.nouns or word.zipf <= COMMON_ZIPF if flat else word.shape != "l" or word.nouns
        ) and (word.lower not in _PARTICLES and word.lower not in _ARTICLES and not _is_tied(tokens, j)):
            return last
        name = names[f"{key} {word.key}"]


def _is_tied(tokens: Tokens, i: int) -> bool:
    """Tell a little word between hyphens from any other: "Mazar-i-Sharif", "Aix-en-Provence"."""
    return len(tokens.words[i].lower) <= _LONGEST_TIE and tokens.gaps[i] == "-" == tokens.gaps[i + 1]


def _runs(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Give the runs of capitalised words, with small words between them ("Gulf of Mexico")."""
    words, n, i = tokens.words, len(tokens.words), 0
    while i < n:
        if words[i].shape not in "CUx" and not (words[i].shape == "d" and words[i].text[0] in "ABMEN"):
            i += 1
            continue
        last = j = i
        while j + 1 < n and j - i < _LONGEST_RUN and not words[j].cut and _joins(tokens, j):
            j += 1
            if words[j].roles & _CALENDAR and words[j - 1].shape == "l":
                break  # "Hodeidah on Monday", "Marawi in May"
            if words[j].shape in "CUxd":
                last = j
            elif words[j].lower not in _PARTICLES and not _is_tied(tokens, j):
                break
        yield i, last
        i = last + 1


def _unnamed(tokens: Tokens, found: list[Span]) -> Iterator[Span]:
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
    """Find the unknown names of a report where nothing but their spelling tells them."""
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
    """Tell whether words are a name with a noun; a number makes a name for roads only."""
    if words[end].nouns:
        return True
    if not words[start].nouns:
        return False
    if words[end].shape == "d" and not any(noun.kind == "road" for noun in words[start].nouns):
        return False
    return end == start + 1 or (words[start + 1].lower in _PARTICLES and end == last)


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
    """Tell a word that is written large because it opens a sentence: "In Al-Hol Camp"."""
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
    told = "locative" in before.roles or (before.shape == "l" and (before.lower in {"of", "the"} or bool(before.nouns)))
    if (told and _joins(tokens, first - 1)) or (words[first].shape == "C" and _is_called_village(tokens, last)):
        yield Span(first, last, "unknown", _name_of(tokens, first, last))


def _is_called_village(tokens: Tokens, last: int) -> bool:
    """Tell a name by the noun behind it: "Wad Nora village"."""
    following = tokens.words[last + 1] if last + 1 < len(tokens.words) else None
    return following is not None and following.shape == "l" and following.lower in _VILLAGES and _joins(tokens, last)


def _things_flat(tokens: Tokens, found: list[Span]) -> Iterator[Span]:
    """Find names with a noun where capitals say nothing: "NEAR SAN RAFAEL FARM", "SANTA ELENA JURISDICTION"."""
    longest = {c.last: c for c in reversed(found)}  # by the last word, the longest that ends there
    longest_at = {c.first: c for c in found}
    words = tokens.words
    for i in compress(range(len(words)), map(_NOUNS, words)):
        word = words[i]
        if i + 2 < len(words) and words[i + 1].lower == "of":
            yield from _of_flat(tokens, i + 2, longest_at)
        if i == 0 or not _joins(tokens, i - 1):
            continue
        inner = longest.get(i - 1)
        if inner and inner.source == "name":
            yield Span(inner.first, i, "qualified", inner.name, word.lower)
        elif words[i - 1].zipf < _RARE_ZIPF and not inner:
            start = i - 1
            while (
                start > 0 and i - start < _LONGEST_FLAT_THING and _joins(tokens, start - 1) and _rare(words[start - 1])
            ):
                start -= 1
            yield Span(start, i, "thing", _name_of(tokens, start, i - 1), word.lower)


def _of_flat(tokens: Tokens, first: int, longest: dict[int, Span]) -> Iterator[Span]:
    """Find an unknown name behind "the village of" where capitals say nothing."""
    words = tokens.words
    last = first - 1
    while last + 1 < len(words) and last - first < _LONGEST_FLAT_THING and _rare(words[last + 1]):
        last += 1
        if not _joins(tokens, last):
            break
    known = longest.get(first)
    if last >= first and not (known and known.last >= last) and tokens.gaps[first] == " ":
        yield Span(first, last, "unknown", _name_of(tokens, first, last))


def _rare(word: Word) -> bool:
    return word.zipf < _RARE_ZIPF or word.lower in {"la", "el", "los", "las", "san", "santa", "de", "del", "al"}
