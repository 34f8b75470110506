"""Measure areas by the settlements that lie in them."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.earth import RADIUS_M

_LEAST_M: Final = 3000
_NO_PLACE: Final = 15_000.0


def distances_m(lon: float, lat: float, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measure the distances from one point to many in metres, on the sphere (within 0.5 %)."""
    lon1, lat1, lon2, lat2 = math.radians(lon), math.radians(lat), np.radians(lons), np.radians(lats)
    chord = np.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    metres: NDArray[np.float64] = 2 * RADIUS_M * np.arcsin(np.sqrt(np.minimum(chord, 1)))
    return metres


def middle(
    lons: NDArray[np.float64], lats: NDArray[np.float64], weights: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    """Find the middle of points on the sphere, longitude and latitude in degrees, across the antimeridian too."""
    lon, lat = np.radians(lons), np.radians(lats)
    x, y, z = (
        float(np.average(axis, weights=weights))
        for axis in (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat))
    )
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def reach_m(lon: float, lat: float, lons: NDArray[np.float64], lats: NDArray[np.float64], area_km2: float = 0) -> float:
    """Estimate within what distance of a point 90 % of an area lies, in metres.

    Args:
        lon: Longitude of the point, degrees.
        lat: Latitude of the point, degrees.
        lons: Longitudes of the settlements of the area.
        lats: Latitudes of the settlements of the area.
        area_km2: The size of the area where it is known; a disc of it is the least.

    Returns:
        The distance that 90 % of the settlements do not exceed, at least 3 km.
    """
    disc = math.sqrt(0.9 * area_km2 / math.pi) * 1000
    if len(lons) < 2:  # noqa: PLR2004 - one settlement spans nothing
        return max(disc, _NO_PLACE)
    return max(float(np.quantile(distances_m(lon, lat, lons, lats), 0.9)), disc, _LEAST_M)


def thinned(points: NDArray[np.float64], cell_deg: float = 0.25) -> NDArray[np.float64]:
    """Keep one point per cell, so that a crowded corner does not pull the middle of an area towards it.

    Args:
        points: Longitudes and latitudes in degrees, shape (n, 2).
        cell_deg: The side of a cell.

    Returns:
        The mean point of each cell that has one, shape (m, 2).
    """
    cells, where = np.unique(np.floor(points / cell_deg), axis=0, return_inverse=True)
    counts = np.bincount(where.ravel())
    sums = np.stack([np.bincount(where.ravel(), points[:, axis]) for axis in (0, 1)], axis=1)
    assert len(cells) == len(counts)
    return sums / counts[:, None]
