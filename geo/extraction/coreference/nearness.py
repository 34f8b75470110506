"""Compare the places and the days of two mentions: can they be one?"""

import math
from datetime import date
from enum import Enum
from typing import Final

from geo.earth import RADIUS_M
from geo.geoparsing import Location

_SAME_M: Final = 3_000.0  # two points this near are one place
_ALIKE_DAYS: Final = 14
_WIDE: Final = frozenset({"country", "region", "admin", "unknown"})


class Nearness(Enum):
    """How two places lie to each other."""

    SAME = "same"
    WITHIN = "within"  # one may lie in the other
    OTHER = "other"


def compare_places(one: Location, other: Location) -> Nearness:
    """Return whether two locations can be one."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return Nearness.WITHIN
    if one.country_code and other.country_code and one.country_code != other.country_code:
        return Nearness.OTHER
    apart = _apart_m(one.lon, one.lat, other.lon, other.lat)
    if one.geo_precision == other.geo_precision and apart < _SAME_M:
        return Nearness.SAME
    reach = max(one.uncertainty_m or 0.0, other.uncertainty_m or 0.0)
    if apart <= _SAME_M + reach * (1.3 if one.geo_precision in _WIDE or other.geo_precision in _WIDE else 1.0):
        return Nearness.WITHIN
    return Nearness.OTHER


def _apart_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Measure metres on a sphere: half a per cent off, which decides nothing here."""
    y = math.radians(other_lat - lat)
    x = math.radians((other_lon - lon + 180.0) % 360.0 - 180.0) * math.cos(math.radians((lat + other_lat) / 2))
    return RADIUS_M * math.hypot(x, y)


def days_overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Return whether two spans of days share one."""
    return one[0] <= other[1] and other[0] <= one[1]


def days_conflict(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Return whether two spans of days are apart by more than a night."""
    return (one[0] - other[1]).days > 1 or (other[0] - one[1]).days > 1


def alike_spans(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Return whether two spans of days share one and are about as long: "Tuesday" is not "the past nine years"."""
    lengths = sorted((last - first).days for first, last in (one, other))
    return days_overlap(one, other) and lengths[1] - lengths[0] <= _ALIKE_DAYS
