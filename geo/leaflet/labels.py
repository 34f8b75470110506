"""Choose the names on the basemap: towns out of the gazetteer, countries out of the basemap."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo import basemap
from geo.gazetteer.towns import places_around, town_table
from geo.incidents.headlines.labels import place_names
from geo.leaflet.encoding import delta_list

Box = tuple[float, float, float, float]

UNITS: Final = 1000  # steps in a degree
MIN_ZOOM: Final = (3, 4, 6, 7, 9)  # of each rank of towns: from where on a label is worth its room
LEAST_STEP: Final = 0.8  # degrees between the spots for the name of a country
MOST_SPOTS: Final = 60  # of one country
CLOSE_BY: Final = 10  # zoom from which on places near incidents are named


def town_labels(
    boxes: Sequence[Box | None], lang: str = "en", *, around: NDArray[np.float64] | None = None
) -> dict[str, Any]:
    """Give the places that get a label, as FORMAT.md lays them out, the most important first.

    Args:
        boxes: What the map shows: west, south, east, north in degrees; None is the world.
        lang: Of the names, where data/page/place_labels.csv has them.
        around: Where the incidents are, longitude and latitude in degrees, shape (n, 2): quarters, villages and
            sites near them are named from close by.
    """
    found, known = town_table(boxes, capitals=True), place_names(lang)
    near = places_around(np.empty((0, 2)) if around is None else around, known=found["name"])
    rank = found["rank"].tolist()
    return {
        "scale": UNITS,
        "lon": _steps(np.concatenate([found["lon"], near["lon"]])),
        "lat": _steps(np.concatenate([found["lat"], near["lat"]])),
        "name": [known.get(name, name) for name in (*found["name"], *near["name"])],
        "rank": rank + [len(MIN_ZOOM) - 1] * len(near["name"]),
        "min_zoom": [MIN_ZOOM[n] for n in rank] + [CLOSE_BY] * len(near["name"]),
    }


def country_labels(region: Box | None, lang: str = "en") -> list[dict[str, Any]]:
    """Put each country's name inside its largest part, those of the region first, as FORMAT.md lays them out.

    Args:
        region: What the map shows: west, south, east, north in degrees; None is the world. A country of it has
            `further` spots, so that its name is seen wherever a reader looks at a part of it.
        lang: Of the names, where data/page/place_labels.csv has them.
    """
    known = place_names(lang)
    near, world = basemap.clipped("countries", region, 50), basemap.clipped("countries", None, 110)
    shown = dict(zip(near.names, near.shapes, strict=True))
    whole = shown | dict(zip(world.names, world.shapes, strict=True))
    return [{"name": known.get(name, name), **_spots(shape, shown.get(name))} for name, shape in whole.items()]


def _spots(country: Any, shown: Any | None) -> dict[str, Any]:
    """Say where a country's name may stand: `lon` and `lat` of the best spot, `further` ones, `min_zoom`."""
    largest = _largest(country)
    # The middle of the widest stretch, where there is room for the name.
    point = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.1), 0)
    width = float(np.sqrt(largest.area))
    zoom = int(np.clip(np.ceil(6 - np.log2(max(width, 0.1))), 2, 9))  # a name is about 64 pixels wide
    spots = {"lon": round(point.x, 3), "lat": round(point.y, 3), "min_zoom": zoom}
    return spots if shown is None else spots | {"further": _grid(_largest(shown), point)}


def _largest(country: Any) -> Any:
    parts = shapely.get_parts(country)
    return parts[np.argmax(shapely.area(parts))]


def _grid(shape: Any, middle: Any) -> list[float]:
    """Spread spots over a shape, away from its border, those near its middle first: lon, lat, lon, lat ..."""
    west, south, east, north = shape.bounds
    step = max(LEAST_STEP, float(np.sqrt((east - west) * (north - south) / MOST_SPOTS)))
    lon, lat = np.meshgrid(np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step))
    points = shapely.points(lon.ravel(), lat.ravel())
    points = points[shapely.contains(shapely.buffer(shape, -step / 3), points)]
    near = points[np.argsort(shapely.distance(points, middle), kind="stable")]
    spots: list[float] = shapely.get_coordinates(near).round(1).ravel().tolist()
    return spots


def _steps(degrees: NDArray[np.float64]) -> list[int]:
    return delta_list(np.rint(degrees * UNITS).astype(np.int64))
