"""Learn how words, weapons and actors go with ACLED sub-event types: data/models/event_type_weights.csv.

    python -m geo.training.stages.event_type [--write]

Learns from the phrases in data/training/event_type_examples.csv and from the sets whose keys have types. Prints the figures on
reports whose fold was left out of the learning; --write then learns from all and writes the table.
A report has one label and perhaps several incidents: the label goes to the incident that the model of the round
before thinks likeliest to be it. The keys of MUC, whose types are coarser, leave several labels open: of these an
incident gets the one that that model thinks likeliest.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from geo.extraction.annotations import AnnotatedReport, annotate
from geo.extraction.arguments.event_type import NONE, TABLE, best_type, ruled_out, type_features
from geo.extraction.linear_model import LinearModel
from geo.extraction.pipeline import assemble, draft_incidents
from geo.resources import data_path
from geo.training import cross_fitting, linear_fit, sets

__all__ = ["TABLE"]

SEEDS = ("seeds", "article")
SETS = ("phrases", "case2021", "case2021other", "insecurity", "muc", *SEEDS)
WEIGHTS = {"insecurity": 0.5, "muc": 0.15, **dict.fromkeys(SEEDS, 4.0)}
ROUNDS = 3
PENALTY = 1.0
PENALTIES = {"word ": 0.7, "trigger ": 0.7, "type ": 0.15}
NOTE = """How much each observation speaks for a sub-event type, or for "none". Made by geo/training/stages/event_type.py
from data/training/event_type_examples.csv, the sets case2021, case2021other, insecurity and muc, the project's seeds and the seed article; no
feature of fewer than three reports."""


@dataclass
class Example:
    """A report with its label, and what bears on the type of each of its incidents."""

    set: str
    report: str
    label: str  # "": one of `possible`
    incidents: list[dict[str, float]] = field(default_factory=list)
    possible: tuple[str, ...] = ()


@cache
def _labels(name: str) -> dict[str, str]:
    """Give the type of each report of a set that has one: that of its first incident, or "none"."""
    told = {key["id"]: key["incidents"] for key in sets.keys(name)}
    return {report: some[0].get("sub_event_type") if some else NONE for report, some in told.items()}


def examples(name: str, annotated: AnnotatedReport) -> list[Example]:
    if name == "muc":
        return _partly_labelled(annotated)
    if name in SEEDS:
        return _of_seeds(name, annotated)
    label = _labels(name).get(annotated.report.id) if name in SETS else None
    if not label:
        return []
    incidents = [type_features(annotated, draft.cluster.mentions) for draft in draft_incidents(annotated)]
    return [Example(name, annotated.report.id, label, incidents)]


@cache
def _muc_keys() -> dict[str, list[dict[str, Any]]]:
    return {key["id"]: key["incidents"] for key in sets.keys("muc")}


def _partly_labelled(annotated: AnnotatedReport) -> list[Example]:
    """Take the incidents that the keys of MUC name, with all types that agree wholly with theirs."""
    report, scorer = annotated.report.id, sets.scorer("muc")
    keys = _muc_keys()[report]
    drafts = draft_incidents(annotated) if keys else []
    features = sets.features(assemble(draft) for draft in drafts)
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


def _of_seeds(name: str, annotated: AnnotatedReport) -> list[Example]:
    """Take the incidents that agree in day, place and words with the key, where that leaves no doubt of the type."""
    report, found = annotated.report.id, []
    keys = next(key["incidents"] for key in sets.keys(name) if key["id"] == report)
    for draft in draft_incidents(annotated):
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


def right(model: LinearModel, example: Example) -> bool:
    return any(best_type(model.probabilities(features)) == example.label for features in example.incidents)


def main() -> None:
    readings = {name: [annotate(report) for report in sets.reports(name)] for name in SETS}
    fitted = cross_fitting.cross_fit([sys.modules[__name__]], readings)
    everything: list[Example] = fitted.examples[TABLE]
    by_type: dict[str, list[bool]] = defaultdict(list)
    confusion: dict[tuple[str, str], int] = defaultdict(int)
    for example in everything:
        if example.set != "case2021":
            continue
        model = fitted.models[sets.fold(example.report, cross_fitting.FOLDS)][TABLE]
        good = right(model, example)
        by_type[example.label].append(good)
        if not good:
            said = [best_type(model.probabilities(f)) for f in example.incidents] or ["nothing"]
            confusion[example.label, said[0]] += 1
    for label, marks in sorted(by_type.items()):
        print(f"{label:36} {sum(marks):3}/{len(marks):3}")
    macro = sum(sum(marks) / len(marks) for marks in by_type.values()) / len(by_type)
    total = sum(map(len, by_type.values()))
    print(f"out of fold: {100 * sum(map(sum, by_type.values())) / total:.1f} %, macro {100 * macro:.1f}")
    for pair, number in sorted(confusion.items(), key=lambda item: -item[1])[:25]:
        print("  ", number, *pair, sep=" | ")
    if "--write" in sys.argv:
        linear_fit.write(learn(everything), data_path(TABLE), NOTE)


if __name__ == "__main__":
    main()
