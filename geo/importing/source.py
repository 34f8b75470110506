"""Give the columns of other people's rows by name, trimmed, and remember which rows cannot be used."""

import re
from collections.abc import Callable, Sequence
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
EMPTY: Final = pa.array(["", "NA", "na", "NaN", "nan", "NAN", "NULL", "null", "Null"], TEXT)
WHOLE, BEGINS, HOLDS = "whole", "begins", "holds"


class Source:
    """The rows of one table of a known dataset.

    Columns that are worked out (`put`) are found by name before those of the file.
    """

    def __init__(self, table: pa.Table, dataset: Dataset) -> None:
        """Look at the rows of `table`, which has columns of texts and `ROW`."""
        self.dataset = dataset
        self.table = table
        self.rejected: dict[int, str] = {}
        self._names = {normal(name): name for name in reversed(table.column_names) if name != ROW}
        self._made: dict[str, pd.Series] = {}
        self._texts: dict[str, pd.Series] = {}

    def __len__(self) -> int:
        """Count the rows."""
        return int(self.table.num_rows)

    def put(self, name: str, values: pd.Series) -> None:
        """Keep a column that was worked out."""
        self._made[name] = values

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
            column = self.table.column(self._names[name]) if name in self._names else pa.nulls(len(self), TEXT)
            self._texts[name] = as_series(trimmed(column))
        return self._texts[name]

    def known(self, name: str) -> pd.Series:
        """Give a column with what only says that nothing is known as null."""
        column = self.text(name)
        return column.mask(each(column, _says_nothing))

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
    return pc.if_else(pc.is_in(texts, value_set=EMPTY), pa.scalar(None, TEXT), texts)


def as_series(column: Any) -> pd.Series:
    """Make a column of texts of pandas; null is NaN."""
    return pd.Series(pd.array(column, dtype="str"))


def each(column: pd.Series, holds: Callable[[str], bool]) -> Mask:
    """Ask something of every text, once for each different one; null holds nothing."""
    codes, values = pd.factorize(column)
    answers = np.array([*(holds(value) for value in values), False], dtype=bool)
    return np.asarray(answers[codes])


def mapped(columns: Sequence[pd.Series], make: Callable[..., Any]) -> list[Any]:
    """Make something of every row of some columns, once for each different row; nulls come as None."""
    table = pd.DataFrame({n: column.reset_index(drop=True) for n, column in enumerate(columns)})
    codes = table.groupby(list(table.columns), dropna=False, sort=False).ngroup().to_numpy()
    firsts = np.unique(codes, return_index=True)[1]
    made = [
        make(*(None if pd.isna(cell) else cell for cell in row)) for row in table.iloc[firsts].itertuples(index=False)
    ]
    return [made[code] for code in codes]


@cache
def _nothing() -> re.Pattern[str]:
    words = {how: [] for how in (WHOLE, BEGINS, HOLDS)}  # type: dict[str, list[str]]
    for row in read_table("importing/unknown_words.csv"):
        words[row["how"]].append(re.escape(row["words"]))
    whole, begins, holds = ("|".join(words[how]) for how in (WHOLE, BEGINS, HOLDS))
    return re.compile(rf"(?:{whole})$|(?:{begins})|.*(?:{holds})", re.IGNORECASE | re.DOTALL)


def _says_nothing(text: str) -> bool:
    return _nothing().match(text) is not None
