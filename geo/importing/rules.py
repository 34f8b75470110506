"""Fill columns of the contract from other people's columns, by the rules that data/importing/columns.csv names."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from geo.importing.source import Source, as_arrow, as_series, mapped
from geo.incidents.contract.schema import COUNT, object_column
from geo.resources import read_table

Rule = Callable[[Source, Sequence[str]], pd.Series]


@cache
def columns_of(dataset: str) -> dict[str, tuple[tuple[str, ...], str]]:
    """Say for each column of a dataset where it comes from and by which rule."""
    return {
        row["column"]: (tuple(row["from"].split(";")), row["rule"])
        for row in read_table("importing/columns.csv")
        if row["dataset"] == dataset
    }


def fill(source: Source) -> dict[str, pd.Series]:
    """Work out all columns that the table of rules knows for the source's dataset."""
    made = {}
    for column, (patterns, rule) in columns_of(source.dataset.name).items():
        names = [name for pattern in patterns for name in source.matching(pattern)]
        made[column] = RULES[rule](source, names)
    return made


def first(source: Source, names: Sequence[str]) -> pd.Series:
    """Give what is known of each row in the first of some columns that says anything."""
    known = [source.known(name) for name in names]
    if not known:
        return pd.Series(pd.array([None] * len(source), dtype="str"))
    column = known[0]
    for other in known[1:]:
        column = column.fillna(other)
    return column


def _counts(values: Any) -> pd.Series:
    return pd.Series(values).astype("Float64").astype(COUNT).reset_index(drop=True)


def _table(source: Source, names: Sequence[str]) -> pd.DataFrame:
    numbers = {name: source.numbers(name) for name in names}
    for name, column in numbers.items():
        for row in np.flatnonzero((column < 0).to_numpy()):
            source.reject(int(row), f"{source.original(name)} is {column.iloc[row]:g}; expected a count of people")
    return pd.DataFrame(numbers, index=range(len(source)))


def _floor(source: Source, names: Sequence[str]) -> pd.Series:
    return _counts(np.floor(_table(source, names).min(axis=1)))


def _ceiling(source: Source, names: Sequence[str]) -> pd.Series:
    return _counts(np.ceil(_table(source, names).max(axis=1)))


def _sum_above_0(source: Source, names: Sequence[str]) -> pd.Series:
    """Add up counts of which 0 says nothing; columns of words and truth values are none."""
    tables = [pd.to_numeric(source.text(name), errors="coerce") for name in names]
    total = pd.DataFrame(dict(enumerate(tables)), index=range(len(source))).sum(axis=1)
    return _counts(total.where(total > 0))


def _quote(source: Source, names: Sequence[str]) -> pd.Series:
    spans = [
        [] if text is None else [{"report_id": None, "start": None, "end": None, "text": text}]
        for text in as_arrow(first(source, names)).to_pylist()
    ]
    return object_column(spans)


def _list(source: Source, names: Sequence[str]) -> pd.Series:
    texts = as_arrow(first(source, names)).to_pylist()
    return object_column([[text] if text and text[0] != "[" else _items(text) for text in texts])


def _items(text: str | None) -> list[str]:
    if text is None:
        return []
    if text.startswith("["):
        try:
            return [str(item) for item in json.loads(text) if item not in (None, "")]
        except (ValueError, RecursionError):
            return [text]
    return [text]


def _host(source: Source, names: Sequence[str]) -> pd.Series:
    """Give the host of addresses without "www."; what is no address stays as it is. Arrow's, as a million rows want."""
    column = as_arrow(first(source, names))
    return as_series(pc.if_else(pc.match_substring(column, "://"), pc.utf8_lower(_hosts(column)), column))


def _hosts(addresses: Any) -> Any:
    bare = pc.replace_substring_regex(addresses, r"^[^:]*://(?:[^/@?#]*@)?(?:[Ww]{3}\.)?", "")
    return pc.replace_substring_regex(bare, "[/:?#].*$", "")


def _made(source: Source, names: Sequence[str], make: Callable[[str | None], str | None]) -> pd.Series:
    return pd.Series(pd.array(mapped([first(source, names)], make), dtype="str"))


def _joined(source: Source, names: Sequence[str]) -> pd.Series:
    """Make one name of several columns, for tables whose rows have none of their own."""
    parts = [source.known(name).fillna("") for name in names]
    return parts[0].str.cat(pd.concat(parts[1:], axis=1), sep=":") if len(parts) > 1 else first(source, names)


def _part(number: int) -> Rule:
    def rule(source: Source, names: Sequence[str]) -> pd.Series:
        return _made(source, names, lambda text: _part_of(text, number))

    return rule


def _part_of(text: str | None, number: int) -> str | None:
    """Take a part of "Onitsha, Anambra, Nigeria"; of two parts the last is the country, and no division."""
    parts = (text or "").split(", ")
    if number and len(parts) < 3:  # noqa: PLR2004
        number = 0 if len(parts) == 2 else number  # noqa: PLR2004 - "Anambra, Nigeria" is the division itself
    return parts[number] or None if number < len(parts) else None


def _id(source: Source, names: Sequence[str]) -> pd.Series:
    """Give ids, of which programs make numbers: 123.0 is 123."""
    column = as_arrow(first(source, names))
    return as_series(pc.replace_substring_regex(column, r"^([0-9]+)\.0$", r"\1"))


def _geonames(source: Source, names: Sequence[str]) -> pd.Series:
    return _made(source, names, lambda number: None if number is None else f"geonames:{number.removesuffix('.0')}")


RULES: Final[dict[str, Rule]] = {
    "first": first,
    "quote": _quote,
    "least": _floor,
    "greatest": _ceiling,
    "floor": _floor,
    "ceiling": _ceiling,
    "sum above 0": _sum_above_0,
    "list": _list,
    "host": _host,
    "first part": _part(0),
    "second part": _part(1),
    "geonames": _geonames,
    "joined": _joined,
    "id": _id,
}
