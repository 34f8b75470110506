"""Read layers from tables of PostGIS, whoever made them."""

from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.errors import InputError, warn
from geo.exporting import file_metadata
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.postgis_arrays import typed
from geo.exporting.postgis_connection import Target, connected, literal, quoted, target_of

KEY: Final = "incident_id"
AS_THEY_ARE: Final = ("text", "boolean", "double", "real", "bigint")
# What foreign columns hold that pandas has no type for, by how PostgreSQL calls it.
LISTS_OF_TEXTS: Final = ("text[]", "character varying[]", "varchar[]")
SHAPES: Final = ("geometry", "geography")


def read_layer(address: str) -> gpd.GeoDataFrame:
    """Read a layer from a table with a column of geometry; one that geo wrote comes back type for type.

    Args:
        address: As `write_layer` takes it; without `table`, the only table with geometry.

    Raises:
        InputError: If the server refuses, or it is not clear which table is meant.
    """
    target = target_of(address)
    with connected(target, InputError) as cursor:
        if target.table is None:
            target = _only_table(cursor, target)
        columns = columns_of(cursor, target)
        geometry = next((name for name, kind in columns.items() if kind.startswith(SHAPES)), None)
        if geometry is None:
            raise InputError(_no_geometry(cursor, target, columns))
        _warn_of_days(cursor, target, columns)
        wanted = [_selected(name, kind) for name, kind in columns.items() if name != geometry]
        wanted.append(_in_degrees(cursor, target, geometry))
        order = f" ORDER BY {quoted(KEY)}" if KEY in columns else ""
        cursor.execute(f"SELECT {', '.join(wanted)} FROM {target.name}{order}")  # noqa: S608 - quoted
        table = cursor.fetch_arrow_table()
        cursor.execute(f"SELECT obj_description({literal(target.name)}::regclass)")
        note = cursor.fetchone()
    shapes = shapely.from_wkb(table.column(geometry).to_numpy()) if len(table) else np.empty(0, dtype=object)
    dtypes = file_metadata.dtypes_in(note[0] if note else None)
    said = {name: kind for name, kind in (dtypes or {}).items() if name in columns or name == "geometry"}
    kept = table.drop_columns([geometry])
    kept = kept.select(
        [name for name in said if name in kept.column_names] + [n for n in kept.column_names if n not in said]
    )
    layer = to_layer(kept, shapes, said) if said else to_layer(_numbers(kept, columns), shapes, _lists(columns))
    return typed(layer, columns)


def _in_degrees(cursor: Any, target: Target, geometry: str) -> str:
    """Ask for the shapes in EPSG:4326, with curves as lines, which is all that shapely knows."""
    shape = f"{quoted(geometry)}::geometry"
    cursor.execute(f"SELECT EXISTS(SELECT 1 FROM {target.name} WHERE ST_SRID({shape}) = 0)")  # noqa: S608 - quoted
    if cursor.fetchone()[0]:
        msg = (
            f"{target.table}: its geometry has no SRID; expected one: "
            f"SELECT UpdateGeometrySRID('{target.schema}', '{target.table}', '{geometry}', 4326) declares degrees."
        )
        raise InputError(msg)
    return f"ST_AsBinary(ST_Transform(ST_CurveToLine({shape}), 4326)) AS {quoted(geometry)}"


def _no_geometry(cursor: Any, target: Target, columns: Mapping[str, str]) -> str:
    if columns:
        names = ", ".join(list(columns)[:8])
        return (
            f"{target.table}: has no column of geometry, only {names}; add one (ALTER TABLE ... ADD COLUMN geom "
            "geometry(Point, 4326)), or save the table as CSV, of which geo finds the coordinates by their names."
        )
    cursor.execute(
        "SELECT DISTINCT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
    )
    known = {str(row[0]).lower(): str(row[0]) for row in cursor.fetchall()}
    meant = get_close_matches(f"{target.schema}.{target.table}".lower(), known, n=1, cutoff=0.6)
    hint = f"; did you mean {known[meant[0]]}?" if meant else "; check the name and the schema (?table=schema.name)."
    return f"{target.table}: there is no such table in the schema {target.schema}{hint}"


