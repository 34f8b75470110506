"""XLSX (ECMA-376): one sheet of the layer, one about it; days are days and counts are numbers.

The sheet is joined as whole Arrow columns; a library that makes an object of every cell takes minutes.
"""

import json
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import ExportError, InputError
from geo.exporting import file_metadata
from geo.exporting.archives import refuse_bomb
from geo.exporting.arrow_columns import (
    MOMENT,
    NAME_OF,
    TEXT,
    TYPE_OF,
    chunks,
    dtype_names,
    in_degrees,
    to_layer,
    types_of,
)
from geo.exporting.arrow_json import content, joined
from geo.exporting.arrow_xml import unmarked, xml_text, xml_texts
from geo.exporting.features import Tell
from geo.exporting.spreadsheet_cells import (
    as_meant,
    cell_texts,
    find_geometry,
    geometry_cells,
    harmless,
    headings,
    in_columns,
)

ROWS: Final = 16_384
MOST_ROWS: Final = 1_048_576  # of a sheet, the header among them
MOST_COLUMNS: Final = 16_384
MOST_CELLS: Final = 100_000_000  # what is written in a sheet of a million rows and a hundred columns
MOST_CHARACTERS: Final = 32_767  # of a cell
EXACT: Final = 2**53  # Excel's numbers are doubles
# Excel takes 1900 for a leap year, so its days are right from March 1900 on only.
EPOCH, FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
HEADER_STYLE, DAY_STYLE = 1, 2
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Row = tuple[Any, ...]
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write a layer; where the geometry stood, there are `longitude` and `latitude`, or Well-Known Text.

    Raises:
        ExportError: If there are more rows than a sheet has.
    """
    layer = in_degrees(layer)
    if len(layer) >= MOST_ROWS:
        msg = f"{len(layer)} rows are more than the {MOST_ROWS - 1} of an XLSX sheet: take .csv, .parquet or .gpkg."
        raise ExportError(msg)
    if layer.shape[1] >= MOST_COLUMNS:
        msg = f"{layer.shape[1]} columns are more than the {MOST_COLUMNS} of an XLSX sheet: take .csv or .parquet."
        raise ExportError(msg)
    types = types_of(layer)
    note = file_metadata.note_text(name, dtype_names(layer, types))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, text in _parts(name).items():
            archive.writestr(part, XML + text)
        with archive.open("xl/worksheets/sheet2.xml", "w") as sheet:
            _write_about(sheet, note)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            _write_rows(sheet, layer, types)


def _write_about(sheet: IO[bytes], note: str) -> None:
    said = json.loads(note)
    rows = [("written by", f"geo {said['version']}")]
    rows += [
        (source["what"], f"{source['source']}, {source['licence']}, {source['url']}") for source in said["sources"]
    ]
    rows += [("types of the columns, for geo", part) for part in _in_pieces(note)]
    body = [f'<row r="{n}">{_text_cell(key)}{_text_cell(value)}</row>' for n, (key, value) in enumerate(rows, 1)]
    sheet.write(f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{"".join(body)}</sheetData></worksheet>'.encode())


def _in_pieces(text: str) -> list[str]:
    return [text[first : first + MOST_CHARACTERS] for first in range(0, len(text), MOST_CHARACTERS)]


def _text_cell(text: str, style: int = 0) -> str:
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


def _write_rows(sheet: IO[bytes], layer: gpd.GeoDataFrame, types: dict[str, pa.DataType]) -> None:
    geometry = in_columns(layer)
    before = list(map(str, layer.columns)).index(str(layer.active_geometry_name))
    names = [*types]
    names[before:before] = geometry
    pieces = dict.fromkeys(names, 1) | _pieces_needed(layer, types)
    titles = [
        _titles(title, pieces[name])
        for name, title in zip(names, harmless(pa.array(names, TEXT)).to_pylist(), strict=True)
    ]
    pane = '<pane ySplit="1" topLeftCell="A2" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    head = "".join(_text_cell(title, HEADER_STYLE) for group in titles for title in group)
    sheet.write(f'{XML}<worksheet xmlns="{MAIN}">{view}<sheetData><row r="1">{head}</row>\n'.encode())
    done = 1
    for table, shapes in chunks(layer, types, ROWS):
        columns = [cell_texts(column.combine_chunks()) for column in table.columns]
        columns[before:before] = geometry_cells(shapes, geometry)
        cells = [cell for name, column in zip(names, columns, strict=True) for cell in _cells(column, pieces[name])]
        if len(table):
            numbers = pa.array(range(done + 1, done + 1 + len(table))).cast(TEXT)
            sheet.write(content(joined('<row r="', numbers, '">', *cells, "</row>\n")))
            done += len(table)
    sheet.write(b"</sheetData></worksheet>")


def _titles(name: str, pieces: int) -> list[str]:
    return [name, *(f"{name} ({n})" for n in range(2, pieces + 1))]


def _pieces_needed(layer: gpd.GeoDataFrame, types: dict[str, pa.DataType]) -> dict[str, int]:
    """Say into how many cells the longest text of a column must be cut."""
    longest: dict[str, int] = {}
    texts = {name: kind for name, kind in types.items() if kind == TEXT or kind in NAME_OF}
    for table, _ in chunks(layer, texts, ROWS):
        for name, column in zip(table.column_names, table.columns, strict=True):
            most = pc.max(pc.utf8_length(cell_texts(column.combine_chunks()))).as_py() or 0
            longest[name] = max(longest.get(name, 1), most)
    return {name: -(-most // MOST_CHARACTERS) for name, most in longest.items()}


def _cells(column: pa.Array, pieces: int) -> Iterator[pa.Array]:
    """Make the cells of one column of the layer: as many columns as its longest text needs."""
    if pieces > 1:
        for n in range(pieces):
            part = pc.utf8_slice_codeunits(column, n * MOST_CHARACTERS, (n + 1) * MOST_CHARACTERS)
            over = pc.greater(pc.utf8_length(column), n * MOST_CHARACTERS) if n else column.is_valid()
            yield _text_cells(pc.if_else(over, part, pa.scalar(None, TEXT)))
    elif pa.types.is_boolean(column.type):
        yield _filled(joined('<c t="b"><v>', column.cast(pa.int8()).cast(TEXT), "</v></c>"))
    elif pa.types.is_date(column.type):
        yield _days(column)
    elif pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        yield _numbers(column)
    else:
        yield _text_cells(column.cast(TEXT))


def _text_cells(texts: pa.Array) -> pa.Array:
    return _filled(joined('<c t="inlineStr"><is><t xml:space="preserve">', xml_texts(texts), "</t></is></c>"))


def _filled(cells: pa.Array) -> pa.Array:
    return pc.fill_null(cells, "<c/>")


def _numbers(column: pa.Array) -> pa.Array:
    plain = pc.is_finite(column) if pa.types.is_floating(column.type) else pc.less_equal(pc.abs(column), EXACT)
    cells = joined("<c><v>", column.cast(TEXT), "</v></c>")
    return _filled(pc.if_else(pc.fill_null(plain, True), cells, _text_cells(column.cast(TEXT))))  # noqa: FBT003


def _days(column: pa.Array) -> pa.Array:
    numbers = pc.subtract(column.cast(pa.int32()), (EPOCH - date(1970, 1, 1)).days)
    cells = joined(f'<c s="{DAY_STYLE}"><v>', numbers.cast(TEXT), "</v></c>")
    told = pc.greater_equal(column, pa.scalar(FIRST_DAY, pa.date32()))
    return _filled(pc.if_else(pc.fill_null(told, True), cells, _text_cells(column.cast(TEXT))))  # noqa: FBT003


def _parts(name: str) -> dict[str, str]:
    """Write the small parts that every workbook has."""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    title = xml_text("".join("_" if c in "[]:*?/\\'" else c for c in name)[:31] or "layer")
    font = '<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>'
    fill = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    plain = 'borderId="0" fillId="0" xfId="0"'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{sheet}styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}worksheet+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{sheet}worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        f'<sheet name="{title}" sheetId="1" r:id="rId1"/>'
        f'<sheet name="{"about geo" if title == "about" else "about"}" sheetId="2" r:id="rId2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
        f'formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2">{font}</fonts><fills count="2">{fill}</fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="3"><xf numFmtId="0" fontId="0" {plain}/><xf numFmtId="0" fontId="1" {plain} applyFont="1"/>'
        f'<xf numFmtId="164" fontId="0" {plain} applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }


def read(path: Path, tell: Tell) -> gpd.GeoDataFrame:  # noqa: ARG001 - as every format
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

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of openpyxl, about styles and extensions that it does not know
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
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
    """Tell a workbook that geo wrote by its second sheet."""
    try:
        with zipfile.ZipFile(path) as archive:
            return b'<sheet name="about' in archive.read("xl/workbook.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
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
