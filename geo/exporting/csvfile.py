"""CSV in UTF-8: coordinates in columns, texts in quotes (so that "" is an empty text and nothing is null)."""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from geo.errors import InputError
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import TEXT, target_of, types_of
from geo.exporting.column_names import in_degrees
from geo.exporting.features import OnProblem
from geo.exporting.layer_to_arrow import chunks
from geo.exporting.spreadsheet_cells import (
    as_meant,
    cell_texts,
    find_geometry,
    geometry_cells,
    harmless,
    headings,
    in_columns,
)
from geo.reading.decoding import decode

ROWS: Final = 65_536
# A number that a program wrote; "007" and "+49" are names.
NUMBER: Final = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
LOOKED_AT: Final = 64
BLOCK: Final = 1 << 24  # bytes that are read at once, where a file is read in pieces
HEAD: Final = 1 << 18
BOM: Final = b"\xef\xbb\xbf"
BLANK_LINES: Final = re.compile(rb"\A(?:[ \t,;]*\r?\n)*")  # above the header


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:  # noqa: ARG001 - as every format
    """Write a layer; where the geometry stood, there are `longitude` and `latitude`, or Well-Known Text."""
    layer = in_degrees(layer)
    types = types_of(layer)
    geometry = in_columns(layer)
    before = list(map(str, layer.columns)).index(str(layer.active_geometry_name))
    writer = None
    for table, shapes in chunks(layer, types, ROWS):
        columns = [cell_texts(column.combine_chunks()) for column in table.columns]
        columns[before:before] = geometry_cells(shapes, geometry)
        names = [*types]
        names[before:before] = geometry
        cells = pa.table(columns, names=harmless(pa.array(names, TEXT)).to_pylist())
        writer = writer or pcsv.CSVWriter(path, cells.schema)
        writer.write_table(cells)
    if writer:
        writer.close()


def read(path: Path, on_problem: OnProblem) -> gpd.GeoDataFrame:
    """Read any CSV with a header line: comma, semicolon or tab, UTF-8 or Windows-1252.

    Columns of the contract get its types; others are whole numbers, numbers, days or truth values where
    every cell is one, else texts.
    """
    table = _read_texts(path, on_problem)
    shapes, used = find_geometry(table)
    kept = table.drop_columns(used)
    columns = {name: _known(kept.column(name), target_of(name, {})) for name in kept.column_names}
    layer = to_layer(pa.table(columns), shapes)
    return _as_in_file(layer, table.column_names, used)


def pieces(path: Path, on_problem: OnProblem) -> Iterator[gpd.GeoDataFrame]:
    """Read a CSV of geo's as `read` does, some rows at a time; types are those of all rows, looked through before."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not _is_utf8(path):
        yield read(path, on_problem)
        return
    may: dict[str, tuple[pa.DataType, ...]] = {}
    filled: set[str] = set()
    for table in _texts_in_pieces(path, head, []):
        for name in table.column_names:
            may[name] = tuple(kinds_of(table.column(name), may.get(name)))
            filled |= {name} if table.column(name).null_count < len(table) else set()
    odd: list[pcsv.InvalidRow] = []
    for table in _texts_in_pieces(path, head, odd):
        shapes, used = find_geometry(table)
        kept = table.drop_columns(used)
        kinds = {name: next(iter(may[name]), TEXT) if name in filled else TEXT for name in kept.column_names}
        columns = {name: _known(kept.column(name), target_of(name, {}), kinds[name]) for name in kept.column_names}
        yield _as_in_file(to_layer(pa.table(columns), shapes), table.column_names, used)
    _report_odd(path, odd, on_problem)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
        except UnicodeDecodeError:
            return False
    return True


def _texts_in_pieces(path: Path, head: bytes, odd: list[pcsv.InvalidRow]) -> Iterator[pa.Table]:
    head = head.removeprefix(BOM)
    delimiter, names, skipped = _shape_of(head, path)
    above = BLANK_LINES.match(head)
    blank = above[0].count(b"\n") if above else 0
    called = headings(names)
    reading = pcsv.ReadOptions(column_names=called, skip_rows=blank + skipped, block_size=BLOCK)
    try:
        for batch in pcsv.open_csv(path, reading, *_options(called, delimiter, odd)):
            yield pa.table(batch)
    except pa.ArrowInvalid as error:
        msg = f"{path}: cannot be read as CSV ({error}); expected as many cells in every row as in the header."
        raise InputError(msg) from error


def _read_texts(path: Path, on_problem: OnProblem) -> pa.Table:
    raw = path.read_bytes()
    if not raw.strip():
        msg = f"{path}: is empty; expected a header line with longitude, latitude and more."
        raise InputError(msg)
    raw = BLANK_LINES.sub(b"", _in_utf8(raw, path))
    delimiter, names, skipped = _shape_of(raw, path)
    called = headings(names)
    table, odd = _parsed(raw, delimiter, called, skipped, path)
    _report_odd(path, odd, on_problem)
    nothing = [
        new for new, name in zip(called, names, strict=True) if not name and table.column(new).null_count == len(table)
    ]
    return table.drop_columns(nothing)


def _shape_of(raw: bytes, path: Path) -> tuple[str, list[str], int]:
    """Give the separator, the names, and how many lines they take."""
    raw = BLANK_LINES.sub(b"", raw)
    header = raw.split(b"\n", 1)[0].decode("utf-8", "replace")
    delimiter = max(",;\t", key=header.count)
    return delimiter, *_header(raw, delimiter, path)


def _report_odd(path: Path, odd: list[pcsv.InvalidRow], on_problem: OnProblem) -> None:
    for row in odd:
        where = f"{path}, row {row.number}" if row.number else str(path)
        msg = (
            f"{where}: has {row.actual_columns} cells where the header has {row.expected_columns}; "
            "left out: is a quote missing, or was the file cut short?"
        )
        on_problem(InputError(msg))


def _options(
    called: list[str], delimiter: str, odd: list[pcsv.InvalidRow]
) -> tuple[pcsv.ParseOptions, pcsv.ConvertOptions]:
    def pass_over(row: pcsv.InvalidRow) -> str:
        odd.append(row)
        return "skip"

    return (
        pcsv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=pass_over),
        pcsv.ConvertOptions(
            column_types=dict.fromkeys(called, TEXT),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def _parsed(
    raw: bytes, delimiter: str, called: list[str], skipped: int, path: Path
) -> tuple[pa.Table, list[pcsv.InvalidRow]]:
    """Parse the rows below the header as texts; also give those that have too many cells or too few."""
    odd: list[pcsv.InvalidRow] = []
    reading = pcsv.ReadOptions(column_names=called, skip_rows=skipped, use_threads=False)
    try:
        table = pcsv.read_csv(pa.py_buffer(raw), reading, *_options(called, delimiter, odd))
    except pa.ArrowInvalid as error:
        if "Empty CSV" not in str(error):
            msg = f"{path}: cannot be read as CSV ({error}); expected as many cells in every row as in the header."
            raise InputError(msg) from error
        table = pa.table([pa.array([], TEXT) for _ in called], names=called)
    return table, odd


def _in_utf8(raw: bytes, path: Path) -> bytes:
    """Give the text in UTF-8, whatever it was saved in."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return decode(raw, path).encode("utf-8", "replace")
    return raw.removeprefix(b"\xef\xbb\xbf") if b"\0" not in raw else decode(raw, path).encode()


