"""Join accounts of one incident, best match first.

Incidents that agree in every fact are one account, however many reports give it, and a cluster
is held against another by a few exemplars: its extremes and its distinct values. So an
incident that a hundred thousand reports describe costs no more per report than any other.
The order in which reports come changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product, takewhile
from typing import Final

import numpy as np

from geo.incidents.merging.facts import Facts
from geo.incidents.merging.merging_points import merging_points
from geo.incidents.merging.pair_scores import Pairs, score_pairs

MOST_EXEMPLARS: Final = 24
MOST_HOLDERS: Final = 4  # clusters of one account that a match is tried on
MOST_TRIES: Final = 3
AHEAD: Final = 1000  # matches
MOST_RIVALS: Final = 12  # best partners of an account that are looked at as rivals


@dataclass(slots=True, eq=False)
class Cluster:
    """Incidents that are taken for one."""

    rows: dict[int, list[int]]  # account -> rows of incidents
    reports: set[str]
    exemplars: list[int]  # accounts
    refused: set[int] = field(default_factory=set)  # numbers of the clusters that contradict this one
    rivalled: dict[int, int] = field(default_factory=dict)  # number of a cluster -> loose matches with it that failed
    size: int = 0  # incidents; counted as they come, since adding up a hundred thousand accounts takes long

    def take(self, account: int, row: int, reports: frozenset[str]) -> None:
        """Add an incident."""
        self.rows.setdefault(account, []).append(row)
        self.reports |= reports
        self.size += 1


class Clustering:
    """All clusters, while they grow.

    Two incidents of one report never share a cluster. A loose match ("an attack in Iraq that
    week") is made only when no other incident would do as well.
    """

    def __init__(
        self, facts: Facts, reports: Sequence[frozenset[str]], account_of: Sequence[int], pairs: Pairs
    ) -> None:
        """Begin with the accounts as they are.

        Args:
            facts: One row per distinct account.
            reports: Of every incident.
            account_of: The account of every incident.
            pairs: Accounts of which enough says that they are one incident, i <= j; a pair of an
                account with itself says that two reports that give it mean the same.
        """
        self._facts = facts
        self._reports = reports
        self._pairs = pairs
        couples = list(zip(pairs.i.tolist(), pairs.j.tolist(), strict=True))
        self._scores = dict(zip(couples, pairs.score.tolist(), strict=True))
        self._agreed = dict.fromkeys(couples, True)
        self._partners: dict[int, list[int]] = {}  # of an account, the best ones first
        for i, j in sorted(couples, key=lambda couple: (-self._scores[couple], couple)):
            for here, there in ((i, j), (j, i)):
                if i != j and len(best := self._partners.setdefault(here, [])) < MOST_RIVALS:
                    best.append(there)
        self._clusters: list[Cluster] = []
        self._holders: list[list[int]] = [[] for _ in facts.ids]
        for row, account in enumerate(account_of):
            self._add(row, account)

    def _add(self, row: int, account: int) -> None:
        if (account, account) in self._scores:
            for held in self._holders[account][:MOST_HOLDERS]:
                cluster = self._clusters[held]
                if not cluster.reports & self._reports[row]:
                    cluster.take(account, row, self._reports[row])
                    return
        self._holders[account].append(len(self._clusters))
        self._clusters.append(Cluster({}, set(), [account]))
        self._clusters[-1].take(account, row, self._reports[row])

    def run(self) -> list[list[int]]:
        """Join what belongs together; gives the rows of each cluster, sorted."""
        pairs = self._pairs
        order = np.lexsort((pairs.j, pairs.i, -pairs.score))
        order = order[pairs.i[order] != pairs.j[order]]
        i, j, loose = pairs.i[order].tolist(), pairs.j[order].tolist(), pairs.loose[order].tolist()
        for begin in range(0, len(i), AHEAD):
            these = slice(begin, begin + AHEAD)
            matches = list(zip(i[these], j[these], loose[these], strict=True))
            self._look_ahead(matches)
            for one, other, is_loose in matches:
                self._match(one, other, loose=is_loose)
        members = (sorted(row for rows in cluster.rows.values() for row in rows) for cluster in self._clusters)
        return sorted(rows for rows in members if rows)

    def _look_ahead(self, matches: Sequence[tuple[int, int, bool]]) -> None:
        """Compare at once what the next matches will ask for: one by one, each costs as much as thousands."""
        clusters = self._clusters
        held = {(self._holders[one][0], self._holders[other][0]) for one, other, _ in matches}
        apart = [(clusters[a], clusters[b]) for a, b in held if a != b and b not in clusters[a].refused]
        asked = {couple for one, other in apart for couple in product(one.exemplars, other.exemplars)}
        for one, other, loose in matches:
            if loose:
                asked.update((rival, other) for rival in self._rivals(one, other))
                asked.update((rival, one) for rival in self._rivals(other, one))
        self._agree(list(asked))

    def _match(self, one: int, other: int, *, loose: bool) -> None:
        """Join the clusters of two accounts, where nothing forbids it."""
        if self._holders[one] == self._holders[other]:
            return
        for a in self._holders[one][:MOST_HOLDERS]:
            for b in self._holders[other][:MOST_HOLDERS]:
                if a == b or not self._clusters[a].rows.get(one) or not self._is_sound(a, b):
                    continue
                if loose and self._is_rivalled(one, other, a, b):
                    continue
                self._absorb(*sorted((a, b), key=lambda n: (-self._clusters[n].size, n)))

    def _is_rivalled(self, one: int, other: int, a: int, b: int) -> bool:
        """Return whether a loose match has rivals; after a few of two clusters it counts as settled that they do."""
        first, second = min(a, b), max(a, b)
        failed = self._clusters[first].rivalled
        if failed.get(second, 0) >= MOST_TRIES:
            return True
        rivalled = self._has_rival(one, other, a, b) or self._has_rival(other, one, b, a)
        if rivalled:
            failed[second] = failed.get(second, 0) + 1
        return rivalled

    def _has_rival(self, here: int, there: int, a: int, b: int) -> bool:
        """Return whether an account fits another incident nearly as well as the one that it would join."""
        near = self._rivals(here, there)
        agreed = self._agree([(partner, there) for partner in near])
        for partner, may_be_one in zip(near, agreed, strict=True):
            for held in self._holders[partner][:MOST_HOLDERS]:
                if held not in {a, b} and not (may_be_one and self._may_share(b, held)):
                    return True
        return False

    def _rivals(self, here: int, there: int) -> list[int]:
        """List the accounts that one matches nearly as well as the one that it would join, or better."""
        least = self._score(here, there) - merging_points()["verdict"]["margin"]
        best = [partner for partner in self._partners[here] if partner != there]
        return list(takewhile(lambda partner: self._score(here, partner) > least, best))

    def _may_share(self, a: int, b: int) -> bool:
        """Return whether two clusters may be one incident as far as their reports go."""
        small, big = sorted((self._clusters[a], self._clusters[b]), key=lambda cluster: len(cluster.reports))
        return not small.reports <= big.reports

    def _score(self, one: int, other: int) -> float:
        score: float = self._scores[min(one, other), max(one, other)]
        return score

    def _is_sound(self, a: int, b: int) -> bool:
        """Return whether no two exemplars of two clusters contradict each other, and remember a no."""
        one, other = self._clusters[a], self._clusters[b]
        if b in one.refused:
            return False
        sound = all(self._agree(list(product(one.exemplars, other.exemplars))))
        if not sound:
            one.refused.add(b)
            other.refused.add(a)
        return sound

    def _agree(self, couples: Sequence[tuple[int, int]]) -> list[bool]:
        """Say of each two accounts whether they may be one; what matches well enough is excused."""
        couples = [couple if couple[0] <= couple[1] else couple[::-1] for couple in couples]
        unknown = list({couple for couple in couples if couple not in self._agreed})
        if unknown:
            i, j = np.array(unknown, dtype=np.int64).T
            pairs = score_pairs(self._facts, i, j)
            self._agreed.update(dict.fromkeys(unknown, False))
            sound = ~pairs.contradicted
            self._agreed.update(dict.fromkeys(zip(pairs.i[sound].tolist(), pairs.j[sound].tolist(), strict=True), True))
        return [self._agreed[couple] for couple in couples]

    def _absorb(self, a: int, b: int) -> None:
        """Move the incidents of one cluster into another, except those whose reports have one there."""
        big, small = self._clusters[a], self._clusters[b]
        left: dict[int, list[int]] = {}
        for account, rows in small.rows.items():
            for row in rows:
                if big.reports & self._reports[row]:
                    left.setdefault(account, []).append(row)
                    continue
                big.take(account, row, self._reports[row])
            if account in big.rows and a not in self._holders[account]:
                self._holders[account].append(a)
            if account not in left:
                self._holders[account].remove(b)
        big.exemplars = choose_exemplars(self._facts, [*big.exemplars, *small.exemplars])
        big.refused |= small.refused
        for n in small.refused:
            self._clusters[n].refused.add(a)
        small.rows = left
        small.size = sum(map(len, left.values()))
        small.reports = {report for rows in left.values() for row in rows for report in self._reports[row]}
        small.exemplars = [account for account in small.exemplars if account in left]


def choose_exemplars(facts: Facts, accounts: Sequence[int]) -> list[int]:
    """Choose the accounts that stand for a cluster: the first, its extremes and its distinct values."""
    unique = list(dict.fromkeys(accounts))
    if len(unique) <= MOST_EXEMPLARS // 2:
        return unique
    chosen = dict.fromkeys(account for account in _reported_number(facts, np.array(unique, dtype=np.int64)))
    return list(chosen)[:MOST_EXEMPLARS]


def _reported_number(facts: Facts, accounts: np.ndarray) -> Iterator[int]:
    yield int(accounts[0])
    for numbers in (*facts.killed, *facts.wounded, facts.first, facts.last, facts.radius_m):
        stated = accounts[~np.isnan(numbers[accounts].astype(float))]
        if len(stated):
            yield int(stated[np.argmin(numbers[stated])])
            yield int(stated[np.argmax(numbers[stated])])
    for codes in (*facts.actor_codes, facts.sub_type, facts.place):
        yield from accounts[np.unique(codes[accounts], return_index=True)[1]].tolist()
