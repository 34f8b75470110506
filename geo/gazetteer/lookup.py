"""Look up what people type: a name, a name with its division or country, or coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from geo.gazetteer.extent import distances_m
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.place import KINDS, Place
from geo.tabular.angles import both

NEAREST: Final = 20  # places given for coordinates
# An area has one point for a whole province: how far it is says nothing.
_POINTS: Final = tuple(KINDS.index(kind) for kind in ("site", "settlement"))
_LAT: Final = 90.0
_LON: Final = 180.0


@dataclass(frozen=True, slots=True)
class GazetteerMatch:
    """A place that a query may mean."""

    place: Place
    match: Literal["name", "sound", "near"]
    distance_m: float | None = None  # from the coordinates that were asked for


def look_up(gazetteer: Gazetteer, query: str) -> list[GazetteerMatch]:
    """Find the places that a query may mean, best first.

    Args:
        gazetteer: Where to look.
        query: "Paris"; "Paris, Texas", "Tripoli, Lebanon"; "33.3, 44.4" (latitude first).

    Raises:
        ValueError: If coordinates lie outside the Earth.
    """
    point = coordinates(query)
    if point:
        return _near(gazetteer, *point)
    rows = gazetteer.find_rows(query) or _qualified(gazetteer, query)
    if rows:
        return [GazetteerMatch(gazetteer.place(row), "name") for row in rows]
    return [GazetteerMatch(gazetteer.place(row), "sound") for row in gazetteer.sounding_rows(query)]


def coordinates(query: str) -> tuple[float, float] | None:
    """Read a query as latitude and longitude, None when it is a name.

    Raises:
        ValueError: If they lie outside the Earth.
    """
    read = both(query, comma=False)
    if isinstance(read, str):
        return None
    lat, lon, _ = read
    if abs(lat) > _LAT or abs(lon) > _LON:
        msg = f"{query!r}: latitude {lat:g}, longitude {lon:g} is outside the Earth; expected latitude, longitude."
        raise ValueError(msg)
    return lat, lon


def _qualified(gazetteer: Gazetteer, query: str) -> Sequence[int]:
    """Find the rows of "name, division, country": those that lie in each of the areas named behind the name."""
    name, *areas = (part.strip() for part in query.split(","))
    rows: Sequence[int] = gazetteer.find_rows(name) if areas else ()
    for area in areas:
        named = gazetteer.find_rows(area)
        rows = [row for row in rows if any(_contains(gazetteer, outer, row) for outer in named if outer != row)]
    return rows


def _contains(gazetteer: Gazetteer, area: int, row: int) -> bool:
    """Return whether an area is the division or country of a row; a region ("Gaza Strip") by its reach."""
    if gazetteer.kind(area) == "region":
        here = gazetteer.place(row)
        reach = gazetteer.place(area)
        away = distances_m(here.lon, here.lat, np.array([reach.lon]), np.array([reach.lat]))
        return bool(away[0] <= reach.radius_m)
    country = gazetteer.country_row(gazetteer.country_code(row))
    return area in (gazetteer.admin1_key(row), gazetteer.admin2_key(row), country)


def _near(gazetteer: Gazetteer, lat: float, lon: float) -> list[GazetteerMatch]:
    """Give the best known place that reaches to a point, then the nearest."""
    metres = distances_m(lon, lat, gazetteer.lon, gazetteer.lat)
    metres[~np.isin(gazetteer.kinds, _POINTS)] = np.inf
    nearest = np.argsort(metres, kind="stable")[:NEAREST].tolist()
    reaching = np.flatnonzero(metres <= gazetteer.radius_m)
    if len(reaching):
        best = int(reaching[gazetteer.prominence[reaching].argmax()])
        nearest = [best, *(row for row in nearest if row != best)][:NEAREST]
    return [GazetteerMatch(gazetteer.place(row), "near", float(metres[row])) for row in nearest]
