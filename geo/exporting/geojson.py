"""GeoJSON (RFC 7946), one feature per line.

Features are joined as whole Arrow columns and leave in pieces, so that memory does not grow with the layer.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.exporting import file_metadata
from geo.exporting.arrow_json import content, escaped, joined, json_texts
from geo.exporting.arrow_types import TEXT, dtype_names, types_of
from geo.exporting.column_names import in_degrees
from geo.exporting.geojson_reading import read
from geo.exporting.layer_to_arrow import chunks
from geo.exporting.prefetch import ahead
from geo.exporting.world import cut

__all__ = ["features", "geojson_text", "geometry_texts", "read", "write"]

ROWS: Final = 8_192  # some megabytes of text at a time
DECIMALS: Final = 7  # 1 cm; RFC 7946, section 11.2, asks for no more than is known
# What names a row in the layers that geo makes; the first that a layer has becomes the feature's id.
IDS: Final = ("incident_id", "place_id")


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write a FeatureCollection: WGS 84, right-hand rule, cut at the antimeridian, `bbox`, no NaN."""
    with path.open("wb") as file:
        for piece in _pieces_of(layer, name):
            file.write(piece)


def geojson_text(layer: gpd.GeoDataFrame, *, name: str = "incidents") -> Iterator[str]:
    """Give the text that `write` writes, piece by piece, for standard output."""
    for piece in _pieces_of(layer, name):
        yield str(piece, "utf-8")


def _pieces_of(layer: gpd.GeoDataFrame, name: str) -> Iterator[bytes | memoryview]:
    layer = in_degrees(layer)
    types = types_of(layer)
    head: dict[str, Any] = {"type": "FeatureCollection", **bbox(layer.geometry.to_numpy())}
    head[file_metadata.KEY] = file_metadata.note(name, dtype_names(layer, types))
    yield file_metadata.as_text(head)[:-1].encode() + b',"features":[\n'
    for n, rows in enumerate(ahead(features(layer, types))):
        body = content(joined(rows, ",\n"))
        yield b",\n" if n and len(rows) else b""
        yield body[:-2]
    yield b"\n]}\n"


def features(layer: gpd.GeoDataFrame, types: Mapping[str, pa.DataType]) -> Iterator[pa.Array]:
    """Give the features as JSON texts, some thousands at a time."""
    key = next((name for name in IDS if types.get(name) == TEXT), None)
    for table, geometries in chunks(layer, types, ROWS):
        parts: list[pa.Array | str] = ['{"type":"Feature"']
        if key:
            parts += [_feature_ids(table[key].combine_chunks())]
        parts += [',"geometry":', pc.fill_null(geometry_texts(geometries), "null"), ',"properties":{']
        for n, name in enumerate(table.column_names):
            parts += [("," if n else "") + json.dumps(name, ensure_ascii=False) + ":"]
            parts += _value(_whole(table[name]))
        yield joined(*_fused([*parts, "}}"]))


def _feature_ids(ids: pa.Array) -> pa.Array:
    """A row without a name has no `id`: null is not allowed there."""
    return pc.fill_null(joined(',"id":', pc.if_else(ids.is_valid(), json_texts(ids), pa.scalar(None, TEXT))), "")


def _value(column: pa.Array) -> list[pa.Array | str]:
    """Texts without nulls get their quotes from the constant parts around them: one copy less."""
    if column.type == TEXT and not column.null_count:
        return ['"', escaped(column), '"']
    return [json_texts(column)]


