"""Find the short cells of some columns in lines between tabs, by where the tabs stand.

A parser looks at every one of sixty cells to give the one that holds the code of an event. Where all lines have as
many tabs, and the cells are as short as codes are, their places in the block of bytes are enough.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.tabular.layout import Layout
from geo.tabular.table import TEXT

Places = NDArray[np.intp]
TAB, LINE = 9, 10
WIDEST: Final = 8  # bytes of a cell that one number holds
SUITED: Final = frozenset({"utf-8", "utf-8-sig", "cp1252"})  # in which a byte below 128 is that letter


def short_cells(lines: bytes | memoryview, layout: Layout, columns: Sequence[str]) -> tuple[pa.Table, Places] | None:
    """Give the cells of some columns.

    Args:
        lines: Whole lines, each with its end.
        layout: How they are written.
        columns: Names of the columns.

    Returns:
        The columns, dictionary-encoded, and where each line ends; None where a line is irregular or a cell is long.
    """
    data = np.frombuffer(lines, np.uint8)
    width = len(layout.names)
    places = np.flatnonzero(data <= LINE)
    if layout.delimiter != "\t" or layout.encoding not in SUITED or len(places) % width or len(places) == 0:
        return None
    marks = places.reshape(-1, width)
    whole = np.count_nonzero(data == LINE) == len(marks) and bool((data[marks[:, -1]] == LINE).all())
    if not whole or np.count_nonzero(data < TAB):
        return None
    made = {}
    for name in columns:
        at = layout.names.index(name)
        begins = marks[:, at - 1] + 1 if at else np.append(0, marks[:-1, -1] + 1)
        column = _column(data, begins, marks[:, at])
        if column is None:
            return None
        made[name] = column
    return pa.table(made), marks[:, -1] + 1


def _column(data: NDArray[np.uint8], begins: Places, ends: Places) -> pa.DictionaryArray | None:
    widths = ends - begins
    if widths.max() > WIDEST:
        return None
    letters = np.zeros((len(begins), WIDEST), np.uint8)
    for n in range(int(widths.max())):
        inside = n < widths
        letters[inside, n] = data[begins[inside] + n]
    numbers, codes = np.unique(letters.view(np.uint64).ravel(), return_inverse=True)
    cells = [number.tobytes().rstrip(b"\0").decode("cp1252", "replace").rstrip("\r") or None for number in numbers]
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(cells, TEXT))
