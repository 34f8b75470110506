"""Read JSON lists of objects as tables of texts."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from geo.errors import InputError
from geo.tabular.headers import is_hxl_row
from geo.tabular.table import TEXT, RawTable, of_columns, unique_names

MOST_COLUMNS: Final = 4_096


def objects_in(document: Any) -> list[Mapping[str, Any]] | None:
    """Find the one list of objects in a JSON document: the whole, or what an API wraps ("data", "Result")."""
    if _are_objects(document):
        return list(document)
    if isinstance(document, dict) and document.get("type") != "FeatureCollection":
        lists = [value for value in document.values() if _are_objects(value)]
        if len(lists) == 1:
            return list(lists[0])
    return None


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def open_records(objects: Sequence[Mapping[str, Any]], source: str) -> RawTable:
    """Make a table of objects; lists and objects inside of them become JSON texts.

    Raises:
        InputError: If the objects have more keys than a table has columns.
    """
    keys = list(dict.fromkeys(str(key) for item in objects for key in item))
    called = [_whole(key) for key in keys]
    if len(keys) > MOST_COLUMNS:
        msg = f"{source}: its objects have {len(keys):,} different keys, more than the {MOST_COLUMNS:,} that geo reads."
        raise InputError(msg)
    hxl = is_hxl_row([_text(value) for value in objects[0].values()])
    rows = objects[1:] if hxl else objects
    columns = [pa.array([_text(item.get(key)) for item in rows], TEXT) for key in keys]
    return of_columns(source, unique_names(called), columns, lambda row: f"object {row + 1 + hxl}", hxl=hxl)


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _whole(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return _whole(json.dumps(value, ensure_ascii=False))


def _whole(text: str) -> str:
    """Put U+FFFD where half of a surrogate pair stands, which no table of Arrow's holds."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
