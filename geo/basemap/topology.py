"""Read TopoJSON: shapes told by the arcs that they share.

What two countries share is their border, so borders come out of the same file as the
countries and fit them exactly. TopoJSON: https://github.com/topojson/topojson-specification
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