def _only_table(cursor: Any, target: Target) -> Target:
    cursor.execute(
        "SELECT f_table_name FROM geometry_columns WHERE f_table_schema = "  # noqa: S608 - quoted
        f"{literal(target.schema)} UNION SELECT f_table_name FROM geography_columns WHERE f_table_schema = "
        f"{literal(target.schema)} ORDER BY 1"
    )
    names = [row[0] for row in cursor.fetchall()]
    if len(names) != 1:
        found = f"there are {', '.join(names)}" if names else "there is none with a column of geometry"
        msg = f"which table? {found}; name it with ?table=NAME at the end of the address."
        raise InputError(msg)
    return Target(target.uri, target.schema, names[0])


def columns_of(cursor: Any, target: Target) -> dict[str, str]:
    """Say what PostgreSQL calls the type of each column of a table; empty when there is no such table."""
    cursor.execute(
        "SELECT a.attname, format_type(COALESCE(NULLIF(t.typbasetype, 0), a.atttypid), a.atttypmod) "  # noqa: S608
        "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attnum > 0 AND NOT a.attisdropped AND "
        f"n.nspname = {literal(target.schema)} AND c.relname = {literal(target.table or '')} ORDER BY a.attnum"
    )
    return {name: kind for name, kind in cursor.fetchall()}  # noqa: C416 - rows are tuples of Arrow scalars


def _selected(name: str, kind: str) -> str:
    """Ask for a column in a form that Arrow knows."""
    column = quoted(name)
    if kind.endswith("[]"):
        return f"to_jsonb({column})::text AS {column}"
    if kind.startswith(("date", "timestamp")):
        return f"CASE WHEN {_in_calendar(column)} THEN {column} END AS {column}"
    if kind.startswith(AS_THEY_ARE):
        return column
    numeric = kind.startswith(("integer", "smallint"))
    return f"{column}::bigint AS {column}" if numeric else f"{column}::text AS {column}"


def _in_calendar(column: str) -> str:
    """Hold a day against the years that Python has: infinity and years before Christ are none of them."""
    return f"{column} >= '0001-01-01' AND {column} < '10000-01-01'"


def _warn_of_days(cursor: Any, target: Target, columns: Mapping[str, str]) -> None:
    """Say which columns hold days that cannot be read, and how many."""
    dated = [name for name, kind in columns.items() if kind.startswith(("date", "timestamp")) and kind[-2:] != "[]"]
    if not dated:
        return
    counts = ", ".join(f"count(*) FILTER (WHERE NOT ({_in_calendar(quoted(name))}))" for name in dated)
    cursor.execute(f"SELECT {counts} FROM {target.name}")  # noqa: S608 - quoted
    for name, count in zip(dated, cursor.fetchone(), strict=True):
        if count:
            warn(f"{target.table}: {count:,} days of {name!r} outside the years 1 to 9999 are read as missing.")


def _lists(columns: Mapping[str, str]) -> dict[str, str]:
    """Say which columns of a table that geo did not write hold lists or objects."""
    made = {name: "json" for name, kind in columns.items() if kind.endswith("[]") or kind in ("json", "jsonb")}
    return made | {name: "texts" for name, kind in columns.items() if kind in LISTS_OF_TEXTS}


def _numbers(table: pa.Table, columns: Mapping[str, str]) -> pa.Table:
    """Make numbers of exact decimals where a double holds all of them; else they stay texts, digit for digit."""
    for n, name in enumerate(table.column_names):
        if columns[name].startswith("numeric") and not columns[name].endswith("[]"):
            texts = table.column(name)
            cells = [None if cell is None else float(cell) for cell in texts.to_pylist()]
            exact = (
                cell is None or not np.isfinite(cell) or Decimal(repr(cell)) == Decimal(text)
                for cell, text in zip(cells, texts.to_pylist(), strict=True)
            )
            if all(exact):
                whole = pc.all(pc.match_substring_regex(texts, r"^-?\d{1,15}$")).as_py()
                numbers = pa.chunked_array([pa.array(cells, pa.float64())])
                table = table.set_column(n, name, numbers.cast(pa.int64()) if whole else numbers)
    return table
