"""Cut shapes at the 180th meridian, as RFC 7946 (section 3.1.9) asks; every other module calls this one.

A shape that crosses it is drawn either with a jump from 179 to -179 or with longitudes beyond 180;
most programs would draw both straight across the world.
"""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.earth import HALF_TURN, POLE, TURN

Degrees = NDArray[np.float64]


def cut_shape(shape: BaseGeometry) -> BaseGeometry:
    """Cut a line or polygon into one piece for each side of the 180th meridian.

    Args:
        shape: In degrees, EPSG:4326; corners jump from 179 to -179, or go on to 181. Holes are cut with their polygon.

    Returns:
        A valid shape with longitudes from -180 to 180, "Multi" where it lies on both sides. A ring round a pole
        reaches up to the nearer one.
    """
    if isinstance(shape, Point):
        return shapely.transform(shape, wrap, include_z=shape.has_z)
    if isinstance(shape, LineString):
        return _merge(_pieces(LineString(unroll(shape.coords))), MultiLineString)
    if isinstance(shape, Polygon):
        rings = [_closed(unroll(ring.coords)) for ring in (shape.exterior, *shape.interiors)]
        holes = [_nearest_turn(ring, rings[0]) for ring in rings[1:]]
        return _merge(_pieces(shapely.make_valid(Polygon(rings[0], holes))), MultiPolygon)
    parts = [cut_shape(part) for part in shapely.get_parts(shape)]
    return type(shape)([piece for part in parts for piece in shapely.get_parts(part)])


def polar_cap(ring: Degrees, pole: float) -> Polygon:
    """Close a ring round a pole that every meridian meets once, such as a circle, along the edge of the map.

    Args:
        ring: Corners in degrees, shape (n, 2), not closed; longitudes may lie beyond 180.
        pole: Latitude of the pole, 90 or -90.
    """
    x, y = wrap(ring).T
    order = np.argsort(x)
    x, y = x[order], y[order]
    edge = float(np.interp(HALF_TURN, [x[-1], x[0] + TURN], [y[-1], y[0]]))
    coast = [(-HALF_TURN, edge), *zip(x.tolist(), y.tolist(), strict=True), (HALF_TURN, edge)]
    return Polygon([*coast, (HALF_TURN, pole), (-HALF_TURN, pole)])


def wrap(xy: Degrees) -> Degrees:
    """Give positions the longitude that maps have for them, -180 up to 180: 190 is -170."""
    return np.column_stack([(xy[:, 0] + HALF_TURN) % TURN - HALF_TURN, xy[:, 1:]])


def unroll(coordinates: Any) -> Degrees:
    """Let longitudes run on beyond 180 degrees where a line jumps to the other side."""
    xy = np.asarray(coordinates, dtype=float)[:, :2]
    return np.column_stack([np.unwrap(xy[:, 0], period=TURN), xy[:, 1]])


def _closed(ring: Degrees) -> Degrees:
    """Close a ring that runs round the globe, and so round a pole, by way of that pole."""
    if abs(ring[-1, 0] - ring[0, 0]) < HALF_TURN:
        return ring
    pole = POLE if ring[:, 1].mean() > 0 else -POLE
    return np.vstack([ring, [ring[-1, 0], pole], [ring[0, 0], pole], ring[0]])


def _nearest_turn(hole: Degrees, shell: Degrees) -> Any:
    """Move a hole by whole turns of the globe to where its shell was unrolled to."""
    turns = np.rint((shell[:, 0].mean() - hole[:, 0].mean()) / TURN)
    return np.add(hole, (turns * TURN, 0.0))


def _pieces(shape: BaseGeometry) -> list[BaseGeometry]:
    """Cut a shape into one piece per turn of the globe, each moved to -180..180."""
    west, _, east, _ = shape.bounds
    first, last = int(np.floor((west + HALF_TURN) / TURN)), int(np.ceil((east + HALF_TURN) / TURN))
    pieces = []
    for turn in range(first, max(last, first + 1)):
        left = turn * TURN - HALF_TURN
        piece = shapely.intersection(shape, shapely.box(left, -POLE, left + TURN, POLE))
        pieces.append(shapely.transform(piece, lambda xy, turn=turn: xy - [turn * TURN, 0.0]))
    return pieces


def _merge(pieces: list[BaseGeometry], kind: type[BaseGeometry]) -> BaseGeometry:
    """Put the pieces together, without the points and lines that a cut leaves on the edge."""
    dimension = 2 if kind is MultiPolygon else 1
    parts = [part for piece in pieces for part in shapely.get_parts(piece) if shapely.get_dimensions(part) == dimension]
    parts = [part for part in parts if not part.is_empty]
    if dimension == 2 and len(parts) > 1:  # noqa: PLR2004 - pieces of a ring round a pole meet along a meridian
        parts = list(shapely.get_parts(shapely.union_all(parts)))
    return parts[0] if len(parts) == 1 else kind(parts)
