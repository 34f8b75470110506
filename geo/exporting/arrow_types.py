"""Say which Arrow type each column of a layer has in a file, and which type it has on the way back.

A file format sees nothing but Arrow: texts, days, numbers, lists of texts, evidence. What type a
column has on the way back is said, in this order, by the note that the file carries about itself
(geo/exporting/file_metadata.py), by the contract of incidents, by what the file's own format says.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.types import (
    is_bool_dtype,
    is_datetime64_any_dtype,
    is_float_dtype,
    is_integer_dtype,
    is_object_dtype,
    is_string_dtype,
)

from geo.errors import ExportError
from geo.exporting.column_names import attributes
from geo.incidents.contract.schema import COUNT, DAY, DTYPES, EVIDENCE_KEYS, ID_LISTS, NUMBER

TEXT: Final = pa.large_string()
TEXTS: Final = pa.list_(pa.string())
SPAN: Final = pa.struct([("report_id", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])
EVIDENCE: Final = pa.list_(SPAN)
JSON: Final = pa.json_(pa.large_string())  # anything else that a cell may hold
MOMENT: Final = pa.timestamp("us")
MOMENT_UTC: Final = pa.timestamp("us", "UTC")

# What the note of a file calls the types that pandas knows as "object" alone.
NAME_OF: Final = {TEXTS: "texts", EVIDENCE: "evidence", JSON: "json"}
TYPE_OF: Final[dict[str, pa.DataType]] = {
    "str": TEXT,
    "date32[day][pyarrow]": pa.date32(),
    "Int64": pa.int64(),
    "float64": pa.float64(),
    "boolean": pa.bool_(),
    "datetime64[us]": MOMENT,
    "datetime64[us, UTC]": MOMENT_UTC,
    **{name: kind for kind, name in NAME_OF.items()},
}
AS_TEXT: Final = (TEXT, pa.date32(), MOMENT, MOMENT_UTC)  # what JSON has texts for
EARLIER_DAY: Final = "date32[day][pyarrow]"  # of the contract's days in files of version 0.1.0
# What comes back when nothing more is known than the Arrow type.
PANDAS_OF: Final[dict[pa.DataType, Any]] = {
    TEXT: pd.StringDtype(na_value=np.nan),
    pa.date32(): pd.ArrowDtype(pa.date32()),
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}
# The columns of the contract, and those of the layers that are derived from it.
KNOWN: Final[dict[str, Any]] = {
    **DTYPES,
    **dict.fromkeys(("to_date_start", "to_date_end"), DAY),
    **dict.fromkeys(("n_incidents", "n_not_happened"), COUNT),
    "distance_m": NUMBER,
}


def types_of(layer: gpd.GeoDataFrame) -> dict[str, pa.DataType]:
    """Say which Arrow type each column other than the geometry has.

    Raises:
        ExportError: If two columns have one name, or a column is of a type that no layer file holds.
    """
    names = attributes(layer)
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        msg = f"columns {sorted(twice)} stand twice in the layer; expected each name once: rename one."
        raise ExportError(msg)
    return {name: pa.date32() if _holds_days(layer[name]) else _type_of(layer[name]) for name in names}


def _holds_days(column: "pd.Series[Any]") -> bool:
    """Return whether a column of the contract's days holds nothing but days: a file has a type of its own for them."""
    if KNOWN.get(str(column.name)) != DAY or not _is_moment(column.dtype):
        return False
    moments = column.to_numpy()
    return bool((np.isnat(moments) | (moments == moments.astype("datetime64[D]"))).all())


def _type_of(column: "pd.Series[Any]") -> pa.DataType:
    dtype: Any = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return _type_of(pd.Series(dtype.categories))
    for suits, kind in _SUITS.items():
        if suits(dtype):
            return kind
    return _type_of_objects(column)


def _is_day(dtype: Any) -> bool:
    return isinstance(dtype, pd.ArrowDtype) and pa.types.is_date(dtype.pyarrow_dtype)


