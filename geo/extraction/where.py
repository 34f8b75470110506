"""Decide where an incident happened."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from geo.extraction.groups import Group
from geo.extraction.readings import Reading, within
from geo.extraction.tellings import Telling
from geo.gazetteer import open_gazetteer
from geo.geoparsing import Location
from geo.geoparsing.geometry import spot_of, uncertainty_m
from geo.geoparsing.relations import Told

_FINE: Final = {"site": 3.0, "near": 2.6, "settlement": 2.5, "admin": 1.5, "region": 1.2, "country": 0.0, "unknown": 0.0}
_COUNTRY_WORTH: Final = {"place": 1.0, "dateline": 1.5, "nationality": 0.6}


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
        return Where(finer.place, "clause" if finer.place_in_clause else "sentence")
    before = _told_before(reading, group.tellings[0])
    if before is not None:
        return Where(before, "paragraph")
    country = report_country(reading)
    return Where(country, "country" if country else "nothing")


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


def report_country(reading: Reading) -> Location | None:
    """Find the country that a report is mostly of."""
    weights: Counter[str] = Counter()
    for found in reading.locations:
        if found.country_code:
            weights[found.country_code] += _COUNTRY_WORTH[found.kind]  # type: ignore[assignment]
    if not weights:
        return None
    code = max(weights, key=lambda key: weights[key])
    return country_location(reading, code)


def country_location(reading: Reading, code: str) -> Location | None:
    """Place something in a country as a whole."""
    told = [found for found in reading.locations if found.country_code == code]
    for found in told:
        if found.geo_precision == "country":
            return found
    place = open_gazetteer().country(code)
    if place is None or not told:
        return None
    spot = spot_of(place, Told(0))
    first = told[0]
    return Location(
        report_id=reading.report.id,
        start=first.start,
        end=first.end,
        text=first.text,
        name=place.name,
        place=place,
        lon=spot.lon,
        lat=spot.lat,
        geo_precision=spot.geo_precision,
        uncertainty_m=uncertainty_m(spot),
        country=place.country,
        country_code=code,
        admin1="",
        kind="place",
        confidence=0.5,
    )
