"""Keep layers in PostGIS (ADBC): points as geometry(Point, 4326), lists as text[], evidence as jsonb.

Rows travel as Arrow batches into a table of this session alone; one statement of the same transaction puts them
where they belong: new ids are added, known ones brought up to date. The comment of the table keeps the note that
layer files carry, so that a layer comes back type for type.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from geo.errors import ExportError, InputError
from geo.exporting import file_metadata
from geo.exporting.arrow_json import json_cells
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import EVIDENCE, JSON, MOMENT, MOMENT_UTC, NAME_OF, TEXT, TEXTS, dtype_names, types_of
from geo.exporting.column_names import in_degrees
from geo.exporting.layer_to_arrow import chunks
from geo.exporting.ogr import wkb
from geo.resources import read_table

SCHEMES: Final = ("postgresql://", "postgres://")
INSTALL: Final = "pip install 'geo-incidents[postgis]'"
KEY: Final = "incident_id"
GEOMETRY: Final = "geometry"
LONGEST_NAME: Final = 63  # bytes of an identifier; PostgreSQL cuts what is longer
ROWS: Final = 65_536
STAGE: Final = "geo_stage"
TYPE_OF: Final[dict[pa.DataType, str]] = {
    TEXT: "text",
    pa.date32(): "date",
    pa.int64(): "bigint",
    pa.float64(): "double precision",
    pa.bool_(): "boolean",
    MOMENT: "timestamp",
    MOMENT_UTC: "timestamptz",
    TEXTS: "text[]",
    EVIDENCE: "jsonb",
    JSON: "jsonb",
}


@dataclass(frozen=True, slots=True)
class _Target:
    """Which table of which database."""

    uri: str  # without our own parameters
    schema: str
    table: str | None

    @property
    def name(self) -> str:
        return f"{quoted(self.schema)}.{quoted(self.table or '')}"


def is_store(source: object) -> bool:
    """Recognise the address of a database."""
    return isinstance(source, str) and source.startswith(SCHEMES)


def quoted(name: str) -> str:
    """Write an identifier.

    Raises:
        ExportError: If PostgreSQL would cut it.
    """
    if len(name.encode()) > LONGEST_NAME or "\0" in name:
        msg = f"column or table {name!r}: PostgreSQL takes names of at most {LONGEST_NAME} bytes; rename it."
        raise ExportError(msg)
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _target(address: str) -> _Target:
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    table, schema = asked.pop("table", None), asked.pop("schema", "public")
    uri = urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(asked), ""))
    return _Target(uri, schema, table or None)


@contextmanager
def _connected(target: _Target, error: type[ExportError | InputError]) -> Iterator[Any]:
    """Open a transaction: kept when all went well, else undone. Passwords stay out of messages."""
    try:
        from adbc_driver_manager import Error  # noqa: PLC0415 - few have a database
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415
    except ImportError:
        msg = f"PostGIS needs a driver that is not installed; add it with: {INSTALL}"
        raise error(msg) from None
    shown = re.sub(r"//[^@/]*@", "//", target.uri)
    try:
        with dbapi.connect(target.uri) as connection, connection.cursor() as cursor:
            try:
                yield cursor
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
    except Error as problem:
        reason = str(problem).splitlines()[0].removeprefix("INTERNAL: ").removeprefix("IO: ")
        msg = f"{shown}: {reason[:300]}; is the server running, the name right, and may you write there?"
        raise error(msg) from problem


def write_layer(layer: gpd.GeoDataFrame, address: str) -> None:
    """Write a layer into a table in one transaction; rows with a known `incident_id` are brought up to date.

    Args:
        layer: Any columns; geometry in any declared CRS is stored in EPSG:4326.
        address: `postgresql://user@host:port/database?table=NAME`, also `&schema=NAME`. The table is made when
            it is not there, with comments on its columns and a GiST index.

    Raises:
        ExportError: If the table is not named, the server refuses, or a text holds a null character.
    """
    target = _target(address)
    if target.table is None:
        msg = "which table? write the address as postgresql://user@host/database?table=incidents."
        raise ExportError(msg)
    layer = in_degrees(layer)
    types = types_of(layer)
    _check_texts(layer, types)
    with _connected(target, ExportError) as cursor:
        for statement in _definitions(target, layer, types):
            cursor.execute(statement)
        schema = _stage_schema(types)
        reader = pa.RecordBatchReader.from_batches(schema, _batches(layer, types, schema))
        cursor.adbc_ingest(STAGE, reader, mode="create", temporary=True)
        cursor.execute(_transfer(target, types))
        cursor.execute(f"DROP TABLE {STAGE}")


def _check_texts(layer: gpd.GeoDataFrame, types: Mapping[str, pa.DataType]) -> None:
    for name, kind in types.items():
        if kind == TEXT and layer[name].astype("str").str.contains("\0", regex=False).any():
            msg = f"column {name!r}: a text holds a null character, which PostgreSQL cannot keep; take it out."
            raise ExportError(msg)


def _definitions(target: _Target, layer: gpd.GeoDataFrame, types: Mapping[str, pa.DataType]) -> Iterator[str]:
    yield "CREATE EXTENSION IF NOT EXISTS postgis"
    yield f"CREATE SCHEMA IF NOT EXISTS {quoted(target.schema)}"
    points = set(layer.geometry.geom_type.dropna().unique()) <= {"Point"}
    columns = {name: TYPE_OF[kind] for name, kind in types.items()}
    columns[GEOMETRY] = f"geometry({'Point' if points else 'Geometry'}, 4326)"
    order = [name if name != layer.active_geometry_name else GEOMETRY for name in map(str, layer.columns)]
    key = f", PRIMARY KEY ({quoted(KEY)})" if KEY in types else ""
    definitions = ", ".join(f"{quoted(name)} {columns[name]}" for name in order)
    yield f"CREATE TABLE IF NOT EXISTS {target.name} ({definitions}{key})"
    for name in order:  # a table of an earlier day may lack some
        yield f"ALTER TABLE {target.name} ADD COLUMN IF NOT EXISTS {quoted(name)} {columns[name]}"
    index = f"{target.table}_geometry"[-LONGEST_NAME:]
    yield f"CREATE INDEX IF NOT EXISTS {quoted(index)} ON {target.name} USING gist ({quoted(GEOMETRY)})"
    note = file_metadata.note_text(target.table or "", dtype_names(layer, types))
    yield f"COMMENT ON TABLE {target.name} IS {_text(note)}"
    for row in read_table("page/column_comments.csv"):
        if row["column"] in columns:
            yield f"COMMENT ON COLUMN {target.name}.{quoted(row['column'])} IS {_text(row['comment'])}"


def _stage_schema(types: Mapping[str, pa.DataType]) -> pa.Schema:
    plain = {name: pa.string() if kind in NAME_OF or kind == TEXT else kind for name, kind in types.items()}
    return pa.schema([*plain.items(), (GEOMETRY, pa.binary())])


def _batches(layer: gpd.GeoDataFrame, types: Mapping[str, pa.DataType], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for table, shapes in chunks(layer, types, ROWS):
        arrays = [column.combine_chunks() for column in table.columns]
        arrays = [json_cells(array) if array.type in NAME_OF else array for array in arrays]
        arrays.append(pa.array(wkb(shapes), pa.binary()))
        yield pa.record_batch(
            [array.cast(kind) for array, kind in zip(arrays, schema.types, strict=True)], schema=schema
        )


def _transfer(target: _Target, types: Mapping[str, pa.DataType]) -> str:
    """Write the statement that puts staged rows into the table."""
    names = [*types, GEOMETRY]
    values = [_unstaged(quoted(name), kind) for name, kind in types.items()]
    values.append(f"ST_SetSRID(ST_GeomFromWKB({quoted(GEOMETRY)}), 4326)")
    columns = ", ".join(map(quoted, names))
    statement = f"INSERT INTO {target.name} ({columns}) SELECT {', '.join(values)} FROM {STAGE}"  # noqa: S608 - quoted
    if KEY not in types:
        return statement
    news = ", ".join(f"{quoted(name)} = EXCLUDED.{quoted(name)}" for name in names if name != KEY)
    return f"{statement} ON CONFLICT ({quoted(KEY)}) DO UPDATE SET {news}"


def _unstaged(column: str, kind: pa.DataType) -> str:
    if kind == TEXTS:
        return f"CASE WHEN {column} IS NULL THEN NULL ELSE ARRAY(SELECT jsonb_array_elements_text({column}::jsonb)) END"
    return f"{column}::jsonb" if kind in NAME_OF else column


def read_layer(address: str) -> gpd.GeoDataFrame:
    """Read a layer from a table with a column of geometry; one that geo wrote comes back type for type.

    Args:
        address: As `write_layer` takes it; without `table`, the only table with geometry.

    Raises:
        InputError: If the server refuses, or it is not clear which table is meant.
    """
    target = _target(address)
    with _connected(target, InputError) as cursor:
        if target.table is None:
            target = _only_table(cursor, target)
        columns = _columns(cursor, target)
        geometry = next((name for name, kind in columns.items() if kind.startswith("geometry")), None)
        if geometry is None:
            msg = f"{target.table}: no such table with a column of geometry in the schema {target.schema}."
            raise InputError(msg)
        wanted = [_selected(name, kind) for name, kind in columns.items() if name != geometry]
        wanted.append(f"ST_AsBinary(ST_Transform({quoted(geometry)}, 4326)) AS {quoted(geometry)}")
        order = f" ORDER BY {quoted(KEY)}" if KEY in columns else ""
        cursor.execute(f"SELECT {', '.join(wanted)} FROM {target.name}{order}")  # noqa: S608 - quoted
        table = cursor.fetch_arrow_table()
        cursor.execute(f"SELECT obj_description({_text(target.name)}::regclass)")
        note = cursor.fetchone()
    shapes = shapely.from_wkb(table.column(geometry).to_numpy()) if len(table) else np.empty(0, dtype=object)
    dtypes = file_metadata.dtypes_in(note[0] if note else None)
    said = {name: kind for name, kind in (dtypes or {}).items() if name in columns or name == GEOMETRY}
    kept = table.drop_columns([geometry])
    kept = kept.select(
        [name for name in said if name in kept.column_names] + [n for n in kept.column_names if n not in said]
    )
    return to_layer(kept, shapes, said or None)


def _only_table(cursor: Any, target: _Target) -> _Target:
    cursor.execute(
        "SELECT f_table_name FROM geometry_columns WHERE f_table_schema = "  # noqa: S608 - quoted
        f"{_text(target.schema)} ORDER BY 1"
    )
    names = [row[0] for row in cursor.fetchall()]
    if len(names) != 1:
        found = f"there are {', '.join(names)}" if names else "there is none with a column of geometry"
        msg = f"which table? {found}; name it with ?table=NAME at the end of the address."
        raise InputError(msg)
    return _Target(target.uri, target.schema, names[0])


def _columns(cursor: Any, target: _Target) -> dict[str, str]:
    cursor.execute(
        "SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a JOIN pg_class c ON c.oid = "  # noqa: S608
        "a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attnum > 0 AND NOT a.attisdropped AND "
        f"n.nspname = {_text(target.schema)} AND c.relname = {_text(target.table or '')} ORDER BY a.attnum"
    )
    return {name: kind for name, kind in cursor.fetchall()}  # noqa: C416 - rows are tuples of Arrow scalars


def _selected(name: str, kind: str) -> str:
    """Ask for a column in a form that Arrow knows."""
    column = quoted(name)
    if kind.endswith("[]"):
        return f"to_jsonb({column})::text AS {column}"
    if kind in TYPE_OF.values() or kind.startswith(("timestamp", "double", "bigint")):
        return f"{column}::text AS {column}" if kind == "jsonb" else column
    numeric = kind.startswith(("integer", "smallint"))
    return f"{column}::bigint AS {column}" if numeric else f"{column}::text AS {column}"
