"""Make a layer of the Arrow columns that a file holds: its types, its order, its geometry."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from geo.collecting import collection_paused
from geo.errors import warn
from geo.exporting.arrow_json import parse_json
from geo.exporting.arrow_types import JSON, NAME_OF, PANDAS_OF, TEXT, TYPE_OF, kind_of, target_of, widest
from geo.exporting.column_names import GEOMETRY, free_name
from geo.incidents import LayerFrame
from geo.incidents.contract.schema import DTYPES
from geo.vocabulary import CRS


def to_layer(table: pa.Table, geometries: Any, dtypes: Mapping[str, str] | None = None) -> gpd.GeoDataFrame:
    """Make the layer that a file holds.

    Args:
        table: The columns other than the geometry, as the file's format gives them: what that format
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
    with collection_paused():
        columns = {name: to_column(table.column(name), target_of(name, said)) for name in table.column_names}
    frame = pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows))
    frame.insert(_place_of_geometry(table.column_names, list(said)), "geometry", np.asarray(geometries, dtype=object))
    return LayerFrame(frame, geometry="geometry", crs=CRS)


def _place_of_geometry(names: Sequence[str], order: Sequence[str]) -> int:
    """Count the columns that stand before the geometry."""
    if "geometry" not in order:
        order = list(DTYPES) if set(DTYPES) - {"geometry"} <= set(names) else [*names, "geometry"]
    before = set(order[: order.index("geometry")])
    return sum(name in before for name in names)


def to_column(array: pa.ChunkedArray, target: str | None) -> "pd.Series[Any]":
    """Make one column of a layer; see `to_layer`."""
    try:
        return _column_of(array, kind_of(target) if target else widest(array.type), target)
    except (ValueError, TypeError, pa.ArrowNotImplementedError):
        return _column_of(array, widest(array.type), None)  # as a person left it: `conform` names the cell


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
