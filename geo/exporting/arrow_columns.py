"""Turn the columns of a layer into Arrow arrays and back, value for value and type for type.

A file format sees nothing but Arrow: texts, days, numbers, lists of texts, evidence. What type a
column has on the way back is said, in this order, by the note that the file carries about itself
(geo/exporting/file_metadata.py), by the contract of incidents, by what the file's own format says.
"""

import gc
import json
import math
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, count, pairwise
from operator import itemgetter
from typing import Any, Final, cast

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

from geo.errors import CrsError, ExportError, warn
from geo.exporting.arrow_json import parse_json
from geo.incidents import LayerFrame
from geo.incidents.schema import COUNT, DAY, DTYPES, EVIDENCE_KEYS, ID_LISTS, NUMBER
from geo.vocabulary import CRS

GEOMETRY: Final = "geometry"
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


def in_degrees(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the layer in EPSG:4326, whatever its CRS, with a fresh index.

    Raises:
        CrsError: If the layer has no geometry, or one without a CRS.
    """
    if not isinstance(layer, gpd.GeoDataFrame) or layer.active_geometry_name is None:
        msg = "the layer has no geometry; expected a GeoDataFrame: geo.incidents.conform makes one of any table."
        raise CrsError(msg)
    if layer.crs is None:
        msg = f"the layer has no CRS; expected {CRS}: set_crs declares it, to_crs converts."
        raise CrsError(msg)
    layer = layer if layer.crs == CRS else layer.to_crs(CRS)
    return _with_plain_names(layer).reset_index(drop=True)


def _with_plain_names(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Call the geometry `geometry`, as files do, and every column by a text; another of that name makes way."""
    active, taken = layer.active_geometry_name, {str(name) for name in layer.columns}
    names = []
    for name in layer.columns:
        new = GEOMETRY if name == active else str(name)
        if new == GEOMETRY and name != active:
            new = free_name(new, taken)
            taken.add(new)
            warn(f"column {GEOMETRY!r} holds no shapes of the layer; it is called {new!r} in files.")
        names.append(new)
    if names == list(layer.columns):
        return layer
    return layer.set_axis(names, axis="columns").set_geometry(GEOMETRY)


def free_name(name: str, taken: Container[str]) -> str:
    """Number a name so that it differs from those that are taken."""
    return next(other for n in count(2) if (other := f"{name}_{n}") not in taken)


def distinct(names: Sequence[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Say what columns are called in formats where upper and lower case are one.

    Args:
        names: As they are called in the layer.
        taken: Names that none may have.

    Returns:
        A name of its own for each.
    """
    used = {name.casefold() for name in taken}
    own = {name.casefold() for name in names} | used
    called = {}
    for name in names:
        called[name] = name
        if name.casefold() in used:
            called[name] = next(other for n in count(2) if (other := f"{name}_{n}").casefold() not in own)
            own.add(called[name].casefold())
        used.add(called[name].casefold())
    return called


def attributes(layer: gpd.GeoDataFrame) -> list[str]:
    """Name the columns other than the geometry, in order."""
    return [str(name) for name in layer.columns if name != layer.active_geometry_name]


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
    """Tell whether a column of the contract's days holds nothing but days: a file has a type of its own for them."""
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
    """Tell whether every dict is a span of evidence, exactly: another key would be lost in a typed column."""
    if set(map(tuple, items)) != {EVIDENCE_KEYS}:
        return False
    report_id, start, end, text = (set(map(type, map(itemgetter(key), items))) for key in EVIDENCE_KEYS)
    return text == {str} and report_id <= {str, type(None)} and start | end <= {int, type(None)}


def chunks(layer: gpd.GeoDataFrame, types: Mapping[str, pa.DataType], rows: int) -> Iterator[tuple[pa.Table, Any]]:
    """Cut the layer into tables of so many rows, each with its geometries (shapely objects, shape (n,)).

    An empty layer gives one empty table.
    """
    geometries = layer.geometry.to_numpy()
    for first in range(0, max(1, len(layer)), rows):
        part = layer.iloc[first : first + rows]
        arrays = [_array(part[name], kind) for name, kind in types.items()]
        yield pa.table(arrays, names=list(types)), geometries[first : first + rows]


def _array(column: "pd.Series[Any]", kind: pa.DataType) -> pa.Array:
    try:
        if kind == JSON:
            texts = [None if cell is None else _dump(cell) for cell in column.to_numpy(dtype=object)]
            return pa.ExtensionArray.from_storage(JSON, pa.array(texts, TEXT))
        cells = column.array if kind not in NAME_OF else column.to_numpy(dtype=object)
        try:
            array = pa.array(cells, from_pandas=True)
        except UnicodeEncodeError:
            array = pa.array([sound(cell) for cell in cells], from_pandas=True)
        array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
        return array.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError) as error:
        msg = f"column {column.name!r} cannot be written as {kind} ({error}): convert or drop it."
        raise ExportError(msg) from error


def _dump(cell: Any) -> str:
    try:
        text = json.dumps(cell, ensure_ascii=False, allow_nan=False, default=str)
    except ValueError:  # NaN, which JSON does not know, or something that holds itself
        text = json.dumps(finite(cell), ensure_ascii=False, allow_nan=False, default=str)
    return text if text.isascii() else str(sound(text))


def sound(value: Any) -> Any:
    """Put U+FFFD where half of a surrogate pair stands, which no file can hold."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [sound(item) for item in value]
    if isinstance(value, dict):
        return {sound(key): sound(item) for key, item in value.items()}
    return value


def finite(value: Any) -> Any:
    """Put null where NaN or an infinity stands, which JSON does not know."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return {key: finite(item) for key, item in value.items()} if isinstance(value, dict) else value


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


def to_layer(table: pa.Table, geometries: Any, dtypes: Mapping[str, str] | None = None) -> gpd.GeoDataFrame:
    """Make the layer that a file holds.

    Args:
        table: The columns other than the geometry, as the file's format tells them: what that format
            cannot hold (days in JSON, lists in GeoPackage) may be texts.
        geometries: Shapely geometries in degrees, EPSG:4326, shape (n,).
        dtypes: What the file says of itself: `dtype_names` of the layer that was written.

    Returns:
        The layer with the types and the order that it was written with; without `dtypes`, the
        columns of the contract have the contract's types and the geometry stands at its place there.
    """
    said = dtypes or {}
    if GEOMETRY in table.column_names:
        new = free_name(GEOMETRY, table.column_names)
        warn(f"the file has a column called {GEOMETRY!r} beside its shapes; it is called {new!r} here.")
        table = table.rename_columns([new if name == GEOMETRY else name for name in table.column_names])
    with _no_collection():
        columns = {name: to_column(table.column(name), target_of(name, said)) for name in table.column_names}
    frame = pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows))
    frame.insert(_place_of_geometry(table.column_names, list(said)), "geometry", np.asarray(geometries, dtype=object))
    return LayerFrame(frame, geometry="geometry", crs=CRS)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from walking a million new dicts again and again; none of them is garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def target_of(name: str, said: Mapping[str, str]) -> str | None:
    """Say the type that a column shall have, by the note of the file or the contract; None when nobody knows."""
    if name in said and not (said[name] == EARLIER_DAY and KNOWN.get(name) == DAY):
        return said[name]
    if name in ID_LISTS or name == "evidence":
        return "evidence" if name == "evidence" else "texts"
    return str(KNOWN[name]) if name in KNOWN else None


