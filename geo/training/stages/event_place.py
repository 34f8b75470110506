"""Learn which of the places that a report names is that of an incident: data/models/event_place_weights.csv.

The keys of MUC name the place, those of Insecurity Insight and of the seeds have its point. Of the options of an incident those are
right that agree with the key as finely as any of them does: with the place, else with a wider one, else with the country.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments.event_place import TABLE
from geo.extraction.arguments.place_candidates import list_place_candidates
from geo.extraction.drafts import IncidentDraft
from geo.extraction.linear_model import LinearModel
from geo.extraction.spatial.place_mentions import find_place_mentions
from geo.geoparsing import Location
from geo.training import linear_fit, sets
from geo.training.cross_fitting import Drafted
from geo.training.stages.pairing import Pair, keys_of, pair_articles, pair_muc

__all__ = ["TABLE"]

SETS = ("muc", "insecurity", "seeds", "article", "articles")
PENALTY = 12.0
LEAST_GROUPS = 5
# What concerns every option may weigh more than what few have.
PLAIN = (
    "own sentence",
    "own clause",
    "own clause, in",
    "paragraph",
    "sentences before",
    "sentences after",
    "share",
    "main country",
    "abroad",
    "chosen",
    "chosen often",
    "chosen in clause",
    "has finer beside",
    "confidence",
    "steps",
    "steps and others",
    "is site",
    "is settlement",
    "is admin",
    "is region",
    "is country",
    "led by in",
    "whole country",
    "nothing finer",
)
PLAIN_PENALTY = 2.0
WIDER = 0.5  # weight of an incident of which no option is as fine as the key
NO_PLACE = 0.5  # ... of which the key states the country alone
MUC_PLACE = 2.0  # ... of which MUC states the place
INSECURITY = 0.7  # ... of a report of the other set, for all incidents together
ARTICLES = 2.0  # ... of an article, where its key has the place
SEEDS = 4.0  # ... of one of the seeds: they are few, and of the kind that `geo` is for
WIDE_KM = 100
NOTE = """How much each observation speaks for a place of a report being that of an incident. Made by
geo/training/stages/event_place.py from the articles for training, the sets muc and insecurity, the project's seeds and the seed article."""


@dataclass(eq=False)
class Choice:
    """One incident with the places that it may have happened at, and which of them are right."""

    set: str
    report: str
    key: dict[str, Any]
    candidates: list[dict[str, float]]
    locations: list[Location]
    right: list[int]
    weight: float


def examples(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Choice]:
    keys = keys_of(name).get(annotated.report.id) if name in SETS else None
    if not keys:
        return []
    drafts = drafted()
    report_places, found = find_place_mentions(annotated), []
    for draft, key in PAIRS[name](drafts, keys):
        candidates = list_place_candidates(report_places, draft.cluster)
        features = [{**dict(candidate.place_features), **dict(candidate.features)} for candidate in candidates]
        locations = [candidate.location for candidate in candidates]
        right, weight = RIGHT[name](locations, key)
        share = INSECURITY / len(drafts) if name == "insecurity" else 1.0
        found.append(Choice(name, annotated.report.id, key, features, locations, right, weight * share))
    return found


def _pairs_insecurity(drafts: Sequence[IncidentDraft], keys: list[dict[str, Any]]) -> Iterator[Pair]:
    return ((draft, keys[0]) for draft in drafts)


def as_feature(found: Location | None) -> dict[str, Any]:
    """Give what the scorers read of a place."""
    if found is None:
        return {}
    return {
        "place_name": found.name,
        "admin1": found.admin1,
        "country": found.country,
        "country_code": found.country_code,
        "_point": (found.lat, found.lon),
    }


def _right_muc(locations: Sequence[Location], key: dict[str, Any]) -> tuple[list[int], float]:
    scorer = sets.scorer("muc")
    features = [as_feature(found) for found in locations]
    at_home = [scorer.country_agrees(feature, key) for feature in features]
    wide = [home and found.geo_precision == "country" for home, found in zip(at_home, locations, strict=True)]
    if not has_place(key):
        return _first([(wide, NO_PLACE), (at_home, NO_PLACE)])

    def named(*, finest: bool) -> list[bool]:
        wanted = scorer.key_places(key, finest)
        return [
            home and any(scorer.same_place(name, place) for place in wanted for name in scorer.response_places(f))
            for home, f in zip(at_home, features, strict=True)
        ]

    w = MUC_PLACE
    return _first([(named(finest=True), w), (named(finest=False), w * WIDER), (wide, w * WIDER), (at_home, w * WIDER)])


