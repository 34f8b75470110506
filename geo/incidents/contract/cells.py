"""Read the cells of one column as the contract types them; what cannot be understood is refused."""

import json
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.incidents.contract.refusals import Refusals
from geo.incidents.contract.schema import (
    COUNT,
    DAY,
    EVIDENCE_KEYS,
    ID_LISTS,
    NUMBER,
    TERMS,
    TEXT,
    is_evidence,
    is_id_list,
    object_column,
    typed,
)
from geo.incidents.contract.written_days import day_in

EXACT = 2.0**53  # whole numbers up to here are exact as floats, and a toll is less


def typed_column(cells: "pd.Series[Any]", name: str, dtype: Any, refuse: Refusals, order: str | None) -> pd.Series:
    """Give one column of the contract its type."""
    if name in ID_LISTS:
        return object_column([cell if is_id_list(cell) else _id_list(cell) for cell in cells])
    if name == "evidence":
        return object_column(
            [cell if is_evidence(cell) else _evidence(cell, row, refuse) for row, cell in enumerate(cells)]
        )
    if dtype == TEXT:
        return _texts(cells, name)
    if dtype == DAY:
        return _days(cells, name, refuse, order)
    numbers = numbers_in(cells, name, refuse)
    return pd.Series(_counts(numbers, name, refuse) if dtype == COUNT else numbers.astype(NUMBER))


def _texts(cells: "pd.Series[Any]", name: str) -> pd.Series:
    texts = cells.astype(TEXT)
    bare = texts.str.strip()
    said = cells.notna() & (bare != "")
    if name == "country_code":
        return bare.where(said, None).str.upper()
    if name not in TERMS:
        return texts.where(said, None)
    spelled = {term.lower(): term for term in TERMS[name]}
    return bare.str.lower().map(spelled).astype(TEXT).fillna(bare).where(said, None)


def _days(cells: "pd.Series[Any]", name: str, refuse: Refusals, order: str | None) -> pd.Series:
    if cells.dtype == DAY:
        return pd.Series(cells.dt.normalize())
    if pd.api.types.is_datetime64_any_dtype(cells.dtype) and not _holds_days(cells.dtype):
        moments = cells.dt.tz_localize(None).astype("datetime64[us]")
        return pd.Series(moments.to_numpy().astype("datetime64[D]").astype(DAY))
    return typed([_day(cell, name, row, refuse, order) for row, cell in enumerate(cells)], DAY)


def _holds_days(dtype: Any) -> bool:
    """Recognise Arrow's days, which pandas counts among the moments; they have no time zone to take away."""
    return isinstance(dtype, pd.ArrowDtype) and pa.types.is_date(dtype.pyarrow_dtype)


def _day(cell: Any, name: str, row: int, refuse: Refusals, order: str | None) -> date | None:
    if isinstance(cell, datetime):
        return None if pd.isna(cell) else cell.date()
    if isinstance(cell, date):
        return cell
    if _is_null(cell):
        return None
    try:
        return day_in(str(cell), order)
    except ValueError:
        refuse(row, name, cell, "a day such as 2020-03-12")
        return None


def numbers_in(cells: "pd.Series[Any]", name: str, refuse: Refusals) -> "pd.Series[Any]":
    """Read numbers; a text that is none is refused."""
    if pd.api.types.is_numeric_dtype(cells.dtype) and not pd.api.types.is_bool_dtype(cells.dtype):
        return cells
    texts = cells.astype(TEXT).str.strip()
    texts = texts.where(cells.notna() & (texts != ""), None)
    numbers = pd.to_numeric(texts, errors="coerce")
    for row in np.flatnonzero((numbers.isna() & texts.notna()).to_numpy()):
        refuse(int(row), name, cells.iloc[int(row)], "a number")
    return numbers


def _counts(numbers: "pd.Series[Any]", name: str, refuse: Refusals) -> Any:
    try:
        with np.errstate(invalid="ignore"):
            return numbers.astype(COUNT).array
    except (TypeError, ValueError, OverflowError):
        cells = pd.to_numeric(numbers, errors="coerce").astype(NUMBER)
        broken = (cells.fillna(0) % 1 != 0) | (cells.abs() > EXACT)  # an infinity leaves no rest
        for row in np.flatnonzero(broken.to_numpy()):
            refuse(int(row), name, numbers.iloc[int(row)], "a whole number")
        return cells.where(~broken).astype(COUNT).array


def _id_list(cell: Any) -> list[str]:
    if isinstance(cell, list | tuple | np.ndarray):
        return [str(item) for item in cell]
    if _is_null(cell):
        return []
    items = _json(cell)
    return [str(item) for item in items] if isinstance(items, list) else [str(cell).strip()]


def _evidence(cell: Any, row: int, refuse: Refusals) -> list[dict[str, Any]]:
    """Read evidence; a plain text is a quote whose place in the report is unknown."""
    if _is_null(cell):
        return []
    items = cell if isinstance(cell, list | tuple | np.ndarray) else _json(cell)
    if not isinstance(items, list | tuple | np.ndarray):
        items = [str(cell)]
    spans = []
    for item in items:
        span = item if isinstance(item, dict) else {"text": str(item)}
        try:
            whole = {key: None if _is_null(span.get(key)) else int(span[key]) for key in ("start", "end")}
        except (TypeError, ValueError, OverflowError):
            whole = {}
        if not whole or not isinstance(span.get("text"), str):
            refuse(row, "evidence", item, f"dicts with {', '.join(EVIDENCE_KEYS)}, or a plain text")
            return []
        report = span.get("report_id")
        spans.append({"report_id": None if _is_null(report) else str(report), **whole, "text": span["text"]})
    return spans


def _json(cell: Any) -> Any:
    """Read a text that may be JSON; anything else is no answer."""
    try:
        return json.loads(cell)
    except (TypeError, ValueError, RecursionError):
        return None


def _is_null(cell: Any) -> bool:
    """Return whether a cell says nothing: null of any kind, or an empty text; lists are no such thing."""
    return isinstance(cell, str | float | None | type(pd.NA) | type(pd.NaT)) and (pd.isna(cell) or cell == "")
