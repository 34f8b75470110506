"""Take reports in whatever form a caller has them: texts, paths, dicts, columns and tables of pandas."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from geo.errors import InputError
from geo.paths import is_there
from geo.publication import publication_day
from geo.reading.documents.tables import ADDRESSES, DAYS, IDS, LANGUAGES, PUBLISHERS, TITLES
from geo.reading.reader import read
from geo.reading.sources import REPORT_SUFFIXES
from geo.report import Report
from geo.tabular.roles import names_of

# As people name the columns of tables and the keys of objects; the first that is there counts.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "text": tuple(name.replace(" ", "_") for name in names_of("article")),
    "id": IDS,
    "title": TITLES,
    "published": DAYS,
    "publisher": PUBLISHERS,
    "url": ADDRESSES,
    "language": LANGUAGES,
}
_PATH: Final = re.compile(r"[^\n]{1,400}")
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
USUAL: Final = "text, body, content, article or full_text"  # of NAMES["text"]
EXPECTED: Final = "a text, a path, a Report, a dict, a pandas Series or DataFrame, or several of these"


def as_reports(source: Any, *, text: str | None = None, published: Any = None) -> Iterable[Report]:
    """Make reports of anything that holds some.

    Args:
        source: A text, a path (as `Path`, or as text when such a file is there), a `Report`, a mapping with a
            text, a Series of texts, a DataFrame with a column of texts, or any iterable of these.
        text: Name of the column or key that holds the text; without it `text`, `body`, `content`, `article`
            or `full_text`.
        published: Day of publication of reports that do not state theirs.

    Returns:
        The reports: a list where their number is known, else an iterator. Those without an id are called
        `text-1`, `text-2` and so on, one alone `text`; rows of a table by their label.

    Raises:
        InputError: If there is something else, a text is missing, or `published` is no day; the message says where.
    """
    reports = _as_they_are(source, text)
    day = _day(published)
    if day is None:
        return reports
    dated = (report if report.published else replace(report, published=day) for report in reports)
    return list(dated) if isinstance(reports, list) else dated


def _as_they_are(source: Any, text: str | None) -> Iterable[Report]:
    if hasattr(source, "to_pandas"):  # tables and columns of Arrow and Polars
        source = source.to_pandas()
    if isinstance(source, str) and not source.strip():
        msg = f"found an empty text; expected {EXPECTED}."
        raise InputError(msg)
    if isinstance(source, str | Path | Report | Mapping):
        return list(_one(source, "text", text))
    if hasattr(source, "columns") and hasattr(source, "iloc"):
        return _of_table(source, text)
    if hasattr(source, "iloc"):
        return _of_series(source)
    if isinstance(source, Iterable) and not isinstance(source, bytes | bytearray):
        reports = _several(source, text)
        return list(reports) if hasattr(source, "__len__") else reports
    msg = f"found {_described(source)}; expected {EXPECTED}."
    raise InputError(msg)


def _several(items: Iterable[Any], text: str | None) -> Iterator[Report]:
    for number, item in enumerate(items, start=1):
        yield from _one(item, f"text-{number}", text)


def _one(item: Any, name: str, text: str | None) -> Iterator[Report]:
    if isinstance(item, Report):
        yield item
    elif isinstance(item, Path):
        yield from read(item)
    elif isinstance(item, str):
        if _names_a_file(item):
            yield from read(item)
        elif item.strip():
            yield Report(id=name, text=item)
    elif isinstance(item, Mapping):
        yield of_mapping(item, name, text)
    else:
        msg = f"item {name.removeprefix('text-')} is {_described(item)}; expected {EXPECTED}."
        raise InputError(msg)


def _names_a_file(words: str) -> bool:
    """Distinguish a path from a text: what is there, and what is written like a file of reports or an address."""
    if not _PATH.fullmatch(words):
        return False
    if _ADDRESS.fullmatch(words.strip()):
        return True
    path = Path(words)
    written_so = path.suffix.lower() in REPORT_SUFFIXES and " " not in words.strip()
    return written_so or (" " not in words and "/" in words) or is_there(path)


def of_mapping(item: Mapping[Any, Any], name: str, text: str | None = None) -> Report:
    """Make a report of a mapping with a text; other keys that it does not know are left aside.

    Raises:
        InputError: If there is no text in it, or its day of publication is none.
    """
    keys = {str(key).strip().lower(): key for key in item}
    found = {field: item[key] for field in NAMES if (key := _first(field, keys, text)) is not None}
    if not isinstance(found.get("text"), str):
        looked_for = repr(text) if text else USUAL
        msg = (
            f"{name}: no text among {', '.join(map(str, item))}; expected one of {looked_for}, or text='...' names it."
        )
        raise InputError(msg)
    plain = {field: str(value) for field, value in found.items() if field != "published" and _says_something(value)}
    return Report(**{"id": name, **plain}, published=_day(found.get("published"), name))


def _first(field: str, keys: Mapping[str, Any], text: str | None) -> Any:
    names = (text.strip().lower(),) if field == "text" and text else NAMES[field]
    return next((keys[name] for name in names if name in keys), None)


def _of_table(table: Any, text: str | None) -> list[Report]:
    if "evidence" in table.columns and "incident_id" in table.columns:
        msg = "found a table of incidents; expected reports: geo.to_map draws incidents as they are."
        raise InputError(msg)
    keys = {str(name).strip().lower(): name for name in table.columns}
    if _first("text", keys, text) is None:
        looked_for = repr(text) if text else USUAL
        msg = (
            f"no column of texts among {', '.join(map(str, table.columns)) or 'no columns'}; expected {looked_for}: "
            "name yours with text='...'."
        )
        raise InputError(msg)
    rows = zip(_row_names(table.index), table.to_dict("records"), strict=True)
    column = _first("text", keys, text)
    return [of_mapping(row, name, text) for name, row in rows if isinstance(row[column], str) and row[column].strip()]


def _of_series(column: Any) -> list[Report]:
    names = _row_names(column.index)
    said = [(name, cell) for name, cell in zip(names, column, strict=True) if _says_something(cell)]
    return [report for name, cell in said for report in _one(cell, name, None)]


def _row_names(index: Any) -> list[str]:
    """Name rows by their labels, or by number where labels only count rows or come twice."""
    if index.is_unique and index.inferred_type != "integer":
        return [str(label) for label in index]
    return [f"text-{n}" for n in range(1, len(index) + 1)]


def _day(value: Any, name: str = "") -> Any:
    try:
        return publication_day(value) if _says_something(value) else None
    except ValueError as error:
        where = f"{name}: " if name else ""
        msg = f"{where}published is {value!r} ({error}); expected a date such as 2024-06-18."
        raise InputError(msg) from None


def _says_something(value: Any) -> bool:
    """Distinguish a value from null of any kind: None, NaN, NaT, pd.NA, an empty text, a list."""
    if value is None or isinstance(value, list | dict | tuple | set):
        return False
    return str(value).strip().lower() not in {"", "nan", "nat", "<na>", "none"}


def _described(thing: Any) -> str:
    if thing is None:
        return "None"
    if isinstance(thing, bytes | bytearray):
        return "bytes (decode them first)"
    return f"{type(thing).__name__} {thing!r}"[:80]
