"""Hand layers to GDAL and take them back, as streams of Arrow batches."""

import errno
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyogrio
import pyogrio.raw
import pyproj
import shapely

from geo.errors import InputError
from geo.exporting.arrow_json import json_cells, parse_json
from geo.exporting.arrow_to_layer import without_echo
from geo.exporting.arrow_types import EVIDENCE, NAME_OF, TEXTS
from geo.exporting.column_names import GEOMETRY
from geo.exporting.layer_to_arrow import chunks
from geo.exporting.prefetch import ahead
from geo.incidents.contract.schema import ID_LISTS
from geo.vocabulary import CRS

ROWS: Final = 8_192
READ_ROWS: Final = 65_536
NESTED: Final = {**dict.fromkeys(ID_LISTS, TEXTS), "evidence": EVIDENCE}
WKB: Final = {b"ARROW:extension:name": b"geoarrow.wkb"}
UNREADABLE: Final = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FieldError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.CRSError,
    pyproj.exceptions.CRSError,
    pa.ArrowException,
    shapely.GEOSException,
    UnicodeDecodeError,
    RuntimeError,
)
# What GDAL says of a file that is not what its name promises.
_INNER: Final = re.compile(r"not recognized as|In file /|sqlite|not a database|Failed to read GeoJSON")
SINGLE_OF: Final = {"MultiPoint": "Point", "MultiLineString": "LineString", "MultiPolygon": "Polygon"}


# GDAL writes its own words to the terminal besides; `geo` says what matters of them.
pyogrio.set_gdal_config_options({"CPL_LOG": os.devnull})


@contextmanager
def gdal_options(**options: str) -> Iterator[None]:
    """Set GDAL's options for a while."""
    before = {name: pyogrio.get_gdal_config_option(name) for name in options}
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def write(
    layer: gpd.GeoDataFrame,
    types: Mapping[str, pa.DataType],
    path: Path,
    driver: str,
    /,
    *,
    promote: bool = False,
    **options: Any,
) -> None:
    """Write a layer in EPSG:4326 with GDAL; lists and evidence become JSON texts.

    Args:
        layer: As `columns.in_degrees` gives it.
        types: As `columns.types_of` gives them, by the names that the columns shall have in the file.
        path: The file to write or, with `append`, to add to.
        driver: GDAL's name of the format.
        promote: Write single shapes as "Multi" where the layer has both, so that it has one type.
        options: More for `pyogrio.raw.write_arrow`.
    """
    schema = pa.schema(
        [pa.field(name, pa.large_string() if kind in NAME_OF else kind) for name, kind in types.items()]
        + [pa.field(GEOMETRY, pa.binary(), metadata=WKB)]
    )
    stopped: list[BaseException] = []
    try:
        pyogrio.raw.write_arrow(
            pa.RecordBatchReader.from_batches(schema, _batches(layer, types, schema, stopped, promote=promote)),
            os.fspath(path),
            driver=driver,
            geometry_name=GEOMETRY,
            crs=CRS,
            **{"geometry_type": geometry_type(layer), **options},
        )
    except (*UNREADABLE, pyogrio.errors.DataSourceError) as error:
        if not stopped:
            raise no_room(str(error)) from error
    if stopped:
        raise stopped[0]


def _batches(
    layer: gpd.GeoDataFrame,
    types: Mapping[str, pa.DataType],
    schema: pa.Schema,
    stopped: list[BaseException],
    *,
    promote: bool,
) -> Iterator[pa.RecordBatch]:
    """Give the rows; what ends them early (a refusal, Ctrl-C) is kept, since GDAL would report it in its own words."""

    def made() -> Iterator[pa.RecordBatch]:
        for table, shapes in chunks(layer, types, ROWS):
            yield pa.record_batch([*_plain(table), pa.array(wkb(shapes, promote=promote), pa.binary())], schema=schema)

    try:
        yield from ahead(made())
    except BaseException as reason:  # noqa: BLE001 - raised again by `write`, when GDAL has let go of the file
        if not isinstance(reason, GeneratorExit):
            stopped.append(reason)


def no_room(said: str) -> OSError:
    """Make of GDAL's or SQLite's refusal in the middle of a file what it nearly always is: the disk was full."""
    return OSError(errno.ENOSPC, said.splitlines()[0][:120])


def _plain(table: pa.Table) -> Iterator[pa.Array]:
    for column in table.columns:
        array = column.combine_chunks()
        yield json_cells(array) if column.type in NAME_OF else array


