"""Keep other people's own columns behind the contract's, typed by their values."""

import re
from collections.abc import Collection
from functools import partial
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.exporting.arrow_to_layer import to_column
from geo.exporting.csvfile import sorted_out
from geo.importing.rules import columns_of, first
from geo.importing.source import Source, as_arrow, once_each
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
    rows = None if len(kept) == len(source) else pa.array(kept)
    made: dict[str, pd.Series] = {}
    settled = source.settled.kinds if source.settled else None
    for name in kept_names(source, filled) if settled is None else settled:
        column = source.cells(name)
        called = f"{source.dataset.prefix}_{_BLANKS.sub('_', name.strip())}"
        sort = partial(sorted_out, kind=settled[name]) if settled else sorted_out
        made[_free(called, made)] = to_column(once_each(column if rows is None else column.take(rows), sort), None)
    return made


def kept_names(source: Source, filled: Collection[str]) -> list[str]:
    """Name the columns of the file that no column of the contract holds word for word."""
    said = _verbatim(source, filled)
    return [
        name
        for name in source.table.column_names
        if name != ROW and not (normal(name) in said and _same(source.cells(name), said[normal(name)]))
    ]


def _free(name: str, taken: dict[str, Any]) -> str:
    """Formats that do not know great letters from small ones need names that differ in more."""
    lower = {other.lower() for other in taken}
    while name.lower() in lower:
        name += "_"
    return name


def _verbatim(source: Source, filled: Collection[str]) -> dict[str, pa.Array]:
    """Give the words that the contract's columns hold, by the column of the file that they are from."""
    said = {}
    for column, (patterns, rule) in columns_of(source.dataset.name).items():
        if rule in VERBATIM and column in filled and not column.startswith("_") and column != "incident_id":
            names = [name for pattern in patterns for name in source.matching(pattern)]
            if names:
                said[names[0]] = _words(as_arrow(first(source, names)), rule)
    return said


def _words(texts: pa.Array, rule: str) -> pa.Array:
    """Give what a column of the contract holds of each text: a list that was taken apart is no longer the text."""
    return pc.if_else(pc.starts_with(texts, "["), pa.scalar(None, texts.type), texts) if rule == "list" else texts


def _same(column: Any, words: pa.Array) -> bool:
    equal = pc.fill_null(pc.equal(column, words), False)  # noqa: FBT003 - Arrow's own
    return bool(pc.all(pc.or_(equal, pc.and_(column.is_null(), words.is_null()))).as_py()) if len(column) else True
