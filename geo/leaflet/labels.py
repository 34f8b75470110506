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
    found, known = town_table(boxes), place_names(lang)
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


def _steps(degrees: NDArray[np.float64]) -> list[int]:
    return delta_list(np.rint(degrees * UNITS).astype(np.int64))


def country_labels(region: Box | None, lang: str = "en") -> list[dict[str, Any]]:
    """Put each country's name inside its largest part that the region shows."""
    countries = basemap.clipped("countries", region, 50)
    answers, known = [], place_names(lang)
    for name, shape in zip(countries.names, countries.shapes, strict=True):
        parts = shapely.get_parts(shape)
        largest = parts[np.argmax(shapely.area(parts))]
        # The middle of the widest stretch, where there is room for the name.
        point = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.1), 0)
        width = float(np.sqrt(largest.area))
        zoom = int(np.clip(np.ceil(6 - np.log2(max(width, 0.1))), 2, 9))  # a name is about 64 pixels wide
        answers.append(
            {"name": known.get(name, name), "lon": round(point.x, 3), "lat": round(point.y, 3), "min_zoom": zoom}
        )
    return answers