def wkb(shapes: Any, *, promote: bool = False) -> Any:
    """Write shapes as WKB; an empty one as null, since formats have no common way to say it."""
    shapes = np.where(shapely.is_empty(shapes), None, shapes)
    if promote and len(singles(shapes)):
        single = singles(shapes)
        shapes[single] = [shapely.multipoints if s.geom_type == "Point" else _multi(s) for s in shapes[single]]
    return shapely.to_wkb(shapes)


def _multi(shape: Any) -> Any:
    make = shapely.multipolygons if shape.geom_type == "Polygon" else shapely.multilinestrings
    return make([shape])


def singles(shapes: Any) -> Any:
    """Find the lines and polygons that are no "Multi"."""
    return np.flatnonzero(np.isin(shapely.get_type_id(shapes), (1, 3)))


def geometry_type(layer: gpd.GeoDataFrame) -> str:
    """Name the one type that holds all shapes of a layer; "Unknown" when there is none."""
    found = set(layer.geometry.geom_type.dropna().unique())
    height = " Z" if shapely.has_z(layer.geometry.to_numpy()).any() else ""
    if len(found) == 1:
        return f"{found.pop()}{height}"
    multi = {name for name in found if name in SINGLE_OF}
    if len(multi) == 1 and found <= {*multi, SINGLE_OF[next(iter(multi))]}:
        return f"{multi.pop()}{height}"
    return "Unknown" if found else "Point"


def read(path: Path | str, *, called: Path | None = None, **options: Any) -> tuple[pa.Table, Any]:
    """Read a layer with GDAL; lists and evidence of the contract are parsed while GDAL reads on.

    Args:
        path: Of any format that GDAL reads, or one of its own names for what lies in an archive.
        called: What messages call it, when it is a copy.
        options: More for `pyogrio.raw.open_arrow`: `layer`, open options.

    Returns:
        The columns other than the geometry, and shapely geometries in EPSG:4326, shape (n,).

    Raises:
        InputError: If GDAL cannot read it.
    """
    try:
        try:
            return _read(path, parsed=NESTED, **options)
        except pa.ArrowInvalid:  # a person wrote something else there
            return _read(path, parsed={}, **options)
    except (*UNREADABLE, IndexError, UnboundLocalError) as error:
        msg = f"{called or path}: cannot be read as a layer ({reason(error)}); fetch or save it again."
        raise InputError(msg) from error


def reason(error: Exception) -> str:
    """Take GDAL's reason without its advice, which a caller of `geo` cannot follow, nor its own paths and terms."""
    if isinstance(error, IndexError | UnboundLocalError):  # so pyogrio fails where GDAL found nothing to open
        return "no layer in it, or one whose CRS is broken"
    if _INNER.search(str(error)):
        return "it is cut short, or another format under this name"
    return str(error).split("; It might help")[0].splitlines()[0][:200] if str(error) else type(error).__name__


def _read(path: Path | str, parsed: Mapping[str, pa.DataType], **options: Any) -> tuple[pa.Table, Any]:
    tables: list[pa.Table] = []
    shapes: list[Any] = [np.empty(0, dtype=object)]
    opened = pyogrio.raw.open_arrow(os.fspath(path), use_pyarrow=True, batch_size=READ_ROWS, **options)
    with opened as (meta, reader):
        name = meta["geometry_name"] or "wkb_geometry"
        schema: pa.Schema = reader.schema
        for batch in ahead(reader):
            table = pa.table(batch)
            if name in table.column_names:
                shapes.append(shapely.from_wkb(table.column(name).to_numpy(zero_copy_only=False)))
                table = table.drop_columns([name])
            else:
                shapes.append(np.full(len(table), None, dtype=object))
            tables.append(_parsed(table, parsed))
    if not tables:
        tables = [schema.empty_table().drop_columns([n for n in schema.names if n == name])]
    found = np.concatenate(shapes)
    if meta["crs"] not in (None, CRS):
        found = gpd.GeoSeries(found, crs=meta["crs"]).to_crs(CRS).to_numpy()
    whole = pa.concat_tables(tables)
    whole.validate(full=True)  # texts that are no UTF-8 would be found out later, and in other words
    return without_echo(whole), found


def _parsed(table: pa.Table, kinds: Mapping[str, pa.DataType]) -> pa.Table:
    for n, (name, column) in enumerate(zip(table.column_names, table.columns, strict=True)):
        if name in kinds and (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            lists = pa.chunked_array(parse_json(column, kinds[name]), kinds[name])
            table = table.set_column(n, name, lists)
    return table
