"""Describe the places that a report names by features that do not depend on the incident.

They say whether events happen in a place at all, or whether it stands for a people, the seat of a speaker, a street,
or a part of a name.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from operator import attrgetter
from typing import Final

from geo.earth import DEGREE_M
from geo.extraction.annotations import AnnotatedReport
from geo.extraction.language.chunks import NounPhrase
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.word_classes import any_in
from geo.extraction.spatial.metonymy import stands_for_people
from geo.extraction.spatial.place_country import CountryClue, country_clues, country_location
from geo.geoparsing import Location

Features = tuple[tuple[str, float], ...]
_SURE: Final = 0.8
_UNSURE: Final = 0.5
_OFTEN: Final = 3  # times named beside this one
_LONGEST_LEAD: Final = 6  # words between "in" and the name: "in the north-eastern city of"
_SAYING: Final = 4  # words from "said in" to the name
_WAY: Final = 2  # words from a name to "Street"
_LONGEST_PHRASE: Final = 40  # words
_FIRST: Final = attrgetter("first")
_START: Final = attrgetter("location.start")
_FINENESS: Final = {"site": 0, "settlement": 1, "near": 2, "admin": 3, "region": 4, "country": 5, "unknown": 6}


@dataclass(slots=True, eq=False)  # not frozen: that would triple the time of making one
class PlaceMention:
    """One place as it stands in a report."""

    location: Location
    sentence: Sentence
    first: int  # word index
    stop: int
    sort: str  # how fine: site, settlement, admin, region, country
    lead: str  # the preposition before it, "in the town of X", or the class of what stands there
    alone: bool  # whether the report names nothing else in its country
    finer: frozenset[int]  # offsets of finer places in it that its sentence names
    features: Features  # observation, value


@dataclass(frozen=True, slots=True, eq=False)
class ReportPlaces:
    """The places of a report, and the clues to its country."""

    annotated: AnnotatedReport
    places: Sequence[PlaceMention]
    clues: Sequence[CountryClue]
    _countries: dict[str, Location | None] = field(default_factory=dict)

    def around(self, start: int, end: int, opening: int) -> list[PlaceMention]:
        """List the places that begin between two offsets, and those of the first sentences.

        Args:
            start: Offset of the first character.
            end: Offset one past the last.
            opening: How many sentences open the report.
        """
        first = bisect_left(self.places, start, key=_START)
        stop = bisect_left(self.places, end, first, key=_START)
        opens = takewhile(lambda place: place.sentence.index < opening, self.places[:first])
        return [*opens, *self.places[first:stop]]

    def country(self, code: str) -> Location | None:
        """Return a country as a whole, at the words that point to it."""
        if code not in self._countries:
            self._countries[code] = country_location(self.annotated, code)
        return self._countries[code]


def find_place_mentions(annotated: AnnotatedReport) -> ReportPlaces:
    """Describe every place that a report names."""
    times = Counter(found.name for found in annotated.locations if found.kind != "nationality")
    filed = next((found for found in annotated.locations if found.kind == "dateline"), None)
    at_home: dict[str, set[str]] = {}
    beside: dict[int, list[Location]] = {}
    for found in annotated.locations:
        at_home.setdefault(found.country_code, set()).add(found.name)
        beside.setdefault(annotated.sentence_at(found.start).index, []).append(found)
    named: set[str] = set()
    places = []
    for found in annotated.locations:
        first, stop = annotated.words.at(found.start), annotated.words.before(found.end)
        sentence = annotated.sentence_at(found.start)
        sort = "settlement" if found.geo_precision == "near" else found.geo_precision
        lead = _lead(annotated, sentence, first)
        features = [(name, 1.0) for name in (f"led by {lead}", *_of_place(found, sort))]
        features += [(name, 1.0) for name in _of_words(annotated, sentence, first, stop)]
        features += [(name, 1.0) for name in _of_report(found, filed, sentence)]
        features += [("confidence", found.confidence), ("named again", min(_OFTEN, times[found.name] - 1) / _OFTEN)]
        if found.name not in named:
            features.append(("first so named", 1.0))
        if stands_for_people(annotated, found):
            features.append(("for people", 1.0))
        named.add(found.name)
        alone, finer = len(at_home[found.country_code]) == 1, _finer(found, beside[sentence.index])
        places.append(PlaceMention(found, sentence, first, stop, sort, lead, alone, finer, tuple(features)))
    return ReportPlaces(annotated, places, country_clues(annotated))


def _of_place(found: Location, sort: str) -> Iterator[str]:
    yield f"is {sort}"
    yield f"is {found.kind}"
    if found.confidence >= _SURE:
        yield f"sure {sort}"
    if found.confidence < _UNSURE:
        yield "unsure"
    if found.place is None:
        yield "no entry"


def _of_words(annotated: AnnotatedReport, sentence: Sentence, first: int, stop: int) -> Iterator[str]:
    """Extract features of the words before and after: "said in X", "X said", "X Street"."""
    words, tags = annotated.words.words, annotated.tags
    yield f"then {tags[stop] if stop < sentence.stop else 'end'}"
    if any_in(words[stop : stop + _WAY], "way"):
        yield "then way"
    if any_in(words[max(sentence.first, first - _SAYING) : first], "way"):
        yield "after way"
    if any_in(words[max(sentence.first, first - _SAYING) : first], "home"):
        yield "after home"  # "a unit based at Fort Campbell"
    if any_in(words[first:stop], "way"):
        yield "way"
    if annotated.speech.is_reporting_within(max(sentence.first, first - _SAYING), first):
        yield "after saying"
    if annotated.speech.is_reporting_within(stop, min(sentence.stop, stop + _SAYING)):
        yield "then saying"
    if _sets_scene(annotated, sentence, first, stop):
        yield "sets the scene"
    phrase = _phrase_over(annotated.phrases, first, stop)
    if phrase is not None:
        yield f"in a {phrase.sort}"


def _sets_scene(annotated: AnnotatedReport, sentence: Sentence, first: int, stop: int) -> bool:
    """Return whether a place opens its sentence, with no more than a date before it: "On Monday, in Kirkuk, ..."."""
    before = annotated.tags[sentence.first : first].rstrip("Dn-#")
    return before.endswith("P") and not before[:-1].strip('T.,#R"-P') and annotated.tags[stop : stop + 1] in {",", "."}


def _lead(annotated: AnnotatedReport, sentence: Sentence, first: int) -> str:
    """Return the preposition that leads to a name, or the class of another word there."""
    words, tags = annotated.words.words, annotated.tags
    at = first - 1
    floor = max(sentence.first, first - _LONGEST_LEAD)
    while at >= floor and (tags[at] in "Dn-#" or words[at] == "of"):
        at -= 1
    return _word(annotated, at) if at >= sentence.first else "start"


def _word(annotated: AnnotatedReport, at: int) -> str:
    """Return a preposition itself, and of any other word its class."""
    return annotated.words.words[at] if annotated.tags[at] == "P" else annotated.tags[at]


def _phrase_over(phrases: Sequence[NounPhrase], first: int, stop: int) -> NounPhrase | None:
    """Find the name of a person, a body or a thing that contains the name of a place."""
    for phrase in phrases[bisect_left(phrases, first - _LONGEST_PHRASE, key=_FIRST) :]:
        if phrase.first > first:
            return None
        if stop <= phrase.stop:
            return phrase
    return None


def _of_report(found: Location, filed: Location | None, sentence: Sentence) -> Iterator[str]:
    if sentence.is_dateline:
        yield "in a dateline"
    if sentence.is_headline:
        yield "in a headline"
    if filed is not None and found is not filed and found.name == filed.name:
        yield "name of dateline"
    if filed is not None and found.country_code == filed.country_code:
        yield "country of dateline"


def _finer(found: Location, others: Sequence[Location]) -> frozenset[int]:
    """List where the places stand, of some, that lie in a place and are finer."""
    order = _FINENESS[found.geo_precision]
    return frozenset(other.start for other in others if _FINENESS[other.geo_precision] < order and holds(found, other))


def holds(found: Location, other: Location) -> bool:
    """Return whether a place may lie in a wider one: in its country, its division or its circle."""
    if found.geo_precision == "country" or found.country_code != other.country_code:
        return found.country_code == other.country_code
    if found.name == other.admin1:
        return True
    north = other.lat - found.lat
    east = (other.lon - found.lon) * math.cos(math.radians(found.lat))
    return math.hypot(north, east) * DEGREE_M <= found.uncertainty_m
