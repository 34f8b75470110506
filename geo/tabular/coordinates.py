"""Find the places in a table of texts, however its columns are called and however degrees are written.

Columns are looked for in one order: shapes as Well-Known Text; latitude and longitude in two columns; both in
one; MGRS. Names are compared without case, accents and what stands before a last ".", "_" or blank
("GPS Latitude", "_where_latitude", "Location.lat").
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from geo.tabular.angles import angles, both
from geo.tabular.headers import normal

SHAPES: Final = ("geometry", "wkt", "the_geom", "geom", "geom_wkt", "shape")
# latitude, longitude
PAIRS: Final = (
    ("latitude", "longitude"),
    ("lat", "lon"),
    ("lat", "lng"),
    ("lat", "long"),
    ("latitud", "longitud"),
    ("breite", "laenge"),
    ("breite", "lange"),
    ("breitengrad", "laengengrad"),
    ("breitengrad", "langengrad"),
    ("latitudine", "longitudine"),
    ("y", "x"),
)
TOGETHER: Final = (
    "coordinates", "coordinate", "coords", "latlng", "latlon", "latlong", "lat_lng", "lat_lon", "lat_long",
    "location", "gps", "geopoint", "geolocation", "gps_coordinates", "where",
)  # fmt: skip
MGRS: Final = ("mgrs",)
NOTHING: Final = frozenset({"NA", "NAN", "NULL", "NONE"})
MOST_LATITUDE: Final = 90.0
MOST_LONGITUDE: Final = 360.0
LOOKED_AT: Final = 200  # cells in which one column must hold places before it is taken for one of places

_WKT: Final = re.compile(r"\s*(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)", re.IGNORECASE)


@dataclass(slots=True)
class Coordinates:
    """Where the rows of a table lie, and which columns said so."""

    shapes: NDArray[Any]  # shapely geometries in degrees, EPSG:4326, shape (n,); None where a row says nothing
    columns: list[str]
    uncertainty_m: NDArray[np.float64] | None = None  # shape (n,)
    wrong: dict[int, str] = field(default_factory=dict)  # rows whose cells cannot be understood, and why


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str  # "shape", "pair", "together", "mgrs"
    columns: tuple[str, ...]
    precision: str | None = None


def find_coordinates(table: pa.Table, *, comma: bool = False) -> Coordinates | None:
    """Find where the rows of a table of texts lie.

    Args:
        table: Columns of texts; others are left alone.
        comma: Whether "33,5" may be 33.5, as in tables with semicolons or tabs.

    Returns:
        None when no column holds places.
    """
    texts = {name: column for name, column in zip(table.column_names, table.columns, strict=True) if _is_text(column)}
    found = coordinate_columns(list(texts), texts)
    if found is None:
        return None
    cells = [_cells(texts[name]) for name in found.columns]
    result = _READ[found.kind](cells, found.columns, comma=comma)
    if found.precision is not None:
        result.uncertainty_m = _metres(_cells(texts[found.precision]))
    return result


def names_coordinates(names: Sequence[str]) -> bool:
    """Tell by the header alone whether a table says where its rows lie."""
    return coordinate_columns(names, None) is not None


def coordinate_columns(names: Sequence[str], texts: dict[str, Any] | None) -> _Found | None:
    """Choose the columns; where there are `texts`, one column for both must hold what looks like places."""
    spelled: dict[str, str] = {}
    for name in reversed(names):
        spelled[_plain(name)] = name
    for shape in SHAPES:
        if shape in spelled and (texts is None or _any(texts[spelled[shape]], _looks_like_wkt)):
            return _Found("shape", (spelled[shape],))
    pair = _pair(names, spelled)
    if pair:
        return pair
    for together in TOGETHER:
        for name in names:
            if together in (_plain(name), _plain(name).rpartition("_")[2]) and (
                texts is not None and _any(texts[name], _looks_like_pair)
            ):
                return _Found("together", (name,))
    grid = next((name for name in names if _plain(name).rpartition("_")[2] in MGRS), None)
    return _Found("mgrs", (grid,)) if grid else None


def _pair(names: Sequence[str], spelled: dict[str, str]) -> _Found | None:
    """Choose two columns: called so, or alike before such an ending."""
    by_end = _by_ending(names)
    for lat, lon in PAIRS:
        if lat in spelled and lon in spelled:
            return _Found("pair", (spelled[lat], spelled[lon]))
        for (end, stem), name in by_end.items():
            if end == lat and (lon, stem) in by_end:
                return _Found("pair", (name, by_end[lon, stem]), by_end.get(("precision", stem)))
    return None


@cache
def _plain(name: str) -> str:
    """Write a name without accents too."""
    bare = unicodedata.normalize("NFD", normal(name).replace("ä", "ae"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def _by_ending(names: Sequence[str]) -> dict[tuple[str, str], str]:
    ends: dict[tuple[str, str], str] = {}
    for name in names:
        stem, _, end = _plain(name).rpartition("_")
        ends.setdefault((end, stem), name)
    return ends


def _is_text(column: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def _cells(column: pa.ChunkedArray) -> list[str | None]:
    trimmed = pc.utf8_trim_whitespace(column)
    return [
        cell if cell and cell.upper() not in ("NA", "NAN", "NULL", "NONE") else None for cell in trimmed.to_pylist()
    ]


def _any(column: pa.ChunkedArray, suits: Callable[[str], bool]) -> bool:
    filled = [cell for cell in column.drop_null().slice(0, LOOKED_AT).to_pylist() if cell.strip()]
    return bool(filled) and sum(map(suits, filled)) > len(filled) / 2


def _looks_like_wkt(cell: str) -> bool:
    return _WKT.match(cell) is not None


def _looks_like_pair(cell: str) -> bool:
    return isinstance(both(cell, comma=False), tuple)


def _from_shapes(cells: list[list[str | None]], columns: Sequence[str], *, comma: bool) -> Coordinates:  # noqa: ARG001
    made = np.full(len(cells[0]), None, dtype=object)
    wrong: dict[int, str] = {}
    for row, cell in enumerate(cells[0]):
        if cell is None:
            continue
        try:
            shape = shapely.from_wkt(re.sub(r"^SRID=\d+;", "", cell))
        except shapely.errors.GEOSException:
            wrong[row] = f"{columns[0]} is {cell[:40]!r}; expected a shape as Well-Known Text"
            continue
        outside = _outside(shape)
        if outside:
            wrong[row] = outside
        else:
            made[row] = shape
    return Coordinates(made, list(columns), wrong=wrong)


def _outside(shape: Any) -> str | None:
    if shape.is_empty:
        return None
    west, south, east, north = shape.bounds
    return _beyond(south, west) or _beyond(north, east)


def points_from(cells: list[list[str | None]], columns: Sequence[str], *, comma: bool) -> Coordinates:
    """Make points of two columns, latitude and longitude; cells that are no degrees are named."""
    lat = angles(cells[0], "NS", comma=comma)
    lon = angles(cells[1], "EW", comma=comma)
    wrong: dict[int, str] = {}
    for row in np.flatnonzero(np.isnan(lat) | np.isnan(lon)):
        for axis, values, name in ((cells[0], lat, columns[0]), (cells[1], lon, columns[1])):
            if axis[row] is not None and np.isnan(values[row]):
                wrong[int(row)] = f"{name} is {axis[row]!r}; expected degrees such as 33.5252 or 33°31'30\"N"
    return _points(lat, lon, columns, wrong)


def _points(lat: Any, lon: Any, columns: Sequence[str], wrong: dict[int, str]) -> Coordinates:
    for row in np.flatnonzero((np.abs(lat) > MOST_LATITUDE) | (np.abs(lon) > MOST_LONGITUDE)):
        wrong[int(row)] = _beyond(lat[row], lon[row]) or ""
    lon = np.where(np.abs(lon) > 180, (lon + 180) % 360 - 180, lon)  # noqa: PLR2004 - 190 is -170
    known = ~np.isnan(lat) & ~np.isnan(lon)
    known[list(wrong)] = False
    made = np.full(len(lat), None, dtype=object)
    made[known] = shapely.points(lon[known], lat[known])
    return Coordinates(made, list(columns), wrong=wrong)


def _beyond(lat: float, lon: float) -> str | None:
    if abs(lat) > MOST_LATITUDE:
        return f"latitude is {lat:g}, beyond 90 degrees: are latitude and longitude swapped?"
    if abs(lon) > MOST_LONGITUDE:
        return f"longitude is {lon:g}, beyond 180 degrees: are these metres of a projection, not degrees?"
    return None


def _from_together(cells: list[list[str | None]], columns: Sequence[str], *, comma: bool) -> Coordinates:
    lat, lon, precision = (np.full(len(cells[0]), np.nan) for _ in range(3))
    wrong: dict[int, str] = {}
    for row, cell in enumerate(cells[0]):
        if cell is None:
            continue
        told = both(cell, comma=comma)
        if isinstance(told, str):
            wrong[row] = f"{columns[0]}: {told}"
        else:
            lat[row], lon[row], metres = told
            precision[row] = np.nan if metres is None else metres
    result = _points(lat, lon, columns, wrong)
    result.uncertainty_m = None if np.isnan(precision).all() else precision
    return result


def _from_mgrs(cells: list[list[str | None]], columns: Sequence[str], *, comma: bool) -> Coordinates:  # noqa: ARG001
    """Take the middle of each square, and half of its diagonal for the uncertainty."""
    import mgrs  # noqa: PLC0415 - a C library that few tables need

    grid = mgrs.MGRS()
    lat, lon, radius = (np.full(len(cells[0]), np.nan) for _ in range(3))
    wrong: dict[int, str] = {}
    for row, cell in enumerate(cells[0]):
        if cell is None:
            continue
        bare = re.sub(r"\s+", "", cell).upper()
        told = re.fullmatch(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V]((?:\d\d){0,5})", bare)
        if not told:
            wrong[row] = f"{columns[0]} is {cell[:40]!r}; expected a reference of the grid such as 38SMC3094909760"
            continue
        digits = len(told[1]) // 2
        side = 10.0 ** (5 - digits)
        middle = bare if digits == 5 else bare[: len(bare) - 2 * digits] + _middle(told[1], digits)  # noqa: PLR2004
        try:
            lat[row], lon[row] = grid.toLatLon(middle)
        except mgrs.core.MGRSError:
            wrong[row] = f"{columns[0]} is {cell[:40]!r}, a square that the grid does not have"
            continue
        radius[row] = side / np.sqrt(2)
    result = _points(lat, lon, columns, wrong)
    result.uncertainty_m = radius
    return result


def _middle(digits: str, number: int) -> str:
    """Write the middle of a square with one digit more."""
    return f"{digits[:number]}5{digits[number:]}5"


def _metres(cells: list[str | None]) -> Any:
    made = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        try:
            made[row] = float(cell) if cell else np.nan
        except ValueError:
            continue
    return np.where(made > 0, made, np.nan)


_READ: Final[dict[str, Callable[..., Coordinates]]] = {
    "shape": _from_shapes,
    "pair": points_from,
    "together": _from_together,
    "mgrs": _from_mgrs,
}
