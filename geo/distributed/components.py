"""Say what is to be paired, clustered and written, from what is known of the parts.

This runs where the client is and holds some numbers for each incident, never the incidents themselves.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from geo.atomic import whole_file
from geo.distributed.steps import LAST_MONTH, Bin, BinMerged, Block, Month, PartRead
from geo.incidents.merging.facts import Rows
from geo.incidents.merging.month_blocks import UNDATED, components
from geo.incidents.merging.pair_scores import Pairs

if TYPE_CHECKING:
    from geo.distributed.publishing import Dataset

BIN_ROWS: Final = 20_000  # incidents that are clustered by one task, more where more hang together
UNDATED_ROWS: Final = 100_000  # undated incidents that are paired by one task
PAIR_FIELDS: Final = ("score", "contradicted", "loose")


def digest(*values: Any) -> str:
    """Sum up values in a short text."""
    summed = hashlib.sha256()
    for value in values:
        summed.update(value.tobytes() if isinstance(value, np.ndarray) else str(value).encode("utf-8", "surrogatepass"))
        summed.update(b"|")
    return summed.hexdigest()[:24]


class Corpus:
    """All parts that were read, and what hangs together in them.

    Incidents are numbered through: part after part, row after row.
    """

    def __init__(self, dataset: "Dataset", read: Sequence[PartRead]) -> None:
        """Number the incidents, and find reports that come twice."""
        self._dataset = dataset
        self._read = read
        self._keys = [one.key for one in read]
        self._offsets = np.concatenate([[0], np.cumsum([one.rows for one in read])]).astype(np.int64)
        self._number = {key: n for n, key in enumerate(self._keys)}
        self.dropped = _dropped(dataset.work, self._keys)
        self._blocks: dict[str, Block] = {}
        nothing = np.empty(0, dtype=np.int64)
        self._pairs = Pairs(nothing, nothing, nothing.astype(float), nothing.astype(bool), nothing.astype(bool))
        self._label = nothing
        self._edges = (nothing, nothing)
        self._merged: list[BinMerged] = []

    @property
    def rows(self) -> int:
        """Count the incidents."""
        return int(self._offsets[-1])

    def key(self, *, merge: bool) -> str:
        """Name the dataset by all that it is made of."""
        return digest(self._keys, sorted(self.dropped.items()), merge)

    def dropped_of(self, parts: Iterable[str]) -> dict[str, list[str]]:
        """Give the reports to leave out of some parts."""
        return {key: self.dropped[key] for key in parts if key in self.dropped}

    def blocks(self) -> dict[str, Block]:
        """List the blocks, by what they are made of."""
        homes = sorted({begin for one in self._read for begin, _ in one.spans})
        parts: dict[int, list[str]] = defaultdict(list)
        for one in self._read:
            visited = np.zeros(len(homes), dtype=bool)
            for begin, end in one.spans:
                visited[np.searchsorted(homes, begin) : np.searchsorted(homes, end, side="right")] = True
            for n in np.flatnonzero(visited).tolist():
                parts[homes[n]].append(one.key)
        found = [Block(number, tuple(keys)) for number, keys in sorted(parts.items())]
        places = tuple(sorted({place for one in self._read for place in one.undated_places}))
        undated = sum(one.undated for one in self._read)
        shares = -(-undated // UNDATED_ROWS)
        found += [Block(UNDATED, tuple(self._keys), share, shares, places) for share in range(shares)]
        self._blocks = {digest(block, sorted(self.dropped_of(block.parts).items())): block for block in found}
        return self._blocks

    def connect(self, done: Iterable[str]) -> None:
        """Find what hangs together, from the pairs of all blocks."""
        ends: dict[str, list[Any]] = defaultdict(list)
        for key in sorted(done):
            offsets = self._offsets[[self._number[part] for part in self._blocks[key].parts]]
            with np.load(self._dataset.work / "pairs" / f"{key}.npz") as found:
                for name in ("i", "j", "first", "again"):
                    ends[name].append(offsets[found[name][:, 0]] + found[name][:, 1])
                for name in PAIR_FIELDS:
                    ends[name].append(found[name])
        if not ends:
            return
        whole = {name: np.concatenate(values) for name, values in ends.items()}
        self._pairs = Pairs(whole["i"], whole["j"], *(whole[name] for name in PAIR_FIELDS))
        self._edges = np.concatenate([whole["i"], whole["first"]]), np.concatenate([whole["j"], whole["again"]])
        self._label = components(self.rows, *self._edges)

    def bins(self) -> Iterator[tuple[str, Bin]]:
        """Put components together into bins; each is named by what it is made of."""
        rows = self._in_bins()
        order = rows[np.argsort(self._label[rows], kind="stable")]
        begins = np.flatnonzero(np.diff(self._label[order], prepend=-1))
        pair_order = np.argsort(self._label[self._pairs.i], kind="stable") if len(rows) else rows
        pair_labels = self._label[self._pairs.i][pair_order] if len(rows) else rows
        for start, stop in self._cuts(begins, len(order)):
            mine = order[start:stop]
            low, high = self._label[mine[0]], self._label[mine[-1]]
            some = pair_order[slice(*np.searchsorted(pair_labels, [low, high + 1]))]
            yield self._bin(np.sort(mine), some)

    @staticmethod
    def _cuts(begins: Rows, number: int) -> Iterator[tuple[int, int]]:
        """Cut rows, sorted by component, where a component begins, after about `BIN_ROWS` each."""
        start = 0
        while start < number:
            n = int(np.searchsorted(begins, start + BIN_ROWS))
            stop = int(begins[n]) if n < len(begins) else number
            yield start, stop
            start = stop

    def _bin(self, rows: Rows, pairs: Rows) -> tuple[str, Bin]:
        part = np.searchsorted(self._offsets, rows, side="right") - 1
        used, part_here = np.unique(part, return_inverse=True)
        found = self._pairs.keep(pairs)
        found = replace(found, i=np.searchsorted(rows, found.i), j=np.searchsorted(rows, found.j))
        bin_ = Bin(tuple(self._keys[n] for n in used.tolist()), part_here.ravel(), rows - self._offsets[part], found)
        values = (getattr(found, entry.name) for entry in fields(Pairs))
        return digest(bin_.parts, bin_.part, bin_.row, *values), bin_

    def _in_bins(self) -> Rows:
        return np.unique(np.concatenate(self._edges)).astype(np.int64)

    def merged(self, made: Iterable[BinMerged]) -> None:
        """Take note of what became of the bins."""
        self._merged = sorted(made, key=lambda one: one.key)

    def save_in_bins(self) -> Path:
        """Write which incidents went into bins, a flag each, for the workers to look up."""
        flags = np.zeros(self.rows, dtype=bool)
        flags[self._in_bins()] = True
        path = self._dataset.work / "run" / "in_bins.npy"
        with whole_file(path, shared=True) as temporary, temporary.open("wb") as file:
            np.save(file, flags)
        return path

    def months(self, run: str) -> list[Month]:
        """List the months of the dataset and what goes into each."""
        parts: dict[int, list[tuple[str, int]]] = defaultdict(list)
        bins: dict[int, list[str]] = defaultdict(list)
        for one, offset in zip(self._read, self._offsets.tolist(), strict=False):
            for number in {begin for begin, _ in one.spans} | ({LAST_MONTH} if one.undated else set()):
                parts[number].append((one.key, offset))
        for made in self._merged:
            for number in made.months:
                bins[number].append(made.key)
        moved = tuple(made.key for made in self._merged if made.moved)
        return [
            Month(n, tuple(parts[n]), tuple(bins[n]), moved, f"run/{run}/{month_name(n)}/part-0.parquet")
            for n in sorted(parts.keys() | bins.keys())
        ]

    def files(self) -> set[str]:
        """List what the next run can use again, in names below the folder of work."""
        read = {f"read/{key}.{end}" for key in self._keys for end in ("json", "parquet", "reports.parquet")}
        merged = {f"merged/{one.key}.{end}" for one in self._merged for end in ("json", "parquet", "homes.parquet")}
        return read | merged | {f"pairs/{key}.npz" for key in self._blocks}


def month_name(number: int) -> str:
    """Write the folder of a month as Hive does: `month=2020-03`."""
    if number == LAST_MONTH:
        return "month=__HIVE_DEFAULT_PARTITION__"
    return f"month={1970 + number // 12:04}-{number % 12 + 1:02}"


def _dropped(work: Path, keys: Sequence[str]) -> dict[str, list[str]]:
    """Find reports that several parts have: the first part keeps them; gives those of the others, by part."""
    hashes = [pd.util.hash_array(_report_ids(work, key)) for key in keys]
    values, times = np.unique(np.concatenate(hashes), return_counts=True)
    twice = values[times > 1]
    seen: set[str] = set()
    dropped: dict[str, list[str]] = {}
    for key, hashed in zip(keys, hashes, strict=True) if len(twice) else ():
        for name in _report_ids(work, key)[np.isin(hashed, twice)].tolist():
            if name in seen:
                dropped.setdefault(key, []).append(name)
            seen.add(name)
    return dropped


def _report_ids(work: Path, key: str) -> Any:
    column = pq.read_table(work / "read" / f"{key}.reports.parquet").column("report_id")
    return column.to_numpy().astype(object)
