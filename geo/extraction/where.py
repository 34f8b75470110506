"""Decide where an incident happened."""

from dataclasses import dataclass, replace
from typing import Final

from geo.extraction.country import report_country
from geo.extraction.groups import Group
from geo.extraction.readings import Reading, within
from geo.extraction.tellings import Telling
from geo.geoparsing import Location

_FINE: Final = {
    "site": 3.0,
    "near": 2.6,
    "settlement": 2.5,
    "admin": 1.5,
    "region": 1.2,
    "country": 0.0,
    "unknown": 0.0,
}


@dataclass(frozen=True, slots=True)
class Where:
    """Where something happened, and how that is known."""

    location: Location | None
    source: str  # clause, sentence, paragraph, country, nothing


def find_where(reading: Reading, group: Group) -> Where:
    """Take the place from the tellings, else from the sentences before, else the report's country."""
    told = [telling for telling in group.tellings if telling.place is not None]
    if told:
        best = max(told, key=_worth)
        finer = _finer_within(told, best)
        return Where(_with_country(reading, finer.place), "clause" if finer.place_in_clause else "sentence")
    before = _told_before(reading, group.tellings[0])
    if before is not None:
        return Where(_with_country(reading, before), "paragraph")
    country = report_country(reading)
    return Where(country, "country" if country else "nothing")


def _with_country(reading: Reading, place: Location | None) -> Location | None:
    """Give a region that lies in several countries the one that the report is of, if it names one."""
    if place is None or place.country_code:
        return place
    country = report_country(reading)
    if country is None:
        return place
    return replace(place, country=country.country, country_code=country.country_code)


def _worth(telling: Telling) -> float:
    assert telling.place is not None
    return _FINE[telling.place.geo_precision] + (2.0 if telling.place_in_clause else 0.0) + telling.place.confidence


def _finer_within(told: list[Telling], best: Telling) -> Telling:
    return best


def _told_before(reading: Reading, telling: Telling) -> Location | None:
    at = telling.sentence.index
    for index in range(at - 1, max(-1, at - 3), -1):
        sentence = reading.sentences[index]
        if sentence.paragraph != telling.sentence.paragraph or sentence.is_dateline:
            break
        places = [
            found
            for found in within(reading.locations, sentence.start, sentence.end)
            if found.kind == "place" and found.geo_precision != "country"
        ]
        if places:
            return places[-1]
    return None
