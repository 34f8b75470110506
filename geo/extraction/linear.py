"""Weigh named observations by a table of weights.

Everything that is learned here is linear, so that a table says all of it: feature, class,
weight. A feature that the table does not have weighs nothing.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from geo.resources import read_table

BIAS = "bias"


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Weights by feature for each class."""

    classes: tuple[str, ...]
    rows: Mapping[str, int]  # feature -> its row in the weights
    weights: NDArray[np.float64]  # shape (features, classes); the last row is nought, for features that are unknown

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Give the probability of each class (softmax).

        Args:
            features: Feature -> value; the bias is added here.
        """
        # Known features have a row; the rest go to the last one, which weighs nothing.
        rows = [*map(self.rows.get, features, repeat(-1)), self.rows.get(BIAS, -1)]
        values = np.fromiter(chain(features.values(), (1.0,)), np.float64, len(rows))
        sums: list[float] = (values @ self.weights.take(rows, axis=0, mode="wrap")).tolist()
        most = max(sums)
        raised = [math.exp(value - most) for value in sums]
        total = sum(raised)
        return {name: value / total for name, value in zip(self.classes, raised, strict=True)}


def make_model(classes: tuple[str, ...], weights: Mapping[str, Mapping[str, float]]) -> LinearModel:
    """Make a model from feature -> class -> weight."""
    column = {name: i for i, name in enumerate(classes)}
    matrix = np.zeros((len(weights) + 1, len(classes)))
    for row, by_class in enumerate(weights.values()):
        for name, weight in by_class.items():
            matrix[row, column[name]] = weight
    return LinearModel(classes, {name: row for row, name in enumerate(weights)}, matrix)


@cache
def read_model(table: str) -> LinearModel:
    """Read a model from a table of data/ with the columns feature, class and weight."""
    weights: dict[str, dict[str, float]] = {}
    for row in read_table(table):
        weights.setdefault(row["feature"], {})[row["class"]] = float(row["weight"])
    classes = tuple(sorted({name for by_class in weights.values() for name in by_class}))
    return make_model(classes, weights)
