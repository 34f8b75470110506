"""Read tables and layers of nobody's format that say where their rows lie; own columns are kept as they are."""

import zipfile
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from geo.exporting import ogr
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import target_of
from geo.exporting.csvfile import sorted_out
from geo.exporting.spreadsheet_cells import as_meant
from geo.importing.events import Imported, row_problems
from geo.tabular import RawTable, find_coordinates
from geo.tabular.table import ROW
from geo.vocabulary import CRS

LOOKED_FOR: Final = "latitude and longitude, lat and lon, x and y, coordinates, geometry, wkt, mgrs or utm"
NOWHERE: Final = shapely.Point(0, 0)


def import_plain(raw: RawTable) -> Imported:
    """Make a layer of a table: its own columns, typed by their values, and a point for each row that has one."""
    table = raw.read()
    rows = table.column(ROW)
    table = table.drop_columns([ROW])
    found = find_coordinates(table, comma=True)
    if found is None:
        note = (
            f"{raw.source}: no row has a place: none of its columns ({_names(raw.names)}) holds coordinates. "
            f"geo looks for {LOOKED_FOR}."
        )
        found_shapes, used, uncertainty_m, wrong = np.full(len(table), None, dtype=object), [], None, {}
    else:
        note = ""
        found_shapes, used, uncertainty_m, wrong = found.shapes, found.columns, found.uncertainty_m, found.wrong
        if len(table) and not wrong and all(shape is None for shape in found_shapes):
            note = f"{raw.source}: no row has a place: {' and '.join(used)} are empty in every row."
        at_zero = sum(shape is not None and shape.equals(NOWHERE) for shape in found_shapes)
        if at_zero:
            rows_lie = "rows lie" if at_zero > 1 else "row lies"
            note = f"{raw.source}: {at_zero} {rows_lie} at 0, 0 in the sea, as rows without a place often do; check."
    kept = np.setdiff1d(np.arange(len(table)), list(wrong))
    layer = _layer(table.take(pa.array(kept)), found_shapes[kept], used)
    if uncertainty_m is not None and "uncertainty_m" not in layer.columns:
        layer["uncertainty_m"] = uncertainty_m[kept]
    return Imported(layer, note, row_problems(raw, rows, wrong))


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
    return to_layer(table, shapes)
