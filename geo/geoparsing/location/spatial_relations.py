"""Read the spatial relation of a thing to a named place: "20 km south of", "near", "northern", "between A and B"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from text_to_num import text2num

from geo.geoparsing.words.separators import GAPS
from geo.geoparsing.words.tokens import Tokens
from geo.resources import read_table
from geo.tables import bounds_of, word_class, words_of

Relation = Literal["at", "near", "towards", "part", "border", "between"]

_LONGEST_PHRASE: Final = 5
_LONGEST_DESCRIPTION: Final = 4
_ABBREVIATION: Final = 3  # letters of "kms"
_FUNCTION: Final = 6.0  # words as common as "with"
_UNITS_M: Final = {row["word"]: float(row["metres"]) for row in read_table("language/length_units.csv")}
_NUMBERS: Final = {word: float(text2num(word, "en")) for word in words_of("unit")} | {
    word: float(least or 0) for word, (least, _) in bounds_of("distance").items()
}
_SHORT_UNITS: Final = "|".join(re.escape(word) for word in _UNITS_M if len(word) <= _ABBREVIATION)
_GLUED: Final = re.compile(rf"(\d+(?:\.\d+)?)({_SHORT_UNITS})")  # "40km"
_DETERMINERS: Final = word_class("place_determiner")
_STRETCHES: Final = word_class("stretch_noun")
_INTRODUCING: Final = word_class("before_spatial_relation")
_SEPARATING: Final = frozenset({"stop", "end", "quote"})


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class SpatialRelation:
    """How a thing lies to the place whose words begin at some word, and where the phrase begins."""

    first: int  # first word of the phrase, with all that describes the place
    relation: Relation = "at"
    bearing: float | None = None  # degrees; None for the middle or when not stated
    distance_m: float | None = None
    reach_m: float = 0.0
    direction: str = ""  # in words, of a part: "northern"
    way_from: int | None = None  # first word of the way from the place: "20 km south of"


@cache
def directions() -> Mapping[str, float | None]:
    """Read the words of direction with their bearings in degrees."""
    return {
        row["word"]: float(row["bearing"]) if row["bearing"] else None for row in read_table("language/directions.csv")
    }


@cache
def _phrases() -> Mapping[tuple[str, ...], tuple[Relation, float]]:
    phrases: dict[tuple[str, ...], tuple[Relation, float]] = {}
    for row in read_table("language/spatial_relations.csv"):
        relation: Relation = "border" if row["relation"] == "border" else "near"
        phrases[tuple(row["phrase"].split())] = (relation, float(row["reach_m"]))
    return phrases


@cache
def _last_words() -> frozenset[str]:
    return frozenset(phrase[-1] for phrase in _phrases())


def relation_before(tokens: Tokens, first: int, least: int) -> SpatialRelation:
    """Read backwards from word `first` of a toponym how it is meant; words before `least` are not looked at."""
    described = _description(tokens, first, least)
    part = _part(tokens, first, least)
    if part is not None:
        return _thing(tokens, part, least)
    article = first - 1 if first - 1 >= least and _lower(tokens, first - 1) == "the" else first  # "near the Green Zone"
    for start in dict.fromkeys((described, first, article)):
        for read in (_direction_of, _phrase):
            relation = read(tokens, start, least)
            if relation is not None:
                return _thing(tokens, relation, least)
    return _thing(tokens, SpatialRelation(described), least)


def _lower(tokens: Tokens, i: int) -> str:
    return tokens.words[i].lower


def _words(tokens: Tokens, first: int, end: int) -> str:
    return "-".join(_lower(tokens, i) for i in range(first, end))


def _joined(tokens: Tokens, i: int) -> bool:
    """Return whether word `i` follows its predecessor without a stop, comma or bracket."""
    return GAPS[tokens.gaps[i]] in {"space", "hyphen"}


def _description(tokens: Tokens, first: int, least: int) -> int:
    """Find where the words begin that say what a place is: "the Syrian-Iraqi border town of" Albu Kamal."""
    if first - 2 >= least and _lower(tokens, first - 2) == "capital":
        return first  # "the capital of Borno state" is not Borno
    i = first
    if (
        i - 2 >= least
        and _lower(tokens, i - 1) == "of"
        and tokens.words[i - 2].nouns
        and _joined(tokens, i)
        and _joined(tokens, i - 1)
    ):
        return _phrase_start(tokens, i - 2, least)
    return first


def _phrase_start(tokens: Tokens, head: int, least: int) -> int:
    """Find where the noun phrase begins that ends in word `head`."""
    i = head
    while i > least and head - i < _LONGEST_DESCRIPTION and _joined(tokens, i):
        before = tokens.words[i - 1]
        if before.lower in _DETERMINERS:
            return i - 1
        if before.zipf > _FUNCTION or "locative" in before.roles or before.cut:
            break
        i -= 1
    return i


def _part(tokens: Tokens, first: int, least: int) -> SpatialRelation | None:
    """Read "northern" Iraq, "central" Baghdad, and "the north of" Iraq."""
    if first - 1 < least or not _joined(tokens, first):
        return None
    turn, used = _direction(tokens, first - 1, least)
    if used:
        return SpatialRelation(first - used, "part", turn, direction=_words(tokens, first - used, first))
    if _lower(tokens, first - 1) != "of":
        return None
    turn, used = _direction(tokens, first - 2, least)
    start = first - 2 - used
    if (
        used
        and start >= least
        and _lower(tokens, start) == "the"
        and (start - 1 < least or _lower(tokens, start - 1) != "to")
    ):
        return SpatialRelation(start, "part", turn, direction=_words(tokens, start + 1, first - 1))
    return None


def _direction_of(tokens: Tokens, start: int, least: int) -> SpatialRelation | None:
    """Read "20 km (12 miles) south of", "to the west of", "north of", "30 km from"."""
    i = start - 1
    if i < least or _lower(tokens, i) not in {"of", "from"} or not _joined(tokens, start):
        return None
    bearing, i, directed = None, i - 1, False
    turn, used = _direction(tokens, i, least)
    if used and _joined(tokens, i + 1):
        bearing, i, directed = turn, i - used, True
        if i >= least and _lower(tokens, i) == "the":
            i -= 1
        if i >= least and _lower(tokens, i) == "to":
            i -= 1
    distance, began = _distance(tokens, i, least)
    if distance is None and not directed:
        return None
    if distance is None:
        began = i + 1
        while began < start and _lower(tokens, began) in {"to", "the"} and not directed:
            began += 1
    return SpatialRelation(began, "towards", bearing, distance, way_from=began)


def _direction(tokens: Tokens, i: int, least: int) -> tuple[float | None, int]:
    """Read a direction that ends at word `i`: its bearing, and how many words it takes ("north-west" takes two)."""
    known = directions()
    if i - 1 >= least and tokens.gaps[i] == "-":
        both = f"{_lower(tokens, i - 1)}-{_lower(tokens, i)}"
        if both in known:
            return known[both], 2
    return (known[_lower(tokens, i)], 1) if i >= least and _lower(tokens, i) in known else (None, 0)


def _distance(tokens: Tokens, i: int, least: int) -> tuple[float | None, int]:
    """Read a distance that ends at word `i`: metres, and its first word."""
    if i >= least and _lower(tokens, i) in {"away", "northward", "southward"}:
        i -= 1
    if i >= least and (glued := _GLUED.fullmatch(_lower(tokens, i))):
        return float(glued[1]) * _UNITS_M[glued[2]], i
    if i - 1 < least or _lower(tokens, i) not in _UNITS_M:
        return None, i + 1
    number = _number(tokens.words[i - 1].text)
    if number is None:
        return None, i + 1
    first = i - 1
    # "20 kilometres (12 miles) north of": the first is what the writer measured.
    if first - 2 >= least and GAPS[tokens.gaps[first]] == "open" and _lower(tokens, first - 1) in _UNITS_M:
        outer = _number(tokens.words[first - 2].text)
        if outer is not None:
            return outer * _UNITS_M[_lower(tokens, first - 1)], first - 2
    return number * _UNITS_M[_lower(tokens, i)], first


def _number(text: str) -> float | None:
    lower = text.lower()
    if lower in _NUMBERS:
        return _NUMBERS[lower]
    if lower.isascii() and lower.replace(".", "", 1).isdigit():
        return float(lower)
    return None


def _phrase(tokens: Tokens, start: int, least: int) -> SpatialRelation | None:
    """Read the phrases of the table: "near", "on the outskirts of"."""
    phrases = _phrases()
    if start <= least or _lower(tokens, start - 1) not in _last_words():
        return None
    for length in range(min(_LONGEST_PHRASE, start - least), 0, -1):
        words = tuple(_lower(tokens, i) for i in range(start - length, start))
        if words in phrases and all(_joined(tokens, i) for i in range(start - length + 1, start + 1)):
            relation, reach_m = phrases[words]
            distance, began = _distance(tokens, start - length - 1, least)
            return SpatialRelation(began, relation, distance_m=distance, reach_m=0.0 if distance else reach_m)
    return None


def _thing(tokens: Tokens, relation: SpatialRelation, least: int) -> SpatialRelation:
    """Take in the thing that is placed so: "a military base" north of Baghdad, "an embassy in" Baghdad."""
    i = relation.first
    if relation.relation in {"at", "part"}:
        if i - 1 < least or _lower(tokens, i - 1) not in {"in", "at"} or not _joined(tokens, i):
            return relation
        i -= 1
    if i - 1 < least or not _joined(tokens, i):
        return relation
    head = tokens.words[i - 1]
    if not head.nouns or head.shape == "C" or (tokens.flat and head.zipf > _FUNCTION):
        return relation
    start = _phrase_start(tokens, i - 1, least)
    return replace(relation, first=start)


def apposed(tokens: Tokens, last: int, first: int) -> SpatialRelation | None:
    """Read what says where the name before lies: Tora, "about 40 km north of" El Fasher.

    Args:
        tokens: The words of the text.
        last: Last word of the name before.
        first: First word of the toponym.

    Returns:
        How the name before lies to the toponym, or None when nothing says so.
    """
    if first - last < 2 or not _SEPARATING.isdisjoint(map(GAPS.__getitem__, tokens.gaps[last + 1 : first + 1])):  # noqa: PLR2004
        return None
    relation = relation_before(tokens, first, last + 1)
    if relation.relation not in {"near", "towards"} or any(
        _lower(tokens, i) not in _INTRODUCING for i in range(last + 1, relation.first)
    ):
        return None
    return relation


def between(tokens: Tokens, first: int, last: int, following: int, end: int) -> tuple[int, int] | None:
    """Find two toponyms that are the ends of a stretch: "between A and B", "the road from A to B", "the A-B border".

    Args:
        tokens: The words of the text.
        first: First word of the first toponym.
        last: Last word of the first toponym.
        following: First word of the second toponym.
        end: Last word of the second toponym.

    Returns:
        The first and the last word of the phrase, or None when they are not.
    """
    if following - last == 2 and first >= 1:  # noqa: PLR2004 - one word between
        word, before = _lower(tokens, last + 1), _lower(tokens, first - 1)
        if word == "and" and before == "between":
            stretch = first >= 2 and _lower(tokens, first - 2) in _STRETCHES  # noqa: PLR2004
            return (_phrase_start(tokens, first - 2, 0) if stretch else first - 1), end
        if word == "to" and before == "from" and first >= 2 and _lower(tokens, first - 2) in _STRETCHES:  # noqa: PLR2004
            return _phrase_start(tokens, first - 2, 0), end
    joined = following - last == 1 and GAPS[tokens.gaps[following]] in {"hyphen", "slash", "dash"}
    after = tokens.words[end + 1 : end + 4]
    described = [word.lower for word in after[1:]]
    if joined and after and after[0].lower in _STRETCHES and not (described[1:] == ["of"] and after[1].nouns):
        return (first - 1 if first and _lower(tokens, first - 1) == "the" else first), end + 1
    return None
