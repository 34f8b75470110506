"""Cut shapes at the 180th meridian, as RFC 7946 (section 3.1.9) asks.

A shape that crosses it is drawn either with a jump from 179 to -179 or with longitudes beyond 180;
most programs would draw both straight across the world.
"""

from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.exporting.world import refuse_outside, wrapped

HALF, WHOLE = 180.0, 360.0


def cut(geometries: Any) -> Any:
    """Cut every line and polygon that crosses the antimeridian, and wrap points; the others stay as they are.

    Args:
        geometries: Shapely geometries in degrees, EPSG:4326, shape (n,), nulls among them.

    Returns:
        As many geometries with longitudes from -180 to 180; cut ones have become "Multi".

    Raises:
        ExportError: If a shape lies outside the world.
    """
    refuse_outside(geometries)
    geometries = wrapped(geometries)
    crossing = np.flatnonzero(_crosses(geometries))
    if len(crossing):
        geometries = geometries.copy()
        for row in crossing:
            geometries[row] = _cut(geometries[row])
    return geometries


def _crosses(geometries: Any) -> Any:
    """Find shapes that leave -180..180, or whose neighbouring corners are more than half the world apart."""
    if (shapely.get_dimensions(geometries) < 1).all():  # points, by far the most
        parts, rows = geometries, np.arange(len(geometries))
    else:
        parts, rows = shapely.get_parts(geometries, return_index=True)
    xy, corners_of = shapely.get_coordinates(parts, return_index=True)
    result = np.zeros(len(geometries), dtype=bool)
    result[rows[corners_of[np.abs(xy[:, 0]) > HALF]]] = True
    jumps = (np.abs(np.diff(xy[:, 0])) > HALF) & (np.diff(corners_of) == 0)
    result[rows[corners_of[1:][jumps]]] = True
    return result


def _cut(shape: BaseGeometry) -> BaseGeometry:
    if isinstance(shape, LineString):
        return _merge(_worlds(LineString(_unrolled(shape.coords))), MultiLineString)
    if isinstance(shape, Polygon):
        rings = [_closed(_unrolled(ring.coords)) for ring in (shape.exterior, *shape.interiors)]
        holes = [_nearest_turn(ring, rings[0]) for ring in rings[1:]]
        return _merge(_worlds(shapely.make_valid(Polygon(rings[0], holes))), MultiPolygon)
    if shape.geom_type == "Point":
        return wrapped(np.array([shape]))[0]
    pieces = [piece for part in shape.geoms for piece in getattr(_cut(part), "geoms", [_cut(part)])]
    return type(shape)(pieces)


def _unrolled(coordinates: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Go on beyond 180 where the line jumps to the other side."""
    xy = np.asarray(coordinates, dtype=float)[:, :2]
    return np.column_stack([np.unwrap(xy[:, 0], period=WHOLE), xy[:, 1]])


def _closed(ring: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Lead a ring that goes round the world, and so round a pole, by way of that pole."""
    if abs(ring[-1, 0] - ring[0, 0]) < HALF:
        return ring
    pole = 90.0 if ring[:, 1].mean() > 0 else -90.0
    return np.vstack([ring, [ring[-1, 0], pole], [ring[0, 0], pole], ring[0]])


def _nearest_turn(hole: np.ndarray[Any, Any], shell: np.ndarray[Any, Any]) -> Any:
    """Move a hole by whole turns of the globe to where its shell was unrolled to."""
    turns = np.rint((shell[:, 0].mean() - hole[:, 0].mean()) / WHOLE)
    return np.add(hole, (turns * WHOLE, 0.0))


def _worlds(shape: BaseGeometry) -> list[BaseGeometry]:
    """Cut a shape into one piece per turn of the globe, each moved to -180..180."""
    west, _, east, _ = shape.bounds
    first, last = int(np.floor((west + HALF) / WHOLE)), int(np.ceil((east + HALF) / WHOLE))
    pieces = []
    for turn in range(first, max(last, first + 1)):
        left = turn * WHOLE - HALF
        piece = shapely.intersection(shape, shapely.box(left, -90, left + WHOLE, 90))
        pieces.append(shapely.transform(piece, lambda xy, turn=turn: xy - [turn * WHOLE, 0.0]))
    return pieces


def _merge(pieces: list[BaseGeometry], kind: type[BaseGeometry]) -> BaseGeometry:
    """Put the pieces together, without the points and lines that a cut leaves on the edge."""
    dimension = 2 if kind is MultiPolygon else 1
    parts = [part for piece in pieces for part in shapely.get_parts(piece) if shapely.get_dimensions(part) == dimension]
    parts = [part for part in parts if not part.is_empty]
    return parts[0] if len(parts) == 1 else kind(parts)
