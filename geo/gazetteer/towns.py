"""Choose the towns that a map names, so that its reader finds the way."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.gazetteer import KINDS, Gazetteer, open_gazetteer
from geo.gazetteer.romanisation import plain_letters

Box = tuple[float, float, float, float]

WORLD: Final = (-180.0, -85.0, 180.0, 85.0)
CAPITAL: Final = "P.PPLC"
RANKS: Final = (0, 500_000, 100_000, 20_000, 0)  # least population for each rank; the first are the capitals
FAME: Final = 0.25  # of an order of magnitude of people, for one of the word's frequency
MOST_TOWNS: Final = 400  # in a box
LARGE: Final = 3_000  # towns among which capitals are looked for
TILES: Final = 12  # across a box, and down
SHARE: Final = 3  # towns that each tile may show, however small
SQUARE: Final = 0.25  # degrees: width of the squares round points of which small places are named too
WIDTH: Final = 10_000  # more than there are squares from pole to pole
MOST_SQUARES: Final = 100  # those with most points
CLOSE_SHARE: Final = 8  # places of a square
MOST_CLOSE: Final = 400


def town_table(boxes: Sequence[Box | None], *, capitals: bool = False) -> dict[str, Any]:
    """Give the towns of some boxes, the most important first.

    Args:
        boxes: West, south, east, north in degrees, EPSG:4326; None is the world.
        capitals: Also those of the world that lie in none of the boxes.

    Returns:
        `name` as English-language news writes it, `rank` (0 a capital, 1 a city of 500,000 and more, 4 a small
        town), `lon` and `lat` in degrees: lists and arrays of shape (n,).
    """
    gazetteer = open_gazetteer()
    rows = list(dict.fromkeys(row for box in boxes for row in towns(gazetteer, box or WORLD)))
    if capitals:
        rows = list(dict.fromkeys([*rows, *_capitals(gazetteer, WORLD)]))
    population = gazetteer.population[rows].astype(np.int64)
    rank = np.select([population >= least for least in RANKS[1:]], range(1, len(RANKS)), len(RANKS) - 1)
    rank[[gazetteer.feature_code(row) == CAPITAL for row in rows]] = 0
    names = [gazetteer.place(row).name for row in rows]
    order = np.lexsort((-fame(gazetteer, names, population), rank))
    return {
        "name": [plain_letters(names[n]) for n in order],
        "rank": rank[order],
        "lon": gazetteer.lon[rows][order],
        "lat": gazetteer.lat[rows][order],
    }


def fame(gazetteer: Gazetteer, names: Sequence[str], population: NDArray[np.int64]) -> NDArray[np.float64]:
    """Say how much each town wants its label: by its people, and by how often English prose mentions it.

    Figures of population alone would put Mosul's suburb over Mosul.
    """
    spoken = [min(gazetteer.zipf(word) for word in name.split()) for name in names]
    return np.log10(np.maximum(population, 1)) + FAME * np.array(spoken)


def towns(gazetteer: Gazetteer, box: Box) -> list[int]:
    """Give the rows of the largest towns of a box, and of the largest of each tile of it.

    A desert with one small town shows that town.
    """
    west, south, east, north = box
    found = _largest_first(gazetteer, box)
    lon, lat = gazetteer.lon, gazetteer.lat
    across = np.minimum((lon[found] - west) / (east - west) * TILES, TILES - 1).astype(np.int64)
    down = np.minimum((lat[found] - south) / (north - south) * TILES, TILES - 1).astype(np.int64)
    share = found[places_in_tile(across * TILES + down) < SHARE]
    capitals = _capitals(gazetteer, box)
    largest = found[: max(MOST_TOWNS - len(share) - len(capitals), 0)]
    return [*capitals, *largest.tolist(), *share.tolist()]


def _capitals(gazetteer: Gazetteer, box: Box) -> list[int]:
    return [row for row in _largest_first(gazetteer, box)[:LARGE].tolist() if gazetteer.feature_code(row) == CAPITAL]


def _largest_first(gazetteer: Gazetteer, box: Box) -> NDArray[np.int64]:
    """Give the rows of the towns of a box, those with most people first."""
    west, south, east, north = box
    lon, lat = gazetteer.lon, gazetteer.lat
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    inside &= (gazetteer.kinds == KINDS.index("settlement")) & (gazetteer.population > 0)
    found = np.flatnonzero(inside)
    return found[np.argsort(-gazetteer.population[found].astype(np.int64), kind="stable")]


def places_around(points: NDArray[np.float64], *, known: Collection[str] = ()) -> dict[str, Any]:
    """Give quarters, villages and sites near some points, those with most people first.

    Args:
        points: Longitude and latitude in degrees, EPSG:4326, shape (n, 2).
        known: Names that are not wanted again.

    Returns:
        `name`, `lon` and `lat` as `town_table` gives them.
    """
    gazetteer = open_gazetteer()
    squares, counts = np.unique(_squares(points[:, 0], points[:, 1]), return_counts=True)
    fullest = squares[np.argsort(-counts, kind="stable")[:MOST_SQUARES]]
    reached = np.unique(fullest[:, None] + np.array([[dx * WIDTH + dy for dx in (-1, 0, 1) for dy in (-1, 0, 1)]]))
    where = _squares(gazetteer.lon, gazetteer.lat)
    near = np.isin(where, reached) & np.isin(gazetteer.kinds, [KINDS.index(kind) for kind in ("settlement", "site")])
    found = np.flatnonzero(near)
    found = found[np.argsort(-gazetteer.population[found].astype(np.int64), kind="stable")]
    found = found[places_in_tile(np.unique(where[found], return_inverse=True)[1]) < CLOSE_SHARE]
    taken = set(known)
    rows: list[int] = []
    for row in found.tolist():
        name = plain_letters(gazetteer.place(row).name)
        if name not in taken and len(rows) < MOST_CLOSE and _is_known(gazetteer, row):
            taken.add(name)
            rows.append(row)
    # What distinguishes a place from its namesakes, "Dora (Baghdad)", is seen on a map.
    names = [plain_letters(gazetteer.place(row).name).partition(" (")[0] for row in rows]
    return {"name": names, "lon": gazetteer.lon[rows], "lat": gazetteer.lat[rows]}


def _is_known(gazetteer: Gazetteer, row: int) -> bool:
    """Whether a place says something to a reader: airstrips and the like do not."""
    return KINDS[gazetteer.kinds[row]] == "settlement" or gazetteer.place(row).id.startswith("geo:")


def _squares(lon: NDArray[Any], lat: NDArray[Any]) -> NDArray[np.int64]:
    """Number the squares of a fine grid that places lie in."""
    column, row = np.floor(lon.astype(np.float64) / SQUARE), np.floor(lat.astype(np.float64) / SQUARE)
    return (column * WIDTH + row).astype(np.int64)


def places_in_tile(tile: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count for each row how many rows before it lie in the same tile, shape (n,)."""
    order = np.argsort(tile, kind="stable")
    starts = np.searchsorted(tile[order], np.arange(tile.max(initial=0) + 1))
    places = np.empty(len(tile), dtype=np.int64)
    places[order] = np.arange(len(tile)) - starts[tile[order]]
    return places
