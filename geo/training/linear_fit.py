"""Fit linear models over named features, and write them as tables."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from geo.extraction.linear_model import BIAS, LinearModel

Features = Mapping[str, float]
CHOSEN = "chosen"  # the class of models that choose one of several options
_TINY = 1e-300


def fit(
    examples: Sequence[Features],
    labels: Sequence[str],
    *,
    groups: Sequence[str] | None = None,
    weights: Sequence[float] | None = None,
    least_groups: int = 3,
    penalty: float = 1.0,
    penalties: Mapping[str, float] | None = None,
    start: LinearModel | None = None,
) -> LinearModel:
    """Fit a softmax model with an L2 penalty.

    Args:
        examples: Feature -> value for each example.
        labels: The class of each.
        groups: The document of each; a feature must be seen in `least_groups` of them.
        weights: How much each example counts.
        least_groups: See `groups`.
        penalty: Of the squared weights.
        penalties: Other penalties for features whose name begins so ("word " -> 2.0).
        start: A model to begin with: of nearly the same examples, it saves most of the steps.
    """
    seen: dict[str, set[str]] = {}
    for i, features in enumerate(examples):
        for name in features:
            seen.setdefault(name, set()).add(groups[i] if groups else str(i))
    names = [BIAS, *sorted(name for name, where in seen.items() if len(where) >= least_groups)]
    column = {name: i for i, name in enumerate(names)}
    matrix = _matrix(examples, column)
    classes = tuple(sorted(set(labels)))
    wanted = np.zeros((len(labels), len(classes)))
    for row, label in enumerate(labels):
        wanted[row, classes.index(label)] = 1.0
    counts = np.ones(len(labels)) if weights is None else np.asarray(weights, dtype=float)
    strength = np.array([0.001 if n == BIAS else _penalty(n, penalty, penalties or {}) for n in names])[:, None]
    found = _minimise(matrix, wanted, counts, strength, _weights(start, names, classes))
    return LinearModel(classes, column, np.vstack([found, np.zeros((1, len(classes)))]))


def _weights(start: LinearModel | None, names: Sequence[str], classes: Sequence[str]) -> NDArray[np.float64]:
    """Give what a model weighs the features, for each of these classes."""
    found = np.zeros((len(names), len(classes)))
    if start is not None:
        for column, name in enumerate(classes):
            if name in start.classes:
                rows = [start.rows.get(feature, -1) for feature in names]
                found[:, column] = start.weights[rows, start.classes.index(name)]
    return found


def _penalty(name: str, penalty: float, penalties: Mapping[str, float]) -> float:
    return next((value for prefix, value in penalties.items() if name.startswith(prefix)), penalty)


def _matrix(examples: Sequence[Features], column: Mapping[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, features in enumerate(examples):
        for name, value in ((BIAS, 1.0), *features.items()):
            if name in column:
                rows.append(row)
                columns.append(column[name])
                values.append(value)
    return csr_matrix((values, (rows, columns)), shape=(len(examples), len(column)))


def _minimise(
    matrix: csr_matrix,
    wanted: NDArray[np.float64],
    counts: NDArray[np.float64],
    strength: NDArray[np.float64],
    start: NDArray[np.float64],
) -> NDArray[np.float64]:
    shape, transposed = start.shape, matrix.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = flat.reshape(shape)
        scores = matrix @ w
        scores = scores - scores.max(axis=1, keepdims=True)
        log_sum = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        log_p = scores - log_sum
        value = -(counts[:, None] * wanted * log_p).sum() + 0.5 * (strength * w**2).sum()
        gradient = transposed @ (counts[:, None] * (np.exp(log_p) - wanted)) + strength * w
        return float(value), np.asarray(gradient).ravel()

    result = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(result.x).reshape(shape)


def fit_choices(
    examples: Sequence[Sequence[Features]],
    right: Sequence[Sequence[int]],
    *,
    groups: Sequence[str],
    weights: Sequence[float],
    least_groups: int = 3,
    penalty: float = 1.0,
    penalties: Mapping[str, float] | None = None,
) -> LinearModel:
    """Fit a conditional logit with an L2 penalty: which of several options is chosen.

    Args:
        examples: Feature -> value of each option of each example.
        right: The options of each example that are right; one is as good as another.
        groups: The document of each example; a feature must be seen in `least_groups` of them.
        weights: How much each example counts.
        least_groups: See `groups`.
        penalty: Of the squared weights.
        penalties: Other penalties for features of these names.
    """
    seen: dict[str, set[str]] = {}
    for options, group in zip(examples, groups, strict=True):
        for name in {name for features in options for name, value in features.items() if value}:
            seen.setdefault(name, set()).add(group)
    names = sorted(name for name, where in seen.items() if len(where) >= least_groups)
    column = {name: i for i, name in enumerate(names)}
    matrix = _matrix([features for options in examples for features in options], column)
    transposed = matrix.T.tocsr()
    sizes = [len(options) for options in examples]
    starts, of = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(examples)), sizes)
    good = np.zeros(len(of))
    good[[int(start) + n for start, chosen in zip(starts, right, strict=True) for n in chosen]] = 1.0
    counts = np.asarray(weights, dtype=float)
    strength = np.array([(penalties or {}).get(name, penalty) for name in names])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ w
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        total, wanted = np.add.reduceat(raised, starts), np.add.reduceat(raised * good, starts) + _TINY
        value = -(counts * np.log(wanted / total)).sum() + 0.5 * (strength * w**2).sum()
        pull = counts[of] * raised * (1 / total[of] - good / wanted[of])
        return float(value), np.asarray(transposed @ pull + strength * w)

    result = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return LinearModel((CHOSEN,), column, np.append(result.x, 0.0)[:, None])


def write(model: LinearModel, path: Path, note: str, least: float = 0.02) -> None:
    """Write a model as a table; weights smaller than `least` are left out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {line}\n" for line in note.splitlines())
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "class", "weight"))
        for name, row in sorted(model.rows.items()):
            for index, weight in enumerate(model.weights[row]):
                if abs(weight) >= least:
                    writer.writerow((name, model.classes[index], f"{weight:.3f}"))


def tally(labels: Sequence[str]) -> Counter[str]:
    """Count labels."""
    return Counter(labels)
