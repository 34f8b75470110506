"""GeoJSON text sequences (RFC 8142), and the same without record separators (.geojsonl): one feature per line."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from geo.errors import InputError
from geo.exporting.arrow_columns import JSON, TEXT, TEXTS, TYPE_OF, in_degrees, target_of, to_layer, types_of
from geo.exporting.arrow_json import content, joined
from geo.exporting.geojson import AS_TEXT, features, read_lines
from geo.exporting.prefetch import ahead

RECORD_SEPARATOR: Final = b"\x1e"
ROWS: Final = 65_536


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:  # noqa: ARG001 - as every format
    """Write features one by one, each after a record separator unless the suffix is .geojsonl."""
    layer = in_degrees(layer)
    before = "" if path.suffix.lower() == ".geojsonl" else RECORD_SEPARATOR.decode()
    with path.open("wb") as file:
        for rows in ahead(features(layer, types_of(layer))):
            file.write(content(joined(before, rows, "\n")))


def read(path: Path) -> gpd.GeoDataFrame:
    """Read a sequence, with or without record separators.

    GDAL is not asked: it takes texts such as "1/2/3" for days, and has no switch against that here.

    Raises:
        InputError: If a record is no feature; the message says which.
    """
    with path.open("rb") as file:
        head = file.readline()
        file.seek(0)
        try:
            names = list(json.loads(head.removeprefix(RECORD_SEPARATOR))["properties"])
            said = {name: target_of(name, {}) for name in names}
            if all(said.values()):
                return read_lines(file, {name: str(dtype) for name, dtype in said.items()}, noted=False)
        except (ValueError, KeyError, TypeError, IndexError):  # laid out by somebody else
            pass
    return _read_any(path)


def _read_any(path: Path) -> gpd.GeoDataFrame:
    records = _records(path)
    tables: list[pa.Table] = []
    shapes: list[Any] = [np.empty(0, dtype=object)]
    while rows := list(islice(records, ROWS)):
        tables.append(_table([properties for properties, _ in rows]))
        shapes.append(shapely.from_geojson(np.array([geometry for _, geometry in rows], dtype=object)))
    if not tables:
        return to_layer(pa.table({}), shapes[0])
    table = pa.concat_tables(tables, promote_options="permissive")
    return to_layer(table, np.concatenate(shapes))


def _records(path: Path) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Give the properties of each feature, and its geometry as text."""
    raw = path.read_bytes()
    parts = raw.split(RECORD_SEPARATOR if raw.startswith(RECORD_SEPARATOR) else b"\n")
    for n, record in enumerate(parts, 1):
        if not record.strip():
            continue
        try:
            feature = json.loads(record)
            geometry, properties = feature["geometry"], feature["properties"] or {}
        except (ValueError, KeyError, TypeError) as error:
            msg = f"{path}: record {n} is no GeoJSON feature ({error}); expected one feature in every line."
            raise InputError(msg) from error
        yield properties, None if geometry is None else json.dumps(geometry)


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: _column(name, [row.get(name) for row in rows]) for name in names})


def _column(name: str, cells: list[Any]) -> pa.Array:
    """Make a column of what JSON has: by the contract, else by what all its values are."""
    target = target_of(name, {})
    kind = TYPE_OF[target] if target else _kind_of(cells)
    try:
        return pa.array(cells, pa.string() if kind in AS_TEXT else kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        texts = [None if cell is None else json.dumps(cell, ensure_ascii=False) for cell in cells]
        return pa.ExtensionArray.from_storage(JSON, pa.array(texts, TEXT))


_KINDS: Final[Mapping[frozenset[type], pa.DataType]] = {
    frozenset(): TEXT,
    frozenset({str}): TEXT,
    frozenset({bool}): pa.bool_(),
    frozenset({int}): pa.int64(),
    frozenset({float}): pa.float64(),
    frozenset({int, float}): pa.float64(),
    frozenset({list}): TEXTS,
}


def _kind_of(cells: list[Any]) -> pa.DataType:
    # what fits no type raises in pa.array, and becomes JSON
    return _KINDS.get(frozenset(map(type, cells)) - {type(None)}, pa.null())
