"""Part incidents into blocks in which all pairs that may be one are found, so that no block needs another.

Two dated accounts meet in the month in which the later one begins: an account whose days run over
several months visits each of them. Accounts that do not say when meet at their place. What a block
finds depends on its own rows alone, so blocks can be worked on in any order, on any machine, and only
those that new reports touch need to be worked on again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import Final

import numpy as np
import pandas as pd

from geo.incident import Incident
from geo.incidents.merging.candidate_pairs import dated_pairs, undated_pairs
from geo.incidents.merging.facts import AREA, NO_DAY, Facts, Flags, Rows, gather_facts
from geo.incidents.merging.merging_points import merging_points
from geo.incidents.merging.pair_scores import Pairs, score_pairs

UNDATED: Final = -(10**6)  # the block of the accounts that do not say when; others are months since 1970
EPOCH: Final = 719_163  # proleptic ordinal of 1970-01-01


@dataclass(frozen=True, slots=True)
class BlockPairs:
    """What a block finds, in rows of the incidents that it was given, sorted by id.

    `pairs` are of accounts, each meant by the first incident that gives it; `repeats` are the other
    incidents that give an account of `pairs`, beside that first one.
    """

    pairs: Pairs
    repeats: tuple[Rows, Rows]

    def renumber(self, rows: Rows) -> "BlockPairs":
        """Mean by each row the one that stands at its place in `rows`."""
        first, again = self.repeats
        return BlockPairs(self.pairs.renumber(rows), (rows[first], rows[again]))

    def edges(self) -> tuple[Rows, Rows]:
        """List all that hangs together."""
        first, again = self.repeats
        return np.concatenate([self.pairs.i, first]), np.concatenate([self.pairs.j, again])


def months_of(first: Rows, last: Rows) -> tuple[Rows, Rows]:
    """Say from which month on, and up to which, dated accounts are looked at: that of the day after their last too."""
    return _month(first), _month(last + 1)


def _month(ordinal: Rows) -> Rows:
    days = (ordinal - EPOCH).astype("datetime64[D]")
    return days.astype("datetime64[M]").astype(np.int64)


def month_blocks(first: Rows, last: Rows, at_undated: Flags) -> Iterator[tuple[int, Rows]]:
    """Yield each block with the rows that belong to it or visit it, in their order.

    Args:
        first: First day as a proleptic ordinal, `NO_DAY` when unknown.
        last: Last day likewise.
        at_undated: Whether the row is undated, or lies where an undated one does.
    """
    dated = np.flatnonzero(first != NO_DAY)
    begin, end = months_of(first[dated], last[dated])
    home = np.unique(begin)
    lowest, highest = np.searchsorted(home, begin), np.searchsorted(home, end, side="right")
    many = highest - lowest
    block = np.repeat(lowest - (np.cumsum(many) - many), many) + np.arange(many.sum())
    rows = np.repeat(dated, many)
    order = np.argsort(block, kind="stable")
    edges = np.searchsorted(block[order], np.arange(len(home) + 1))
    for n, month in enumerate(home.tolist()):
        yield month, rows[order[edges[n] : edges[n + 1]]]
    undated = np.flatnonzero(at_undated)
    if len(undated):
        yield UNDATED, undated


def at_undated(first: Rows, place: Rows, precision: Rows) -> Flags:
    """Find the rows that do not say when, and those that lie at the very place of one of them."""
    fine = (place >= 0) & (precision < AREA)
    undated = first == NO_DAY
    found: Flags = undated | (fine & np.isin(place, place[undated & fine]))
    return found


def blocks_of(facts: Facts) -> Iterator[tuple[int, Rows]]:
    """Part incidents into blocks."""
    yield from month_blocks(facts.first, facts.last, at_undated(facts.first, facts.place, facts.precision))


def pairs_in_block(incidents: Sequence[Incident], block: int) -> BlockPairs:
    """Find the pairs of one block that are likely to be one incident.

    Args:
        incidents: All that belong to the block or visit it, sorted by id.
        block: Its number.
    """
    every = gather_facts(incidents)
    account_of, first = number_accounts(every)
    pairs = find_pairs(every.take(first), np.bincount(account_of, minlength=len(first)), block)
    found = np.zeros(len(first), dtype=bool)
    found[pairs.i] = found[pairs.j] = True
    again = np.flatnonzero(found[account_of] & (first[account_of] != np.arange(len(account_of))))
    return BlockPairs(pairs.renumber(first), (first[account_of[again]], again))


def find_pairs(facts: Facts, weight: Rows, block: int) -> Pairs:
    """Find the pairs of accounts, i <= j, that belong to a block and are likely to be one incident.

    Args:
        facts: One row per account of the block or visiting it.
        weight: How many incidents give each account. Only one that several give is paired with itself.
        block: Its number.
    """
    seek: Callable[[Facts, Rows], Iterator[tuple[Rows, Rows]]] = undated_pairs if block == UNDATED else dated_pairs
    repeated = np.flatnonzero(weight > 1)
    enough = merging_points()["verdict"]["same"]
    month = np.full(len(facts.ids), UNDATED)
    dated = facts.first != NO_DAY
    month[dated] = _month(facts.first[dated])
    found = []
    for i, j in chain([(repeated, repeated)], seek(facts, weight)):
        # Of an undated pair one may be dated.
        later = np.minimum(month[i], month[j]) if block == UNDATED else np.maximum(month[i], month[j])
        mine = later == block
        pairs = score_pairs(facts, i[mine], j[mine])
        found.append(pairs.keep(np.flatnonzero(pairs.score >= enough)))
    pairs = join_pairs(found)
    _, once = np.unique(pairs.i * len(facts.ids) + pairs.j, return_index=True)
    return pairs.keep(once)


def join_pairs(found: Sequence[Pairs]) -> Pairs:
    """Put the pairs of several blocks under one another."""
    return Pairs(*(np.concatenate([getattr(pairs, entry.name) for pairs in found]) for entry in fields(Pairs)))


def number_accounts(facts: Facts) -> tuple[Rows, Rows]:
    """Number the distinct accounts: incidents that agree in every fact, whatever their reports.

    Returns:
        The account of every incident, in the order of the first that gives it; the first incident
        of every account.
    """
    columns = pd.DataFrame({str(n): column for n, column in enumerate(facts.columns())})
    numbers = columns.groupby(list(columns), sort=False, dropna=False).ngroup().to_numpy(np.int64)
    first: Rows = np.unique(numbers, return_index=True)[1].astype(np.int64)
    return numbers.astype(np.int64), first


def components(number: int, one: Rows, other: Rows) -> Rows:
    """Label what hangs together: the lowest of the rows that edges connect, shape (number,).

    Args:
        number: Of rows.
        one: Rows at one end of each edge.
        other: Rows at the other end.
    """
    label = np.arange(number)
    while True:
        low = np.minimum(label[one], label[other])
        nearer = label.copy()
        # The root of each end is hooked below the lower one, then every row looks further down.
        np.minimum.at(nearer, label[one], low)
        np.minimum.at(nearer, label[other], low)
        nearer = nearer[nearer]
        if np.array_equal(nearer, label):
            return label
        label = nearer
