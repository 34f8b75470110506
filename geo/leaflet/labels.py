"""Choose the names on the basemap: towns out of the gazetteer, countries out of the basemap."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo import basemap
from geo.gazetteer import KINDS, Gazetteer, open_gazetteer
from geo.leaflet.encoding import delta_list

Box = tuple[float, float, float, float]

WORLD: Final = (-180.0, -85.0, 180.0, 85.0)
UNITS: Final = 1000  # steps in a degree
CAPITAL: Final = "P.PPLC"
# Least population for each rank after the capitals, and the zoom from which a label is worth its room.
RANKS: Final = ((0, 3), (500_000, 4), (100_000, 6), (20_000, 7), (0, 9))
FAME: Final = 0.25  # of an order of magnitude of people, for one of the word's frequency
MOST_TOWNS: Final = 400  # in a box
LARGE: Final = 3_000  # towns among which capitals are looked for
TILES: Final = 12  # across a box, and down
SHARE: Final = 3  # towns that each tile may show, however small


def town_labels(boxes: Sequence[Box | None]) -> dict[str, Any]:
    """Give the towns that get a label, as FORMAT.md lays them out, the most important first.

    Args:
        boxes: What the map shows: west, south, east, north in degrees; None is the world.
    """
    gazetteer = open_gazetteer()
    rows = list(dict.fromkeys(row for box in boxes for row in towns(gazetteer, box or WORLD)))
    population = gazetteer.population[rows].astype(np.int64)
    rank = np.select([population >= least for least, _ in RANKS[1:]], range(1, len(RANKS)), len(RANKS) - 1)
    rank[[gazetteer.feature_code(row) == CAPITAL for row in rows]] = 0
    names = [gazetteer.place(row).name for row in rows]
    order = np.lexsort((-fame(gazetteer, names, population), rank))
    return {
        "scale": UNITS,
        "lon": _steps(gazetteer.lon[rows][order]),
        "lat": _steps(gazetteer.lat[rows][order]),
        "name": [names[n] for n in order],
        "rank": rank[order].tolist(),
        "min_zoom": [RANKS[n][1] for n in rank[order]],
    }


def fame(gazetteer: Gazetteer, names: Sequence[str], population: NDArray[np.int64]) -> NDArray[np.float64]:
    """Say how much each town wants its label: by its people, and by how much English prose speaks of it.

    Figures of population alone would put Mosul's suburb over Mosul.
    """
    spoken = [min(gazetteer.zipf(word) for word in name.split()) for name in names]
    return np.log10(np.maximum(population, 1)) + FAME * np.array(spoken)


def _steps(degrees: NDArray[np.float64]) -> list[int]:
    return delta_list(np.rint(degrees * UNITS).astype(np.int64))


def towns(gazetteer: Gazetteer, box: Box) -> list[int]:
    """Give the rows of the largest towns of a box, and of the largest of each tile of it.

    A desert with one small town shows that town.
    """
    west, south, east, north = box
    lon, lat = gazetteer.lon, gazetteer.lat
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    inside &= (gazetteer.kinds == KINDS.index("settlement")) & (gazetteer.population > 0)
    found = np.flatnonzero(inside)
    found = found[np.argsort(-gazetteer.population[found].astype(np.int64), kind="stable")]
    across = np.minimum((lon[found] - west) / (east - west) * TILES, TILES - 1).astype(np.int64)
    down = np.minimum((lat[found] - south) / (north - south) * TILES, TILES - 1).astype(np.int64)
    share = found[places_in_tile(across * TILES + down) < SHARE]
    capitals = [row for row in found[:LARGE].tolist() if gazetteer.feature_code(row) == CAPITAL]
    largest = found[: max(MOST_TOWNS - len(share) - len(capitals), 0)]
    return [*capitals, *largest.tolist(), *share.tolist()]


def places_in_tile(tile: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count for each row how many rows before it lie in the same tile, shape (n,)."""
    order = np.argsort(tile, kind="stable")
    starts = np.searchsorted(tile[order], np.arange(TILES * TILES))
    places = np.empty(len(tile), dtype=np.int64)
    places[order] = np.arange(len(tile)) - starts[tile[order]]
    return places


def country_labels(region: Box | None) -> list[dict[str, Any]]:
    """Put each country's name inside its largest part that the region shows."""
    countries = basemap.clipped("countries", region, 50)
    answers = []
    for name, shape in zip(countries.names, countries.shapes, strict=True):
        parts = shapely.get_parts(shape)
        largest = parts[np.argmax(shapely.area(parts))]
        # The middle of the widest stretch, where there is room for the name.
        point = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.1), 0)
        width = float(np.sqrt(largest.area))
        zoom = int(np.clip(np.ceil(6 - np.log2(max(width, 0.1))), 2, 9))  # a name is about 64 pixels wide
        answers.append({"name": name, "lon": round(point.x, 3), "lat": round(point.y, 3), "min_zoom": zoom})
    return answers
