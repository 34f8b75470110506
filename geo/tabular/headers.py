"""Recognise by its header what a table is.

Names are compared in small letters, without blanks or a byte order mark at their ends, with every run of
other characters than letters and digits as one "_".
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Final

from geo.resources import read_table
from geo.tabular.roles import column_of

OWN: Final = "geo"
_RUN: Final = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One kind of table that other people publish; a row of data/importing/datasets.csv."""

    name: str
    prefix: str  # of its ids and of its own columns
    needs: tuple[tuple[int, frozenset[str]], ...]  # how many of which names the header must hold
    place_code: str
    days: str  # the rule of geo/importing/days.py
    day_first: bool
    country: str  # how its countries are coded
    between: frozenset[str]  # event types whose two actors stand in no order
    duplicates: str  # the column whose greatest value says which of two rows with one id counts


@cache
def normal(name: str) -> str:
    """Write the name of a column in the form in which names are compared."""
    text = unicodedata.normalize("NFC", name).lstrip("\ufeff").strip().lower()
    return re.sub(r"_+", "_", _RUN.sub("_", text)).strip("_")


@cache
def datasets() -> dict[str, Dataset]:
    """Read the kinds of tables, by name, in the order in which they are tried."""
    found = {}
    for row in read_table("importing/datasets.csv"):
        found[row["dataset"]] = Dataset(
            name=row["dataset"],
            prefix=row["prefix"],
            needs=tuple(_need(term) for term in row["needs"].split()),
            place_code=row["place_code"],
            days=row["days"],
            day_first=row["months"] == "day first",
            country=row["country"],
            between=frozenset(filter(None, row["between"].split("|"))),
            duplicates=row["duplicates"],
        )
    return found


def _need(term: str) -> tuple[int, frozenset[str]]:
    number, colon, names = term.partition(":")
    return (int(number), frozenset(names.split("|"))) if colon else (1, frozenset(term.split("|")))


def recognise(names: Iterable[str]) -> Dataset | None:
    """Say which dataset has such a header, None when none that geo knows."""
    header = {normal(name) for name in names}
    for dataset in datasets().values():
        if all(len(header & names) >= number for number, names in dataset.needs):
            return dataset
    return None


def is_own_layer(names: Iterable[str]) -> bool:
    """Return whether a header is one of geo's own layers of incidents."""
    header = {normal(name) for name in names}
    return "incident_id" in header and bool(header & {"evidence", "report_ids"})


def long_text_column(names: Sequence[str]) -> str | None:
    """Name the column that holds the texts of articles, None when there is none."""
    return column_of("article", names)


def completed(names: Sequence[str], above: Sequence[str]) -> list[str]:
    """Fill blanks of a header whose other half stands in the line above it, as under merged cells.

    A title is no half of a header: it fills one cell.
    """
    if len({cell for cell in above if cell.strip()}) < 2:  # noqa: PLR2004
        return list(names)
    return [name if name.strip() else other for name, other in zip_longest(names, above[: len(names)], fillvalue="")]


def is_hxl_row(cells: Iterable[str | None]) -> bool:
    """Return whether a row holds HXL tags: every filled cell begins with "#"."""
    filled = [cell.strip() for cell in cells if cell and cell.strip()]
    return bool(filled) and all(re.match(r"#[a-zA-Z]", cell) for cell in filled)
