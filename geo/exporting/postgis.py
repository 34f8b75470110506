"""Keep layers in PostGIS (ADBC): points as geometry(Point, 4326), lists as text[], evidence as jsonb.

Rows travel as Arrow batches into a table of this session alone; one statement of the same transaction puts them
where they belong: new ids are added, known ones brought up to date. The comment of the table keeps the note that
layer files carry, so that a layer comes back type for type.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import geopandas as gpd
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import ExportError
from geo.exporting import file_metadata
from geo.exporting.arrow_json import json_cells
from geo.exporting.arrow_types import EVIDENCE, JSON, MOMENT, MOMENT_UTC, NAME_OF, TEXT, TEXTS, dtype_names, types_of
from geo.exporting.column_names import in_degrees
from geo.exporting.layer_to_arrow import chunks
from geo.exporting.ogr import wkb
from geo.exporting.postgis_arrays import array_types, literals
from geo.exporting.postgis_connection import (
    LONGEST_NAME,
    SYSTEM_COLUMNS,
    Guarded,
    Target,
    connected,
    is_store,
    literal,
    quoted,
    target_of,
)
from geo.exporting.postgis_reading import KEY, columns_of, read_layer
from geo.resources import read_table

GEOMETRY: Final = "geometry"
ROWS: Final = 65_536
STAGE: Final = "geo_stage"
_NULL_CHARACTER: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
__all__ = ["is_store", "read_layer", "write_layer"]

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


def write_layer(layer: gpd.GeoDataFrame, address: str) -> None:
    """Write a layer into a table in one transaction; rows with a known `incident_id` are brought up to date.

    Args:
        layer: Any columns; geometry in any declared CRS is stored in EPSG:4326.
        address: `postgresql://user@host:port/database?table=NAME`, also `&schema=NAME`. The table is made when
            it is not there, with comments on its columns and a GiST index.

    Raises:
        ExportError: If the table is not named, the server refuses, or a text holds a null character.
    """
    target = target_of(address)
    if target.table is None:
        msg = "which table? write the address as postgresql://user@host/database?table=incidents."
        raise ExportError(msg)
    layer = in_degrees(layer)
    types = types_of(layer)
    _check(layer, types)
    with connected(target, ExportError) as cursor:
        existing = columns_of(cursor, target)
        arrays = array_types(layer, types, existing)
        for statement in _definitions(target, layer, types | dict.fromkeys(arrays, JSON), arrays):
            cursor.execute(statement)
        staged = layer.assign(**{name: literals(layer[name]) for name in arrays})
        types |= dict.fromkeys(arrays, TEXT)
        schema = _stage_schema(types)
        batches = Guarded(_batches(staged, types, schema))
        try:
            reader = pa.RecordBatchReader.from_batches(schema, batches)
            cursor.adbc_ingest(STAGE, reader, mode="create", temporary=True)
        except BaseException:
            if batches.error is not None:
                raise batches.error from None
            raise
        cursor.execute(_transfer(target, types, existing | arrays))
        cursor.execute(f"DROP TABLE {STAGE}")


def _check(layer: gpd.GeoDataFrame, types: Mapping[str, pa.DataType]) -> None:
    taken = SYSTEM_COLUMNS & set(types)
    if taken:
        msg = f"column {min(taken)!r}: PostgreSQL has a column of its own of this name in every table; rename it."
        raise ExportError(msg)
    if KEY not in types:
        return
    ids = layer[KEY]
    if ids.isna().any():
        msg = f"row {int(ids.isna().argmax()) + 1} has no {KEY}; expected one for each row: conform makes them."
        raise ExportError(msg)
    if ids.duplicated().any():
        msg = f"{KEY} {ids[ids.duplicated()].iloc[0]!r} stands twice; expected each once: conform makes new ones."
        raise ExportError(msg)


def _geometry_type(layer: gpd.GeoDataFrame) -> str:
    """Name the narrowest type of PostGIS; where only some shapes have heights, one that says nothing of them."""
    shapes = layer.geometry.dropna()
    shapes = shapes[~shapes.is_empty]
    high = shapes.has_z
    if high.any() and not high.all():
        return "geometry"
    kind = "Point" if set(shapes.geom_type.unique()) <= {"Point"} else "Geometry"
    return f"geometry({kind}{'Z' if high.any() else ''}, 4326)"


def _definitions(
    target: Target, layer: gpd.GeoDataFrame, types: Mapping[str, pa.DataType], arrays: Mapping[str, str]
) -> Iterator[str]:
    yield "CREATE EXTENSION IF NOT EXISTS postgis"
    yield f"CREATE SCHEMA IF NOT EXISTS {quoted(target.schema)}"
    columns = {name: TYPE_OF[kind] for name, kind in types.items()} | dict(arrays)
    columns[GEOMETRY] = _geometry_type(layer)
    order = [name if name != layer.active_geometry_name else GEOMETRY for name in map(str, layer.columns)]
    key = f", PRIMARY KEY ({quoted(KEY)})" if KEY in types else ""
    definitions = ", ".join(f"{quoted(name)} {columns[name]}" for name in order)
    yield f"CREATE TABLE IF NOT EXISTS {target.name} ({definitions}{key})"
    for name in order:  # a table of an earlier day may lack some
        yield f"ALTER TABLE {target.name} ADD COLUMN IF NOT EXISTS {quoted(name)} {columns[name]}"
    index = f"{target.table}_geometry"[-LONGEST_NAME:]
    yield f"CREATE INDEX IF NOT EXISTS {quoted(index)} ON {target.name} USING gist ({quoted(GEOMETRY)})"
    note = file_metadata.note_text(target.table or "", dtype_names(layer, types))
    yield f"COMMENT ON TABLE {target.name} IS {literal(note)}"
    for row in read_table("page/column_comments.csv"):
        if row["column"] in columns:
            yield f"COMMENT ON COLUMN {target.name}.{quoted(row['column'])} IS {literal(row['comment'])}"


def _stage_schema(types: Mapping[str, pa.DataType]) -> pa.Schema:
    plain = {name: pa.string() if kind in NAME_OF or kind == TEXT else kind for name, kind in types.items()}
    return pa.schema([*plain.items(), (GEOMETRY, pa.binary())])


def _batches(layer: gpd.GeoDataFrame, types: Mapping[str, pa.DataType], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for table, shapes in chunks(layer, types, ROWS):
        arrays = [column.combine_chunks() for column in table.columns]
        arrays = [json_cells(array) if array.type in NAME_OF else array for array in arrays]
        arrays = [array.cast(kind) for array, kind in zip(arrays, schema.types[:-1], strict=True)]
        for name, array in zip(types, arrays, strict=True):
            _refuse_null_characters(name, array, nested=types[name] in NAME_OF)
        arrays.append(pa.array(wkb(shapes), pa.binary()))
        yield pa.record_batch(arrays, schema=schema)


def _refuse_null_characters(name: str, array: pa.Array, *, nested: bool) -> None:
    if array.type != pa.string():
        return
    suspects = pc.match_substring(array, "\\u0000" if nested else "\0")
    if pc.any(suspects).as_py() and (
        not nested or any(_NULL_CHARACTER.search(text) for text in array.filter(suspects).to_pylist() if text)
    ):
        msg = f"column {name!r}: a text holds a null character, which PostgreSQL cannot keep; take it out."
        raise ExportError(msg)


def _transfer(target: Target, types: Mapping[str, pa.DataType], stored: Mapping[str, str]) -> str:
    """Write the statement that puts staged rows into the table."""
    names = [*types, GEOMETRY]
    values = [_unstaged(quoted(name), kind, stored.get(name, "")) for name, kind in types.items()]
    values.append(f"ST_SetSRID(ST_GeomFromWKB({quoted(GEOMETRY)}), 4326)")
    columns = ", ".join(map(quoted, names))
    statement = f"INSERT INTO {target.name} ({columns}) SELECT {', '.join(values)} FROM {STAGE}"  # noqa: S608 - quoted
    if KEY not in types:
        return statement
    news = ", ".join(f"{quoted(name)} = EXCLUDED.{quoted(name)}" for name in names if name != KEY)
    return f"{statement} ON CONFLICT ({quoted(KEY)}) DO UPDATE SET {news}"


def _unstaged(column: str, kind: pa.DataType, stored: str) -> str:
    """Write a staged column as the table stores it; lists of texts are at times stored as JSON."""
    if kind == TEXT and stored.endswith("[]"):
        return f"{column}::{stored}"
    if kind == TEXTS and stored not in {"json", "jsonb"}:
        return f"CASE WHEN {column} IS NULL THEN NULL ELSE ARRAY(SELECT jsonb_array_elements_text({column}::jsonb)) END"
    return f"{column}::jsonb" if kind in NAME_OF else column
