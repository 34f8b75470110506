"""Hold a table against the contract of incidents: columns, types, and what may stand in a cell."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import CrsError, SchemaError
from geo.incidents.contract.layer_frame import day_text
from geo.incidents.contract.schema import (
    COLUMNS,
    COUNT,
    DTYPES,
    EVIDENCE_KEYS,
    GEOMETRY,
    ID_LISTS,
    LIST,
    RANGES,
    TERMS,
    TEXT,
    is_evidence,
    is_id_list,
)
from geo.vocabulary import CRS

Column = "pd.Series[Any]"
Mask = np.ndarray[Any, np.dtype[np.bool_]]
NEVER_NULL: Final = ("incident_id", *(name for name, dtype in DTYPES.items() if dtype == LIST))


class Rule(NamedTuple):
    """What every cell of a column must be; null cells pass unless the rule is about nulls."""

    column: str
    holds: Callable[[Any], Any]  # column -> one truth value a cell
    expected: str
    about_nulls: bool = False


class Breach(NamedTuple):
    """Rows that break a rule: the columns that it looks at, positions, what was expected."""

    columns: tuple[str, ...]
    rows: "np.ndarray[Any, np.dtype[np.intp]]"
    expected: str


def validate(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Hold a table against the contract and hand it back unchanged.

    Args:
        incidents: One row per incident; further columns may follow the contract's.

    Returns:
        `incidents` itself.

    Raises:
        CrsError: If the geometry is not in EPSG:4326.
        SchemaError: If a column is missing or of another type, or a cell cannot be; the
            message names column, row, what was expected, and what to do.
    """
    check_crs(incidents)
    _check_columns(incidents)
    breaches = list(_breaches(incidents))
    if breaches:
        raise SchemaError(_first_of(incidents, breaches))
    return incidents


def check_crs(incidents: Any) -> None:
    """Refuse a table without point geometry in EPSG:4326.

    Raises:
        SchemaError: If the table has no column of geometry.
        CrsError: If its CRS is another, or not said.
    """
    if not hasattr(incidents, "columns"):
        found = f"{type(incidents).__name__} {str(incidents)[:40]!r}"
        msg = f"found {found}; expected a table of incidents, as geo.extract gives."
        raise SchemaError(msg)
    if not isinstance(incidents, gpd.GeoDataFrame) or incidents.active_geometry_name is None:
        msg = "the table has no geometry; expected a GeoDataFrame of points: geo.incidents.conform makes one."
        raise SchemaError(msg)
    if incidents.crs != CRS:
        msg = f"incidents has CRS {incidents.crs}; expected {CRS}: to_crs converts, set_crs declares."
        raise CrsError(msg)


def _check_columns(incidents: gpd.GeoDataFrame) -> None:
    found = list(incidents.columns)
    if found[: len(COLUMNS)] != list(COLUMNS):
        wrong = next(n for n, name in enumerate(COLUMNS) if n >= len(found) or found[n] != name)
        msg = (
            f"column {wrong + 1} of the table is {found[wrong] if wrong < len(found) else 'missing'}; expected "
            f"{COLUMNS[wrong]!r}, as in geo.incidents.COLUMNS: geo.incidents.conform puts any table in order."
        )
        raise SchemaError(msg)
    for name, dtype in DTYPES.items():
        if incidents[name].dtype != dtype:
            msg = (
                f"column {name!r}, all rows: found the type {incidents[name].dtype}; expected the type {dtype}: "
                "geo.incidents.conform converts."
            )
            raise SchemaError(msg)


def _breaches(incidents: gpd.GeoDataFrame) -> Iterator[Breach]:
    """Find the cells that break a rule, in the order of the columns."""
    for rule in rules():
        cells = incidents[rule.column]
        holds = np.asarray(pd.Series(rule.holds(cells)).fillna(value=False), dtype=bool)
        broken = np.flatnonzero(~holds & (rule.about_nulls | cells.notna().to_numpy()))
        if len(broken):
            yield Breach((rule.column,), broken, rule.expected)
    for low, high in RANGES:
        crossed = np.asarray((incidents[low] > incidents[high]).fillna(value=False), dtype=bool)
        if crossed.any():
            yield Breach((low, high), np.flatnonzero(crossed), f"{low} no greater than {high}")


