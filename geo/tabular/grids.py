"""Read references of the military grid (MGRS) and coordinates of the Universal Transverse Mercator system (UTM)."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from pyproj import Transformer

from geo.tabular.positions import Cells, Coordinates, points

_UTM: Final = re.compile(
    r"\s*(?:UTM\s*)?(?:Zone\s*)?(?P<zone>\d{1,2})\s*(?P<letter>[C-HJ-NP-X])\s*,?\s*E?\s*(?P<east>\d{6}(?:\.\d+)?)\s*m?\s*E?\s*,?\s*"
    r"N?\s*(?P<north>\d{1,8}(?:\.\d+)?)\s*m?\s*N?\s*",
    re.IGNORECASE,
)
_ZONE: Final = re.compile(r"\s*(?:UTM\s*)?(?P<zone>\d{1,2})\s*(?P<letter>[C-HJ-NP-X])?(?:orth|outh)?\s*", re.IGNORECASE)
ZONES: Final = 60
# Of the letter S one cannot see whether it is the band between 32 and 40 degrees north, or the south: the band, where
# the northing lies in it, since the same number in the south is the sea between Cape Horn and Antarctica.
BAND_S: Final = (3_540_000.0, 4_435_000.0)


def from_mgrs(cells: list[Cells], columns: Sequence[str], *, comma: bool) -> Coordinates:  # noqa: ARG001
    """Take the middle of each square, and half of its diagonal for the uncertainty."""
    import mgrs  # noqa: PLC0415 - a C library that few tables need

    grid = mgrs.MGRS()
    lat, lon, radius = (np.full(len(cells[0]), np.nan) for _ in range(3))
    wrong: dict[int, str] = {}
    for row, cell in enumerate(cells[0]):
        if cell is None:
            continue
        bare = re.sub(r"\s+", "", cell).upper()
        match = re.fullmatch(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V]((?:\d\d){0,5})", bare)
        if not match:
            wrong[row] = f"{columns[0]} is {cell[:40]!r}; expected a reference of the grid such as 38SMC3094909760"
            continue
        digits = len(match[1]) // 2
        side = 10.0 ** (5 - digits)
        middle = bare if digits == 5 else bare[: len(bare) - 2 * digits] + _middle(match[1], digits)  # noqa: PLR2004
        try:
            lat[row], lon[row] = grid.toLatLon(middle)
        except mgrs.core.MGRSError:
            wrong[row] = f"{columns[0]} is {cell[:40]!r}, a square that the grid does not have"
            continue
        radius[row] = side / np.sqrt(2)
    result = points(lat, lon, columns, wrong)
    result.uncertainty_m = radius
    return result


def _middle(digits: str, number: int) -> str:
    """Write the middle of a square with one digit more."""
    return f"{digits[:number]}5{digits[number:]}5"


def from_utm(cells: list[Cells], columns: Sequence[str], *, comma: bool) -> Coordinates:
    """Read "38N 440000 3686000" of one column, or easting, northing and zone of three."""
    whole = cells[0] if len(cells) == 1 else [_together(*row, comma=comma) for row in zip(*cells, strict=True)]
    lat, lon = (np.full(len(whole), np.nan) for _ in range(2))
    wrong: dict[int, str] = {}
    for row, cell in enumerate(whole):
        if cell is None:
            continue
        match = _UTM.fullmatch(cell)
        if not match or not 1 <= int(match["zone"]) <= ZONES:
            wrong[row] = (
                f"{' and '.join(columns)}: {cell[:40]!r} is no place; "
                "expected zone, easting and northing such as 38N 440000 3686000"
            )
            continue
        north = float(match["north"])
        transformer = _zone(int(match["zone"]), is_north=_is_north(match["letter"].upper(), north))
        lon[row], lat[row] = transformer.transform(float(match["east"]), north)
    return points(lat, lon, columns, wrong)


def _together(east: str | None, north: str | None, zone: str | None, *, comma: bool) -> str | None:
    if east is None or north is None or zone is None:
        return None
    match = _ZONE.fullmatch(zone)
    if comma:
        east, north = east.replace(",", "."), north.replace(",", ".")
    return f"{match['zone']}{match['letter'] or 'N'} {east} {north}" if match else f"{zone} {east} {north}"


def _is_north(letter: str, northing: float) -> bool:
    return BAND_S[0] <= northing <= BAND_S[1] if letter == "S" else letter >= "N"


@cache
def _zone(number: int, *, is_north: bool) -> Transformer:
    return Transformer.from_crs((32600 if is_north else 32700) + number, 4326, always_xy=True)
