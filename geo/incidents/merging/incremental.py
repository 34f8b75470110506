"""Merge new reports with what was merged before: the result is that of merging all at once.

A merged incident has lost what its accounts said apart, so the accounts are kept. New ones are
paired in the blocks that they touch, and only what hangs together with a pair that came or went
is clustered again.
"""

from collections.abc import Iterable

import numpy as np

from geo.errors import InputError
from geo.incident import Incident
from geo.incidents.merging.combining import combine, rewrite_links
from geo.incidents.merging.facts import Rows, gather_facts
from geo.incidents.merging.month_blocks import (
    BlockPairs,
    at_undated,
    components,
    join_pairs,
    month_blocks,
    pairs_in_block,
)
from geo.incidents.merging.pipeline import cluster


class Merging:
    """The incidents of reports that come bit by bit, merged.

    Attributes:
        clustered: How many incidents were clustered so far; those that were clustered again count again.
    """

    def __init__(self) -> None:
        """Begin with no incident."""
        self.clustered = 0
        self._incidents: list[Incident] = []
        self._ids: set[str] = set()
        self._places: dict[str, int] = {}
        # First and last day, place and its fineness, group: a row per incident, in the order in which they came.
        self._table = np.empty((0, 5), dtype=np.int64)
        self._found: dict[int, BlockPairs] = {}

    def add(self, incidents: Iterable[Incident]) -> None:
        """Take in the incidents of more reports.

        Args:
            incidents: As the extraction makes them, ids unique.

        Raises:
            InputError: If an incident with the id of one of them is there already.
        """
        fresh = list(incidents)
        for incident in fresh:
            if incident.incident_id in self._ids:
                msg = f"incident {incident.incident_id!r} was added before; expected incidents of new reports."
                raise InputError(msg)
            self._ids.add(incident.incident_id)
        if not fresh:
            return
        known = len(self._incidents)
        self._incidents += fresh
        self._table = np.vstack([self._table, self._rows_of(fresh, known)])
        self._cluster_around(self._changed_since(known))

    def merged(self) -> list[Incident]:
        """Give the merged incidents, as `merge_incidents` does of all that were added."""
        order = np.argsort(self._table[:, 4], kind="stable")
        edges = np.flatnonzero(np.diff(self._table[order, 4], prepend=-1))
        groups = [[self._incidents[row] for row in rows.tolist()] for rows in np.split(order, edges[1:]) if len(rows)]
        return rewrite_links([(combine(group), [member.incident_id for member in group]) for group in groups])

    def _rows_of(self, fresh: list[Incident], known: int) -> Rows:
        facts = gather_facts(fresh)
        place = [-1 if i.place_id is None else self._places.setdefault(i.place_id, len(self._places)) for i in fresh]
        group = np.arange(known, known + len(fresh))
        return np.column_stack([facts.first, facts.last, np.array(place, dtype=np.int64), facts.precision, group])

    def _changed_since(self, known: int) -> Rows:
        """Pair what came after the first `known` incidents; gives the rows of which a pair came or went."""
        first, last, place, precision, _ = self._table.T
        changed = [np.empty(0, dtype=np.int64)]
        for block, rows in month_blocks(first, last, at_undated(first, place, precision)):
            if rows.max(initial=-1) < known:
                continue
            by_id = np.array(sorted(rows.tolist(), key=lambda row: self._incidents[row].incident_id))
            found = pairs_in_block([self._incidents[row] for row in by_id.tolist()], block).renumber(by_id)
            changed.append(_differing(self._found.get(block), found))
            self._found[block] = found
        return np.unique(np.concatenate(changed))

    def _cluster_around(self, changed: Rows) -> None:
        """Cluster again all that hangs together with some rows."""
        if not len(changed):
            return
        ends = [found.edges() for found in self._found.values()]
        one, other = (np.concatenate(side) for side in zip(*ends, strict=True))
        label = components(len(self._incidents), one, other)
        again = np.isin(label, label[changed])
        rows = np.array(sorted(np.flatnonzero(again).tolist(), key=lambda row: self._incidents[row].incident_id))
        position = np.zeros(len(self._incidents), dtype=np.int64)
        position[rows] = np.arange(len(rows))
        pairs = join_pairs([found.pairs for found in self._found.values()])
        pairs = pairs.keep(again[pairs.i]).renumber(position)
        for group in cluster(gather_facts([self._incidents[row] for row in rows.tolist()]), pairs):
            self._table[rows[group], 4] = rows[group].min()
        self.clustered += len(rows)


def _differing(before: BlockPairs | None, after: BlockPairs) -> Rows:
    """Give the rows of all that only one of two states of a block has."""
    tables = [_as_table(found) for found in (before, after) if found is not None]
    rows, times = np.unique(np.vstack(tables), axis=0, return_counts=True)
    return rows[times == 1, :2].ravel().astype(np.int64)


def _as_table(found: BlockPairs) -> np.ndarray:
    pairs, (first, again) = found.pairs, found.repeats
    alike = np.column_stack([first, again, *np.zeros((3, len(first)))])
    return np.vstack([np.column_stack([pairs.i, pairs.j, pairs.score, pairs.loose, pairs.contradicted]), alike])