def _header(raw: bytes, delimiter: str, path: Path) -> tuple[list[str], int]:
    """Read the names as the csv module does, and how many lines they take: a name may hold line breaks in quotes."""
    rows = csv.reader(io.TextIOWrapper(io.BytesIO(raw), "utf-8", newline=""), delimiter=delimiter)
    try:
        names = next(rows, [])
    except csv.Error as error:
        msg = f"{path}: cannot be read as CSV ({error}); expected a header line."
        raise InputError(msg) from error
    return [str(as_meant(pa.scalar(name.strip(), TEXT)).as_py()) for name in names], rows.line_num


def _known(column: pa.ChunkedArray, target: str | None, kind: pa.DataType | None = None) -> pa.ChunkedArray:
    if target is None:
        return sorted_out(column, kind)
    return as_meant(column) if target == "str" else column


# What the texts of a column may all be, in order of preference, and how these are written.
KINDS: Final = (
    (pa.int64(), r"^-?(0|[1-9][0-9]{0,17})$"),
    (pa.float64(), NUMBER),
    (pa.date32(), "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    (pa.bool_(), "^(true|false)$"),
)


def kinds_of(column: pa.ChunkedArray, among: Collection[pa.DataType] | None = None) -> Iterator[pa.DataType]:
    """Say what all texts of a column may be taken for, in order of preference; of a column of nothing, anything."""
    head = column.slice(0, LOOKED_AT)  # most columns are known by it to be no numbers
    for kind, pattern in KINDS:
        if (among is None or kind in among) and all(
            pc.all(pc.match_substring_regex(part, pattern)).as_py() is not False for part in (head, column)
        ):
            try:
                column.cast(pa.string()).cast(kind)
            except pa.ArrowInvalid:  # the 31st of February
                continue
            yield kind


def sorted_out(column: pa.ChunkedArray, kind: pa.DataType | None = None) -> pa.ChunkedArray:
    """Undo what made texts harmless, or take them for the numbers, days or truth values that they all are.

    Args:
        column: Of texts.
        kind: What they are, where more rows than these have settled it.
    """
    if kind is None:
        filled = column.null_count < len(column)
        kind = next(kinds_of(column), TEXT) if filled else TEXT
    return as_meant(column) if kind == TEXT else column.cast(pa.string()).cast(kind)


def _as_in_file(layer: gpd.GeoDataFrame, order: list[str], used: list[str]) -> gpd.GeoDataFrame:
    """Put the geometry where its columns stood."""
    names: list[Any] = ["geometry" if used and name == used[0] else name for name in order if name not in used[1:]]
    return layer[[*names, *(["geometry"] if "geometry" not in names else [])]]
