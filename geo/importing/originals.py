"""Keep other people's own columns behind the contract's, typed by their values."""

import re
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.exporting.arrow_to_layer import to_column
from geo.exporting.csvfile import sorted_out
from geo.importing.rules import columns_of
from geo.importing.source import Source, trimmed
from geo.tabular import normal
from geo.tabular.table import ROW

_BLANKS: Final = re.compile(r"[\s/]+")
VERBATIM: Final = frozenset({"first", "quote", "list"})  # rules that leave the words as they are


def own_columns(source: Source, filled: dict[str, pd.Series], kept: Any) -> dict[str, pd.Series]:
    """Give the columns of the file for the rows that are kept, called PREFIX_NAME.

    Args:
        source: The rows of the file.
        filled: The columns of the contract, of all rows.
        kept: The rows to keep, in order, shape (n,).

    Returns:
        All columns of the file but those that a column of the contract holds word for word.
    """
    rows = pa.array(kept)
    made: dict[str, pd.Series] = {}
    said = _verbatim(source, filled)
    for name in source.table.column_names:
        if name == ROW:
            continue
        column = trimmed(source.table.column(name))
        if normal(name) in said and _same(column, said[normal(name)]):
            continue
        called = f"{source.dataset.prefix}_{_BLANKS.sub('_', name.strip())}"
        made[_free(called, made)] = to_column(sorted_out(column.take(rows)), None)
    return made


def _free(name: str, taken: dict[str, Any]) -> str:
    """Formats that do not know great letters from small ones need names that differ in more."""
    lower = {other.lower() for other in taken}
    while name.lower() in lower:
        name += "_"
    return name


def _verbatim(source: Source, filled: dict[str, pd.Series]) -> dict[str, list[Any]]:
    """Give the words that the contract's columns hold, by the column of the file that they are from."""
    said = {}
    for column, (patterns, rule) in columns_of(source.dataset.name).items():
        if rule in VERBATIM and column in filled and not column.startswith("_") and column != "incident_id":
            names = [name for pattern in patterns for name in source.matching(pattern)]
            for name in names[:1]:
                said[name] = [_bare(cell) for cell in filled[column].to_numpy(dtype=object)]
    return said


def _bare(cell: Any) -> str | None:
    if isinstance(cell, list):
        only = cell[0] if len(cell) == 1 else None
        return only["text"] if isinstance(only, dict) else only
    return cell if isinstance(cell, str) else None


def _same(column: Any, words: list[Any]) -> bool:
    other = pa.array(words, column.type)
    equal = pc.fill_null(pc.equal(column, other), False)  # noqa: FBT003 - Arrow's own
    both_null = pc.and_(column.is_null(), other.is_null())
    return bool(np.asarray(pc.or_(equal, both_null)).all()) if len(column) else True
