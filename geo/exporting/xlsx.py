"""XLSX (ECMA-376): one sheet of the layer, one about it; days are days and counts are numbers.

The sheet is joined as whole Arrow columns; a library that makes an object of every cell takes minutes.
"""

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Final

import geopandas as gpd
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import ExportError
from geo.exporting import file_metadata
from geo.exporting.arrow_json import content, joined
from geo.exporting.arrow_types import NAME_OF, TEXT, dtype_names, types_of
from geo.exporting.arrow_xml import xml_text, xml_texts
from geo.exporting.column_names import in_degrees
from geo.exporting.layer_to_arrow import chunks
from geo.exporting.spreadsheet_cells import cell_texts, geometry_cells, harmless, in_columns
from geo.exporting.xlsx_reading import read

__all__ = ["read", "write"]

ROWS: Final = 16_384
MOST_ROWS: Final = 1_048_576  # of a sheet, the header among them
MOST_COLUMNS: Final = 16_384
MOST_CHARACTERS: Final = 32_767  # of a cell
EXACT: Final = 2**53  # Excel's numbers are doubles
# Excel takes 1900 for a leap year, so its days are right from March 1900 on only.
EPOCH, FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
HEADER_STYLE, DAY_STYLE = 1, 2
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
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
    is_day = pc.greater_equal(column, pa.scalar(FIRST_DAY, pa.date32()))
    return _filled(pc.if_else(pc.fill_null(is_day, True), cells, _text_cells(column.cast(TEXT))))  # noqa: FBT003


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
