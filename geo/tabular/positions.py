"""Make places of cells that say where a row lies, and name the rows whose cells do not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.tabular.angles import angles, both
from geo.tabular.compass import meaning_of_o

MOST_LATITUDE: Final = 90.0
MOST_LONGITUDE: Final = 360.0
Cells = list[str | None]
Degrees = NDArray[np.float64]


@dataclass(slots=True)
class Coordinates:
    """Where the rows of a table lie, and which columns said so."""

    shapes: NDArray[Any]  # shapely geometries in degrees, EPSG:4326, shape (n,); None where a row says nothing
    columns: list[str]
    uncertainty_m: NDArray[np.float64] | None = None  # shape (n,)
    wrong: dict[int, str] = field(default_factory=dict)  # rows whose cells cannot be understood, and why


def points_from(cells: list[Cells], columns: Sequence[str], *, comma: bool) -> Coordinates:
    """Make points of two columns, latitude and longitude; cells that are no degrees are named."""
    lat, lon, wrong = degrees_from(cells, columns, comma=comma)
    return points(lat, lon, columns, wrong)


def degrees_from(cells: list[Cells], columns: Sequence[str], *, comma: bool) -> tuple[Degrees, Degrees, dict[int, str]]:
    """Give latitude and longitude of two columns, NaN where a row has no point, and which rows are wrong and why."""
    lat = angles(cells[0], "NS", comma=comma)
    lon = angles(cells[1], "EW", comma=comma, o_is=meaning_of_o(columns))
    wrong: dict[int, str] = {}
    for row in np.flatnonzero(np.isnan(lat) | np.isnan(lon)):
        for axis, values, name in ((cells[0], lat, columns[0]), (cells[1], lon, columns[1])):
            if axis[row] is not None and np.isnan(values[row]):
                either = (
                    " (O may be west or east: write W or E)" if re.search(r"(?i)\dO|\WO$|^O", axis[row] or "") else ""
                )
                wrong[int(row)] = f"{name} is {axis[row]!r}{either}; expected degrees such as 33.5252 or 33°31'30\"N"
    return *in_world(lat, lon, wrong), wrong


def points(lat: Any, lon: Any, columns: Sequence[str], wrong: dict[int, str]) -> Coordinates:
    """Make points of degrees, shape (n,); those outside the world are added to `wrong`."""
    lat, lon = in_world(lat, lon, wrong)
    known = ~np.isnan(lat)
    made = np.full(len(lat), None, dtype=object)
    made[known] = shapely.points(lon[known], lat[known])
    return Coordinates(made, list(columns), wrong=wrong)


def in_world(lat: Degrees, lon: Degrees, wrong: dict[int, str]) -> tuple[Degrees, Degrees]:
    """Take degrees as they are, 190 east for 170 west; both are NaN where one is, or in the rows of `wrong`.

    Rows outside the world are added to `wrong`.
    """
    unknown = (lat == lon) & (np.abs(lat) > MOST_LATITUDE)  # -99 and -99, as codebooks write what is not known
    lat, lon = np.where(unknown, np.nan, lat), np.where(unknown, np.nan, lon)
    for row in np.flatnonzero((np.abs(lat) > MOST_LATITUDE) | (np.abs(lon) > MOST_LONGITUDE)):
        wrong[int(row)] = beyond(lat[row], lon[row]) or ""
    lon = np.where(np.abs(lon) > 180, (lon + 180) % 360 - 180, lon)  # noqa: PLR2004 - 190 is -170
    nowhere = np.isnan(lat) | np.isnan(lon)
    nowhere[list(wrong)] = True
    return np.where(nowhere, np.nan, lat), np.where(nowhere, np.nan, lon)


def beyond(lat: float, lon: float) -> str | None:
    """Say why degrees lie outside the world, None where they do not."""
    if abs(lat) > MOST_LONGITUDE:
        return f"latitude is {lat:g}, beyond 90 degrees (these may be metres of a projection: give their zone of UTM)"
    if abs(lat) > MOST_LATITUDE:
        maybe = " (latitude and longitude may be swapped)" if abs(lon) <= 90 else ""  # noqa: PLR2004
        return f"latitude is {lat:g}, beyond 90 degrees{maybe}"
    if abs(lon) > MOST_LONGITUDE:
        return f"longitude is {lon:g}, beyond 180 degrees (these may be metres of a projection)"
    return None


def from_together(cells: list[Cells], columns: Sequence[str], *, comma: bool, lon_first: bool = False) -> Coordinates:
    """Make points of one column of "lat, lon", or of "lon, lat"."""
    o_is = meaning_of_o(columns)
    lat, lon, precision = (np.full(len(cells[0]), np.nan) for _ in range(3))
    wrong: dict[int, str] = {}
    for row, cell in enumerate(cells[0]):
        if cell is None:
            continue
        point = both(cell, comma=comma, o_is=o_is)
        if isinstance(point, str):
            wrong[row] = f"{columns[0]}: {point}"
        else:
            lat[row], lon[row], metres = (point[1], point[0], point[2]) if lon_first else point
            precision[row] = metres or np.nan  # 0 is what a telephone writes that had no signal
    result = points(lat, lon, columns, wrong)
    result.uncertainty_m = None if np.isnan(precision).all() else precision
    return result
