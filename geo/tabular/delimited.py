"""Read CSV and its kin as tables of texts: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252.

A GDELT export has no header; it is recognised by its first line.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import IO, Final

import pyarrow as pa
import pyarrow.csv as pcsv

from geo.errors import InputError
from geo.tabular.coordinates import names_coordinates
from geo.tabular.gdelt import gdelt_names, is_mentions
from geo.tabular.headers import completed, is_hxl_row, is_own_layer, recognise
from geo.tabular.layout import Layout
from geo.tabular.selecting import select_rows
from geo.tabular.table import ROW, TEXT, RawTable, Wanted, unique_names

Open = Callable[[], IO[bytes]]
HEAD: Final = 1 << 18
SEARCHED: Final = 20  # lines: titles and notes may stand above a header
BLOCK: Final = 1 << 22
MOST_COLUMNS: Final = 4_096  # more is no table of incidents, and takes minutes to read
WIDEST_ROW: Final = 1 << 26
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def open_delimited(open_file: Open, source: str) -> RawTable:
    """Look into a file and say how to read it.

    Args:
        open_file: Opens the file anew.
        source: What a person calls it.

    Raises:
        InputError: If it is empty or no table of texts.
    """
    layout = _look(open_file, source)
    problems: list[tuple[str, str]] = []
    return RawTable(
        source=source,
        names=layout.names,
        pieces=lambda: _pieces(open_file, source, layout, problems),
        line_of=_Lines(open_file, layout),
        problems=problems,
        hxl=layout.hxl,
        select=None if layout.quoted else partial(_select, open_file, layout, problems),
    )


def _look(open_file: Open, source: str) -> Layout:
    with open_file() as file:
        head = file.read(HEAD)
        if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
            msg = f"{source}: is empty; expected a header line and rows below it."
            raise InputError(msg)
        encoding = _encoding(head, file)
    text = _decoded(head, encoding)
    body, above, stated = _below_titles(text)
    first, second = [*body.splitlines()[:2], "", ""][:2]
    delimiter = stated or _delimiter(first)
    is_tabbed = delimiter == "\t"
    if is_tabbed and is_mentions(first.split("\t")):
        msg = (
            f"{source}: this is a GDELT Mentions file, which lists the articles that mention an event; "
            "give the export file of the same hour (….export.CSV) with it."
        )
        raise InputError(msg)
    known = gdelt_names(first.split("\t"), second.split("\t")) if is_tabbed else None
    if known:
        skipped = above + known[1]
        return Layout(encoding=encoding, delimiter="\t", names=known[0], skipped=skipped, hxl=False, quoted=False)
    rows = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    try:
        names = next(rows)
        header_lines = rows.line_num
        following = next(rows, [])
    except csv.Error as error:
        msg = f"{source}: cannot be read as a table ({error}); expected a header line and rows below it."
        raise InputError(msg) from None
    if len(names) > MOST_COLUMNS:
        msg = f"{source}: the header has more than the {MOST_COLUMNS:,} columns that geo reads."
        raise InputError(msg)
    if above:
        names = completed(names, next(csv.reader([text.splitlines()[above - 1]], delimiter=delimiter), []))
    hxl = is_hxl_row(following)
    skipped = above + (rows.line_num if hxl else header_lines)
    return Layout(
        encoding=encoding, delimiter=delimiter, names=unique_names(names), skipped=skipped, hxl=hxl, quoted=True
    )


def _below_titles(text: str) -> tuple[str, int, str | None]:
    """Find the header below blank lines, titles and Excel's "sep=;".

    Returns:
        The text from the header on, how many lines stand above it, and the separator where Excel states it.
    """
    lines = text.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if line.strip(" \t\r\n,;")), 0)
    stated = re.match(r'"?sep=(.)"?\s*$', lines[first]) if lines else None
    first += stated is not None
    # a title, a source, a day of download above it; where no cell goes on over the end of a line
    whole = (n for n in range(len(lines[first:][:SEARCHED])) if "".join(lines[first : first + n]).count('"') % 2 == 0)
    first += next((n for n in whole if _is_header(lines[first + n :][:SEARCHED])), 0)
    return "".join(lines[first:]), first, stated[1] if stated else None


def _is_header(lines: list[str]) -> bool:
    try:
        names, *below = csv.reader(lines, delimiter=_delimiter(lines[0]))
    except (csv.Error, ValueError):
        return False
    return recognise(names) is not None or is_own_layer(names) or names_coordinates(names, below)


def _delimiter(line: str) -> str:
    return max(",;\t|~^", key=_outside_quotes(line).count)


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


def _encoding(head: bytes, file: IO[bytes]) -> str:
    """Say which encoding the whole file is in: UTF-8 when every byte fits, else Windows-1252."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    if max(even, odd) > len(head[:4096]) / 8:  # a quarter of the letters are Latin ones; a stray NUL is none
        return "utf-16-be" if even > odd else "utf-16-le"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
        while block := file.read(BLOCK):
            if not (block.isascii() and decoder.getstate()[0] == b""):  # plain ASCII needs no decoding
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _decoded(head: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)


