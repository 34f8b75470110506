"""Weigh named observations by a table of weights.

Everything that is learned here is linear, so that a table says all of it: feature, class,
weight. A feature that the table does not have weighs nothing.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, repeat
from math import fsum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.resources import read_table

BIAS = "bias"
_NONE: Final[Mapping[str, "LinearModel"]] = {}


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Weights by feature for each class."""

    classes: tuple[str, ...]
    rows: Mapping[str, int]  # feature -> its row in the weights
    weights: NDArray[np.float64]  # shape (features, classes); the last row is 0, for unknown features
    odds: dict[str, dict[str, float]] = field(default_factory=dict, repr=False)  # by class; see `odds`

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each class (softmax).

        Args:
            features: Feature -> value; the bias is added here.
        """
        sums = self._sums(features)
        most = max(sums)
        raised = [math.exp(value - most) for value in sums]
        total = sum(raised)
        return {name: value / total for name, value in zip(self.classes, raised, strict=True)}

    def _sums(self, features: Mapping[str, float]) -> list[float]:
        # Known features have a row; the rest go to the last one, which weighs nothing.
        rows = [*map(self.rows.get, features, repeat(-1)), self.rows.get(BIAS, -1)]
        values = np.fromiter(chain(features.values(), (1.0,)), np.float64, len(rows))
        sums: list[float] = (values @ self.weights.take(rows, axis=0, mode="wrap")).tolist()
        return sums


def odds(model: LinearModel, name: str) -> dict[str, float]:
    """Return how much each feature speaks for a class rather than the rest; nothing when the model does not know it."""
    if name not in model.odds:
        model.odds[name] = _find_odds(model, name)
    return model.odds[name]


def _find_odds(model: LinearModel, name: str) -> dict[str, float]:
    if name not in model.classes:
        return {}
    own = model.weights[:, model.classes.index(name)]
    rest = (model.weights.sum(axis=1) - own) / max(1, len(model.classes) - 1)
    return dict(zip(model.rows, (own - rest)[list(model.rows.values())].tolist(), strict=True))


def weigh(odds: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Add up what features speak for; above 0 they speak for it more than against it."""
    return fsum([odds[name] * value for name, value in features.items() if name in odds]) + odds.get(BIAS, 0.0)


def weigh_all(odds: Mapping[str, float], features: Iterable[str]) -> float:
    """Add up what features speak for that are there or not; the same in whatever order they come."""
    return fsum([odds[name] for name in features if name in odds]) + odds.get(BIAS, 0.0)


def make_model(classes: tuple[str, ...], weights: Mapping[str, Mapping[str, float]]) -> LinearModel:
    """Make a model from feature -> class -> weight."""
    column = {name: i for i, name in enumerate(classes)}
    matrix = np.zeros((len(weights) + 1, len(classes)))
    for row, by_class in enumerate(weights.values()):
        for name, weight in by_class.items():
            matrix[row, column[name]] = weight
    return LinearModel(classes, {name: row for row, name in enumerate(weights)}, matrix)


_overrides: ContextVar[Mapping[str, LinearModel]] = ContextVar("instead", default=_NONE)


@contextmanager
def override_models(models: Mapping[str, LinearModel]) -> Iterator[None]:
    """Put models in the place of the tables of data/, for a while: so that they can be held against unseen reports.

    Args:
        models: Name of a table -> the model that `read_model` is to give for it.
    """
    token = _overrides.set({**_overrides.get(), **models})
    try:
        yield
    finally:
        _overrides.reset(token)


def read_model(table: str) -> LinearModel:
    """Read a model from a table of data/ with the columns feature, class and weight."""
    return _overrides.get().get(table) or _read(table)


@cache
def _read(table: str) -> LinearModel:
    weights: dict[str, dict[str, float]] = {}
    for row in read_table(table):
        weights.setdefault(row["feature"], {})[row["class"]] = float(row["weight"])
    classes = tuple(sorted({name for by_class in weights.values() for name in by_class}))
    return make_model(classes, weights)
