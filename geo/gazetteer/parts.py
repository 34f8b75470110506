"""Work out what "northern Iraq" or "central Anbar" is: where it lies, how far it reaches.

The settlements of a country or division say its shape. Their crowding is evened out, and
the part is what lies furthest in the direction. Where usage has a region of its own
("Northern Ireland"), the index knows it by name.
"""

import math
import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.earth import DEGREE_M
from geo.gazetteer.extent import middle, reach_m, thinned

_SHARE: Final = 0.4  # of a country, what "northern" means
_INNER: Final = 0.35  # of a region's radius, how far off its middle the part's middle lies
_LOOSE: Final = 1.15  # what people call "the north" has no sharp edge
_FEW: Final = 5  # settlements, fewer show no shape
_HAMLET: Final = 300  # people of a settlement of which no number is known
_CROWDING: Final = 0.75  # power of the people by which a settlement counts; of 0.5 to 1 measured as best
_DEGREES: Final = {
    "n": 0, "ne": 45, "e": 90, "se": 135, "s": 180, "sw": 225, "w": 270, "nw": 315,
}  # fmt: skip
_WORDS: Final = re.compile(r"north|south|east|west")
_CENTRAL: Final = re.compile(r"cent|mid|inner|heart")


def bearing_of(direction: str) -> float | None:
    """Read a direction in words.

    Args:
        direction: "north", "northern", "north-east", "southwestern", "NE", "central", ...

    Returns:
        Degrees clockwise from north; None for the middle.

    Raises:
        ValueError: If the words name no direction.
    """
    words = direction.lower()
    short = "".join(found[0] for found in _WORDS.findall(words)) or re.sub(r"[^nesw]", "", words)
    if short in _DEGREES and not _CENTRAL.search(words):
        return _DEGREES[short]
    if _CENTRAL.search(words):
        return None
    msg = f"{direction!r} is not a direction; expected one such as 'north', 'southeastern', 'central'."
    raise ValueError(msg)


def part_of_settlements(
    lons: NDArray[np.float64], lats: NDArray[np.float64], bearing: float | None
) -> tuple[float, float, float] | None:
    """Find the part of an area that lies in a direction.

    Args:
        lons: Longitudes of the settlements of the area, degrees.
        lats: Latitudes of them.
        bearing: Degrees clockwise from north; None for the middle.

    Returns:
        Longitude and latitude of the part's middle and its reach in metres (90 % of it);
        None when there are too few settlements to show a shape.
    """
    if len(lons) < _FEW:
        return None
    points = thinned(np.stack([lons, lats], axis=1))
    lon, lat = middle(points[:, 0], points[:, 1])
    east = ((points[:, 0] - lon + 180) % 360 - 180) * math.cos(math.radians(lat))
    north = points[:, 1] - lat
    if bearing is None:
        outward = np.hypot(east, north)
    else:
        turned = math.radians(bearing)
        outward = -(east * math.sin(turned) + north * math.cos(turned))
    # between the share of the settled cells and the share of the breadth: deserts count for half
    least, share, most = np.quantile(outward, [0.01, _SHARE, 0.99])
    chosen = points[outward <= (share + least + _SHARE * (most - least)) / 2]
    lon, lat = middle(chosen[:, 0], chosen[:, 1])
    return lon, lat, reach_m(lon, lat, chosen[:, 0], chosen[:, 1]) * _LOOSE


def part_of_circle(lon: float, lat: float, radius_m: float, bearing: float | None) -> tuple[float, float, float]:
    """Find the part of a round area; longitude, latitude and reach in metres, as `part_of_settlements`."""
    if bearing is None:
        return lon, lat, radius_m * 0.6
    turned, off = math.radians(bearing), radius_m * _INNER / DEGREE_M
    moved = lon + off * math.sin(turned) / max(math.cos(math.radians(lat)), 0.01)
    return (moved + 180) % 360 - 180, lat + off * math.cos(turned), radius_m * 0.75


def middle_of_people(
    lons: NDArray[np.float64], lats: NDArray[np.float64], people: NDArray[np.float64]
) -> tuple[float, float, float] | None:
    """Find where the people of an area are: the middle of its settlements, large ones counting for more.

    A town counts for less than in proportion to its people, since much happens between towns.

    Args:
        lons: Longitudes of the settlements of the area, degrees.
        lats: Latitudes of them.
        people: Inhabitants of them, 0 when unknown.

    Returns:
        Longitude, latitude, and the distance in metres that 90 % of the settlements do not exceed, their crowding
        evened out; None of too few settlements.
    """
    if len(lons) < _FEW:
        return None
    lon, lat = middle(lons, lats, np.maximum(people, _HAMLET) ** _CROWDING)
    even = thinned(np.column_stack([lons, lats]))
    return lon, lat, reach_m(lon, lat, even[:, 0], even[:, 1])
