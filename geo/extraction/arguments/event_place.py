"""Decide where an incident happened.

Every place that the report names around the incident is an option, and so is every country that it plays in. Each is
weighed by what is observed of it (`place_mentions`, `place_candidates`) and the weights of
data/models/event_place_weights.csv, made by geo/training/stages/event_place.py.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.extraction.arguments.place_candidates import PlaceCandidate, list_place_candidates
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.language.sentences import Sentence
from geo.extraction.linear_model import LinearModel, read_model
from geo.extraction.spatial.headline_places import town_of_headline
from geo.extraction.spatial.place_facilities import find_facility_place
from geo.extraction.spatial.place_mentions import Features, ReportPlaces
from geo.extraction.spatial.scenes import TOWNS
from geo.gazetteer import open_gazetteer
from geo.geoparsing import Location
from geo.geoparsing.location.spatial_relations import SpatialRelation
from geo.geoparsing.location.uncertainty import footprint_of, uncertainty_m
from geo.memo import remember

TABLE: Final = "models/event_place_weights.csv"
_DATELINE: Final = "dateline"
_DIVISIONS: Final = frozenset({"admin", "region"})
_BESIDE: Final = frozenset({"clause", "sentence"})


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where something happened, and how that is known."""

    location: Location | None
    source: str  # clause, sentence, paragraph, country, nothing
    sure: float = 0.0  # probability among the options, 0 to 1


def choose_event_place(report_places: ReportPlaces, cluster: EventCluster) -> EventPlace:
    """Take the likeliest of the places that a report names around an incident, else its country."""
    candidates = _as_its_clause_says(list_place_candidates(report_places, cluster))
    if not candidates:
        namesake = find_facility_place(report_places.annotated, _around(report_places, cluster), None)
        return EventPlace(namesake, "paragraph" if namesake else "nothing")
    chances = weigh(candidates)
    n = _meant(cluster, candidates)
    n = max(range(len(candidates)), key=_pooled(candidates, chances).__getitem__) if n is None else n
    best, sure = candidates[n], chances[n]
    if best.location.geo_precision == "country" and best.relation not in _BESIDE:
        namesake = find_facility_place(
            report_places.annotated, _around(report_places, cluster), best.location.country_code
        )
        return EventPlace(namesake, "paragraph", sure) if namesake else EventPlace(best.location, "country", sure)
    source = best.relation if best.relation in _BESIDE else "paragraph"
    town = town_of_headline(report_places, cluster.mentions[0].sentence, best.location)
    return EventPlace(town or _among_people(_with_country(best.location, candidates, chances)), source, sure)


def _pooled(candidates: Sequence[PlaceCandidate], chances: Sequence[float]) -> list[tuple[float, float]]:
    """Give each option what all mentions of its town have together, and its own probability."""
    towns: dict[tuple[str, str], float] = {}
    names = [(one.location.name, one.location.country_code) for one in candidates]
    for one, name, chance in zip(candidates, names, chances, strict=True):
        if one.location.geo_precision != "country":
            towns[name] = towns.get(name, 0.0) + chance
    return [(towns.get(name, chance), chance) for name, chance in zip(names, chances, strict=True)]


def _meant(cluster: EventCluster, candidates: Sequence[PlaceCandidate]) -> int | None:
    """Find the place that "the dam" is: the one named before whose words end so, "near the Mosul dam"."""
    struck = {one.text.lower() for mention in cluster.mentions for one in mention.patients if one.sort == "thing"}
    start = cluster.mentions[0].sentence.start
    found = [
        n
        for n, one in enumerate(candidates)
        if one.location.place and one.location.start < start and one.location.text.lower().rpartition(" ")[2] in struck
    ]
    is_given = any(one.locative and one.relation in _BESIDE for one in candidates)
    return found[-1] if found and not is_given else None


def _as_its_clause_says(candidates: Sequence[PlaceCandidate]) -> Sequence[PlaceCandidate]:
    """Leave out where a report was filed, where a clause says where: "near Tamboul", "villages in Borno state".

    A village that no gazetteer has is where it happened, if the sentence names no other town.
    """
    beside = [one for one in candidates if one.location.kind == "place" and one.relation in _BESIDE]
    led = [one for one in beside if one.locative and not one.strange]
    unlisted = [one for one in led if one.location.place is None]
    if unlisted and not any(one.location.geo_precision in TOWNS for one in led):
        return unlisted
    if any(one.relation == "clause" for one in led):  # "in Hong Kong", not in the China of another sentence
        candidates = [one for one in candidates if one.relation in _BESIDE or one.location.geo_precision != "country"]
    divisions = any(one.locative and one.location.geo_precision in _DIVISIONS for one in beside)
    if divisions or any(one.location.place is None for one in beside):
        return [one for one in candidates if one.location.kind != _DATELINE]
    return candidates


def weigh(candidates: Sequence[PlaceCandidate]) -> list[float]:
    """Return the probability of each option."""
    weights = _weights(read_model(TABLE))
    sums = [_sum(weights, candidate.place_features) + _sum(weights, candidate.features) for candidate in candidates]
    most = max(sums)
    raised = [math.exp(value - most) for value in sums]
    total = sum(raised)
    return [value / total for value in raised]


def _sum(weights: Mapping[str, float], features: Features | Sequence[tuple[str, float]]) -> float:
    return sum([weights[name] * value for name, value in features if name in weights])


@remember
def _weights(model: LinearModel) -> dict[str, float]:
    return {name: float(model.weights[row, 0]) for name, row in model.rows.items()}


def _with_country(place: Location, candidates: Sequence[PlaceCandidate], chances: Sequence[float]) -> Location:
    """Return a region that lies in several countries that of the likeliest place in one."""
    if place.country_code:
        return place
    in_country = [(chance, n) for n, chance in enumerate(chances) if candidates[n].location.country_code]
    if not in_country:
        return place
    country = candidates[max(in_country)[1]].location
    return replace(place, country=country.country, country_code=country.country_code)


def _among_people(found: Location) -> Location:
    """Put what happened somewhere in a division where its people are; the place's own point is its middle."""
    place = found.place
    if place is None or found.geo_precision != "admin" or (found.lon, found.lat) != (place.lon, place.lat):
        return found
    footprint = footprint_of(open_gazetteer().peopled(place), SpatialRelation(0))
    return replace(
        found, lon=footprint.lon, lat=footprint.lat, uncertainty_m=uncertainty_m(footprint, found.confidence)
    )


def _around(report_places: ReportPlaces, cluster: EventCluster) -> list[Sentence]:
    """List the sentences of a group, those just before them, and those just after, in one paragraph."""
    own, sentences = cluster.mentions[0].sentence, report_places.annotated.sentences
    near = [mention.sentence for mention in cluster.mentions]
    for index in (own.index - 1, own.index - 2, own.index + 1, own.index + 2):
        if 0 <= index < len(sentences):
            sentence = sentences[index]
            if sentence.paragraph == own.paragraph and not sentence.is_dateline and sentence not in near:
                near.append(sentence)
    return near
