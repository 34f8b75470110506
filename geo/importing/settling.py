"""Look through a table once, in pieces, for what only all rows together say: types of columns, order of dates, ids."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from geo.exporting.arrow_types import TEXT, target_of
from geo.exporting.csvfile import KINDS, kinds_of
from geo.importing import plain
from geo.importing.days import is_day_first, orders_of
from geo.importing.events import relevant
from geo.importing.originals import kept_names
from geo.importing.rules import RULES, columns_of
from geo.importing.source import Settled, Source
from geo.tabular import Dataset, RawTable
from geo.tabular.coordinates import choose_columns
from geo.tabular.table import ROW

ANY: Final = tuple(kind for kind, _ in KINDS)
Hashes = NDArray[np.uint64]


def one_piece(raw: RawTable, piece: pa.Table) -> RawTable:
    """Make a table of some rows of another."""
    return replace(raw, pieces=partial(iter, (piece,)), problems=[], select=None)


class _Kinds:
    """What the columns may be taken for, by all pieces so far."""

    def __init__(self) -> None:
        self._may: dict[str, tuple[pa.DataType, ...]] = {}
        self._filled: set[str] = set()

    def look(self, name: str, column: pa.ChunkedArray) -> None:
        self._may[name] = tuple(kinds_of(column, self._may.get(name, ANY)))
        if column.null_count < len(column):
            self._filled.add(name)

    def of(self, name: str) -> pa.DataType:
        return next(iter(self._may.get(name, ())), TEXT) if name in self._filled else TEXT


def settle_events(raw: RawTable, dataset: Dataset, *, everything: bool) -> tuple[Settled, Hashes]:
    """Look through a table of events.

    Returns:
        What all rows say, and the hashes of ids that more than one row has.
    """
    kinds, orders, ids = _Kinds(), {}, []  # type: _Kinds, dict[str, bool], list[Hashes]
    kept: dict[str, None] = {}
    for piece in raw.pieces():
        table, _ = relevant(one_piece(raw, piece), dataset, everything=everything)
        source = Source(table, dataset)
        kept |= dict.fromkeys(kept_names(source, columns_of(dataset.name)))
        for name in raw.names:
            kinds.look(name, pa.chunked_array([source.cells(name)]))
        for name, day_first in orders_of(source).items():
            orders[name] = orders.get(name, False) or day_first
        ids.append(hashes(ids_of(source).dropna()))
    values, counts = np.unique(np.concatenate(ids or [np.empty(0, np.uint64)]), return_counts=True)
    own = {name: kinds.of(name) for name in raw.names if name in kept}
    return Settled(own, is_day_first(dataset, orders)), values[counts > 1]


def ids_of(source: Source) -> pd.Series:
    """Give the ids of rows as they stand."""
    patterns, rule = columns_of(source.dataset.name)["incident_id"]
    return RULES[rule](source, [name for pattern in patterns for name in source.matching(pattern)])


def hashes(texts: pd.Series) -> Hashes:
    """Give a number of eight bytes for each text, so that many ids fit into memory."""
    return np.asarray(pd.util.hash_array(texts.to_numpy(dtype=object), categorize=False))


def settle_plain(raw: RawTable) -> plain.Settled:
    """Look through a table of nobody's format."""
    kinds, columns, has_precision = _Kinds(), None, False
    for piece in _without_numbers(raw):
        columns = columns or choose_columns(piece)
        found = plain.find_places(piece, plain.Settled({}, columns, has_precision=False))
        has_precision = has_precision or found.uncertainty_m is not None
        for name in raw.names:
            if target_of(name, {}) is None:
                kinds.look(name, piece.column(name))
    return plain.Settled({name: kinds.of(name) for name in raw.names}, columns, has_precision=has_precision)


def _without_numbers(raw: RawTable) -> Iterator[pa.Table]:
    return (piece.drop_columns([ROW]) for piece in raw.pieces())
