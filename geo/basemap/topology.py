"""Read TopoJSON: shapes made of arcs that they share.

What two countries share is their border, so borders come out of the same file as the
countries and fit them exactly. TopoJSON: https://github.com/topojson/topojson-specification
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.antimeridian import cut_shape
from geo.earth import HALF_TURN

Arc = NDArray[np.float64]  # shape (n, 2): longitude and latitude in degrees


def decode_arcs(topology: Mapping[str, Any]) -> list[Arc]:
    """Turn the delta-coded arcs of a quantised topology into degrees.

    Args:
        topology: A parsed TopoJSON file with a `transform`.

    Returns:
        One array of shape (n, 2) for each arc: longitude and latitude, EPSG:4326.
    """
    scale = np.asarray(topology["transform"]["scale"])
    translate = np.asarray(topology["transform"]["translate"])
    return [np.cumsum(np.asarray(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def polygons(geometry: Mapping[str, Any]) -> list[list[list[int]]]:
    """Give a geometry's polygons as rings of arc numbers; ~n is arc n backwards."""
    if geometry.get("type") == "Polygon":
        return [geometry["arcs"]]
    if geometry.get("type") == "MultiPolygon":
        return list(geometry["arcs"])
    return []  # a country too small for this scale has no geometry


def ring_coordinates(ring: Sequence[int], arcs: Sequence[Arc]) -> Arc:
    """Join the arcs of a ring; where one ends the next begins, so that point is kept once."""
    pieces = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def shared_arcs(geometries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Find the arcs that run between two or more of the geometries.

    Yields:
        The arc's number, and the positions in `geometries` of those that share it.
    """
    owners: dict[int, set[int]] = {}
    for position, geometry in enumerate(geometries):
        for polygon in polygons(geometry):
            for n in (n for ring in polygon for n in ring):
                owners.setdefault(n if n >= 0 else ~n, set()).add(position)
    for arc, positions in sorted(owners.items()):
        if len(positions) > 1:
            yield arc, tuple(sorted(positions))


def cut_at_antimeridian(rings: Sequence[Arc]) -> list[list[Arc]]:
    """Cut a polygon that runs over the antimeridian, as plain coordinates need it.

    TopoJSON lives on the sphere, where 179 and -179 are neighbours; a map would draw the long way
    round. A ring round a pole is closed along that pole.

    Args:
        rings: The outer ring, then its holes; degrees, shape (n, 2) each.

    Returns:
        One polygon, or one for each side.
    """
    if not any(np.any(abs(np.diff(ring[:, 0])) > HALF_TURN) for ring in rings):
        return [list(rings)]
    cut = cut_shape(shapely.Polygon(rings[0], rings[1:]))
    return [[np.asarray(ring.coords) for ring in (part.exterior, *part.interiors)] for part in shapely.get_parts(cut)]
