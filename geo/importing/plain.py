"""Read tables and layers of nobody's format that say where their rows lie; own columns are kept as they are."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from geo.errors import InputError
from geo.exporting import ogr
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import target_of
from geo.exporting.csvfile import sorted_out
from geo.exporting.spreadsheet_cells import as_meant
from geo.importing.events import Imported, row_problems
from geo.importing.footers import no_rows
from geo.importing.misplaced import hold_against_countries
from geo.tabular import RawTable, find_coordinates
from geo.tabular.positions import Coordinates
from geo.tabular.table import ROW
from geo.vocabulary import CRS

LOOKED_FOR: Final = "latitude and longitude, lat and lon, x and y, coordinates, geometry, wkt, mgrs or utm"
NOWHERE: Final = shapely.Point(0, 0)


def import_plain(raw: RawTable) -> Imported:
    """Make a layer of a table: its own columns, typed by their values, and a point for each row that has one."""
    table = raw.read()
    rows = table.column(ROW)
    table = table.drop_columns([ROW])
    found = find_coordinates(table, comma=True) or Coordinates(np.full(len(table), None, dtype=object), [])
    placed = ~shapely.is_missing(found.shapes)
    placed[list(found.wrong)] = True
    blank, sums = no_rows(table, placed)
    notes = [_of_places(raw, found, n_rows=len(table) - len(blank) - len(sums)), *_of_zeros(found)]
    elsewhere = hold_against_countries(found, table)
    for of_rows, say in (
        (sums, "{n} left out as totals or notes, not events"),
        (elsewhere, "{n} outside the country that they name; check"),
    ):
        if len(of_rows):
            first = raw.line_of(rows[int(of_rows[0])].as_py())
            notes.append(f"{say.format(n=_counted(len(of_rows)))} ({first}{' and others' * (len(of_rows) > 1)})")
    kept = np.setdiff1d(np.arange(len(table)), [*found.wrong, *blank, *sums])
    layer = _layer(table.take(pa.array(kept)), found.shapes[kept], found.columns)
    if found.uncertainty_m is not None and "uncertainty_m" not in layer.columns:
        layer["uncertainty_m"] = found.uncertainty_m[kept]
    told = "; ".join(filter(None, notes))
    return Imported(layer, told and f"{raw.source}: {told}.", row_problems(raw, rows, found.wrong))


def _of_places(raw: RawTable, found: Coordinates, *, n_rows: int) -> str:
    """Say so when no row has a place."""
    if not n_rows:
        return "a header and no rows below it"
    if not found.columns:
        told = f"no row has a place: none of its columns ({_names(raw.names)}) holds coordinates"
        return f"{told}. geo looks for {LOOKED_FOR}"
    nowhere = not found.wrong and bool(shapely.is_missing(found.shapes).all())
    return f"no row has a place: {' and '.join(found.columns)} are empty in every row" if nowhere else ""


def _of_zeros(found: Coordinates) -> Iterator[str]:
    """Take 0, 0 for no place: a point in the sea off Africa that programs write where they know none."""
    zero = np.array([shape is not None and shape.equals(NOWHERE) for shape in found.shapes], dtype=bool)
    if zero.any():
        found.shapes[zero] = None
        lie = "rows lie" if zero.sum() > 1 else "row lies"
        yield f"{zero.sum():,} {lie} at 0, 0 in the sea, which programs write for no place: drawn nowhere"


def _counted(n: int) -> str:
    return f"{n:,} row{'s' if n > 1 else ''}"


def _names(names: tuple[str, ...]) -> str:
    most = 12
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _layer(table: pa.Table, shapes: Any, used: list[str]) -> gpd.GeoDataFrame:
    kept = table.drop_columns(used)
    columns = {}
    for name in kept.column_names:
        column, target = kept.column(name), target_of(name, {})
        columns[name] = sorted_out(column) if target is None else as_meant(column) if target == "str" else column
    layer = to_layer(pa.table(columns), shapes) if columns else _bare(shapes)
    order = ["geometry" if used and name == used[0] else name for name in table.column_names if name not in used[1:]]
    return layer[[*order, *(["geometry"] if "geometry" not in order else [])]]


def _bare(shapes: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)


def read_shapes(path: Path) -> gpd.GeoDataFrame:
    """Read a shapefile, zipped or not, GPX waypoints, or whatever else GDAL reads and geo does not write."""
    options: dict[str, Any] = {"layer": "waypoints"} if path.suffix.lower() == ".gpx" else {}
    name = f"/vsizip/{path.resolve()}" if zipfile.is_zipfile(path) else str(path)
    table, shapes = ogr.read(name, **options)
    if options and not len(shapes):
        msg = f"{path}: no waypoints in this GPX; tracks and routes are ways, not events: mark the places as waypoints."
        raise InputError(msg)
    return to_layer(table, shapes)
