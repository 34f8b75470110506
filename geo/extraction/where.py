"""Decide where an incident happened."""

from dataclasses import dataclass, replace
from typing import Final

from geo.extraction.beside import stands_for_people
from geo.extraction.country import report_country
from geo.extraction.groups import Group
from geo.extraction.namesakes import find_namesake
from geo.extraction.readings import Reading, within
from geo.extraction.sentences import Sentence
from geo.extraction.tellings import Telling
from geo.geoparsing import Location

_SURE: Final = 0.8  # measured on MUC: abroad and below it, nine of ten are namesakes
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
    beside = [telling.sentence for telling in group.tellings]
    told = [telling for telling in group.tellings if telling.place is not None]
    told = _at_home(told, report_country(reading, beside))
    if told:
        best = max(told, key=_worth)
        finer = _finer(reading, group, best)
        if finer is not None:
            return Where(finer, "paragraph")
        return Where(_with_country(reading, best.place), "clause" if best.place_in_clause else "sentence")
    near = _told_nearby(reading, group)
    if near is not None:
        return Where(_with_country(reading, near), "paragraph")
    country = report_country(reading, beside)
    namesake = find_namesake(reading, _around(reading, group), country.country_code if country else None)
    if namesake is not None:
        return Where(namesake, "paragraph")
    return Where(country, "country" if country else "nothing")


def _at_home(told: list[Telling], country: Location | None) -> list[Telling]:
    """Leave out places abroad that are further off or unsure: where somebody spoke of it, or a namesake."""
    if country is None:
        return told
    return [
        telling
        for telling in told
        if telling.place
        and (
            telling.place.country_code in {country.country_code, ""}
            or (telling.place_in_clause and telling.place.confidence >= _SURE)
            or (telling.place_in_clause and telling.place.geo_precision == "country")
        )
    ]


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


def _finer(reading: Reading, group: Group, best: Telling) -> Location | None:
    """Find a finer place than a country, beside the tellings and in that country."""
    country = best.place
    if country is None or country.geo_precision != "country":
        return None
    near = _told_nearby(reading, group)
    if near is None or near.country_code != country.country_code or not _is_of(reading, near, group):
        return None
    return near


def _told_nearby(reading: Reading, group: Group) -> Location | None:
    """Take the nearest place of the sentences around, those before first."""
    for sentence in _around(reading, group):
        places = [
            found
            for found in within(reading.locations, sentence.start, sentence.end)
            if _is_fine(found) and not stands_for_people(reading, found)
        ]
        if places:
            before = sentence.index < group.tellings[0].sentence.index
            return places[-1] if before else places[0]
    return None


def _is_of(reading: Reading, found: Location, group: Group) -> bool:
    """Say whether no other incident of the sentence is nearer to a place."""
    sentence = reading.sentence_at(found.start)
    if all(telling.sentence is not sentence for telling in group.tellings):
        return True
    others = [trigger for trigger in reading.triggers if sentence.first <= trigger.first < sentence.stop]
    nearest = min(others, key=lambda other: reading.distance(other.first, other.stop, found), default=None)
    return nearest is None or any(telling.trigger.first == nearest.first for telling in group.tellings)


def _is_fine(found: Location) -> bool:
    """Say whether a location is finer than a country; "Kashmiri" and "Amhara" tell of a region."""
    return found.kind != "dateline" and found.geo_precision not in {"country", "unknown"}


def _around(reading: Reading, group: Group) -> list[Sentence]:
    """List the sentences of a group, those just before them, and those just after, in one paragraph."""
    own = group.tellings[0].sentence
    near = [telling.sentence for telling in group.tellings]
    order = [own.index - 1, own.index - 2, own.index + 1, own.index + 2]
    for index in order:
        if 0 <= index < len(reading.sentences):
            sentence = reading.sentences[index]
            if sentence.paragraph == own.paragraph and not sentence.is_dateline and sentence not in near:
                near.append(sentence)
    return near
