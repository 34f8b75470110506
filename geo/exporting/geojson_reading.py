"""Read GeoJSON: geo's own files, laid out one feature per line, as whole columns; anybody else's in full."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyproj
import shapely

from geo.errors import InputError
from geo.exporting import file_metadata, ogr
from geo.exporting.arrow_json import content, joined
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import AS_TEXT, JSON, TEXT, TYPE_OF
from geo.exporting.features import OnProblem, layer_of
from geo.reading.decoding import decode
from geo.vocabulary import CRS

HEAD: Final = 1 << 20  # bytes in which the note of a file ends
BLOCK: Final = 1 << 24
RECORD_SEPARATOR: Final = 0x1E
GEOMETRY: Final = ',"geometry":'
PROPERTIES: Final = ',"properties":{'
TAIL: Final = b"\n]}\n"
LARGEST_PARSED: Final = 1 << 28  # bytes; Python's objects take about ten times as much
FEATURE: Final = b'"type":"Feature"'
STRING: Final = re.compile(rb'("type"|"Feature")|"(?:[^"\\]++|\\.)*+"', re.DOTALL)
WHOLE_STRINGS: Final = re.compile(rb'(?:[^"]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
GEOMETRY_TYPES: Final = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
)  # fmt: skip


def read(path: Path, on_problem: OnProblem) -> gpd.GeoDataFrame:
    """Read what `write` wrote, and what anybody else did.

    The quick way is only for a file that is geo's own to the last byte. A file of another layout, or in which a
    person has been, is parsed whole, so that one that was cut short is refused and no feature is skipped.
    """
    dtypes = None
    with path.open("rb") as file:
        head = file.readline(HEAD)
        if head.startswith(b'{"type":"FeatureCollection"') and head.endswith(b'"features":[\n'):
            dtypes = _dtypes_of(head)
            end = path.stat().st_size - len(TAIL)
            if dtypes and _ends_with(file, end, TAIL):
                file.seek(len(head))
                with suppress(ValueError, IndexError, pa.ArrowException, shapely.GEOSException):
                    return read_lines(file, dtypes, end=end, comma=True)
    if path.stat().st_size > LARGEST_PARSED:
        return _read_large(path, dtypes)
    return _read_whole(path, on_problem, dtypes)


def _dtypes_of(head: bytes) -> dict[str, str] | None:
    try:
        return file_metadata.dtypes_in(json.dumps(json.loads(head + b"]}").get(file_metadata.KEY)))
    except (ValueError, RecursionError):
        return None


def _ends_with(file: IO[bytes], end: int, tail: bytes) -> bool:
    file.seek(max(end, 0))
    return end >= 0 and file.read() == tail


def _read_whole(path: Path, on_problem: OnProblem, dtypes: Mapping[str, str] | None) -> gpd.GeoDataFrame:
    try:
        found = json.loads(decode(path.read_bytes(), path))
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        msg = f"{path}: is not complete JSON ({error}); it may have been cut short: fetch or save it again."
        raise InputError(msg) from error
    features_ = _features_in(found)
    if features_ is None:
        return read_with_gdal(path)
    records = ((f"{path}, feature {n}", feature) for n, feature in enumerate(features_, 1))
    layer = layer_of(records, on_problem, dtypes)
    crs = _crs_of(found, path)
    return layer if crs is None else layer.set_crs(crs, allow_override=True).to_crs(CRS)


def _features_in(found: Any) -> list[Any] | None:
    """Find the features of a collection, of a list, or the one that a file is; None when it is another JSON."""
    if isinstance(found, list) and all(isinstance(item, dict) and item.get("type") == "Feature" for item in found):
        return found
    if not isinstance(found, dict):
        return None
    if found.get("type") == "FeatureCollection" and isinstance(found.get("features"), list):
        return list(found["features"])
    return [found] if found.get("type") in ("Feature", *GEOMETRY_TYPES) else None


def _crs_of(found: Any, path: Path) -> Any:
    """Read the CRS that GeoJSON had before RFC 7946; None when it is in degrees anyway."""
    said = found.get("crs") if isinstance(found, dict) else None
    name = (said.get("properties") or {}).get("name") if isinstance(said, dict) else None
    if not isinstance(name, str) or name.endswith(("CRS84", ":4326", "::4326")):
        return None
    try:
        return pyproj.CRS.from_user_input(name)
    except pyproj.exceptions.CRSError as error:
        msg = f"{path}: says that its CRS is {name!r}, which is none; expected such as 'EPSG:32638'."
        raise InputError(msg) from error


def _read_large(path: Path, dtypes: Mapping[str, str] | None) -> gpd.GeoDataFrame:
    """Read a file that is too large to be parsed whole with GDAL, which takes half a file for a whole one."""
    said = count_features(path)
    table, shapes = ogr.read(path, DATE_AS_STRING="YES")
    if len(shapes) != said:
        msg = f"{path}: has {said:,} features, of which only {len(shapes):,} can be read: mend or save it again."
        raise InputError(msg)
    return to_layer(table, shapes, dtypes)


def count_features(path: Path) -> int:
    """Count the features of a file of any size without parsing them.

    Raises:
        InputError: If brackets or quotes stand open at its end: it was cut short.
    """
    depth, number, rest, before = 0, 0, b"", b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            text = rest + block
            found = WHOLE_STRINGS.match(text)
            end = found.end() if found else 0
            bones, rest = STRING.sub(rb"\1", text[:end]).translate(None, b" \t\r\n"), text[end:]
            depth += bones.count(b"{") + bones.count(b"[") - bones.count(b"}") - bones.count(b"]")
            number += (before + bones).count(FEATURE) - before.count(FEATURE)
            before = (before + bones)[-len(FEATURE) :]
    if depth or rest:
        msg = f"{path}: is not complete JSON; it was cut short, or a bracket is missing: fetch or save it again."
        raise InputError(msg)
    return number


def read_with_gdal(path: Path) -> gpd.GeoDataFrame:
    """Read what else GDAL knows under this suffix; texts that look like days stay texts."""
    return to_layer(*ogr.read(path, DATE_AS_STRING="YES"))


def read_lines(
    file: IO[bytes], dtypes: Mapping[str, str], *, noted: bool = True, end: int | None = None, comma: bool = False
) -> gpd.GeoDataFrame:
    """Read features that stand one to a line, as geo writes them.

    Args:
        file: At the first feature.
        dtypes: The type of every column, as the note of a file says it.
        noted: Whether a note said so, which knows the place of the geometry, too.
        end: Where the features end; without it with the file.
        comma: Whether a comma stands after every feature but the last, as in a collection.

    Raises:
        ValueError: If a line is laid out otherwise, or holds what the types do not foresee.
    """
    kinds = {name: TYPE_OF.get(dtype) for name, dtype in dtypes.items() if dtype != "geometry"}
    tables = [_table(pa.array([], TEXT), kinds)]
    shapes = [np.empty(0, dtype=object)]
    for block, last in _blocks(file, end):
        geometries, properties = _split(np.frombuffer(block, np.uint8), comma=comma, last=last)
        tables.append(_table(properties, kinds))
        shapes.append(shapely.from_geojson(geometries.to_numpy(zero_copy_only=False)))
        if len(tables[-1]) != len(shapes[-1]):
            msg = "a line holds more than one feature"
            raise ValueError(msg)
    table = pa.concat_tables(tables, promote_options="permissive")
    return to_layer(table, np.concatenate(shapes), dtypes if noted else None)


def _blocks(file: IO[bytes], end: int | None) -> Iterator[tuple[bytes, bool]]:
    """Give whole lines, some megabytes at a time, and whether they are the last; a last line feed may be missing."""
    left = (end if end is not None else os.fstat(file.fileno()).st_size) - file.tell()
    while left > 0:
        block = file.read(min(BLOCK, left))
        block += file.readline(left - len(block))
        left -= len(block)
        yield block if block.endswith(b"\n") else block + b"\n", left <= 0


def _split(block: np.ndarray[Any, np.dtype[np.uint8]], *, comma: bool, last: bool) -> tuple[pa.Array, pa.Array]:
    """Cut lines of features into the texts of their geometries (null when there is none) and properties.

    A line is one feature, and quotes inside of JSON strings are escaped: so line breaks and the first
    key after a bare quote are where they seem to be.
    """
    ends = np.flatnonzero(block == ord("\n"))
    starts = np.append(0, ends[:-1] + 1)
    starts += block[starts] == RECORD_SEPARATOR
    lines = _pieces(block, np.column_stack([starts, ends]))
    middle = pc.find_substring(lines, PROPERTIES).to_numpy()
    first = pc.find_substring(lines, GEOMETRY).to_numpy()
    has_comma = block[ends - 1] == ord(",")
    expected = np.full(len(ends), fill_value=comma)
    expected[-1] = comma and not last
    if (
        (block[starts] != ord("{")).any()
        or (first < 0).any()
        or (middle < first).any()
        or (has_comma != expected).any()
    ):
        msg = "a line is no feature as geo writes it"
        raise ValueError(msg)
    stops = ends - has_comma - 1  # before the brace that closes the feature
    if (block[stops] != ord("}")).any():
        msg = "a feature does not end with its line"
        raise ValueError(msg)
    geometries = _pieces(block, np.column_stack([starts + first + len(GEOMETRY), starts + middle]))
    properties = _pieces(block, np.column_stack([starts + middle + len(PROPERTIES) - 1, stops]))
    return pc.if_else(pc.equal(geometries, "null"), pa.scalar(None, TEXT), geometries), properties


def _pieces(block: np.ndarray[Any, Any], spans: np.ndarray[Any, Any]) -> pa.Array:
    """Take the texts between offsets, shape (n, 2), each of them after the one before."""
    every = (
        pa.LargeStringArray.from_buffers(
            spans.size - 1, pa.py_buffer(spans.ravel().astype(np.int64)), pa.py_buffer(block)
        )
        if len(spans)
        else pa.array([], TEXT)
    )
    return every.take(pa.array(np.arange(0, spans.size, 2)))


def _table(properties: pa.Array, kinds: Mapping[str, pa.DataType | None]) -> pa.Table:
    """Read properties as columns; what JSON has no type for comes as text."""
    if any(kind in (None, JSON) for kind in kinds.values()) or not kinds:
        return _table_of_any(properties, kinds)
    plain = {name: pa.string() if kind in AS_TEXT else kind for name, kind in kinds.items()}
    options = pj.ParseOptions(explicit_schema=pa.schema(list(plain.items())), unexpected_field_behavior="error")
    if not len(properties):
        return pa.schema(list(plain.items())).empty_table()
    lines = content(joined(properties, "\n"))
    return pj.read_json(
        pa.py_buffer(lines), read_options=pj.ReadOptions(block_size=len(lines) + 1), parse_options=options
    ).select(list(kinds))


def _table_of_any(properties: pa.Array, kinds: Mapping[str, pa.DataType | None]) -> pa.Table:
    rows = [json.loads(text) for text in properties.to_pylist()]
    columns = {}
    for name, kind in kinds.items():
        cells = [row.get(name) for row in rows]
        if kind == JSON:
            texts = [None if cell is None else json.dumps(cell, ensure_ascii=False) for cell in cells]
            columns[name] = pa.array(texts, TEXT)
        else:
            columns[name] = pa.array(cells, pa.string() if kind in AS_TEXT else kind)
    return pa.table(columns) if columns else pa.table({}).slice(0, 0)