def has_place(key: dict[str, Any]) -> bool:
    """Say whether a key of MUC states more than the country."""
    return bool(key["where"]) and all(where["places"] for where in key["where"])


def _right_insecurity(locations: Sequence[Location], key: dict[str, Any]) -> tuple[list[int], float]:
    scorer = sets.scorer("incidents")
    features = [as_feature(found) for found in locations]
    at_home = ["country" not in key or scorer.country_agrees(feature, key) for feature in features]
    tiers: list[tuple[list[bool], float]] = []
    if key.get("lat") is not None:
        both = list(zip(at_home, features, strict=True))
        tiers.append(([home and scorer.right_place(feature, key) for home, feature in both], 1.0))
        tiers.append(([home and scorer.within(feature, key, WIDE_KM) for home, feature in both], WIDER))
    if key.get("admin1"):
        names = [found.admin1 or found.name for found in locations]
        inside = [home and scorer.same_admin(name, key["admin1"]) for home, name in zip(at_home, names, strict=True)]
        tiers.append((inside, WIDER))
    if key.get("lat") is None:  # the publisher withholds the point of a place that the text names
        fine = [home and found.geo_precision != "country" for home, found in zip(at_home, locations, strict=True)]
        tiers.append((fine, WIDER))
    wide = [home and found.geo_precision == "country" for home, found in zip(at_home, locations, strict=True)]
    return _first([*tiers, (wide, WIDER), (at_home, WIDER)])


def _pairs_seeds(drafts: Sequence[IncidentDraft], keys: list[dict[str, Any]]) -> Iterator[Pair]:
    """Pair incidents with those of the seeds' key by type and day."""
    for draft in drafts:
        for key in keys:
            if sets.in_days(key, draft.when.first, draft.when.last) and draft.sub_event_type in {
                key["sub_event_type"],
                *key["also_right"],
            }:
                yield draft, key
                break


def _right_seeds(locations: Sequence[Location], key: dict[str, Any]) -> tuple[list[int], float]:
    """Take the places near that of the key; where that is a country, nothing finer."""
    near = [sets.is_near(key, found.lon, found.lat, found.country_code, 0.0) for found in locations]
    if key["_point"] is None:
        near = [mark and found.geo_precision == "country" for mark, found in zip(near, locations, strict=True)]
    return _first([(near, SEEDS)])


def _right_articles(locations: Sequence[Location], key: dict[str, Any]) -> tuple[list[int], float]:
    at_home = [key.get("country_code") in (None, found.country_code) for found in locations]
    both = list(zip(at_home, locations, strict=True))
    wide = [home and found.geo_precision == "country" for home, found in both]
    if key.get("place") is None:
        return _first([(wide, NO_PLACE), (at_home, NO_PLACE)])
    place = {**key["place"], "_point": (key["place"]["lon"], key["place"]["lat"])}
    near = [home and sets.is_near(place, found.lon, found.lat, found.country_code, 0.0) for home, found in both]
    return _first([(near, ARTICLES), (wide, ARTICLES * WIDER)])


PAIRS = {
    "articles": pair_articles, "muc": pair_muc, "insecurity": _pairs_insecurity, "seeds": _pairs_seeds, "article": _pairs_seeds,
}  # fmt: skip
RIGHT = {
    "articles": _right_articles, "muc": _right_muc, "insecurity": _right_insecurity, "seeds": _right_seeds, "article": _right_seeds,
}  # fmt: skip


def _first(tiers: Sequence[tuple[list[bool], float]]) -> tuple[list[int], float]:
    """Take the finest tier that any option reaches."""
    for marks, weight in tiers:
        if any(marks):
            return [n for n, mark in enumerate(marks) if mark], weight
    return [], 0.0


def learn(some: Sequence[Choice]) -> LinearModel:
    known = [choice for choice in some if choice.right and len(choice.candidates) > 1]
    return linear_fit.fit_choices(
        [choice.candidates for choice in known],
        [choice.right for choice in known],
        groups=[choice.report for choice in known],
        weights=[choice.weight for choice in known],
        penalty=PENALTY,
        least_groups=LEAST_GROUPS,
        penalties=dict.fromkeys(PLAIN, PLAIN_PENALTY),
    )
