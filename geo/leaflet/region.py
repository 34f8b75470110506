"""Cut the basemap to what a map needs: the world coarsely, the region better, fine where incidents are.

A reader who pans away still sees where that is, and one who zooms in to an incident sees
provinces and small towns, though the incidents lie on two continents.
"""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo import basemap
from geo.earth import HALF_TURN
from geo.incidents.layers.areas import province_outlines
from geo.leaflet.labels import country_labels, town_labels

Box = tuple[float, float, float, float]  # west, south, east, north in degrees, EPSG:4326

METRES_PER_DEGREE: Final = 111_320.0
MOST_LATITUDE: Final = 85.0  # where Web Mercator ends
MARGIN: Final = 0.5  # of the incidents' extent, on each side
LEAST_MARGIN: Final = 5.0  # degrees
WHOLE_WORLD: Final = 150.0  # degrees: a region larger than this is the world
FEW: Final = 4  # of fewer points, none lies apart from the others
MUCH_FARTHER: Final = 2.0  # times as far from the middle as the others
CELL: Final = 5  # degrees: width of the squares that are drawn finely
TURN: Final = 360 // CELL  # squares round the world
MOST_OUTLINED: Final = 5_000  # incidents known by their province: of more, circles are drawn
MOST_CELLS: Final = 60  # some hundred points each, on average
# Of each scale of the basemap (one to so many million): steps in a degree, and the zoom it is worth.
LEVELS: Final = {110: (100, 0), 50: (200, 2), 10: (500, 4)}


def basemap_block(xy: NDArray[np.float64], lang: str = "en") -> dict[str, Any]:
    """Give the basemap as FORMAT.md lays it out.

    Args:
        xy: Where the incidents are: longitude and latitude in degrees, shape (n, 2), NaN when unknown.
        lang: Of the labels.
    """
    known = xy[~np.isnan(xy).any(axis=1)]
    region, boxes = region_of(bounds_of(known)), fine_boxes(known)
    return {
        "levels": [level(None, 110), level(region, 50), *(level(box, 10) for box in boxes)],
        "labels": town_labels([region, *boxes], lang, around=known),
        "country_labels": country_labels(region, lang),
        "admin1_labels": [],
    }


def outlines_block(incidents: gpd.GeoDataFrame, order: NDArray[np.int64]) -> dict[str, Any]:
    """Give the outlines of the provinces that incidents are known by, as FORMAT.md lays them out.

    Args:
        incidents: The contract's table.
        order: Its rows in the order of the page, shape (n,).
    """
    units = LEVELS[10][0]
    admin = np.flatnonzero(incidents["geo_precision"].iloc[order].eq("admin").to_numpy())
    found: dict[Any, int] = {}
    shapes: list[Any] = []
    rows, owners = [], []
    if len(admin) <= MOST_OUTLINED:
        table = incidents.iloc[order[admin]]
        for page_row, shape in zip(admin.tolist(), province_outlines(table), strict=True):
            if shape is None:
                continue
            key = shape.wkb
            if key not in found:
                found[key] = len(shapes)
                shapes.append(shape)
            rows.append(page_row)
            owners.append(found[key])
    rings, of_shape = (
        rings_of(np.array(shapes, dtype=object)) if shapes else (np.array([]), np.array([], dtype=np.int64))
    )
    coded = code_all(rings, units)
    return {
        "scale": units,
        "shapes": [[coded[at] for at in np.flatnonzero(of_shape == n)] for n in range(len(shapes))],
        "rows": rows,
        "shape_of": owners,
    }


def bounds_of(points: NDArray[np.float64], radius_m: NDArray[np.float64] | None = None) -> Box | None:
    """Give west, south, east, north of points, shape (n, 2) in degrees; None when there are none.

    Args:
        points: Longitude and latitude in degrees, NaN when unknown; longitudes above 180 are beyond the antimeridian.
        radius_m: Of a circle round each that shall be inside, shape (n,), metres.
    """
    known = ~np.isnan(points).any(axis=1)
    if not known.any():
        return None
    degrees = np.zeros(len(points)) if radius_m is None else np.nan_to_num(radius_m) / METRES_PER_DEGREE
    wide = degrees / np.cos(np.radians(np.clip(abs(points[:, 1]), 0, MOST_LATITUDE)))
    reach = np.column_stack([np.minimum(wide, HALF_TURN), degrees])
    (west, south), (east, north) = (points - reach)[known].min(axis=0), (points + reach)[known].max(axis=0)
    most = HALF_TURN if points[known, 0].max() <= HALF_TURN else 2 * HALF_TURN
    return max(float(west), -HALF_TURN), max(float(south), -90.0), min(float(east), most), min(float(north), 90.0)


