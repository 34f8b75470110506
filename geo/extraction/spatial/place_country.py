"""Decide the country of an incident without a place, by the nationality of those involved.

The army of Myanmar acts in Myanmar; Israeli settlers act in Palestine; Russian or Syrian warplanes act in Syria.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.entities.actors import ActorMention
from geo.gazetteer import Place, open_gazetteer
from geo.geoparsing import Location
from geo.geoparsing.location.locations import location_without_toponym
from geo.geoparsing.location.spatial_relations import SpatialRelation
from geo.resources import read_table

_CONFIDENCE: Final = 0.5  # a guess by who acted
_OF_LOCATION: Final = {"place": 1.0, "dateline": 1.5, "nationality": 0.25}
_AT_HOME: Final = 1.2  # a state's forces, or a group of the table, at home
_ABROAD: Final = 0.3  # ... where they come from when they act abroad
_USUAL: Final = 0.6  # ... where they act then
_PEOPLE: Final = 0.8  # civilians with a nationality


@cache
def _abroad() -> dict[str, tuple[tuple[str, str, str], ...]]:
    rows: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for row in read_table("events/forces_abroad.csv"):
        period = (row["acts_in"], row["from"] or "0", row["until"] or "9")
        rows[row["country_code"]] = (*rows.get(row["country_code"], ()), period)
    return rows


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class CountryClue:
    """Words of a report that point to a country, with their weight."""

    start: int  # offset into the report
    code: str
    weight: float


def country_clues(annotated: AnnotatedReport) -> list[CountryClue]:
    """List the clues to the countries of a report: its places and actors."""
    clues = [
        CountryClue(found.start, found.country_code, _OF_LOCATION[found.kind])
        for found in annotated.locations
        if found.country_code
    ]
    for actor in annotated.actors:
        clues += [CountryClue(actor.start, *clue) for clue in _of_actor(actor, annotated.report.published)]
    return clues


def _of_actor(actor: ActorMention, when: date | None) -> list[tuple[str, float]]:
    """Return the countries that an actor points to, with weights."""
    code = actor.country_code
    if not code or actor.kind == "facility":
        return []
    if actor.kind not in {"state", "militia"} or not actor.known:
        return [(code, _AT_HOME if actor.known else _PEOPLE)]
    abroad = _abroad().get(code)
    if abroad is None:
        return [(code, _AT_HOME)]
    day = when.isoformat() if when else ""
    usual = [acts_in for acts_in, first, last in abroad if acts_in and (first == "0" or first <= day) and day <= last]
    return [(code, _ABROAD), *((acts_in, _USUAL) for acts_in in usual)]


def country_location(annotated: AnnotatedReport, code: str) -> Location | None:
    """Return a country as a whole as a location, at the words that point to it."""
    locations = [found for found in annotated.locations if found.country_code == code]
    for found in locations:
        if found.geo_precision == "country":
            return found
    place = open_gazetteer().country(code)
    spans = [(found.start, found.end, found.text) for found in locations] or [
        (actor.start, actor.end, actor.text) for actor in annotated.actors if actor.country_code == code
    ]
    if place is None or not spans:
        return None
    return location_of(annotated, place, spans[0])


def location_of(annotated: AnnotatedReport, place: Place, span: tuple[int, int, str]) -> Location:
    """Make the location of a place at the words (start, end, text) that point to it."""
    admin1 = None if place.kind == "country" else open_gazetteer().admin1_of(place)
    found = location_without_toponym(annotated.report.id, span, place, SpatialRelation(0), confidence=_CONFIDENCE)
    return replace(found, admin1=admin1.name if admin1 else "")