def _is_moment(dtype: Any) -> bool:
    return is_datetime64_any_dtype(dtype) and getattr(dtype, "tz", None) is None


def _is_text(dtype: Any) -> bool:
    return is_string_dtype(dtype) and not is_object_dtype(dtype)


# The first that suits; pandas takes a day for a moment, too.
_SUITS: Final[dict[Callable[[Any], bool], pa.DataType]] = {
    _is_day: pa.date32(),
    is_bool_dtype: pa.bool_(),
    is_integer_dtype: pa.int64(),
    is_float_dtype: pa.float64(),
    _is_moment: MOMENT,
    is_datetime64_any_dtype: MOMENT_UTC,
    _is_text: TEXT,
}


def _type_of_objects(column: "pd.Series[Any]") -> pa.DataType:
    """Look into the cells, since pandas says no more than "object"; sets of types, not loops, keep it quick."""
    cells = column.to_numpy(dtype=object)
    types = set(map(type, cells)) - {type(None)}
    if types == {list} or (not types and (column.name in ID_LISTS or column.name == "evidence")):
        items = list(chain.from_iterable(filter(None, cells)))
        inside = set(map(type, items))
        if column.name != "evidence" and inside <= {str}:
            return TEXTS
        if not items or (inside == {dict} and _are_spans(items)):
            return EVIDENCE
    inferred = pd.api.types.infer_dtype(column, skipna=True)
    return {"string": TEXT, "date": pa.date32(), "boolean": pa.bool_(), "empty": TEXT}.get(inferred, JSON)


def _are_spans(items: Sequence[dict[str, Any]]) -> bool:
    """Return whether every dict is a span of evidence, exactly: another key would be lost in a typed column."""
    if set(map(tuple, items)) != {EVIDENCE_KEYS}:
        return False
    report_id, start, end, text = (set(map(type, map(itemgetter(key), items))) for key in EVIDENCE_KEYS)
    return text == {str} and report_id <= {str, type(None)} and start | end <= {int, type(None)}


def dtype_names(layer: gpd.GeoDataFrame, types: Mapping[str, pa.DataType]) -> dict[str, str]:
    """Name the type of every column, the geometry too, as the note of a file keeps it."""
    active = layer.active_geometry_name
    return {
        "geometry" if name == active else str(name): _dtype_name(layer[name], types.get(str(name)))
        for name in layer.columns
    }


def _dtype_name(column: "pd.Series[Any]", kind: pa.DataType | None) -> str:
    if kind is None:
        return "geometry"
    if kind in NAME_OF:
        return NAME_OF[kind]
    if column.dtype == object and kind != TEXT:
        return str(PANDAS_OF[kind])
    return str(column.dtype)


def target_of(name: str, said: Mapping[str, str]) -> str | None:
    """Say the type that a column shall have, by the note of the file or the contract; None when nobody knows."""
    if name in said and not (said[name] == EARLIER_DAY and KNOWN.get(name) == DAY):
        return said[name]
    if name in ID_LISTS or name == "evidence":
        return "evidence" if name == "evidence" else "texts"
    return str(KNOWN[name]) if name in KNOWN else None


def kind_of(dtype: str) -> pa.DataType:
    """Say by which Arrow type a column of a pandas type is written."""
    return TYPE_OF.get(dtype) or (TEXT if dtype == "object" else _type_of(pd.Series(dtype=dtype)))


def widest(kind: pa.DataType) -> pa.DataType:
    """Say which of the types that a layer's columns have holds the values of another."""
    types = pa.types
    if kind in NAME_OF or types.is_boolean(kind) or types.is_date32(kind):
        return kind
    if types.is_list(kind):
        return TEXTS
    if types.is_timestamp(kind):
        return MOMENT_UTC if kind.tz else MOMENT
    if types.is_integer(kind):
        return pa.int64()
    return pa.float64() if types.is_floating(kind) else TEXT
