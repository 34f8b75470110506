"""Find the tables, the seeds and what the build made, in a checkout and in a wheel alike."""

import csv
from collections.abc import Iterator
from pathlib import Path

from geo.additions.rows import added_rows

PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    """The wheel carries data/ and seeds/ inside the package; a checkout has them beside it."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def data_path(name: str) -> Path:
    """Say where the table `name` of data/ lies."""
    return _folder("data") / name


def seeds_path() -> Path:
    """Say where the seed reports lie."""
    return _folder("seeds")


def built_path(name: str) -> Path:
    """Say where a file lies that the build made (`geo/building.py`): index, basemap, page bundle."""
    return PACKAGE / "built" / name


def shipped_rows(name: str) -> Iterator[dict[str, str]]:
    """Read a CSV table of data/ as geo includes it, row by row; lines that begin with "#" are notes."""
    with data_path(name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Read a CSV table of data/, row by row, and after its rows those that the user added to it."""
    columns: list[str] = []
    for row in shipped_rows(name):
        columns = columns or list(row)
        yield row
    yield from added_rows(name, columns)
