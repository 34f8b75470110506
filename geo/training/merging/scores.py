"""Compare clusters of incidents with the events that they describe: B-cubed and pairs.

B-cubed (Bagga and Baldwin 1998): for each incident, which share of its cluster describes its event, and which share of its
event is in its cluster; means over all. Pairs are of incidents of one cluster or one event.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Scores:
    """How well clusters agree with events, from 0 to 1; `merged`, `wrong` and `missed` count pairs."""

    precision: float
    recall: float
    merged: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """B-cubed F1."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    @property
    def pair_precision(self) -> float:
        """Share of merged pairs that are one event; 1 when nothing was merged."""
        return (self.merged - self.wrong) / self.merged if self.merged else 1.0

    @property
    def pair_recall(self) -> float:
        """Share of the pairs of one event that were merged."""
        right = self.merged - self.wrong
        return right / (right + self.missed) if right + self.missed else 1.0


def score(clusters: Sequence[Hashable], events: Sequence[Hashable]) -> Scores:
    """Score a clustering.

    Args:
        clusters: Of every incident, one or more.
        events: Likewise, in the same order.
    """
    of_cluster, of_event = defaultdict(list), defaultdict(list)
    for n, (cluster, event) in enumerate(zip(clusters, events, strict=True)):
        of_cluster[cluster].append(n)
        of_event[event].append(n)
    precision = recall = 0.0
    for cluster, event in zip(clusters, events, strict=True):
        both = sum(events[n] == event for n in of_cluster[cluster])
        precision += both / len(of_cluster[cluster])
        recall += both / len(of_event[event])
    pairs = [pair for members in of_cluster.values() for pair in combinations(members, 2)]
    wrong = sum(events[a] != events[b] for a, b in pairs)
    expected = sum(len(members) * (len(members) - 1) // 2 for members in of_event.values())
    right = len(pairs) - wrong
    return Scores(precision / len(clusters), recall / len(clusters), len(pairs), wrong, expected - right)
