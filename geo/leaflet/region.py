"""Cut the basemap to what a map needs: the world coarsely, the region better, fine where incidents are.

A reader who pans away still sees where that is, and one who zooms in to an incident sees
provinces and small towns, though the incidents lie on two continents.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo import basemap
from geo.leaflet.encoding import delta_list
from geo.leaflet.labels import country_labels, town_labels

Box = tuple[float, float, float, float]  # west, south, east, north in degrees, EPSG:4326

METRES_PER_DEGREE: Final = 111_320.0
HALF_TURN: Final = 180.0
MOST_LATITUDE: Final = 85.0  # where Web Mercator ends
MARGIN: Final = 0.5  # of the incidents' extent, on each side
LEAST_MARGIN: Final = 5.0  # degrees
WHOLE_WORLD: Final = 150.0  # degrees: a region larger than this is the world
CELL: Final = 5  # degrees: width of the squares that are drawn finely
MOST_CELLS: Final = 60  # some hundred points each, on average
# Of each scale of the basemap (one to so many million): steps in a degree, and the zoom it is worth.
LEVELS: Final = {110: (100, 0), 50: (200, 2), 10: (500, 4)}


def basemap_block(xy: NDArray[np.float64]) -> dict[str, Any]:
    """Give the basemap as FORMAT.md lays it out.

    Args:
        xy: Where the incidents are: longitude and latitude in degrees, shape (n, 2), NaN when unknown.
    """
    known = xy[~np.isnan(xy).any(axis=1)]
    region, boxes = region_of(bounds_of(known)), fine_boxes(known)
    return {
        "levels": [level(None, 110), level(region, 50), *(level(box, 10) for box in boxes)],
        "labels": town_labels([region, *boxes]),
        "country_labels": country_labels(region),
        "admin1_labels": [],
    }


def bounds_of(points: NDArray[np.float64], radius_m: NDArray[np.float64] | None = None) -> Box | None:
    """Give west, south, east, north of points, shape (n, 2) in degrees; None when there are none.

    Args:
        points: Longitude and latitude in degrees, NaN when unknown.
        radius_m: Of a circle round each that shall be inside, shape (n,), metres.
    """
    known = ~np.isnan(points).any(axis=1)
    if not known.any():
        return None
    degrees = np.zeros(len(points)) if radius_m is None else np.nan_to_num(radius_m) / METRES_PER_DEGREE
    wide = degrees / np.cos(np.radians(np.clip(abs(points[:, 1]), 0, MOST_LATITUDE)))
    reach = np.column_stack([np.minimum(wide, HALF_TURN), degrees])
    (west, south), (east, north) = (points - reach)[known].min(axis=0), (points + reach)[known].max(axis=0)
    return max(float(west), -HALF_TURN), max(float(south), -90.0), min(float(east), HALF_TURN), min(float(north), 90.0)


def region_of(bounds: Box | None) -> Box | None:
    """Widen the bounds of the incidents to the region that the map shows; None is the world."""
    if bounds is None:
        return None
    west, south, east, north = bounds
    size = max(east - west, north - south)
    if size > WHOLE_WORLD:
        return None
    pad = max(MARGIN * size, LEAST_MARGIN)
    return (
        max(west - pad, -180),
        max(south - pad, -MOST_LATITUDE),
        min(east + pad, 180),
        min(north + pad, MOST_LATITUDE),
    )


def fine_boxes(points: NDArray[np.float64]) -> list[Box]:
    """Choose the squares that are drawn finely, those with the most incidents first, and their neighbours.

    Returns:
        Boxes that do not overlap; squares side by side are joined.
    """
    cells = Counter(map(tuple, np.floor(points / CELL).astype(int).tolist()))
    chosen: dict[tuple[int, int], None] = {}
    for (column, row), _ in cells.most_common(MOST_CELLS):
        around = [(column + dx, row + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)]
        if len(chosen) < MOST_CELLS:
            chosen |= dict.fromkeys(around)
    boxes = []
    for row in sorted({row for _, row in chosen}):
        columns = sorted(column for column, r in chosen if r == row)
        runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
        boxes += [(int(run[0]) * CELL, row * CELL, (int(run[-1]) + 1) * CELL, (row + 1) * CELL) for run in runs]
    inside = [(max(w, -180), max(s, -MOST_LATITUDE), min(e, 180), min(n, MOST_LATITUDE)) for w, s, e, n in boxes]
    return [box for box in inside if box[0] < box[2] and box[1] < box[3]]


def level(region: Box | None, scale: int) -> dict[str, Any]:
    """Draw one level of detail.

    Args:
        region: What it covers; None for the world.
        scale: Of the basemap: 10, 50, 110.
    """
    units, min_zoom = LEVELS[scale]
    countries = basemap.countries(region, scale=scale)
    return {
        "min_zoom": min_zoom,
        "scale": units,
        "bbox": list(region or (-180, -90, 180, 90)),
        "countries": [
            {"code": code, "name": name, "rings": [coded(ring, units) for ring in rings(shape)]}
            for code, name, shape in zip(countries.country_code, countries.name, countries.geometry, strict=True)
        ],
        "borders": lines(basemap.borders(region, scale=scale), units),
        "admin1": lines(basemap.admin1(region), units) if scale == min(LEVELS) else [],
    }


def rings(shape: Any) -> Iterator[NDArray[np.float64]]:
    """Give all rings of a shape, outer and inner alike; lines and points have none."""
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                yield shapely.get_coordinates(ring)


def lines(layer: gpd.GeoDataFrame, units: int) -> list[list[int]]:
    """Code all lines of a layer, joined end to end where they meet."""
    if layer.empty:
        return []
    parts = shapely.get_parts(shapely.line_merge(shapely.union_all(layer.geometry.to_numpy())))
    # Half a step cannot be seen; most points of a line on a coarse grid are such.
    simple = shapely.simplify(parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING], 0.5 / units)
    return [coded(shapely.get_coordinates(part), units) for part in simple]


def coded(points: NDArray[np.float64], units: int) -> list[int]:
    """Write points as whole steps, differences only: x, y, dx, dy, dx, dy, ..."""
    steps = np.rint(points * units).astype(np.int64)
    kept = np.append(True, np.any(np.diff(steps, axis=0) != 0, axis=1))
    return delta_list(steps[kept])
