"""GeoParquet 1.1: WKB, with the box of every shape beside it, so that readers skip what is elsewhere."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.errors import InputError
from geo.exporting import file_metadata
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import JSON, TEXT, dtype_names, types_of
from geo.exporting.column_names import in_degrees
from geo.exporting.features import Tell
from geo.exporting.layer_to_arrow import chunks
from geo.vocabulary import CRS

ROWS: Final = 65_536
NOTE: Final = b"geo_incidents"  # the key "geo" is GeoParquet's own
SIDES: Final = ("xmin", "ymin", "xmax", "ymax")
BOX: Final = pa.struct([(side, pa.float64()) for side in SIDES])


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write a layer; lists and evidence are lists and structs, days are days."""
    layer = in_degrees(layer)
    types = types_of(layer)
    stored = {column: TEXT if kind == JSON else kind for column, kind in types.items()}
    box = _free_name("bbox", stored)
    fields = [*stored.items(), ("geometry", pa.binary()), (box, BOX)]
    schema = pa.schema(fields, metadata=_metadata(layer, name, types, box))
    with pq.ParquetWriter(path, schema, compression="zstd", write_statistics=True) as writer:
        for table, shapes in chunks(layer, types, ROWS):
            columns = [column.cast(stored[n]) for n, column in zip(types, table.columns, strict=True)]
            parts = [*columns, pa.array(shapely.to_wkb(shapes), pa.binary()), _boxes(shapes)]
            writer.write_table(pa.table(parts, schema=schema), row_group_size=ROWS)


def _free_name(name: str, taken: Mapping[str, Any]) -> str:
    while name in taken:
        name += "_"
    return name


def _boxes(shapes: Any) -> pa.Array:
    edges = shapely.bounds(shapes)
    nowhere = np.isnan(edges[:, 0])
    return pa.StructArray.from_arrays(
        [pa.array(edges[:, n]) for n in range(len(SIDES))], fields=list(BOX), mask=pa.array(nowhere)
    )


def _metadata(layer: gpd.GeoDataFrame, name: str, types: Mapping[str, pa.DataType], box: str) -> dict[bytes, bytes]:
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(layer.geometry.geom_type.dropna().unique()),
        "covering": {"bbox": {side: [box, side] for side in SIDES}},
    }
    if not np.isnan(layer.total_bounds).any():
        column["bbox"] = [float(edge) for edge in layer.total_bounds]
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    bare = pd.DataFrame(layer.drop(columns=layer.active_geometry_name).iloc[:0])
    return {
        b"geo": json.dumps(geo).encode(),
        NOTE: file_metadata.note_text(name, dtype_names(layer, types)).encode(),
        # So that pandas and GeoPandas give counts with gaps and days as such, too.
        b"pandas": (pa.Schema.from_pandas(bare, preserve_index=False).metadata or {})[b"pandas"],
    }


def read(path: Path, tell: Tell) -> gpd.GeoDataFrame:  # noqa: ARG001 - as every format
    """Read any GeoParquet; geometry in other encodings or CRS by way of GeoPandas."""
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        msg = f"{path}: cannot be read as GeoParquet ({error}); expected a whole file of that format."
        raise InputError(msg) from error
    return from_table(table, path)


def from_table(table: pa.Table, path: Path) -> gpd.GeoDataFrame:
    """Make the layer of a table that was read from a GeoParquet file, or from some of its rows."""
    metadata = table.schema.metadata or {}
    dtypes = file_metadata.dtypes_in(metadata.get(NOTE))
    if dtypes is None:
        return _foreign(path, metadata)
    # all but the boxes of the shapes; a column that another program added comes along
    box = _box_of(metadata)
    columns = [name for name in table.column_names if name not in ("geometry", box)]
    try:
        shapes = _shapes(table.column("geometry"))
        return to_layer(table.select(columns), shapes, dtypes)
    except (KeyError, TypeError, shapely.GEOSException) as error:
        msg = f"{path}: its geometry cannot be read ({error}); expected Well-Known Binary, as geo writes it."
        raise InputError(msg) from error
    except pa.ArrowException as error:
        msg = f"{path}: its columns are not of the types that geo writes ({str(error)[:160]}); write it anew."
        raise InputError(msg) from error


def _shapes(column: pa.ChunkedArray) -> Any:
    return shapely.from_wkb(column.to_numpy()) if len(column) else np.empty(0, dtype=object)


def _box_of(metadata: Mapping[bytes, bytes]) -> str | None:
    try:
        side = json.loads(metadata[b"geo"])["columns"]["geometry"]["covering"]["bbox"]["xmin"]
        return str(side[0])
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _foreign(path: Path, metadata: Mapping[bytes, bytes]) -> gpd.GeoDataFrame:
    if b"geo" not in metadata:
        msg = f"{path}: has no metadata of GeoParquet; expected a column of geometry: geopandas' to_parquet writes one."
        raise InputError(msg)
    try:
        layer = gpd.read_parquet(path)
    except (ValueError, KeyError, TypeError, NotImplementedError, shapely.GEOSException) as error:
        msg = f"{path}: cannot be read as GeoParquet ({error}); geopandas' to_parquet writes what geo reads."
        raise InputError(msg) from error
    return layer.to_crs(CRS) if layer.crs is not None and layer.crs != CRS else layer
