"""Learn how words, weapons and actors go with ACLED sub-event types: data/models/event_type_weights.csv.

Learns from the phrases and short reports in data/training/ and from the sets whose keys have types. Prints the figures on
reports whose fold was left out of the learning; --write then learns from all and writes the table.
A report has one label and perhaps several incidents: the label goes to the incident that the model of the round
before thinks likeliest to be it. The keys of MUC, whose types are coarser, leave several labels open: of these an
incident gets the one that that model thinks likeliest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments.event_type import NONE, TABLE, ruled_out, type_features
from geo.extraction.linear_model import LinearModel
from geo.extraction.pipeline import assemble
from geo.training import linear_fit, sets
from geo.training.cross_fitting import Drafted
from geo.training.stages.pairing import keys_of

__all__ = ["TABLE"]

SEEDS = ("seeds", "article")
SETS = (*sets.OWN_TABLES, "case2021", "case2021other", "insecurity", "muc", "articles", *SEEDS)
WEIGHTS = {"insecurity": 0.5, sets.SHORT: 0.3, "muc": 0.15, "articles": 1.5, **dict.fromkeys(SEEDS, 4.0)}
ROUNDS = 3
PENALTY = 1.0
PENALTIES = {"word ": 0.7, "trigger ": 0.7, "type ": 0.15}
NOTE = """How much each observation speaks for a sub-event type, or for "none". Made by geo/training/stages/event_type.py
from the tables of data/training/, the articles for training, the sets case2021, case2021other, insecurity and muc, the project's seeds and the seed article; no
feature of fewer than three reports."""


@dataclass
class Example:
    """A report with its label, and the features of the type of each of its incidents."""

    set: str
    report: str
    label: str  # "": one of `possible`
    incidents: list[dict[str, float]] = field(default_factory=list)
    possible: tuple[str, ...] = ()


@cache
def _labels(name: str) -> dict[str, str]:
    """Give the type of each report of a set that has one: that of its first incident, or "none"."""
    labels = {key["id"]: key["incidents"] for key in sets.keys(name)}
    return {report: some[0].get("sub_event_type") if some else NONE for report, some in labels.items()}


def examples(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    if name == "muc":
        return _partly_labelled(annotated, drafted)
    if name == "articles":
        return _of_articles(annotated, drafted)
    if name in SEEDS:
        return _of_seeds(name, annotated, drafted)
    label = _labels(name).get(annotated.report.id) if name in SETS else None
    if not label or (name == sets.SHORT and label == NONE):  # of those without an incident `confidence` learns
        return []
    incidents = [type_features(annotated, draft.cluster.mentions) for draft in drafted()]
    return [Example(name, annotated.report.id, label, incidents)]


def _partly_labelled(annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    """Take the incidents that the keys of MUC name, with all types that agree wholly with theirs."""
    report, scorer = annotated.report.id, sets.scorer("muc")
    keys = keys_of("muc")[report]
    drafts = drafted() if keys else []
    features = sets.features(assemble(draft, 0.0) for draft in drafts)
    own = {id(feature): draft for feature, draft in zip(features, drafts, strict=True)}
    found: list[Example] = []
    for pair in scorer.align([one for one in features if scorer.muc_types(one)], keys):
        mentions = own[id(pair.feature)].cluster.mentions
        types = {
            kind for kind, by_type in scorer.TYPES.items() if any(by_type.get(one) == 1 for one in pair.key["type"])
        }
        possible = tuple(sorted(types - ruled_out(annotated, mentions)))
        if pair.named and possible:
            found.append(Example("muc", report, "", [type_features(annotated, mentions)], possible))
    return found


@cache
def _articles() -> dict[str, dict[str, Any]]:
    return {key["id"]: key for key in sets.keys("articles")}


def _of_articles(annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    """Take the incidents that pair with one of the key; in an article without incidents all that it does not excuse."""
    report = annotated.report.id
    key, drafts = _articles()[report], drafted()
    found: list[Example] = []
    incidents = [assemble(draft, 0.0) for draft in drafts]
    if not key["incidents"]:
        shown = [sets.geojson(one) for one in incidents]
        wrong = {id(one) for one in sets.scorer("articles").judge(key, shown, sets.wrong_slots()).unexplained}
        alarms = [draft for draft, one in zip(drafts, shown, strict=True) if id(one) in wrong]
        return [Example("articles", report, NONE, [type_features(annotated, one.cluster.mentions)]) for one in alarms]
    for draft, partner in zip(drafts, sets.pair_articles(incidents, key), strict=True):
        mentions = draft.cluster.mentions
        possible = sorted(set(partner["sub_event_type"]) - ruled_out(annotated, mentions)) if partner else []
        if possible:
            label = possible[0] if len(possible) == 1 else ""
            features = [type_features(annotated, mentions)]
            found.append(Example("articles", report, label, features, tuple(possible)))
    return found


def _of_seeds(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    """Take the incidents that agree in day, place and words with the key, where that leaves no doubt of the type."""
    report, found = annotated.report.id, []
    keys = next(key["incidents"] for key in sets.keys(name) if key["id"] == report)
    for draft in drafted():
        place, kinds = draft.where.location, set(draft.cluster.types)
        meant = {
            (key["sub_event_type"], *key["also_right"])
            for key in keys
            if place is not None
            and kinds & {key["sub_event_type"], *key["also_right"]}  # a march the day after was no air strike
            and sets.in_days(key, draft.when.first, draft.when.last)
            and sets.is_near(key, place.lon, place.lat, place.country_code, place.uncertainty_m or 0.0)
        }
        if len(meant) == 1:
            found.append(Example(name, report, "", [type_features(annotated, draft.cluster.mentions)], meant.pop()))
    return found


def learn(some: Sequence[Example]) -> LinearModel:
    model = None
    for _ in range(ROUNDS):
        rows, labels, groups, weights = [], [], [], []
        for example in some:
            label = example.label or _likeliest(example, model)
            for features in _own(example, model) if label else []:
                rows.append(features)
                labels.append(label)
                groups.append(example.report)
                weights.append(WEIGHTS.get(example.set, 1.0))
        model = linear_fit.fit(
            rows,
            labels,
            groups=groups,
            weights=weights,
            penalty=PENALTY,
            penalties=PENALTIES,
            least_groups=3,
            start=model,
        )
    assert model is not None
    return model


def _likeliest(example: Example, model: LinearModel | None) -> str:
    """Choose among the types that a key leaves open; none before there is a model."""
    if model is None:
        return ""
    probabilities = model.probabilities(example.incidents[0])
    return max(example.possible, key=lambda kind: probabilities.get(kind, 0.0))


def _own(example: Example, model: LinearModel | None) -> list[dict[str, float]]:
    """Choose the incidents of a report that its label is of; before there is a model, of those with but one."""
    if example.label == NONE or len(example.incidents) <= 1:
        return example.incidents
    if model is None:
        return []
    return [max(example.incidents, key=lambda features: model.probabilities(features).get(example.label, 0.0))]
