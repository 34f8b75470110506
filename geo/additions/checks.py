"""Recognise which table of data/ a file of rows extends, and check every cell before it is used."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from geo.additions.rows import Row, parse
from geo.errors import InputError
from geo.resources import data_path, shipped_rows
from geo.vocabulary import SUB_EVENT_TYPES

_SHOWN: Final = 16  # values listed in an error


class Column(NamedTuple):
    """What a column of a table may hold (data/importing/vocabulary_columns.csv)."""

    holds: str  # a key of _EXPECTED, or country, type, shipped, words
    empty: str  # "" never, "yes", or the column that must be filled then


class Checked(NamedTuple):
    """A file that may be added."""

    table: str  # "events/triggers.csv"
    rows: list[Row]


@cache
def extensible_tables() -> Mapping[str, Mapping[str, Column]]:
    """Read which tables users may extend, with their columns."""
    tables: dict[str, dict[str, Column]] = {}
    for row in shipped_rows("importing/vocabulary_columns.csv"):
        tables.setdefault(row["table"], {})[row["column"]] = Column(row["holds"], row["empty"])
    return tables


def check_file(path: Path) -> Checked:
    """Recognise the table that a file extends by its header, and check its rows.

    Raises:
        InputError: If the file cannot be read, is of no table that can be extended, or has a wrong cell;
            the line and the column are named.
    """
    columns, rows = parse(path)
    table = _recognise(path, columns)
    if not rows:
        msg = f"{path}: found a header of {table} without rows; expected at least one. Write a row, and try again."
        raise InputError(msg)
    for row in rows:
        for column, rule in extensible_tables()[table].items():
            expected = _refusal(table, column, rule, row.cells)
            if expected:
                found = repr(row.cells[column]) if row.cells.get(column) else "nothing"
                msg = (
                    f"{path}, line {row.line}, column {column}: found {found}; expected {expected} "
                    f"({table}). Correct the line, and try again."
                )
                raise InputError(msg)
    return Checked(table, rows)


def _recognise(path: Path, columns: Sequence[str]) -> str:
    tables = extensible_tables()
    fitting = [table for table, known in tables.items() if set(columns) <= set(known) and _needed(known) <= {*columns}]
    named = sorted((t for t in fitting if PurePosixPath(t).stem in path.stem.lower()), key=len)
    exact = [table for table in fitting if set(columns) == set(tables[table])]
    if named:
        return named[-1]
    for found in (exact, fitting):
        if len(found) == 1:
            return found[0]
    raise InputError(_several(path, fitting) if fitting else _unknown(path, columns))


def _needed(known: Mapping[str, Column]) -> set[str]:
    return {name for name, column in known.items() if not column.empty}


def _several(path: Path, fitting: Sequence[str]) -> str:
    example = f"my_{PurePosixPath(fitting[0]).name}"
    return (
        f"{path}: its header fits {' and '.join(fitting)}; expected one table. Put the table's name into that of the "
        f"file ({example}), and try again."
    )


def _unknown(path: Path, columns: Sequence[str]) -> str:
    found = f"the columns {', '.join(columns)}" if columns else "no header"
    for learned in sorted(data_path("models").glob("*.csv")):
        if set(columns) == set(next(shipped_rows(f"models/{learned.name}"), ())):
            return f"{path}: found {found} of a learned table, which cannot be extended; expected words."
    tables = extensible_tables()
    nearest = max(tables, key=lambda table: (len({*columns} & {*tables[table]}), -len(tables[table])))
    optional = [name for name, column in tables[nearest].items() if column.empty]
    leave = f" ({', '.join(optional)} may be left out)" if optional else ""
    return (
        f"{path}: found {found} in its first line; expected those of a table, for instance of {nearest}: "
        f"{', '.join(tables[nearest])}{leave}. Correct the header (geo vocabulary tables lists all), and try again."
    )


def _refusal(table: str, column: str, rule: Column, cells: Mapping[str, str]) -> str:
    """Say what was expected of a cell; "" when it is right."""
    value = cells.get(column, "")
    if not value:
        if not rule.empty:
            return _EXPECTED.get(rule.holds, "a value") if rule.holds != "shipped" else _one_of(_values(table, column))
        return "" if rule.empty == "yes" or cells.get(rule.empty) else f"a value here or in {rule.empty}"
    if rule.holds in _RIGHT:
        return "" if _RIGHT[rule.holds](value) else _EXPECTED[rule.holds]
    known = _known(table, column, rule.holds)
    unknown = {*value.split()} - known if rule.holds == "words" else {value} - known
    return _one_of(known) if unknown else ""


def _one_of(values: frozenset[str]) -> str:
    listed = sorted(values)
    more = f" or {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return f"one of {', '.join(listed[:_SHOWN])}{more}"


def _known(table: str, column: str, holds: str) -> frozenset[str]:
    if holds == "type":
        return frozenset(SUB_EVENT_TYPES)
    if holds == "country":
        return _values("gazetteer/countries.csv", "code")
    values = _values(table, column)
    return frozenset(word for value in values for word in value.split()) if holds == "words" else values


@cache
def _values(table: str, column: str) -> frozenset[str]:
    """List what the shipped table holds in a column."""
    return frozenset(row[column] for row in shipped_rows(table) if row[column])


def _is(pattern: str) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(pattern, value) is not None


def _is_name(value: str) -> bool:
    return re.search(r"[^\W_]", value) is not None


def _is_lower(value: str) -> bool:
    return value == value.lower() and _is_name(value)


def _is_pattern(value: str) -> bool:
    steps = [step for step in value.split() if step != "~"]
    return bool(steps) and all(_is_lower(word) for step in steps for word in step.split("|"))


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == len("2022-02-24")


_EXPECTED: Final = {
    "text": "text",
    "name": "text with a letter or digit",
    "lower": "text in lower case",
    "pattern": 'lower-case words, with "~" for a gap and "|" between alternatives',
    "number": "a whole number, 0 or more",
    "decimal": "a number above 0",
    "integer": "a whole number",
    "share": "a number from 0 to 1",
    "day": "a day such as 2022-02-24",
    "month_day": "a month and day such as 03-21",
}
_RIGHT: Final[Mapping[str, Callable[[str], bool]]] = {
    "text": bool,
    "name": _is_name,
    "lower": _is_lower,
    "pattern": _is_pattern,
    "number": _is(r"\d{1,12}"),
    "decimal": _is(r"(?=.*[1-9])\d{1,9}(\.\d+)?"),
    "integer": _is(r"-?\d{1,4}"),
    "share": _is(r"0?\.\d+|[01](\.0+)?"),
    "day": _is_day,
    # the 29th of February comes in some years only
    "month_day": lambda value: _is_day(value) or (_is_day(f"2001-{value}") and len(value) == len("02-24")),
}