def _fused(parts: list[pa.Array | str]) -> Iterator[pa.Array | str]:
    """Make one constant of those that stand side by side."""
    for constant, group in groupby(parts, key=lambda part: isinstance(part, str)):
        side_by_side = list(group)
        yield from ["".join(side_by_side)] if constant else side_by_side


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def geometry_texts(geometries: Any) -> pa.Array:
    """Write geometries as GeoJSON: null when there is none, or an empty one.

    Args:
        geometries: Shapely geometries in degrees, EPSG:4326, shape (n,), of any kinds.
    """
    shapes = cut(geometries)
    # Shapes with and without a height are written apart: an array has as many axes for all of its points.
    kinds = np.where(shapely.is_empty(shapes), -1, 2 * shapely.get_type_id(shapes) + shapely.has_z(shapes))
    texts: list[pa.Array] = []
    rows: list[np.ndarray[Any, Any]] = []
    for kind in np.unique(kinds[kinds >= 0]):
        rows.append(np.flatnonzero(kinds == kind))
        texts.append(_of_one_kind(shapes[rows[-1]]))
    if not rows:
        return pa.nulls(len(shapes), TEXT)
    order = np.full(len(shapes), -1)
    order[np.concatenate(rows)] = np.arange(sum(map(len, rows)))
    return pa.concat_arrays(texts).take(pa.array(order, mask=order < 0))


def _of_one_kind(shapes: Any) -> pa.Array:
    kind = shapes[0].geom_type
    if kind == "GeometryCollection":
        inner = [",".join(geometry_texts(shapely.get_parts(shape)).to_pylist()) for shape in shapes]
        return joined('{"type":"GeometryCollection","geometries":[', pa.array(inner, TEXT), "]}")
    if kind in ("Polygon", "MultiPolygon"):
        shapes = shapely.orient_polygons(shapes, exterior_cw=False)
    _, xy, offsets = shapely.to_ragged_array(shapes)
    nested = pa.FixedSizeListArray.from_arrays(pa.array(np.round(xy, DECIMALS).ravel() + 0.0), xy.shape[1])
    coordinates = _positions(nested)
    for edges in offsets:
        lists = pa.LargeListArray.from_arrays(pa.array(edges, pa.int64()), coordinates)
        coordinates = joined("[", pc.binary_join(lists, pa.scalar(",", TEXT)), "]")
    return joined(f'{{"type":"{kind}","coordinates":', coordinates, "}")


def _positions(points: pa.FixedSizeListArray) -> pa.Array:
    width = points.type.list_size
    numbers = points.values.cast(TEXT)  # no NaN: an empty shape is no shape
    every = [numbers.take(pa.array(np.arange(n, len(numbers), width))) for n in range(width)]
    return joined("[", *[part for n, axis in enumerate(every) for part in ((",", axis) if n else (axis,))], "]")


def bbox(geometries: Any) -> dict[str, list[float]]:
    """Say which box holds everything; its west is greater than its east where it spans the antimeridian.

    Args:
        geometries: Shapely geometries in degrees, EPSG:4326, shape (n,).

    Returns:
        `{"bbox": [west, south, east, north]}`, or nothing when there is no geometry at all.
    """
    shapes = cut(geometries)
    boxes = shapely.bounds(shapes if shapes is geometries else shapely.get_parts(shapes))
    boxes = boxes[~np.isnan(boxes[:, 0])]
    if not len(boxes):
        return {}
    (west, south), (east, north) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    if east - west > 180:  # noqa: PLR2004 - half the world: the other way round may be shorter
        west, east = _shortest_span(boxes[:, 0], boxes[:, 2])
    return {"bbox": [round(float(value), DECIMALS) for value in (west, south, east, north)]}


def _shortest_span(wests: Any, easts: Any) -> tuple[float, float]:
    """Leave out the widest stretch of longitudes where there is nothing (RFC 7946, section 5.2)."""
    order = np.argsort(wests)
    wests, reached = wests[order], np.maximum.accumulate(easts[order])
    gaps = np.append(wests[1:] - reached[:-1], wests[0] + 360 - reached[-1])
    widest = int(np.argmax(gaps))
    if gaps[widest] <= 0:
        return -180.0, 180.0
    return float(wests[(widest + 1) % len(wests)]), float(reached[widest])
