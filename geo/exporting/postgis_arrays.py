"""Keep arrays of numbers, truth values, days and moments as such in PostGIS; in a layer they are lists."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.exporting.arrow_types import EVIDENCE, JSON, TEXT, TEXTS

ATTRIBUTE: Final = "postgis_arrays"  # of a layer: what PostgreSQL calls the arrays that it was read from
LARGEST: Final = 2**63
MOMENTS: Final = ("timestamp without time zone[]", "timestamp with time zone[]")
# How the items of an array are made of what JSON has for them.
_MADE: Final[dict[str, Callable[[Any], Any]]] = {
    "double precision[]": float,
    "real[]": float,
    "date[]": date.fromisoformat,
    MOMENTS[0]: datetime.fromisoformat,
    MOMENTS[1]: lambda text: datetime.fromisoformat(text).astimezone(UTC),  # the server writes its own zone
}
_KEPT: Final = frozenset({*_MADE, "smallint[]", "integer[]", "bigint[]", "boolean[]"})
_LISTS: Final = (TEXTS, EVIDENCE, JSON, TEXT)  # what a column of arrays is taken for by its cells


def typed(layer: gpd.GeoDataFrame, columns: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Make items of their own type out of the JSON that arrays were read as, and note the types of the arrays.

    Args:
        layer: As read; arrays are lists of what JSON has.
        columns: What PostgreSQL calls the type of each column.
    """
    arrays = {name: kind for name, kind in columns.items() if kind in _KEPT and name in layer.columns}
    for name, kind in arrays.items():
        if kind in _MADE:
            layer[name] = _made(layer[name], _MADE[kind])
    if arrays:
        layer.attrs[ATTRIBUTE] = arrays
    return layer


def _made(column: "pd.Series[Any]", make: Callable[[Any], Any]) -> "pd.Series[Any]":
    def of(cell: Any) -> Any:
        return (
            None
            if cell is None
            else [of(item) if isinstance(item, list) or item is None else make(item) for item in cell]
        )

    cells = np.empty(len(column), dtype=object)
    try:
        cells[:] = [None if cell is None else of(cell) for cell in column]
    except ValueError:  # infinity, or a year before Christ, which Python does not have: texts for all of them
        return column
    return pd.Series(cells, index=column.index, dtype=object)


def array_types(layer: gpd.GeoDataFrame, types: Mapping[str, Any], existing: Mapping[str, str]) -> dict[str, str]:
    """Say which columns are stored as arrays of which type.

    Args:
        layer: To be written.
        types: The Arrow type of each of its columns.
        existing: What PostgreSQL calls the columns that the table has already; these are kept.
    """
    noted = layer.attrs.get(ATTRIBUTE, {})
    found = {}
    for name, kind in types.items():
        if kind not in _LISTS or layer[name].dtype != object:
            continue
        items = _items(layer[name])
        own = None if items is None else _array_type(items) if items else noted.get(name)
        if own and (existing.get(name, own).endswith("[]")):
            found[name] = existing.get(name, own)
    return found


def _items(column: "pd.Series[Any]") -> list[Any] | None:
    """Return the items of all lists of a column, without nulls; None when it has other cells."""
    cells = [cell for cell in column.to_numpy(dtype=object) if cell is not None]
    if any(type(cell) is not list for cell in cells):
        return None
    return [item for item in chain.from_iterable(cells) if item is not None]


def _array_type(items: list[Any]) -> str | None:
    inside = set(map(type, items))
    if inside == {datetime}:
        zones = {item.tzinfo is not None for item in items}
        return MOMENTS[zones.pop()] if len(zones) == 1 else None
    if inside == {int} and not all(-LARGEST <= item < LARGEST for item in items):
        return None
    names = {int: "bigint[]", float: "double precision[]", bool: "boolean[]", date: "date[]"}
    return names.get(inside.pop()) if len(inside) == 1 else None


def literals(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Write lists as PostgreSQL writes arrays: {1,NULL}."""
    cells = [None if cell is None else "{" + ",".join(map(_literal, cell)) + "}" for cell in column]
    return pd.Series(cells, index=column.index, dtype="str")


def _literal(item: Any) -> str:
    return "NULL" if item is None else f'"{item.isoformat()}"' if isinstance(item, date) else repr(item)
