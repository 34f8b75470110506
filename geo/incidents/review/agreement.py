"""Count what is decided, by whom, and measure how far two reviewers agree.

Agreement is measured on the incidents that both decided. The share of equal cells flatters a column
in which nearly all cells are the same; Cohen's kappa takes out what two reviewers would agree on by
chance: 1 is full agreement, 0 no more than chance.
Source: J. Cohen (1960), A coefficient of agreement for nominal scales, doi:10.1177/001316446002000104.
"""

import itertools
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.incidents.contract.conforming import conform
from geo.incidents.contract.schema import coordinates
from geo.incidents.review.matching import match
from geo.incidents.review.settling import is_out
from geo.incidents.review.terms import BY, DECIDABLE, FIELDS, REVIEWED, VERDICTS

KEPT: Final = "kept"  # whether there is such an incident: confirmed in any way, or rejected
DEGREES: Final = 3  # decimals: two points within about 100 m are the same decision
UNNAMED: Final = "nobody named"


@dataclass(frozen=True)
class Status:
    """The decisions in one layer."""

    incidents: int
    by_verdict: dict[str, int]  # in the order of VERDICTS, those that occur
    by_reviewer: dict[str, int]  # most first
    fields: dict[str, int]  # how often each column was changed, most first

    @property
    def decided(self) -> int:
        """The number of incidents with a verdict."""
        return sum(self.by_verdict.values())


@dataclass(frozen=True)
class Agreement:
    """How far two reviewers agree on one column."""

    column: str
    both: int  # incidents that both decided
    same: int
    kappa: float | None  # None where it is not defined: nothing to compare, or everything the same

    @property
    def share(self) -> float | None:
        """The share of incidents with equal cells, 0 to 1."""
        return self.same / self.both if self.both else None


def status_of(layer: pd.DataFrame) -> Status:
    """Count the decisions of a layer.

    Args:
        layer: Anything that `conform` takes, with the columns of a review or without.
    """
    verdicts = _texts(layer, REVIEWED)
    decided = [n for n, verdict in enumerate(verdicts) if verdict]
    names = _texts(layer, BY)
    people = Counter(names[n] or UNNAMED for n in decided)
    fields = Counter(name for cell in _texts(layer, FIELDS) if cell for name in cell.split(", "))
    known = Counter(verdicts[n] for n in decided)
    order = [*VERDICTS, *sorted(set(known) - set(VERDICTS))]
    return Status(
        incidents=len(layer),
        by_verdict={verdict: known[verdict] for verdict in order if known[verdict]},
        by_reviewer=dict(people.most_common()),
        fields=dict(fields.most_common()),
    )


def agreement(one: pd.DataFrame, other: pd.DataFrame) -> list[Agreement]:
    """Compare the decisions of two reviewers, column by column.

    Args:
        one: A layer with decisions; anything that `conform` takes.
        other: Another one of the same incidents, known again by id or evidence.

    Returns:
        First `kept`, on all incidents that both decided; then every column, on those that both kept.
    """
    ours, theirs = (_decided(layer) for layer in (one, other))
    home = match(ours, theirs)
    b = np.flatnonzero(home >= 0)
    a = home[b]
    kept_a, kept_b = ~is_out(ours).to_numpy()[a], ~is_out(theirs).to_numpy()[b]
    found = [_compared(KEPT, kept_a.tolist(), kept_b.tolist())]
    kept = kept_a & kept_b
    cells = ((name, _cells(ours, name, a[kept]), _cells(theirs, name, b[kept])) for name in DECIDABLE)
    return found + [_compared(*each) for each in cells]


def pairs(names: Sequence[str]) -> list[tuple[int, int]]:
    """Give every pair of so many layers, by their numbers."""
    return list(itertools.combinations(range(len(names)), 2))


def kappa(one: Sequence[Hashable], other: Sequence[Hashable]) -> float | None:
    """Compute Cohen's kappa of two raters on a nominal scale.

    Args:
        one: What one rater said of every item, shape (n,).
        other: What the other said, in the same order.

    Returns:
        From -1 to 1; None without items, or where both say one and the same of all: chance explains that too.
    """
    n = len(one)
    if not n:
        return None
    observed = sum(a == b for a, b in zip(one, other, strict=True)) / n
    ours, theirs = Counter(one), Counter(other)
    by_chance = sum(ours[value] * theirs[value] for value in ours) / n**2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def _compared(column: str, one: list[Hashable], other: list[Hashable]) -> Agreement:
    same = sum(a == b for a, b in zip(one, other, strict=True))
    return Agreement(column, len(one), same, kappa(one, other))


def _decided(layer: pd.DataFrame) -> Any:
    rows = conform(layer)
    said = pd.Series([bool(verdict) for verdict in _texts(rows, REVIEWED)], dtype=bool)
    return rows[said].reset_index(drop=True)


def _texts(layer: pd.DataFrame, name: str) -> list[str]:
    if name not in layer:
        return [""] * len(layer)
    return [cell if isinstance(cell, str) else "" for cell in layer[name]]


def _cells(rows: Any, name: str, of: Any) -> list[Hashable]:
    if name == "geometry":
        return [tuple(None if np.isnan(x) else x for x in xy) for xy in coordinates(rows)[of].round(DEGREES).tolist()]
    cells = rows[name].iloc[of].tolist()
    return [tuple(sorted(cell)) if isinstance(cell, list) else None if pd.isna(cell) else cell for cell in cells]
