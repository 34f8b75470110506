"""Learn how words, weapons and actors go with ACLED sub-event types: data/kind_weights.csv.

    python tests/evaluation/train_kinds.py [--write]

Learns from the phrases in data/kind_examples.csv and from the sets whose keys have types. Prints the figures on
reports whose fold was left out of the learning; --write then learns from all and writes the table.
A report has one label and perhaps several incidents: the label goes to the incident that the model of the round
before thinks likeliest to be it.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import cross_fitting
import learning
import sets

from geo.extraction.assembling import draft_incidents
from geo.extraction.kinds import NONE, TABLE, best_kind, kind_features
from geo.extraction.linear import LinearModel
from geo.extraction.readings import Reading, read_report
from geo.resources import data_path

__all__ = ["TABLE"]

SETS = ("phrases", "case2021", "case2021other", "insecurity")
ROUNDS = 3
PENALTY = 1.0
PENALTIES = {"word ": 0.7, "trigger ": 0.7, "type ": 0.15}
NOTE = """How much each observation speaks for a sub-event type, or for "none". Made by tests/evaluation/train_kinds.py
from data/kind_examples.csv and the sets case2021, case2021other and insecurity; no feature of fewer than three reports."""


@dataclass
class Example:
    """A report with its label, and what bears on the type of each of its incidents."""

    set: str
    report: str
    label: str
    incidents: list[dict[str, float]] = field(default_factory=list)


@cache
def _labels(name: str) -> dict[str, str]:
    """Give the type of each report of a set that has one: that of its first incident, or "none"."""
    told = {key["id"]: key["incidents"] for key in sets.keys(name)}
    return {report: some[0].get("sub_event_type") if some else NONE for report, some in told.items()}


def examples(name: str, reading: Reading) -> list[Example]:
    label = _labels(name).get(reading.report.id) if name in SETS else None
    if not label:
        return []
    incidents = [kind_features(reading, draft.group.tellings) for draft in draft_incidents(reading)]
    return [Example(name, reading.report.id, label, incidents)]


def learn(some: Sequence[Example]) -> LinearModel:
    model = None
    for _ in range(ROUNDS):
        rows, labels, groups, weights = [], [], [], []
        for example in some:
            for features in _own(example, model):
                rows.append(features)
                labels.append(example.label)
                groups.append(example.report)
                weights.append(0.5 if example.set == "insecurity" else 1.0)
        model = learning.fit(
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


def _own(example: Example, model: LinearModel | None) -> list[dict[str, float]]:
    """Choose the incidents of a report that its label is of; before there is a model, of those with but one."""
    if example.label == NONE or len(example.incidents) <= 1:
        return example.incidents
    if model is None:
        return []
    return [max(example.incidents, key=lambda features: model.probabilities(features).get(example.label, 0.0))]


def right(model: LinearModel, example: Example) -> bool:
    return any(best_kind(model.probabilities(features)) == example.label for features in example.incidents)


def main() -> None:
    readings = {name: [read_report(report) for report in sets.reports(name)] for name in SETS}
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
            said = [best_kind(model.probabilities(f)) for f in example.incidents] or ["nothing"]
            confusion[example.label, said[0]] += 1
    for label, marks in sorted(by_type.items()):
        print(f"{label:36} {sum(marks):3}/{len(marks):3}")
    macro = sum(sum(marks) / len(marks) for marks in by_type.values()) / len(by_type)
    total = sum(map(len, by_type.values()))
    print(f"out of fold: {100 * sum(map(sum, by_type.values())) / total:.1f} %, macro {100 * macro:.1f}")
    for pair, number in sorted(confusion.items(), key=lambda item: -item[1])[:25]:
        print("  ", number, *pair, sep=" | ")
    if "--write" in sys.argv:
        learning.write(learn(everything), data_path(TABLE), NOTE)


if __name__ == "__main__":
    main()
