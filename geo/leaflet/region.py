"""Cut the basemap and the towns' names to the region of a map.

The whole world goes along coarsely, so that a reader who pans away still sees where that
is; the region itself in detail.
"""

from collections.abc import Iterator
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo import basemap
from geo.gazetteer import KINDS, Gazetteer, open_gazetteer
from geo.leaflet.encoding import delta_list

Box = tuple[float, float, float, float]

FINE: Final = 10  # one to ten million, the finest scale there is
LEAST_SPAN: Final = 6.0  # degrees: a map of one town shows the country round it
MARGIN: Final = 0.35  # of the region's size, on each side
MOST_LATITUDE: Final = 85.0  # where Web Mercator ends
# A region with more points than this at its own scale is drawn at the next coarser one.
MOST_POINTS: Final = 40_000
MOST_LABELS: Final = 900
LABEL_UNITS: Final = 10_000
# Least population for each rank after the capitals, and the zoom from which it is worth a label.
RANKS: Final = ((0, 3), (500_000, 4), (100_000, 6), (20_000, 7), (0, 9))


def region_of(bounds: Box | None) -> Box | None:
    """Widen the bounds of the incidents to the region that the map shows; None is the world.

    Args:
        bounds: West, south, east, north in degrees, EPSG:4326; None when nothing has a point.
    """
    if bounds is None:
        return None
    west, south, east, north = bounds
    size = max(east - west, north - south, LEAST_SPAN / (1 + 2 * MARGIN))
    if size > 150:  # noqa: PLR2004, degrees: more than the map of one continent
        return None
    pad_x = MARGIN * size + max(0, (size - (east - west)) / 2)
    pad_y = MARGIN * size + max(0, (size - (north - south)) / 2)
    return (
        max(west - pad_x, -180),
        max(south - pad_y, -MOST_LATITUDE),
        min(east + pad_x, 180),
        min(north + pad_y, MOST_LATITUDE),
    )


def basemap_block(bounds: Box | None) -> dict[str, Any]:
    """Give the basemap as FORMAT.md lays it out.

    Args:
        bounds: Of the incidents, as for `region_of`.
    """
    region = region_of(bounds)
    world = level(None, scale=110, min_zoom=0, units=100)
    fine = level(region, scale=50, min_zoom=2, units=200) if region is None else fine_level(region)
    towns = labels(region)
    return {
        "levels": [world, fine],
        "labels": towns,
        "country_labels": country_labels(region),
        "admin1_labels": [],
    }


def fine_level(region: Box) -> dict[str, Any]:
    """Draw the region as finely as its size allows."""
    scale = basemap.suitable_scale(region)
    if scale == FINE and basemap.countries(region, scale=FINE).get_coordinates().shape[0] <= MOST_POINTS:
        return level(region, scale=FINE, min_zoom=4, units=500)
    return level(region, scale=50, min_zoom=2, units=200)


def level(region: Box | None, *, scale: int, min_zoom: int, units: int) -> dict[str, Any]:
    """Draw one level of detail.

    Args:
        region: West, south, east, north in degrees; None for the world.
        scale: Of the basemap: 10, 50, 110.
        min_zoom: From which zoom of the map on.
        units: How many steps a degree is divided into.
    """
    countries = basemap.countries(region, scale=scale)
    provinces = basemap.admin1(region) if scale == FINE else None
    return {
        "min_zoom": min_zoom,
        "scale": units,
        "bbox": list(region or (-180, -90, 180, 90)),
        "countries": [
            {"code": code, "name": name, "rings": [coded(ring, units) for ring in rings(shape)]}
            for code, name, shape in zip(countries.country_code, countries.name, countries.geometry, strict=True)
        ],
        "borders": lines(basemap.borders(region, scale=scale), units),
        "admin1": [] if provinces is None else lines(provinces, units),
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
    merged = shapely.line_merge(shapely.union_all(layer.geometry.to_numpy()))
    parts = shapely.get_parts(merged)
    # Half a step cannot be seen; most points of a line on a coarse grid are such.
    return [coded(shapely.get_coordinates(part), units) for part in shapely.simplify(parts, 0.5 / units)]


def coded(points: NDArray[np.float64], units: int) -> list[int]:
    """Write points as whole steps, differences only: x, y, dx, dy, dx, dy, ..."""
    steps = np.rint(points * units).astype(np.int64)
    kept = np.append(True, np.any(np.diff(steps, axis=0) != 0, axis=1))
    return delta_list(steps[kept])


def labels(region: Box | None) -> dict[str, Any]:
    """Choose the towns that get a label, the most important first.

    Capitals come first, then towns by population, with a few of each part of the region, so that
    a desert with one small town shows that town.
    """
    gazetteer = open_gazetteer()
    rows = towns(gazetteer, region)
    codes = [gazetteer.feature_code(row) for row in rows]
    population = gazetteer.population[rows].astype(np.int64)
    rank = np.select([population >= least for least, _ in RANKS[1:]], range(1, len(RANKS)), len(RANKS) - 1)
    rank[[code == "P.PPLC" for code in codes]] = 0
    order = np.lexsort((-population, rank))
    return {
        "scale": LABEL_UNITS,
        "lon": delta_list(np.rint(gazetteer.lon[rows][order] * LABEL_UNITS).astype(np.int64)),
        "lat": delta_list(np.rint(gazetteer.lat[rows][order] * LABEL_UNITS).astype(np.int64)),
        "name": [gazetteer.place(rows[n]).name for n in order],
        "rank": rank[order].tolist(),
        "min_zoom": [RANKS[n][1] for n in rank[order]],
    }


def towns(gazetteer: Gazetteer, region: Box | None) -> list[int]:
    """Give the rows of the towns worth a label: the largest, and the largest of each small tile."""
    west, south, east, north = region or (-180.0, -MOST_LATITUDE, 180.0, MOST_LATITUDE)
    lon, lat, population = gazetteer.lon, gazetteer.lat, gazetteer.population
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north) & (population > 0)
    found = np.flatnonzero(inside & (gazetteer.kinds == KINDS.index("settlement")))
    found = found[np.argsort(-population[found].astype(np.int64), kind="stable")]
    tiles = 12  # across and down
    across = np.minimum((lon[found] - west) / (east - west) * tiles, tiles - 1).astype(np.int64)
    down = np.minimum((lat[found] - south) / (north - south) * tiles, tiles - 1).astype(np.int64)
    tile = across * tiles + down
    # How many larger towns there are in the same tile.
    order = np.argsort(tile, kind="stable")
    starts = np.searchsorted(tile[order], np.arange(tiles * tiles))
    place = np.empty(len(found), dtype=np.int64)
    place[order] = np.arange(len(found)) - starts[tile[order]]
    share = found[place < 3]  # noqa: PLR2004
    return list(dict.fromkeys([*found[: MOST_LABELS - len(share)].tolist(), *share.tolist()]))[:MOST_LABELS]


def country_labels(region: Box | None) -> list[dict[str, Any]]:
    """Put each country's name inside its largest part that the region shows."""
    countries = basemap.countries(region, scale=50)
    answers = []
    for name, shape in zip(countries.name, countries.geometry, strict=True):
        parts = shapely.get_parts(shape)
        largest = parts[np.argmax(shapely.area(parts))]
        size = float(np.sqrt(largest.area))
        point = shapely.point_on_surface(largest)
        zoom = int(np.clip(np.ceil(6 - np.log2(max(size, 0.1))), 2, 9))  # a name is about 64 pixels wide
        answers.append({"name": name, "lon": round(point.x, 3), "lat": round(point.y, 3), "min_zoom": zoom})
    return answers
