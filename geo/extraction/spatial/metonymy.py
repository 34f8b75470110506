"""Distinguish a place from the people or the government that it stands for: "Washington denied", "US troops"."""

from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.geoparsing import Location
from geo.tables import word_class

_LOCATIVE: Final = word_class("before_locative")
_NATIONS: Final = word_class("nation_abbreviation")  # they stand for people where others would be places


def stands_for_people(annotated: AnnotatedReport, location: Location, at: int = -1) -> bool:
    """Return whether a country or a city stands for its government or people: "Washington denied", "US troops".

    Args:
        annotated: The report.
        location: What may be a place.
        at: Index of the trigger that it may be the place of: in "Iraq bombing" the country is one.
    """
    first, stop = annotated.words.at(location.start), annotated.words.before(location.end)
    if annotated.tags[first] == "P" or not _LOCATIVE.isdisjoint(annotated.words.words[first:stop]):
        return False  # "near al-Qaim had", "a camp near Balakot"
    after = annotated.tags[stop : stop + 4].lstrip("R")[:1]
    before = first - 1
    while before >= 0 and annotated.tags[before] in "D-":
        before -= 1
    if location.geo_precision == "country":
        if after in {"n", "-", "'"}:  # "US troops", "Iran's officials"; but "Iraq bombing"
            return stop != at or annotated.words.words[first] in _NATIONS
        return before < 0 or annotated.words.words[before] not in _LOCATIVE
    return after in {"V", "A", "C", "'"} and not (before >= 0 and annotated.tags[before] == "P")
