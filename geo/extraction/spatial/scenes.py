"""Read how a sentence brings in its place: "In the eastern city of Homs, ...", "Moscow said", "in Mubi, in Adamawa"."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.language.sentences import Sentence
from geo.extraction.spatial.place_mentions import PlaceMention, ReportPlaces
from geo.geoparsing import Location
from geo.tables import word_class

TOWNS: Final = frozenset({"site", "near", "settlement"})  # geo_precision of what is a town, or in or near one
_LOCATIVE: Final = word_class("place_preposition")
_JOINT: Final = 3  # words of "in the northern" before a place
_LED: Final = 5  # words of "in Nigeria's northeastern" before a place
_OPENER: Final = 9  # words of "in the eastern city of Homs"


def speaks(annotated: AnnotatedReport, place: PlaceMention) -> bool:
    """Return whether a place is who says it: "Moscow said", not "Johannesburg police said"."""
    sayings = annotated.speech.within(place.sentence.first, place.sentence.stop)
    return any(one.first == place.first and one.stop == place.stop for saying in sayings for one in saying.speakers)


def is_in_dateline(annotated: AnnotatedReport, first: int, stop: int) -> bool:
    """Return whether the words `first` to `stop` are only where the report was filed: "GENERAL SANTOS -"."""
    start, end = annotated.words.starts[first], annotated.words.ends[stop - 1]
    return any(one.kind == "dateline" for one in within(annotated.locations, start, end))


def scene_stop(annotated: AnnotatedReport, sentence: Sentence) -> int:
    """Return up to which word the opening of a sentence, "In the eastern city of Homs, ...", names its place.

    It is -1 where the sentence does not open so.
    """
    if annotated.words.words[sentence.first] not in _LOCATIVE:
        return -1
    return min(sentence.first + _OPENER, sentence.stop - 1)


def scene_places(annotated: AnnotatedReport, sentence: Sentence) -> Sequence[Location]:
    """List the places that the opening of a sentence names; none where it does not open with a place."""
    stop = scene_stop(annotated, sentence)
    return within(annotated.locations, sentence.start, annotated.words.starts[stop]) if stop >= 0 else ()


def opens_scene(annotated: AnnotatedReport, place: PlaceMention, last: int) -> bool:
    """Return whether a sentence turns to another deed at a place that its opening names.

    Args:
        annotated: The report.
        place: A place in it.
        last: Index of the last sentence that mentions the incident.
    """
    here = place.sentence
    opened = here.index > last and place.first <= scene_stop(annotated, here)
    return opened and bool(annotated.triggers_within(here.first, here.stop))


def is_led(annotated: AnnotatedReport, place: PlaceMention) -> bool:
    """Return whether "in" leads to a place: "in Mosul", "in Nigeria's northeastern Borno state"."""
    at = place.first - 1
    while at > place.sentence.first and place.first - at <= _LED and annotated.tags[at] in "nD'-":
        at -= 1
    return place.lead in _LOCATIVE or annotated.words.words[at] in _LOCATIVE


def follows(annotated: AnnotatedReport, place: PlaceMention, at: int) -> bool:
    """Return whether "in" joins a place to what ends before a word: "18 targets of the group | in northern Iraq"."""
    at += len(annotated.tags[at : place.first]) - len(
        annotated.tags[at : place.first].lstrip('n]"')
    )  # "the party (PKK)"
    between = annotated.tags[at : place.first]
    return 0 < len(between) <= _JOINT and between[0] == "P" and annotated.words.words[at] in _LOCATIVE


def holds(annotated: AnnotatedReport, place: PlaceMention, first: int, stop: int) -> bool:
    """Return whether a place says where what the words `first` to `stop` name is: "the Swedish embassy in Baghdad"."""
    return place.first <= first < place.stop or follows(annotated, place, stop)


def holders_of(report_places: ReportPlaces, starts: AbstractSet[int]) -> set[int]:
    """List the places that only say where a finer one lies, "in Mubi, in neighbouring Adamawa state", by offset.

    Args:
        report_places: The places of the report.
        starts: Offsets of the places that may be finer.
    """
    tags = report_places.annotated.tags
    stops = {place.location.start: place.stop for place in report_places.places if place.location.start in starts}
    return {
        place.location.start
        for place in report_places.places
        for start in place.finer.intersection(stops)
        if 0 < place.first - stops[start] <= _LED and not set(tags[stops[start] : place.first]) - set(",PDn-")
    }
