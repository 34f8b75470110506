"""Make Arrow arrays of the columns of a layer, value for value, so many rows at a time."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geo.errors import ExportError
from geo.exporting.arrow_types import JSON, NAME_OF, TEXT


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
