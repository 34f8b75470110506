"""GeoParquet 1.1: WKB, with the box of every shape beside it, so that readers skip what is elsewhere."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Self

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from geo.errors import ExportError, InputError
from geo.exporting import file_metadata
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import JSON, TEXT, dtype_names, types_of
from geo.exporting.column_names import in_degrees
from geo.exporting.features import OnProblem
from geo.exporting.layer_to_arrow import chunks
from geo.vocabulary import CRS

ROWS: Final = 65_536
NOTE: Final = b"geo_incidents"  # the key "geo" is GeoParquet's own
SIDES: Final = ("xmin", "ymin", "xmax", "ymax")
WKB_NAMES: Final = dict(
    enumerate(
        ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"), 1
    )
)
BOX: Final = pa.struct([(side, pa.float64()) for side in SIDES])


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write a layer; lists and evidence are lists and structs, days are days."""
    layer = in_degrees(layer)
    kinds, edges = set(layer.geometry.geom_type.dropna()), layer.total_bounds
    with Writer(path, Form(layer, name, lambda box: _geo(kinds, edges, box))) as writer:
        for table in writer.form.tables(layer):
            writer.write(table)


class Form:
    """The columns of a layer as a file has them, settled by its first piece."""

    def __init__(self, layer: gpd.GeoDataFrame, name: str, geo: Callable[[str], bytes] | None = None) -> None:
        """Look at the columns of a layer, or of the first piece of it.

        Args:
            layer: With all columns.
            name: Of the layer.
            geo: Says the metadata of GeoParquet, given the name of the column of boxes, where it is known before the
                rows are written: beside the columns, where readers of the schema alone find it.
        """
        self.types = types_of(in_degrees(layer))
        self._kinds = {column: TEXT if kind == JSON else kind for column, kind in self.types.items()}
        self.box = _free_name("bbox", self._kinds)
        fields = [*self._kinds.items(), ("geometry", pa.binary()), (self.box, BOX)]
        metadata = _metadata(layer, name, self.types) | ({b"geo": geo(self.box)} if geo else {})
        self.schema = pa.schema(fields, metadata=metadata)

    def tables(self, layer: gpd.GeoDataFrame) -> Iterator[pa.Table]:
        """Make tables of the rows of a piece.

        Raises:
            ExportError: If it has not the columns of the first piece, or cells of another type.
        """
        layer = in_degrees(layer)
        other = set(map(str, layer.columns)) ^ {*self.types, str(layer.active_geometry_name)}
        if other:
            msg = f"columns {sorted(other)} are not in all pieces of the layer; expected the same in each."
            raise ExportError(msg)
        for table, shapes in chunks(layer, self.types, ROWS):
            columns = [column.cast(self._kinds[n]) for n, column in zip(self.types, table.columns, strict=True)]
            yield pa.table([*columns, pa.array(shapely.to_wkb(shapes), pa.binary()), _boxes(shapes)], self.schema)


class Writer:
    """Writes one file piece by piece; what the file says of all its shapes is written last."""

    def __init__(self, path: Path, form: Form) -> None:
        """Begin a file."""
        self.form = form
        self._file = pq.ParquetWriter(path, form.schema, compression="zstd", write_statistics=True)
        self._kinds: set[str] = set()
        self._edges = np.full(4, np.nan)

    def __enter__(self) -> Self:
        """Give the writer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the file."""
        self.close()

    def write(self, table: pa.Table) -> None:
        """Write rows as a row group of the file."""
        self._file.write_table(table, row_group_size=ROWS)
        self._kinds |= _kinds_of(table.column("geometry"))
        box = table.column(self.form.box).combine_chunks()
        for n, (side, outer) in enumerate(zip(SIDES, (np.fmin, np.fmin, np.fmax, np.fmax), strict=True)):
            edge = (pc.min if n < 2 else pc.max)(pc.struct_field(box, side)).as_py()  # noqa: PLR2004 - west and south
            self._edges[n] = outer(self._edges[n], np.nan if edge is None else edge)

    def close(self) -> None:
        """Say where all its shapes lie, and end the file."""
        if b"geo" not in (self.form.schema.metadata or {}):
            self._file.add_key_value_metadata({b"geo": _geo(self._kinds, self._edges, self.form.box)})
        self._file.close()


def _geo(kinds: Iterable[str], edges: Any, box: str) -> bytes:
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(kinds),
        "covering": {"bbox": {side: [box, side] for side in SIDES}},
    }
    if not np.isnan(edges).any():
        column["bbox"] = [float(edge) for edge in edges]
    return json.dumps({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}).encode()


def _kinds_of(geometry: pa.ChunkedArray) -> set[str]:
    """Name the types of shapes by the heads of their Well-Known Binary."""
    heads = pc.unique(pc.binary_slice(geometry.combine_chunks(), 1, 5)).drop_null()
    numbers = {int.from_bytes(head, "little") & 0xFF for head in heads.to_pylist()}
    return {WKB_NAMES[number] for number in numbers}


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


def _metadata(layer: gpd.GeoDataFrame, name: str, types: Mapping[str, pa.DataType]) -> dict[bytes, bytes]:
    bare = pd.DataFrame(layer.drop(columns=layer.active_geometry_name).iloc[:0])
    return {
        NOTE: file_metadata.note_text(name, dtype_names(layer, types)).encode(),
        # So that pandas and GeoPandas give counts with gaps and days as such, too.
        b"pandas": (pa.Schema.from_pandas(bare, preserve_index=False).metadata or {})[b"pandas"],
    }


def read(path: Path, on_problem: OnProblem) -> gpd.GeoDataFrame:  # noqa: ARG001 - as every format
    """Read any GeoParquet; geometry in other encodings or CRS by way of GeoPandas."""
    try:
        metadata = metadata_of(path)
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        msg = f"{path}: cannot be read as GeoParquet ({error}); expected a whole file of that format."
        raise InputError(msg) from error
    return from_table(table, path, metadata)


def metadata_of(path: Path) -> dict[bytes, bytes]:
    """Give what a file says of itself: beside its columns, and at its end, where GDAL writes it, too."""
    with pq.ParquetFile(path) as file:
        return {**(file.schema_arrow.metadata or {}), **(file.metadata.metadata or {})}


def is_own(metadata: Mapping[bytes, bytes]) -> bool:
    """Recognise a file that geo wrote."""
    return file_metadata.dtypes_in(metadata.get(NOTE)) is not None


def from_table(table: pa.Table, path: Path, metadata: Mapping[bytes, bytes]) -> gpd.GeoDataFrame:
    """Make the layer of a table that was read from a GeoParquet file, or from some of its rows."""
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
