"""Weigh named observations by a table of weights.

Everything that is learned here is linear, so that a table says all of it: feature, class,
weight. A feature that the table does not have weighs nothing.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geo.resources import read_table

BIAS = "bias"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by feature for each class."""

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[tuple[int, float], ...]]  # feature -> class index and weight

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Give the probability of each class (softmax).

        Args:
            features: Feature -> value; the bias is added here.
        """
        sums = [0.0] * len(self.classes)
        for index, weight in self.weights.get(BIAS, ()):
            sums[index] += weight
        for name, value in features.items():
            for index, weight in self.weights.get(name, ()):
                sums[index] += weight * value
        top = max(sums)
        raised = [math.exp(total - top) for total in sums]
        whole = sum(raised)
        return {name: value / whole for name, value in zip(self.classes, raised, strict=True)}


@cache
def read_model(table: str) -> LinearModel:
    """Read a model from a table of data/ with the columns feature, class and weight."""
    rows = list(read_table(table))
    classes = tuple(sorted({row["class"] for row in rows}))
    index = {name: i for i, name in enumerate(classes)}
    weights: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        weights.setdefault(row["feature"], []).append((index[row["class"]], float(row["weight"])))
    return LinearModel(classes, {name: tuple(pairs) for name, pairs in weights.items()})