def broken_rows(incidents: gpd.GeoDataFrame) -> dict[int, tuple[str, Any, str]]:
    """Find the rows that do not hold to the contract, whatever their ids.

    Args:
        incidents: The contract's columns and types; the index says how rows are called.

    Returns:
        By the row's label: the column, what stands there, and what was expected of it.
    """
    # Ids may still be missing or stand twice: `conform` gives them out.
    named = incidents.assign(incident_id=pd.Series(map(str, range(len(incidents))), index=incidents.index, dtype=TEXT))
    broken: dict[int, tuple[str, Any, str]] = {}
    for breach in _breaches(named):
        for row in breach.rows.tolist():
            found = _found(named, breach, row)
            broken.setdefault(int(incidents.index[row]), (breach.columns[0], found, breach.expected))
    return broken


def _found(incidents: gpd.GeoDataFrame, breach: Breach, row: int) -> Any:
    """Give what stands in the cells of a row that break a rule."""
    cells = [_written(incidents[name].iloc[row]) for name in breach.columns]
    return cells[0] if len(cells) == 1 else " and ".join(map(str, cells))


@cache
def rules() -> tuple[Rule, ...]:
    """List the rules of the contract, in the order of the columns."""
    found = [Rule(name, pd.Series.notna, "a value", about_nulls=True) for name in NEVER_NULL]
    found += [Rule("incident_id", lambda s: ~s.duplicated(), "each id once")]
    for name, terms in TERMS.items():
        found.append(Rule(name, partial(pd.Series.isin, values=list(terms)), f"one of {', '.join(terms)}"))
    for name, dtype in DTYPES.items():
        if dtype == TEXT:
            found.append(Rule(name, lambda s: s != "", "a text; leave what is not said null"))
        if dtype == COUNT:
            found.append(Rule(name, lambda s: s >= 0, "a whole number of at least 0; leave what is not said null"))
    found += [Rule(name, _each(is_id_list), "a list of ids, [] when there are none") for name in ID_LISTS]
    found += [
        Rule("evidence", _each(is_evidence), f"a list of dicts with the keys {', '.join(EVIDENCE_KEYS)}"),
        Rule("country_code", lambda s: s.str.fullmatch("[A-Z]{2}"), "an ISO 3166-1 alpha-2 code such as IQ"),
        Rule("uncertainty_m", lambda s: (s >= 0) & np.isfinite(s), "a finite radius in metres"),
        Rule("confidence", lambda s: s.between(0, 1), "a number from 0 to 1"),
        Rule(GEOMETRY, _on_earth, "a point with longitude -180..180 and latitude -90..90, or null"),
    ]
    return tuple(sorted(found, key=lambda rule: COLUMNS.index(rule.column)))


def _each(holds: Callable[[Any], bool]) -> Callable[[Any], Mask]:
    return lambda cells: np.array([holds(cell) for cell in cells], dtype=bool)


def _on_earth(column: Any) -> Mask:
    geometries = np.asarray(column, dtype=object)
    x, y = shapely.get_x(geometries), shapely.get_y(geometries)  # NaN for anything but a point
    good: Mask = (np.abs(x) <= 180) & (np.abs(y) <= 90)  # noqa: PLR2004 - degrees of a globe
    return good


def _first_of(incidents: gpd.GeoDataFrame, breaches: list[Breach]) -> str:
    """Say the first thing that is wrong, and how many more rows have something of the kind."""
    first = breaches[0]
    row = int(first.rows[0])
    others = len(set(np.concatenate([breach.rows for breach in breaches]).tolist())) - 1
    alone = len(first.columns) == 1
    where = f"column {first.columns[0]!r}, " if alone else ""
    more = f" ({others} more rows have something of the kind)" if others else ""
    found = _found(incidents, first, row)
    said = repr(found) if alone else found
    name = incidents["incident_id"].iloc[row]
    return f"{where}row {row + 1} (incident {name}): found {said}; expected {first.expected}{more}: correct the table."


def _written(cell: Any) -> Any:
    """Write a cell as a person would: a day as a day, 5 and not np.int64(5)."""
    if isinstance(cell, pd.Timestamp):
        return day_text(cell)
    return cell.item() if isinstance(cell, np.generic) else cell
