"""Read spreadsheets (XLSX, XLS, ODS) as tables of texts, one for each sheet that has a header."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import pyarrow as pa

from geo.errors import InputError
from geo.tabular.coordinates import names_coordinates
from geo.tabular.headers import completed, is_hxl_row, is_own_layer, long_text_column, recognise
from geo.tabular.table import TEXT, RawTable, of_columns, unique_names

SEARCHED: Final = 20  # rows: titles and notes may stand above a header


def open_workbook(data: bytes, source: str) -> Iterator[RawTable]:
    """Yield the sheets that hold a table; where none has a header that geo knows, the first that holds anything.

    Raises:
        InputError: If it is no whole workbook, or locked.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - few inputs are workbooks

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, *_rows(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        locked = "assword" in str(error) or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        why = (
            "it is password-protected: remove the password"
            if locked
            else "it is not a complete workbook: save it again"
        )
        msg = f"{source}: cannot be read as a spreadsheet; {why}."
        raise InputError(msg) from error
    filled = [sheet for sheet in sheets if any(map(any, sheet[1]))]
    if not filled:
        msg = f"{source}: every sheet is empty; expected a header and rows below it."
        raise InputError(msg)
    found = [(*sheet, at) for sheet in filled if (at := _known_header(sheet[1])) is not None]
    if not found:
        found = [(*filled[0], next(n for n, row in enumerate(filled[0][1]) if any(row)))]
    many = len(found) > 1
    for name, rows, above, at in found:
        yield _sheet(rows, at, f"{source}, sheet {name}" if many else source, above=above)


def _rows(sheet: Any) -> tuple[list[list[Any]], int]:
    """Give the rows of a sheet, and how many empty ones stand above, which the reader leaves out.

    What is written into merged cells counts for each of them: a province beside three rows is the province of three.
    """
    top, left = sheet.start or (0, 0)
    rows: list[list[Any]] = sheet.to_python()
    for (first, begin), (last, end) in sheet.merged_cell_ranges or ():
        if first < top or begin < left or last - top >= len(rows):
            continue
        cell = rows[first - top][begin - left]
        for row in rows[first - top : last - top + 1]:
            row[begin - left : end - left + 1] = [cell] * len(row[begin - left : end - left + 1])
    return rows, top


def _known_header(rows: Sequence[Sequence[Any]]) -> int | None:
    for n, row in enumerate(rows[:SEARCHED]):
        names = [_text(cell) or "" for cell in row]
        below = [[_text(cell) for cell in other] for other in rows[n + 1 : n + SEARCHED]]
        if recognise(names) or is_own_layer(names) or long_text_column(names) or names_coordinates(names, below):
            return n
    return None


def _sheet(rows: Sequence[Sequence[Any]], at: int, source: str, *, above: int) -> RawTable:
    written = [[_text(cell) or "" for cell in row] for row in rows[max(at - 1, 0) : at + 1]]
    names = unique_names(completed(written[-1], written[0]))
    below = rows[at + 1 :]
    hxl = bool(below) and is_hxl_row([_text(cell) for cell in below[0]])
    first = at + 1 + hxl
    kept = [(n, row) for n, row in enumerate(rows[first:], first) if any(cell not in ("", None) for cell in row)]
    columns = [pa.array([_text(row[n]) if n < len(row) else None for _, row in kept], TEXT) for n in range(len(names))]
    numbers = [above + n + 1 for n, _ in kept]
    return of_columns(source, names, columns, lambda row: f"row {numbers[row]}", hxl=hxl)


def _text(cell: Any) -> str | None:
    """Write a cell as a table of texts has it; a day is a day, a whole number has no decimals."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell.total_seconds()) if isinstance(cell, timedelta) else str(cell)
