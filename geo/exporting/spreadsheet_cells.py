"""Write and read the cells of spreadsheets, as CSV and XLSX both need them.

A cell that begins like a formula would be run by the program that opens it. Such a text gets an apostrophe before
it, which spreadsheets take for "this is text"; a text that begins with an apostrophe gets another, so that
reading can undo it.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.errors import InputError
from geo.exporting.arrow_json import json_cells
from geo.exporting.arrow_types import NAME_OF, TEXT

# OWASP's list: what Excel, LibreOffice and Google Sheets take for the beginning of a formula.
DANGEROUS: Final = "[=+\\-@\\t\\r\\n＝＋－＠']"
COORDINATES: Final = ("longitude", "latitude")
# As people name them, all in small letters.
LON_LAT: Final = (COORDINATES, ("lon", "lat"), ("lng", "lat"), ("long", "lat"), ("x", "y"))
SHAPES: Final = ("geometry", "wkt", "geom", "the_geom")


def harmless(texts: pa.Array) -> pa.Array:
    """Put an apostrophe before texts that begin like a formula, or with one."""
    if not pc.any(pc.match_substring_regex(texts, f"^{DANGEROUS}")).as_py():
        return texts
    return pc.replace_substring_regex(texts, f"^({DANGEROUS})", r"'\1")


def as_meant(texts: Any) -> Any:
    """Undo `harmless`; an apostrophe before anything else is the text's own."""
    if isinstance(texts, pa.ChunkedArray) and not pc.any(pc.starts_with(texts, "'")).as_py():
        return texts
    return pc.replace_substring_regex(texts, f"^'({DANGEROUS})", r"\1")


def headings(names: Sequence[str]) -> list[str]:
    """Give every column of a sheet a name of its own: nameless ones are numbered, second ones too."""
    taken: set[str] = set(names)
    used: set[str] = set()
    called = []
    for n, name in enumerate(names, 1):
        new = name or f"column {n}"
        if new in used or (not name and new in taken):
            new = next(other for more in count(2) if (other := f"{new}_{more}") not in taken | used)
        used.add(new)
        called.append(new)
    return called


def cell_texts(column: pa.Array) -> pa.Array:
    """Write lists, evidence and moments as texts; texts are made harmless, numbers and days stay."""
    if column.type in NAME_OF:
        return json_cells(column)
    if column.type == TEXT:
        return harmless(column)
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.string())
    return column


def in_columns(layer: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Name the columns that hold the geometry: coordinates of points, or Well-Known Text."""
    taken = set(map(str, layer.columns)) - {layer.active_geometry_name}
    only_points = set(layer.geometry.geom_type.dropna().unique()) <= {"Point"}
    # Two columns have no room for heights; many programs write a height of 0 for none.
    heights = shapely.get_z(layer.geometry.to_numpy()) if only_points else np.zeros(0)
    flat = (np.nan_to_num(heights) == 0).all()
    return COORDINATES if only_points and flat and not taken & set(COORDINATES) else SHAPES[:1]


def geometry_cells(shapes: Any, names: Sequence[str]) -> list[pa.Array]:
    """Give the cells of the columns that `in_columns` names."""
    shapes = np.where(shapely.is_empty(shapes), None, shapes)
    if tuple(names) == COORDINATES:
        return [pa.array(axis, from_pandas=True) for axis in (shapely.get_x(shapes), shapely.get_y(shapes))]
    return [pa.array(shapely.to_wkt(shapes, rounding_precision=-1), TEXT)]


def find_geometry(table: pa.Table) -> tuple[Any, list[str]]:
    """Find the geometry in the columns of a spreadsheet.

    Returns:
        Shapely geometries in degrees, EPSG:4326, shape (n,), and the names of the columns they came from.

    Raises:
        InputError: If a coordinate or a shape cannot be understood.
    """
    lower = {name.strip().lower(): name for name in reversed(table.column_names)}
    for pair in LON_LAT:
        if set(pair) <= set(lower):
            names = [lower[axis] for axis in pair]
            return _points(*(_degrees(table.column(name), name) for name in names)), names
    for shape in SHAPES:
        if shape in lower:
            return _from_wkt(table.column(lower[shape]), lower[shape]), [lower[shape]]
    return np.full(table.num_rows, None, dtype=object), []


def _degrees(column: Any, name: str) -> Any:
    try:
        column = column.cast(TEXT)
        blank = pc.if_else(pc.equal(pc.utf8_trim_whitespace(column), ""), pa.scalar(None, TEXT), column)
        return pc.utf8_trim_whitespace(blank).cast(pa.float64()).to_numpy()
    except pa.ArrowInvalid as error:
        msg = f"column {name!r}: {error}; expected degrees such as 44.26, or nothing: correct the cell."
        raise InputError(msg) from error


def _points(lon: Any, lat: Any) -> Any:
    known = ~(np.isnan(lon) | np.isnan(lat))
    shapes = np.full(len(lon), None, dtype=object)
    shapes[known] = shapely.points(lon[known], lat[known])
    return shapes


def _from_wkt(column: Any, name: str) -> Any:
    texts = np.array(column.to_pylist(), dtype=object) if len(column) else np.empty(0, dtype=object)
    try:
        texts[texts == ""] = None
        return shapely.from_wkt(texts)
    except (shapely.errors.GEOSException, TypeError) as error:
        msg = f"column {name!r}: {error}; expected shapes as Well-Known Text."
        raise InputError(msg) from error
