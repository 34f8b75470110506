"""Find what stands among the rows of a table and is none: blank lines, totals, notes below it."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.tabular.roles import TOTALS, names_of, plain

FEWEST_COLUMNS = 3  # from which on a row of one cell is a note
Rows = NDArray[np.int64]


def no_rows(table: pa.Table, placed: NDArray[np.bool_]) -> tuple[Rows, Rows]:
    """Find the rows that are none.

    Args:
        table: Columns of texts.
        placed: Which rows have a place; these are rows whatever else they say.

    Returns:
        Blank rows; rows of totals and notes.
    """
    filled = np.zeros((table.num_rows, table.num_columns), dtype=bool)
    for n, column in enumerate(table.columns):
        cells = pc.fill_null(pc.utf8_trim_whitespace(column), "")
        filled[:, n] = np.asarray(pc.not_equal(cells, ""))
    number = filled.sum(axis=1)
    # A note is recognised by the fuller rows around it: where no row has more than one cell, it is the row.
    may_be_note = table.num_columns >= FEWEST_COLUMNS and bool((number > 1).any())
    notes = [
        int(row)
        for row in np.flatnonzero((number > 0) & ~placed)
        if (number[row] == 1 and may_be_note) or _is_total(_first(table, filled[row], int(row)))
    ]
    return np.flatnonzero(number == 0), np.array(notes, dtype=np.int64)


def _first(table: pa.Table, filled: NDArray[np.bool_], row: int) -> str:
    return str(table.column(int(filled.argmax()))[row].as_py())


def _is_total(cell: str) -> bool:
    return plain(cell) in _totals()


@cache
def _totals() -> Sequence[str]:
    return names_of(TOTALS)
