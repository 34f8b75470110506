"""Read places that are written as a reference: squares of the military grid (MGRS) and full plus codes."""

import re
from typing import Final

_GRID: Final = re.compile(r"(?i)\s*\d{1,2}\s*[C-HJ-NP-X]\s*[A-HJ-NP-Z][A-HJ-NP-V][\d ]{2,}")
_PLUS: Final = re.compile(
    r"(?i)\s*([23456789C][23456789CFGHJMPQRV][23456789CFGHJMPQRVWX]{6})\+([23456789CFGHJMPQRVWX]{2,7})?\b.*"
)
_DIGITS: Final = "23456789CFGHJMPQRVWX"  # of plus codes, by value
PAIRS: Final = 5  # of digits, latitude and longitude in turn; those after them divide a square into 5 by 4
METRES: Final = 111_320.0  # of a degree


def reference(cell: str) -> tuple[float, float, float] | None:
    """Return latitude, longitude and the radius in metres of a reference; None of any other cell."""
    plus = _PLUS.fullmatch(cell)
    if plus:
        return _plus_code(plus[1].upper() + (plus[2] or "").upper())
    return _square(cell) if _GRID.fullmatch(cell) else None


def _plus_code(code: str) -> tuple[float, float, float]:
    lat, lon, height, width = -90.0, -180.0, 400.0, 400.0
    for at in range(0, min(len(code), 2 * PAIRS), 2):
        height, width = height / 20, width / 20
        lat += _DIGITS.index(code[at]) * height
        lon += _DIGITS.index(code[at + 1]) * width
    for digit in code[2 * PAIRS :]:
        height, width = height / 5, width / 4
        row, column = divmod(_DIGITS.index(digit), 4)
        lat, lon = lat + row * height, lon + column * width
    return lat + height / 2, lon + width / 2, max(height, width) * METRES / 2**0.5


def _square(cell: str) -> tuple[float, float, float] | None:
    from geo.tabular.grids import from_mgrs  # noqa: PLC0415 - few cells are such, and it reads cells itself

    found = from_mgrs([[cell]], ["cell"], comma=False)
    if found.wrong or found.shapes[0] is None or found.uncertainty_m is None:
        return None
    return found.shapes[0].y, found.shapes[0].x, float(found.uncertainty_m[0])