def central(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which points make up the region that most of them lie in.

    Args:
        points: Longitude and latitude in degrees, shape (n, 2), all known.

    Returns:
        Shape (n,): all, unless leaving out the farthest tenth (of few, one) makes the region much smaller.
    """
    everything = np.ones(len(points), dtype=np.bool_)
    if len(points) < FEW:
        return everything
    middle = np.median(points, axis=0)
    widths = np.array([np.cos(np.radians(np.clip(middle[1], -MOST_LATITUDE, MOST_LATITUDE))), 1.0])
    away = np.abs((points - middle) * widths).max(axis=1)
    reach = np.sort(away)[len(points) - 1 - max(len(points) // 10, 1)]
    near: NDArray[np.bool_] = away <= max(reach, LEAST_MARGIN)
    return near if away.max() > MUCH_FARTHER * max(reach, LEAST_MARGIN) else everything


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
    _, first, counts = np.unique(
        np.floor(points / CELL).astype(np.int64) @ [TURN, 1], return_index=True, return_counts=True
    )
    most = np.lexsort((first, -counts))[:MOST_CELLS]
    squares = np.floor(points[first[most]] / CELL).astype(int).tolist()
    chosen: dict[tuple[int, int], None] = {}
    for column, row in squares:
        around = [(column + dx, row + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)]
        if len(chosen) < MOST_CELLS:
            chosen |= dict.fromkeys(((column + TURN // 2) % TURN - TURN // 2, row) for column, row in around)
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
    countries = basemap.clipped("countries", region, scale)
    rings, owners = rings_of(countries.shapes)
    coded = code_all(rings, units)
    ends = np.searchsorted(owners, np.arange(len(countries.names) + 1)).tolist()
    return {
        "min_zoom": min_zoom,
        "scale": units,
        "bbox": list(region or (-180, -90, 180, 90)),
        "countries": [
            {"code": code, "name": name, "rings": coded[start:end]}
            for code, name, start, end in zip(countries.codes, countries.names, ends[:-1], ends[1:], strict=True)
        ],
        "borders": lines(basemap.clipped("borders", region, scale).shapes, units),
        "admin1": lines(basemap.clipped("admin1", region, scale).shapes, units) if scale == min(LEVELS) else [],
        "lakes": code_all(rings_of(basemap.clipped("lakes", region, scale).shapes)[0], units),
        "rivers": lines(basemap.clipped("rivers", region, scale).shapes, units),
    }


def rings_of(shapes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Give all rings of polygons, outer and inner alike, and the position of each one's shape."""
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)  # lines and points have none
    return rings, of_shape[of_part]


def lines(shapes: NDArray[Any], units: int) -> list[list[int]]:
    """Code all lines, joined end to end where they meet."""
    parts = shapely.get_parts(shapes)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    if not len(parts):
        return []
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))
    # Half a step cannot be seen; most points of a line on a coarse grid are such.
    return code_all(shapely.simplify(merged, 0.5 / units, preserve_topology=False), units)


def code_all(lines: NDArray[Any], units: int) -> list[list[int]]:
    """Write each line's points as whole steps, differences only: x, y, dx, dy, dx, dy, ...

    Args:
        lines: Rings or lines, EPSG:4326.
        units: How many steps a degree is divided into.
    """
    if not len(lines):
        return []
    points, owners = shapely.get_coordinates(lines, return_index=True)
    steps = np.rint(points * units).astype(np.int64)
    begins = np.append(True, np.diff(owners) != 0)
    kept = begins | np.append(True, np.any(np.diff(steps, axis=0) != 0, axis=1))
    steps, begins = steps[kept], begins[kept]
    differences = np.diff(steps, axis=0, prepend=0)
    differences[begins] = steps[begins]
    starts = (np.flatnonzero(begins) * 2).tolist()
    flat = differences.ravel().tolist()
    return [flat[start:end] for start, end in zip(starts, [*starts[1:], len(flat)], strict=True)]
