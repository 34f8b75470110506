"""Learn when two tellings are of one incident: data/coreference_weights.csv.

    python tests/evaluation/train_coreference.py [--write]

The keys of MUC name whom and what each incident struck. A telling whose victims only one incident of the key has is
taken for a telling of it; tellings of the same key are of one incident, tellings of different keys are not.
"""

import sys
from typing import Any

import learning
import sets

from geo.extraction.coreference import bind, observe
from geo.extraction.groups import Group
from geo.extraction.readings import Reading, read_report
from geo.extraction.tellings import Telling, read_tellings
from geo.resources import data_path

FOLDS = 5
SAME, OTHER = "same", "other"
PENALTY = 3.0
_GENERIC = {"people", "person", "civilian", "other", "men", "man", "member", "leader", "house", "office", "building"}


def gold(telling: Telling, keys: list[dict[str, Any]]) -> int | None:
    """Say which incident of the key a telling is of; None when nobody can say."""
    scorer = sets.scorer("muc")
    text = " ".join([*(p.text for p in telling.patients), *(c.who or "" for c in telling.casualties)])
    said = scorer.stem(text) - _GENERIC
    hits = [
        n
        for n, key in enumerate(keys)
        if any(
            2 * len(words & said) >= len(words)
            for name in key.get("targets", [])
            if (words := scorer.stem(name) - _GENERIC)
        )
    ]
    return hits[0] if len(hits) == 1 else None


def pairs(reading: Reading, keys: list[dict[str, Any]]) -> list[tuple[dict[str, float], str]]:
    """List what is observed of each unit of tellings and each incident told before it, and whether they are one."""
    groups: dict[int, Group] = {}
    found: list[tuple[dict[str, float], str]] = []
    for unit in bind(reading, read_tellings(reading)):
        golds = {mine for telling in unit.tellings if (mine := gold(telling, keys)) is not None}
        if len(golds) != 1:
            continue
        mine = golds.pop()
        for number, group in groups.items():
            found.append((observe(reading, unit, group), SAME if number == mine else OTHER))
        for telling in unit.tellings:
            groups.setdefault(mine, Group()).add(telling)
    return found


def main() -> None:
    keys = {key["id"]: key["incidents"] for key in sets.keys("muc")}
    rows: list[dict[str, float]] = []
    labels: list[str] = []
    reports: list[str] = []
    for report in sets.reports("muc"):
        if not keys[report.id]:
            continue
        for seen, label in pairs(read_report(report), keys[report.id]):
            rows.append({name: value for name, value in seen.items() if name != "bias"})
            labels.append(label)
            reports.append(report.id)
    print(learning.tally(labels))
    good = 0
    for fold in range(FOLDS):
        train = [i for i, name in enumerate(reports) if sets.fold(name, FOLDS) != fold]
        test = [i for i, name in enumerate(reports) if sets.fold(name, FOLDS) == fold]
        model = fit(rows, labels, reports, train)
        good += sum((model.probabilities(rows[i])[SAME] > 0.5) == (labels[i] == SAME) for i in test)
    print(f"out of fold: {100 * good / len(rows):.1f} % of {len(rows)} pairs")
    weights = difference(fit(rows, labels, reports, range(len(rows))))
    for name, weight in weights.items():
        print(f"{weight:7.2f} {name}")
    if "--write" in sys.argv:
        write(weights)


def fit(rows: list[dict[str, float]], labels: list[str], reports: list[str], some: Any) -> Any:
    chosen = list(some)
    return learning.fit(
        [rows[i] for i in chosen],
        [labels[i] for i in chosen],
        groups=[reports[i] for i in chosen],
        penalty=PENALTY,
        least_groups=5,
    )


def difference(model: Any) -> dict[str, float]:
    """Fold the weights of the two classes into one: how much each speaks for "same"."""
    same, other = model.classes.index(SAME), model.classes.index(OTHER)
    return {
        name: float(model.weights[row, same] - model.weights[row, other]) for name, row in sorted(model.rows.items())
    }


def write(weights: dict[str, float]) -> None:
    with data_path("coreference_weights.csv").open("w", encoding="utf-8") as file:
        file.write(
            "# How much each observation speaks for one telling of a report being of the same incident as those before it.\n"
        )
        file.write(
            "# Above 0 in sum (bias included) it joins them. Made by tests/evaluation/train_coreference.py from the set muc.\n"
        )
        file.write("feature,weight\n")
        file.writelines(f"{name},{weight:.3f}\n" for name, weight in weights.items())


if __name__ == "__main__":
    main()