def _pieces(open_file: Open, source: str, layout: Layout, problems: list[tuple[str, str]]) -> Iterator[pa.Table]:
    problems.clear()
    odd: list[tuple[int, int]] = []

    def note(row: pcsv.InvalidRow) -> str:
        odd.append((row.expected_columns, row.actual_columns))
        return "skip"

    names = list(layout.names)
    first = 0
    with open_file() as file:
        try:
            reader = pcsv.open_csv(
                file,
                read_options=pcsv.ReadOptions(
                    column_names=names, skip_rows=layout.skipped, block_size=BLOCK, encoding=layout.codec
                ),
                parse_options=pcsv.ParseOptions(
                    delimiter=layout.delimiter,
                    quote_char='"' if layout.quoted else False,
                    newlines_in_values=layout.quoted,
                    invalid_row_handler=note,
                ),
                convert_options=pcsv.ConvertOptions(
                    column_types=dict.fromkeys(names, TEXT), null_values=[""], strings_can_be_null=True
                ),
            )
            for batch in reader:
                table = pa.table(batch)
                rows = pa.array(range(first, first + len(table)), pa.int64())
                yield table.append_column(ROW, rows)
                first += len(table)
        except (pa.ArrowInvalid, UnicodeDecodeError) as error:
            if "Empty CSV" in str(error) or "skip" in str(error):
                return  # a header without rows
            msg = f"{source}: cannot be read as a table ({_first_line(error)}); save it as CSV in UTF-8."
            raise InputError(msg) from None
    if odd:
        problems.extend(_odd_rows(open_file, layout, odd))


def _select(
    open_file: Open, layout: Layout, problems: list[tuple[str, str]], columns: Sequence[str], wanted: Wanted
) -> Iterator[tuple[pa.Table, int]]:
    """Read the wanted rows, and name those that are none."""
    problems.clear()
    odd: list[tuple[int, int]] = []
    yield from select_rows(open_file, layout, odd, columns, wanted)
    if odd:
        problems.extend(_odd_rows(open_file, layout, odd))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:160]


def _text_rows(open_file: Open, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Read as the csv module does, with the line on which each row begins."""
    with open_file() as file, io.TextIOWrapper(file, layout.encoding, "replace", newline="") as text:
        for _ in range(layout.skipped):
            text.readline()
        quoting = csv.QUOTE_MINIMAL if layout.quoted else csv.QUOTE_NONE
        csv.field_size_limit(WIDEST_ROW)
        reader = csv.reader(text, delimiter=layout.delimiter, quoting=quoting)  # type: ignore[arg-type, unused-ignore]
        begins = layout.skipped + 1
        for cells in reader:
            if cells:
                yield begins, cells
            begins = layout.skipped + reader.line_num + 1


class _Lines:
    """Says on which line a row stands; who asks for one row after the other reads the file once."""

    def __init__(self, open_file: Open, layout: Layout) -> None:
        self._open, self._layout = open_file, layout
        self._lines: Iterator[int] = iter(())
        self._row, self._line = -1, 0

    def __call__(self, row: int) -> str:
        if row < self._row or self._row < 0:
            width = len(self._layout.names)
            self._lines = (line for line, cells in _text_rows(self._open, self._layout) if len(cells) == width)
            self._row = -1
        while self._row < row:
            self._line = next(self._lines, row + 2)
            self._row += 1
        return f"line {self._line}"


def _odd_rows(open_file: Open, layout: Layout, odd: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    width = len(layout.names)
    for line, cells in _text_rows(open_file, layout):
        if len(cells) != width:
            yield f"line {line}", f"has {len(cells)} cells where the header has {width}"
            odd.pop()
        if not odd:
            return
