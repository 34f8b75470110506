"""Read the wanted rows of a large table without quotes: look at one or two columns first, then at whole rows.

Of a GDELT export seven rows in eight are talk; to make texts of their sixty cells is most of the work of reading.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import IO, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from geo.tabular.layout import Layout
from geo.tabular.short_cells import LINE, Places, short_cells
from geo.tabular.table import ROW, TEXT, Wanted

Lines = bytes | memoryview
BLOCK: Final = 1 << 24
FEW: Final = 8  # columns that are not worth another thread


def select_rows(
    open_file: Callable[[], IO[bytes]],
    layout: Layout,
    odd: list[tuple[int, int]],
    columns: Sequence[str],
    wanted: Wanted,
) -> Iterator[tuple[pa.Table, int]]:
    """Yield the wanted rows of each piece of a file, with `ROW`, and how many rows the piece had.

    Args:
        open_file: Opens the file anew.
        layout: How it is written; without quotes, so that a line is a row.
        odd: Gets the expected and the found number of cells of each row that is none.
        columns: What `wanted` looks at.
        wanted: Says which rows of a table of those columns are to be read whole.
    """
    first = 0
    for lines in _whole_lines(open_file, layout.skipped):
        regular = short_cells(lines, layout, columns)
        looked, ends = regular or (_parsed(lines, layout, columns, odd), _ends(lines))
        mask = wanted(looked)
        kept = _kept_lines(lines, ends, mask)
        whole = _parsed(lines if kept is None else kept, layout, layout.names, [])
        table = whole.filter(pa.array(mask)) if kept is None else whole
        yield table.append_column(ROW, pa.array(first + np.flatnonzero(mask), pa.int64())), len(mask)
        first += len(mask)


def _whole_lines(open_file: Callable[[], IO[bytes]], skipped: int) -> Iterator[Lines]:
    rest = b""
    with open_file() as file:
        for _ in range(skipped):
            file.readline()
        while block := file.read(BLOCK):
            lines = rest + block
            end = lines.rfind(b"\n") + 1
            rest = lines[end:]
            if end:
                yield memoryview(lines)[:end]
    if rest.strip():
        yield rest + b"\n"


def _ends(lines: Lines) -> Places:
    return np.flatnonzero(np.frombuffer(lines, np.uint8) == LINE) + 1


def _kept_lines(lines: Lines, ends: Places, mask: NDArray[np.bool_]) -> bytes | None:
    """Cut the wanted lines out; None where lines and rows are not the same (blank or broken lines)."""
    if len(ends) != len(mask):
        return None
    starts = np.append(0, ends[:-1])
    return b"".join(lines[a:b] for a, b in zip(starts[mask].tolist(), ends[mask].tolist(), strict=True))


def _parsed(lines: Lines, layout: Layout, columns: Sequence[str], odd: list[tuple[int, int]]) -> pa.Table:
    def note(row: pcsv.InvalidRow) -> str:
        odd.append((row.expected_columns, row.actual_columns))
        return "skip"

    if not lines:
        return pa.schema([(name, TEXT) for name in columns]).empty_table()
    return pcsv.read_csv(
        pa.BufferReader(lines),
        read_options=pcsv.ReadOptions(
            column_names=list(layout.names),
            encoding=layout.codec,
            block_size=BLOCK,
            use_threads=len(columns) > FEW,
        ),
        parse_options=pcsv.ParseOptions(delimiter=layout.delimiter, quote_char=False, invalid_row_handler=note),
        convert_options=pcsv.ConvertOptions(
            column_types=dict.fromkeys(columns, TEXT),
            include_columns=list(columns),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
