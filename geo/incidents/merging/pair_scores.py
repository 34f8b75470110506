"""Score pairs of incidents for merging: which may be one, and what speaks for it.

Every component (type, date, place, actors, numbers ...) finds one level (`comparison_levels`), and the
table data/events/merging_points.csv says what a level is worth; the sum decides. So every merge can be
explained by naming its levels (`explain`), and tuned without touching code. All comparisons run on
arrays of pairs: a hundred thousand incidents make millions of them.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.incident import Incident
from geo.incidents.merging.comparison_levels import COMPONENTS
from geo.incidents.merging.facts import Facts, Floats, Rows, gather_facts
from geo.incidents.merging.merging_points import marked, merging_points

# What these forbid is not looked at further.
DEADLY: Final = ("type", "happened", "series", "date", "place")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of incidents that nothing forbids to be one, by their rows in `Facts`."""

    i: Rows
    j: Rows
    score: Floats
    contradicted: NDArray[np.bool_]  # some component speaks against it
    loose: NDArray[np.bool_]

    def keep(self, which: NDArray[Any]) -> "Pairs":
        """Take some of the pairs, by mask or by position."""
        return Pairs(self.i[which], self.j[which], self.score[which], self.contradicted[which], self.loose[which])

    def renumber(self, rows: Rows) -> "Pairs":
        """Mean by each row the one that stands at its place in `rows`."""
        return replace(self, i=rows[self.i], j=rows[self.j])


def score_pairs(facts: Facts, i: Rows, j: Rows) -> Pairs:
    """Add up the points of pairs of incidents; those that a component forbids are left out."""
    pairs = Pairs(i, j, np.zeros(len(i)), np.zeros(len(i), dtype=bool), np.zeros(len(i), dtype=bool))
    for name, compare in COMPONENTS.items():
        levels = compare(facts, pairs.i, pairs.j)
        gain = np.array(list(merging_points()[name].values()))[levels]
        against = pairs.contradicted | marked("against")[name][levels]
        loose = pairs.loose | marked("loose")[name][levels]
        pairs = Pairs(pairs.i, pairs.j, pairs.score + gain, against, loose)
        if name in DEADLY:
            pairs = pairs.keep(np.flatnonzero(np.isfinite(pairs.score)))
    return pairs


def explain(one: Incident, other: Incident) -> dict[str, tuple[str, float]]:
    """Say how much speaks for two incidents being one: per component its level and points.

    The sum is held against `merging_points()["verdict"]`. Minus infinity forbids.
    """
    facts = gather_facts([one, other])
    i, j = np.array([0]), np.array([1])
    found = {name: int(compare(facts, i, j)[0]) for name, compare in COMPONENTS.items()}
    return {name: list(merging_points()[name].items())[level] for name, level in found.items()}
