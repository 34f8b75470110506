"""Read tables and layers of nobody's format that say where their rows lie; own columns are kept as they are."""

import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from geo.importing.misplaced import hold_against_countries
from geo.importing.table_notes import no_rows
from geo.tabular import RawTable, find_coordinates
from geo.tabular.coordinates import CoordinateColumns, choose_columns
from geo.tabular.positions import Coordinates
from geo.tabular.table import ROW
from geo.vocabulary import CRS

LOOKED_FOR: Final = "latitude and longitude, lat and lon, x and y, coordinates, geometry, wkt, mgrs or utm"
NOWHERE: Final = shapely.Point(0, 0)


@dataclass(frozen=True, slots=True)
class Settled:
    """What all rows of a table say together, for those who read some of them at a time."""

    kinds: Mapping[str, pa.DataType]  # of columns that no name identifies
    columns: CoordinateColumns | None
    has_precision: bool


def import_plain(raw: RawTable, settled: Settled | None = None) -> Imported:
    """Make a layer of a table: its own columns, typed by their values, and a point for each row that has one."""
    table = raw.read()
    rows = table.column(ROW)
    table = table.drop_columns([ROW])
    found = find_places(table, settled)
    placed = ~shapely.is_missing(found.shapes)
    placed[list(found.wrong)] = True
    blank, sums = no_rows(table, placed)
    counts = Counter(rows=len(table) - len(blank) - len(sums), wrong=len(found.wrong), zeros=_without_zeros(found))
    elsewhere = hold_against_countries(found, table)
    for what, of_rows in (("sums", sums), ("elsewhere", elsewhere)):
        counts[what] = len(of_rows)
        if len(of_rows) and settled is None:
            counts[f"first of {what}"] = int(rows[int(of_rows[0])].as_py())
    counts["placed"] = int((~shapely.is_missing(found.shapes)).sum()) + counts["zeros"]
    kept = np.setdiff1d(np.arange(len(table)), [*found.wrong, *blank, *sums])
    layer = _layer(table.take(pa.array(kept)), found.shapes[kept], found.columns, settled)
    if found.uncertainty_m is not None and "uncertainty_m" not in layer.columns:
        layer["uncertainty_m"] = found.uncertainty_m[kept]
    return Imported(layer, note_of(raw, found.columns, counts), row_problems(raw, rows, found.wrong), counts)


def find_places(table: pa.Table, settled: Settled | None = None) -> Coordinates:
    """Find where the rows lie; nowhere, where no column says so."""
    columns = settled.columns if settled else choose_columns(table)
    found = find_coordinates(table, comma=True, columns=columns) if columns else None
    found = found or Coordinates(np.full(len(table), None, dtype=object), [])
    if settled and settled.has_precision and found.uncertainty_m is None:
        found.uncertainty_m = np.full(len(table), np.nan)
    return found


def note_of(raw: RawTable, columns: Sequence[str], counts: Counter[str]) -> str:
    """Say what was found strange, "" when nothing was."""
    parts = (
        ("sums", "{n} left out as totals or notes, not events"),
        ("elsewhere", "{n} outside the country that they name; check"),
    )
    notes = [_of_places(raw, columns, counts)]
    if counts["zeros"]:
        lie = "rows lie" if counts["zeros"] > 1 else "row lies"
        notes.append(f"{counts['zeros']:,} {lie} at 0, 0 in the sea, which programs write for no place: drawn nowhere")
    for what, say in parts:
        if counts[what]:
            first = f"first of {what}"
            where = f" ({raw.line_of(counts[first])}{' and others' * (counts[what] > 1)})" if first in counts else ""
            notes.append(say.format(n=_counted(counts[what])) + where)
    text = "; ".join(filter(None, notes))
    return text and f"{raw.source}: {text}."


def _of_places(raw: RawTable, columns: Sequence[str], counts: Counter[str]) -> str:
    """Say so when no row has a place."""
    if not columns:
        problem = f"no row has a place: none of its columns ({names_in_words(raw.names)}) holds coordinates"
        return f"{problem}. geo looks for {LOOKED_FOR}"
    nowhere = not counts["wrong"] and not counts["placed"]
    return f"no row has a place: {' and '.join(columns)} are empty in every row" if nowhere else ""


def _without_zeros(found: Coordinates) -> int:
    """Take 0, 0 for no place: a point in the sea off Africa that programs write where they know none."""
    zero = np.array([shape is not None and shape.equals(NOWHERE) for shape in found.shapes], dtype=bool)
    found.shapes[zero] = None
    return int(zero.sum())


def _counted(n: int) -> str:
    return f"{n:,} row{'s' if n > 1 else ''}"


def names_in_words(names: Sequence[str]) -> str:
    """List the names of a table's columns, of many the first dozen."""
    most = 12
    return (", ".join(names[:most]) or "no columns") + (f" and {len(names) - most} more" if len(names) > most else "")


def _layer(table: pa.Table, shapes: Any, used: list[str], settled: Settled | None) -> gpd.GeoDataFrame:
    kept = table.drop_columns(used)
    columns = {}
    for name in kept.column_names:
        column, target = kept.column(name), target_of(name, {})
        if target is None:
            columns[name] = sorted_out(column, settled.kinds.get(name) if settled else None)
        else:
            columns[name] = as_meant(column) if target == "str" else column
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
