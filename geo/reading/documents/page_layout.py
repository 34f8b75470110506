"""Put the lines of a printed page in the order in which they are read.

A page is cut where white space runs through it: first from top to bottom, between columns, else from side to
side, at the widest gap (recursive XY cut: Nagy and Seth 1984).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

GUTTER: Final = 6.0  # points of white between columns; between words there are fewer
FEWEST: Final = 2  # lines of a column


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line; in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        """Say how high the letters are."""
        return self.bottom - self.top


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Give the lines of a page column by column, each from top to bottom; pieces of one line are joined."""
    ordered: list[Line] = []
    waiting = [_rows(lines)]
    while waiting:
        part = waiting.pop()
        cut = _between_columns(part) or _across(part)
        if cut is None:
            ordered += sorted(part, key=lambda line: (line.top, line.left))
        else:
            waiting += [cut[1], cut[0]]
    return ordered


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Join pieces that stand on one line, a blank apart."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.left, line.top)):
        for n, row in enumerate(rows):
            level = min(row.bottom, line.bottom) - max(row.top, line.top) > 0.5 * min(row.height, line.height)
            if level and -1.0 <= line.left - row.right < max(GUTTER, 0.6 * row.height):
                rows[n] = Line(
                    row.left,
                    min(row.top, line.top),
                    line.right,
                    max(row.bottom, line.bottom),
                    f"{row.text} {line.text}" if line.left - row.right > 0.15 * row.height else row.text + line.text,
                )
                break
        else:
            rows.append(line)
    return rows


Parts = tuple[list[Line], list[Line]]


def _between_columns(lines: list[Line]) -> Parts | None:
    """Cut at the widest white strip from top to bottom that has some lines on either side."""
    edges = sorted(lines, key=lambda line: line.left)
    best, reach = (GUTTER, 0.0), float("-inf")
    found = False
    for n, line in enumerate(edges):
        gap = line.left - reach
        if n >= FEWEST and len(edges) - n >= FEWEST and gap > best[0]:
            best, found = (gap, line.left), True
        reach = max(reach, line.right)
    if not found:
        return None
    return [x for x in lines if x.left < best[1]], [x for x in lines if x.left >= best[1]]


def _across(lines: list[Line]) -> Parts | None:
    """Cut at the widest white strip from side to side, where that separates columns."""
    if len(lines) < 2 * FEWEST or not _has_neighbours(lines):
        return None
    rows = sorted(lines, key=lambda line: line.top)
    best, at, reach = -1.0, 0, rows[0].bottom
    for n, line in enumerate(rows[1:], 1):
        if line.top - reach > best:
            best, at = line.top - reach, n
        reach = max(reach, line.bottom)
    return (rows[:at], rows[at:]) if best > 0 else None


def _has_neighbours(lines: list[Line]) -> bool:
    """Return whether any two lines stand beside each other."""
    rows = sorted(lines, key=lambda line: line.top)
    return any(
        b.top < a.bottom - 0.3 * a.height and (b.left > a.right or a.left > b.right)  # a third of a line may overlap
        for a, b in pairwise(rows)
    )
