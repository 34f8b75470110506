"""Find the places in a table of texts, however its columns are called and however degrees are written.

Columns are looked for in one order: shapes in one cell; latitude and longitude in two columns; both in one; MGRS;
UTM. Names are compared without case, accents and what stands before a last ".", "_" or blank
("GPS Latitude", "_where_latitude", "Location.lat").
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import zip_longest
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.resources import read_table
from geo.tabular.angles import both
from geo.tabular.grids import from_mgrs, from_utm
from geo.tabular.headers import normal
from geo.tabular.positions import Coordinates, from_together, points_from
from geo.tabular.roles import without_unit
from geo.tabular.shapes import from_shapes, looks_like_shape

SHAPES: Final = ("geometry", "wkt", "the_geom", "geom", "geom_wkt", "shape", "wkb_geometry", "wkb", "geojson")
LON_FIRST: Final = ("lonlat", "longlat", "lnglat", "lon_lat", "long_lat", "lng_lat", "longitude_latitude")
MGRS: Final = ("mgrs",)
GRIDS: Final = ("grid_reference", "grid_ref", "usng", "mgrs_grid", "grid")  # where their cells are of MGRS
UTM: Final = ("utm", "utm_coordinates")
ZONES: Final = ("zone", "utm_zone", "utmzone", "utm", "zona", "zona_utm", "utm_zona", "huso", "huso_utm", "fuseau")
EASTINGS: Final = ("easting", "este", "est", "utm_e", "utm_x", "x")
NORTHINGS: Final = ("northing", "norte", "nord", "utm_n", "utm_y", "y")
# What tables write behind the name of an axis.
_SUFFIX: Final = re.compile(
    r"_(?:deg|degrees|decimal|dd|dms|gps|wgs_?84|epsg_?4326|4326|coord|coordinate|n|e|y|x|\d|of_\w+)$"
)
_AXIS: Final = re.compile(r"(?i)\s*[\[(]\s*(lat(?:itude)?|lon(?:gitude)?|lng|long)\s*[\])]\s*$")  # "Location (lat)"
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
NOTHING: Final = frozenset(
    {"", "NA", "N/A", "N.A.", "ND", "N/D", "S/D", "NAN", "NULL", "NONE", "-", "–", "?", "UNK", "UNKNOWN"}
)
LOOKED_AT: Final = 200  # cells in which one column must hold places before it is taken for one of places


@dataclass(frozen=True, slots=True)
class CoordinateColumns:
    """Columns, and how they say it."""

    kind: str  # a key of _READ
    columns: tuple[str, ...]
    precision: str | None = None


def find_coordinates(
    table: pa.Table, *, comma: bool = False, columns: CoordinateColumns | None = None
) -> Coordinates | None:
    """Find where the rows of a table of texts lie.

    Args:
        table: Columns of texts; others are left alone.
        comma: Whether "33,5" may be 33.5, as in tables with semicolons or tabs.
        columns: Those that `choose_columns` chose, where it looked at other rows.

    Returns:
        None when no column holds places.
    """
    found = columns or choose_columns(table)
    if found is None:
        return None
    texts = _texts(table)
    cells = [_cells(texts[name]) for name in found.columns]
    result = _READ[found.kind](cells, found.columns, comma=comma)
    if found.precision is not None:
        result.uncertainty_m = _metres(_cells(texts[found.precision]))
    return result


def choose_columns(table: pa.Table) -> CoordinateColumns | None:
    """Choose the columns of a table of texts that say where its rows lie; None when none does."""
    texts = _texts(table)
    return coordinate_columns(list(texts), texts)


def _texts(table: pa.Table) -> dict[str, pa.ChunkedArray]:
    return {name: column for name, column in zip(table.column_names, table.columns, strict=True) if _is_text(column)}


def names_coordinates(names: Sequence[str], below: Sequence[Sequence[str | None]] = ()) -> bool:
    """Return whether a header says where the rows of its table lie.

    Args:
        names: The header.
        below: Some rows; without them a column for both ("location") is none, since it may hold names of places.
    """
    if coordinate_columns(names, None) is not None:
        return True
    columns = zip_longest(*below)
    texts = {
        name: pa.chunked_array([pa.array(cells, pa.string())]) for name, cells in zip(names, columns, strict=False)
    }
    return len(texts) == len(names) and coordinate_columns(names, texts) is not None


def coordinate_columns(names: Sequence[str], texts: dict[str, Any] | None) -> CoordinateColumns | None:
    """Choose the columns; where there are `texts`, one column for both must hold what looks like places."""
    spelled: dict[str, str] = {}
    for name in reversed(names):
        spelled[_plain(name)] = name
    for shape in SHAPES:
        if shape in spelled and (texts is None or _any(texts[spelled[shape]], looks_like_shape)):
            return CoordinateColumns("shape", (spelled[shape],))
    utm = _utm(names, spelled)
    if utm and len(utm.columns) > 1 and texts is not None and _any(texts[utm.columns[-1]], _is_zone):
        return utm
    pair = _pair(names, spelled)
    if pair:
        return pair
    for both_in_one in (*together(), *LON_FIRST):
        for name in names:
            if both_in_one in (_plain(name), _plain(name).rpartition("_")[2]) and (
                texts is not None and _any(texts[name], _looks_like_pair)
            ):
                return CoordinateColumns("lon first" if both_in_one in LON_FIRST else "together", (name,))
    grid = next((name for name in names if _plain(name).rpartition("_")[2] in MGRS), None)
    if grid is None and texts is not None:
        grid = next((spelled[name] for name in GRIDS if name in spelled and _any(texts[spelled[name]], _is_grid)), None)
    return CoordinateColumns("mgrs", (grid,)) if grid else utm


def _utm(names: Sequence[str], spelled: dict[str, str]) -> CoordinateColumns | None:
    zone = next((spelled[name] for name in ZONES if name in spelled), None)
    ends = {end: name for (end, _), name in _by_ending(names).items()} | spelled
    east = next((ends[name] for name in EASTINGS if name in ends), None)
    north = next((ends[name] for name in NORTHINGS if name in ends), None)
    if zone and east and north:
        return CoordinateColumns("utm", (east, north, zone))
    alone = next((spelled[name] for name in UTM if name in spelled), None)
    return CoordinateColumns("utm", (alone,)) if alone else None


def _is_zone(cell: str) -> bool:
    return re.fullmatch(r"(?i)\s*\d{1,2}\s*[A-Z]?\s*", cell) is not None


def _is_grid(cell: str) -> bool:
    return re.fullmatch(r"(?i)\s*\d{1,2}\s?[C-X]\s?[A-Z]{2}[\d ]{2,}", cell) is not None


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Read what latitude and longitude are called."""
    rows = read_table("importing/coordinate_columns.csv")
    return tuple((row["latitude"], row["longitude"]) for row in rows if row["longitude"])


