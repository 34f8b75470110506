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

import learning
import sets

from geo.extraction.assembling import draft_incidents
from geo.extraction.kinds import NONE, best_kind, kind_features
from geo.extraction.linear import LinearModel, read_model
from geo.extraction.readings import read_report
from geo.report import Report
from geo.resources import data_path, read_table

FOLDS = 5
ROUNDS = 3
PENALTY = 1.0
PENALTIES = {"word ": 0.7, "trigger ": 0.7, "type ": 0.15}
NOTE = """How much each observation speaks for a sub-event type, or for "none". Made by tests/evaluation/train_kinds.py
from data/kind_examples.csv and the sets case2021, case2021other and insecurity; no feature of fewer than three reports."""


@dataclass
class Example:
    """A report with its label, and what bears on the type of each of its incidents."""

    id: str
    source: str
    label: str
    incidents: list[dict[str, float]] = field(default_factory=list)


def observe(report: Report) -> list[dict[str, float]]:
    reading = read_report(report)
    return [kind_features(reading, draft.group.tellings) for draft in draft_incidents(reading)]


def examples() -> list[Example]:
    found = [
        Example(f"phrase {i}", "phrases", row["sub_event_type"], observe(Report(id=str(i), text=row["phrase"])))
        for i, row in enumerate(read_table("kind_examples.csv"))
    ]
    for name in ("case2021", "case2021other", "insecurity"):
        labels = {key["id"]: key["incidents"] for key in sets.keys(name)}
        for report in sets.reports(name):
            wanted = labels[report.id]
            label = wanted[0].get("sub_event_type") if wanted else NONE
            if label:
                found.append(Example(report.id, name, label, observe(report)))
    return found


def learn(some: Sequence[Example]) -> LinearModel:
    model = None
    for _ in range(ROUNDS):
        rows, labels, groups, weights = [], [], [], []
        for example in some:
            for features in _own(example, model):
                rows.append(features)
                labels.append(example.label)
                groups.append(example.id)
                weights.append(0.5 if example.source == "insecurity" else 1.0)
        model = learning.fit(
            rows, labels, groups=groups, weights=weights, penalty=PENALTY, penalties=PENALTIES, least_groups=3
        )
    assert model is not None
    return model


def without(some: Sequence[Example], fold: int, folds: int) -> list[Example]:
    """Leave out the reports of one fold; the phrases are our own and stay."""
    return [e for e in some if e.source == "phrases" or sets.fold(e.id, folds) != fold]


def _own(example: Example, model: LinearModel | None) -> list[dict[str, float]]:
    """Choose the incidents of a report that its label is of."""
    if example.label == NONE or not example.incidents:
        return example.incidents
    prior = model or read_model("kind_weights.csv")
    return [max(example.incidents, key=lambda features: prior.probabilities(features).get(example.label, 0.0))]


def right(model: LinearModel, example: Example) -> bool:
    return any(best_kind(model.probabilities(features)) == example.label for features in example.incidents)


def main() -> None:
    everything = examples()
    by_type: dict[str, list[bool]] = defaultdict(list)
    confusion: dict[tuple[str, str], int] = defaultdict(int)
    for fold in range(FOLDS):
        model = learn(without(everything, fold, FOLDS))
        for example in everything:
            if example.source == "case2021" and sets.fold(example.id, FOLDS) == fold:
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
        learning.write(learn(everything), data_path("kind_weights.csv"), NOTE)


if __name__ == "__main__":
    main()