def _place_of_geometry(names: Sequence[str], order: Sequence[str]) -> int:
    """Count the columns that stand before the geometry."""
    if "geometry" not in order:
        order = list(DTYPES) if set(DTYPES) - {"geometry"} <= set(names) else [*names, "geometry"]
    before = set(order[: order.index("geometry")])
    return sum(name in before for name in names)


def to_column(array: pa.ChunkedArray, target: str | None) -> "pd.Series[Any]":
    """Make one column of a layer; see `to_layer`."""
    try:
        return _column_of(array, _kind_of(target) if target else _widest(array.type), target)
    except (ValueError, TypeError, pa.ArrowNotImplementedError):
        return _column_of(array, _widest(array.type), None)  # as a person left it: `conform` names the cell


def _column_of(array: pa.ChunkedArray, kind: pa.DataType, target: str | None) -> "pd.Series[Any]":
    if kind in NAME_OF:
        nested = pa.types.is_list(array.type) or array.type == JSON
        cells = _cells(array.cast(kind).chunks if nested else parse_json(array, kind), len(array))
        return pd.Series(cells, dtype=object)
    texts = pa.types.is_large_string(array.type) or pa.types.is_string(array.type)
    # Arrow reads numbers and days in short strings alone.
    typed = array.cast(pa.string()).cast(kind) if texts and kind != TEXT else array.cast(kind)
    column: pd.Series[Any] = typed.to_pandas(types_mapper=PANDAS_OF.get)
    # Another width of number, a category: by way of the widest of its kind.
    return column if target is None or target in TYPE_OF else column.astype(cast("Any", target))


def _kind_of(dtype: str) -> pa.DataType:
    """Say by which Arrow type a column of a pandas type is written."""
    return TYPE_OF.get(dtype) or (TEXT if dtype == "object" else _type_of(pd.Series(dtype=dtype)))


def _widest(kind: pa.DataType) -> pa.DataType:
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


def _cells(chunks_: Iterable[pa.Array], rows: int) -> np.ndarray[Any, Any]:
    """Make Python objects of lists, a chunk at a time: ten times as fast as Arrow's own way."""
    made = np.empty(rows, dtype=object)
    first = 0
    for chunk in chunks_:
        if chunk.type == JSON:
            cells = [None if text is None else json.loads(text) for text in chunk.storage.to_pylist()]
        else:
            cells = _lists(chunk)
        made[first : first + len(chunk)] = np.fromiter(cells, dtype=object, count=len(chunk))
        first += len(chunk)
    return made


def _lists(chunk: pa.ListArray) -> list[list[Any] | None]:
    values = chunk.values  # noqa: PD011 - not flattened, so that the offsets hold
    items: list[Any] = (
        [
            {"report_id": report, "start": start, "end": end, "text": text}
            for report, start, end, text in zip(*(field.to_pylist() for field in values.flatten()), strict=True)
        ]
        if pa.types.is_struct(values.type)
        else values.to_pylist()
    )
    offsets = chunk.offsets.to_pylist()
    cells: list[list[Any] | None] = [items[a:b] for a, b in pairwise(offsets)]
    for row in np.flatnonzero(chunk.is_null().to_numpy(zero_copy_only=False)) if chunk.null_count else ():
        cells[row] = None
    return cells


def without_echo(table: pa.Table) -> pa.Table:
    """Drop the column of the ids of GeoJSON features where a property says the same."""
    if "id" in table.column_names:
        for name in ("incident_id", "place_id"):
            if name in table.column_names and table.column("id").equals(table.column(name)):
                return table.drop_columns(["id"])
    return table
