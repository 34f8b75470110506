"""Hold one table as it stands in a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Wanted = Callable[[pa.Table], NDArray[np.bool_]]
TEXT: Final = pa.large_string()
ROW: Final = "\0row"  # counts the rows of the file from 0; no header holds such a name


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """Rows of texts under a header; empty cells are null.

    `pieces` reads the file anew each time and yields tables of `names` and `ROW`, so that a file larger
    than memory can be looked through.
    """

    source: str  # as a person calls it: "GEDEvent.zip/ged251.csv", "book.xlsx, sheet Incidents"
    names: tuple[str, ...]
    pieces: Callable[[], Iterator[pa.Table]]
    line_of: Callable[[int], str]  # "line 17", "row 3 of the sheet"
    problems: list[tuple[str, str]] = field(default_factory=list)  # where and why: rows that are no rows
    hxl: bool = False
    # Of a file without quotes, where a line is a row: reads some columns, asks which rows are wanted, and reads those
    # whole. Yields the wanted rows of each piece and how many rows it had.
    select: Callable[[Sequence[str], Wanted], Iterator[tuple[pa.Table, int]]] | None = None

    def read(self) -> pa.Table:
        """Read all rows."""
        parts = list(self.pieces())
        return pa.concat_tables(parts) if parts else empty(self.names)


def of_columns(
    source: str, names: tuple[str, ...], columns: Sequence[pa.Array], line_of: Callable[[int], str], *, hxl: bool
) -> RawTable:
    """Make a table of columns of texts that are in memory already."""
    rows = len(columns[0]) if columns else 0
    table = pa.table([*columns, pa.array(range(rows), pa.int64())], names=[*names, ROW])
    return RawTable(source=source, names=names, pieces=partial(iter, (table,)), line_of=line_of, hxl=hxl)


def empty(names: tuple[str, ...]) -> pa.Table:
    """Make a table of no rows."""
    return pa.schema([*((name, TEXT) for name in names), (ROW, pa.int64())]).empty_table()


def unique_names(names: list[str]) -> tuple[str, ...]:
    """Give every column a name of its own: nameless ones are numbered, second ones too."""
    seen: dict[str, int] = {}
    made = []
    for n, name in enumerate(names, 1):
        base = name.strip().lstrip("\ufeff").strip() or f"column {n}"
        seen[base] = seen.get(base, 0) + 1
        made.append(base if seen[base] == 1 else f"{base} ({seen[base]})")
    return tuple(made)
