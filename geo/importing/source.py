"""Give the columns of other people's rows by name, trimmed, and remember which rows cannot be used."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.resources import read_table
from geo.tabular import Dataset, normal
from geo.tabular.table import ROW, TEXT

Mask = NDArray[np.bool_]
Codes = NDArray[np.intp]
EMPTY: Final = pa.array(["", "NA", "na", "NaN", "nan", "NAN", "NULL", "null", "Null"], TEXT)
LOOKED_AT: Final = 4_096
WHOLE, BEGINS, HOLDS = "whole", "begins", "holds"


@dataclass(frozen=True, slots=True)
class Settled:
    """What all rows of a file say together, for those who see some of them at a time."""

    kinds: Mapping[str, pa.DataType]  # of the file's own columns that are kept
    day_first: bool


class Source:
    """The rows of one table of a known dataset.

    Columns that are worked out (`put`) are found by name before those of the file.
    """

    def __init__(self, table: pa.Table, dataset: Dataset, settled: Settled | None = None) -> None:
        """Look at the rows of `table`, which has columns of texts and `ROW`.

        Args:
            table: All rows, or some of them.
            dataset: What they are.
            settled: What all rows together say, where these are some of them.
        """
        self.settled = settled
        self.dataset = dataset
        self.table = table
        self.rejected: dict[int, str] = {}
        self._names = {normal(name): name for name in reversed(table.column_names) if name != ROW}
        self._made: dict[str, pd.Series] = {}
        self._texts: dict[str, pd.Series] = {}
        self._cells: dict[str, pa.Array] = {}
        self._known: dict[str, pd.Series] = {}
        self._codes: dict[tuple[str, bool], tuple[Codes, Any]] = {}

    def __len__(self) -> int:
        """Count the rows."""
        return int(self.table.num_rows)

    def put(self, name: str, values: pd.Series) -> None:
        """Keep a column that was worked out."""
        self._made[name] = values
        for kept in (self._known, self._codes):
            kept.clear()

    def matching(self, pattern: str) -> list[str]:
        """Name the columns, normalised, that a name or a pattern with "*" means."""
        if "*" not in pattern:
            return [pattern] if pattern in self._names or pattern in self._made else []
        return [name for name in self._names if fnmatchcase(name, pattern)]

    def original(self, name: str) -> str:
        """Give the spelling of a column in the file."""
        return str(self._names.get(name, name))

    def text(self, name: str) -> pd.Series:
        """Give a column of texts as they stand, trimmed; empty cells are null."""
        if name in self._made:
            return self._made[name]
        if name not in self._texts:
            cells = self.cells(self._names[name]) if name in self._names else pa.nulls(len(self), TEXT)
            self._texts[name] = as_series(cells)
        return self._texts[name]

    def cells(self, original: str) -> pa.Array:
        """Give a column by its spelling in the file as Arrow has it, trimmed; empty cells are null."""
        if original not in self._cells:
            self._cells[original] = once_each(self.table.column(original), trimmed)
        return self._cells[original]

    def known(self, name: str) -> pd.Series:
        """Give a column with what only says that nothing is known as null."""
        if name not in self._known:
            texts = as_arrow(self.text(name))
            nothing = pc.match_substring_regex(texts, _nothing(), ignore_case=True)
            self._known[name] = as_series(pc.if_else(nothing, pa.scalar(None, TEXT), texts))
        return self._known[name]

    def holding(self, name: str, holds: Callable[[str], bool], *, known: bool) -> Mask:
        """Ask something of every text of a column, or of what is known of it; null holds nothing."""
        if (name, known) not in self._codes:
            self._codes[name, known] = pd.factorize(self.known(name) if known else self.text(name))
        return _taken(*self._codes[name, known], holds)

    def numbers(self, name: str) -> pd.Series:
        """Give a column of numbers; a row with something else there is rejected."""
        column = self.known(name)
        values = pd.to_numeric(column, errors="coerce")
        for row in np.flatnonzero((values.isna() & column.notna()).to_numpy()):
            self.reject(int(row), f"{self.original(name)} is {column.iloc[row]!r}; expected a number")
        return values

    def reject(self, row: int, reason: str) -> None:
        """Leave a row out for a reason; the first reason is reported."""
        self.rejected.setdefault(row, reason)


def trimmed(column: Any) -> Any:
    """Trim the texts of an Arrow column; blank ones, NA, NaN and NULL become null."""
    texts = pc.utf8_trim_whitespace(column.cast(TEXT))
    nothing = pc.is_in(texts, value_set=EMPTY)
    return pc.if_else(nothing, pa.scalar(None, TEXT), texts) if pc.any(nothing).as_py() else texts


def once_each(column: Any, make: Callable[[Any], Any]) -> pa.Array:
    """Make something of the texts of an Arrow column; where few differ, of each different one."""
    cells = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    looked = cells.slice(0, LOOKED_AT)
    if len(cells) == len(looked) or pc.count_distinct(looked).as_py() > len(looked) / 4:
        return make(cells)
    encoded = cells.dictionary_encode()
    return make(encoded.dictionary).take(encoded.indices)


def as_series(column: Any) -> pd.Series:
    """Make a column of texts of pandas; null is NaN."""
    return pd.Series(pd.array(column, dtype="str"))


def as_arrow(column: pd.Series) -> pa.Array:
    """Make an Arrow array of a column of texts of pandas."""
    texts = pa.array(column.array, from_pandas=True)
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    return whole.cast(TEXT)


def each(column: pd.Series, holds: Callable[[str], bool]) -> Mask:
    """Ask something of every text, once for each different one; null holds nothing."""
    return _taken(*pd.factorize(column), holds)


def _taken(codes: Codes, values: Any, holds: Callable[[str], bool]) -> Mask:
    answers = np.array([*(holds(value) for value in values), False], dtype=bool)
    return np.asarray(answers[codes])


def mapped(columns: Sequence[pd.Series], make: Callable[..., Any]) -> list[Any]:
    """Make something of every row of some columns, once for each different row; nulls come as None."""
    codes, made = distinct(columns, make)
    return [made[code] for code in codes]


def distinct(columns: Sequence[pd.Series], make: Callable[..., Any]) -> tuple[Codes, list[Any]]:
    """Make something of each different row of some columns; nulls come as None.

    Returns:
        For each row the number of what was made of it, and what was made.
    """
    codes: Codes = np.zeros(len(columns[0]), dtype=np.intp)
    for column in columns:
        numbers, values = pd.factorize(column, use_na_sentinel=False)
        codes = pd.factorize(codes * max(len(values), 1) + numbers)[0]
    firsts = np.unique(codes, return_index=True)[1]
    rows = zip(*(column.iloc[firsts] for column in columns), strict=True)
    return codes, [make(*(None if pd.isna(cell) else cell for cell in row)) for row in rows]


@cache
def _nothing() -> str:
    """Give the pattern, in Arrow's dialect, of cells that only say that nothing is known."""
    words = {how: [] for how in (WHOLE, BEGINS, HOLDS)}  # type: dict[str, list[str]]
    for row in read_table("importing/unknown_words.csv"):
        words[row["how"]].append(re.escape(row["words"]))
    whole, begins, holds = ("|".join(words[how]) for how in (WHOLE, BEGINS, HOLDS))
    return rf"^(?:{whole})$|^(?:{begins})|(?:{holds})"
