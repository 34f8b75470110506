"""Read XLSX: the first sheet of any workbook, with the types that geo's second sheet notes."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa

from geo.errors import InputError
from geo.exporting import file_metadata
from geo.exporting.archives import refuse_bomb
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import MOMENT, NAME_OF, TEXT, TYPE_OF
from geo.exporting.arrow_xml import unmarked
from geo.exporting.features import OnProblem
from geo.exporting.spreadsheet_cells import as_meant, find_geometry, headings

MOST_CELLS: Final = 100_000_000  # what is written in a sheet of a million rows and a hundred columns
Row = tuple[Any, ...]


def read(path: Path, on_problem: OnProblem) -> gpd.GeoDataFrame:  # noqa: ARG001 - as every format
    """Read the first sheet of a workbook: a header row, then one row per row of the layer."""
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_bomb(archive, path)
        header, rows, note = _sheets(path)
    except InputError:
        raise
    except Exception as error:
        msg = f"{path}: cannot be read as XLSX ({_reason(error)}); expected a whole workbook."
        raise InputError(msg) from error
    dtypes = file_metadata.dtypes_in(note)
    return _layer(_without_pieces(_by_heading(header, rows), dtypes), dtypes)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__


def _sheets(path: Path) -> tuple[Row, list[Row], str]:
    """Read the header and the rows of the first sheet, and the note of the others; empty rows are left out."""
    import openpyxl  # noqa: PLC0415 - only who reads a workbook waits for it

    with path.open("rb") as file, warnings.catch_warnings():  # openpyxl leaves a broken file open
        warnings.simplefilter("ignore")  # of openpyxl, about styles and extensions that it does not know
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs say A1 and write a thousand rows
        kept, cells = [], 0
        for row in sheet.iter_rows(values_only=True):
            filled = len(row) - next((n for n, cell in enumerate(reversed(row)) if cell is not None), len(row))
            cells += len(row)
            if cells > MOST_CELLS:
                msg = f"{path}: has more than {MOST_CELLS:,} cells; save it as CSV."
                raise InputError(msg)
            if filled:
                kept.append(row[:filled])
        note = "".join(_note_in(book))
        book.close()
    return (kept[0] if kept else ()), kept[1:], note


def _by_heading(header: Row, rows: list[Row]) -> dict[str, Row]:
    """Keep headings and columns together by their position; a column without a heading is numbered."""
    width = max([len(header), *map(len, rows)])
    columns: list[Row] = list(zip(*(row + (None,) * (width - len(row)) for row in rows), strict=True)) or [()] * width
    names = [as_meant(pa.scalar("" if cell is None else str(cell).strip(), TEXT)).as_py() for cell in header]
    names += [""] * (width - len(names))
    filled = [
        name != "" or any(cell is not None for cell in column) for name, column in zip(names, columns, strict=True)
    ]
    called = headings(names)
    return {name: column for name, column, keep in zip(called, columns, filled, strict=True) if keep}


def is_own(path: Path) -> bool:
    """Recognise a workbook that geo wrote by its second sheet."""
    try:
        with zipfile.ZipFile(path) as archive:
            return b'<sheet name="about' in archive.read("xl/workbook.xml")
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError):
        return False


def _note_in(book: Any) -> Iterator[str]:
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(values_only=True):
            if len(row) > 1 and str(row[0]).startswith("types of the columns"):
                yield str(row[1])


def _without_pieces(cells: dict[str, Any], dtypes: dict[str, str] | None) -> dict[str, Any]:
    """Put texts together again that were cut into several columns."""
    kept: dict[str, Any] = {}
    for name, column in cells.items():
        base = name.rpartition(" (")[0]
        if dtypes and name not in dtypes and base in dtypes and base in kept:
            kept[base] = tuple(a if b is None else f"{a}{b}" for a, b in zip(kept[base], column, strict=True))
        else:
            kept[name] = column
    return kept


def _layer(cells: dict[str, Any], dtypes: dict[str, str] | None) -> gpd.GeoDataFrame:
    said = dtypes or {}
    table = pa.table({name: _column(column, said.get(name)) for name, column in cells.items()})
    shapes, used = find_geometry(table)
    layer = to_layer(table.drop_columns(used), shapes, dtypes)
    if dtypes or not used:
        return layer
    order = ["geometry" if name == used[0] else name for name in table.column_names if name not in used[1:]]
    return layer[order]


def _column(cells: Any, dtype: str | None) -> pa.Array:
    """Make Arrow of what openpyxl gives: numbers where all are, days where all are, else texts."""
    if dtype and (TYPE_OF.get(dtype, TEXT) == TEXT or dtype in NAME_OF.values()):
        return _texts(cells)
    kinds = {type(cell) for cell in cells} - {type(None)}
    if kinds == {datetime}:
        if all(cell is None or cell.time() == time() for cell in cells):
            return pa.array([cell and cell.date() for cell in cells], pa.date32())
        return pa.array(cells, MOMENT)
    if kinds == {bool} or (kinds and kinds <= {int, float}):
        with suppress(OverflowError):
            return pa.array([cell if cell is None or kinds != {int, float} else float(cell) for cell in cells])
    return _texts(cells)


def _texts(cells: Any) -> pa.Array:
    return as_meant(pa.array([None if cell is None else _text(cell) for cell in cells], TEXT))


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and not np.isfinite(cell):
        return ""
    return unmarked(cell) if isinstance(cell, str) else str(cell)