@cache
def together() -> tuple[str, ...]:
    """Read what columns are called that hold both."""
    return tuple(row["latitude"] for row in read_table("importing/coordinate_columns.csv") if not row["longitude"])


def _pair(names: Sequence[str], spelled: dict[str, str]) -> CoordinateColumns | None:
    """Choose two columns: called so, or alike before such an ending."""
    by_end = _by_ending(names)
    for lat, lon in pairs():
        if lat in spelled and lon in spelled:
            return CoordinateColumns("pair", (spelled[lat], spelled[lon]))
        for (end, stem), name in by_end.items():
            if end == lat and (lon, stem) in by_end:
                return CoordinateColumns("pair", (name, by_end[lon, stem]), by_end.get(("precision", stem)))
    return None


@cache
def _plain(name: str) -> str:
    """Write a name without accents, units in brackets and what stands behind an axis; decimalLatitude is two words."""
    name = _AXIS.sub(r" \1", name) if _AXIS.search(name) else without_unit(name)
    is_axis = re.match(r"(?i).*(?:lat|lon|lng)", name) is not None
    name = normal((_CAMEL.sub("_", name) if is_axis else name).replace("ä", "ae").replace("Ä", "ae"))
    bare = unicodedata.normalize("NFD", _SUFFIX.sub("", name) if is_axis else name)
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
    return [cell if cell and cell.upper() not in NOTHING else None for cell in trimmed.to_pylist()]


def _any(column: pa.ChunkedArray, suits: Callable[[str], bool]) -> bool:
    filled = [cell for cell in column.drop_null().slice(0, LOOKED_AT).to_pylist() if cell.strip()]
    return bool(filled) and sum(map(suits, filled)) > len(filled) / 2


def _looks_like_pair(cell: str) -> bool:
    return isinstance(both(cell, comma=True, o_is="W"), tuple)


def _metres(cells: list[str | None]) -> Any:
    made = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        try:
            made[row] = float(cell) if cell else np.nan
        except ValueError:
            continue
    return np.where(made > 0, made, np.nan)


_READ: Final[dict[str, Callable[..., Coordinates]]] = {
    "shape": from_shapes,
    "pair": points_from,
    "together": from_together,
    "lon first": partial(from_together, lon_first=True),
    "mgrs": from_mgrs,
    "utm": from_utm,
}
