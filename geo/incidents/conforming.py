"""Make the contract's table of any table: an imported CSV, a layer edited in QGIS.

Nothing is guessed: what cannot be understood is refused with its column and row, and
what is missing is null. Columns of the user's own are kept at the end.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geo.errors import CrsError
from geo.incidents.layer_frame import LayerFrame, day_text
from geo.incidents.refusals import Refusals, Tell
from geo.incidents.schema import (
    COLUMNS,
    COUNT,
    DAY,
    DTYPES,
    EVIDENCE_KEYS,
    ID_LISTS,
    NUMBER,
    TERMS,
    TEXT,
    coordinates,
    is_evidence,
    is_id_list,
    missing,
    object_column,
    points,
    typed,
)
from geo.incidents.validation import broken_rows, check_crs, validate
from geo.incidents.written_days import day_in, order_of
from geo.vocabulary import CRS, EVENT_TYPE_OF

DAYS = ("date_start", "date_end")
EXACT = 2.0**53  # whole numbers up to here are exact as floats, and a toll is less

# Columns of coordinates in tables without geometry, as people name them.
LON_LAT = (("longitude", "latitude"), ("lon", "lat"), ("lng", "lat"), ("x", "y"))
POINT_OR_NONE: Final = (-1, 0)  # as shapely numbers types of geometry
MADE_ID = re.compile("u[0-9a-f]{12}")


def conform(frame: pd.DataFrame, *, on_problem: Tell | None = None) -> gpd.GeoDataFrame:
    """Give a table the contract's columns, order and types.

    Args:
        frame: Any of the contract's columns, as texts or typed; geometry of points in any
            declared CRS, or columns `longitude` and `latitude` in degrees, EPSG:4326.
            Lists may be JSON texts or one plain text; evidence may be a plain text.
        on_problem: Called for each row that cannot be used, which is left out, while the rest is kept;
            without it the first such row raises.

    Returns:
        One row per usable row of `frame`, in its order, EPSG:4326, validated. Rows without an
        `incident_id` get one made of what they say; a copied row (the same id twice) gets one too.

    Raises:
        CrsError: If there is geometry without a CRS.
        SchemaError: If a cell cannot be taken for what its column holds.
    """
    frame = frame.reset_index(drop=True)
    refuse = Refusals(on_problem)
    geometry, used = _geometry(frame, refuse)
    order = order_of(frame[name] for name in DAYS if name in frame.columns and frame[name].dtype != DAY)
    columns: dict[str, Any] = {}
    for name, dtype in DTYPES.items():
        if name == "geometry":
            columns[name] = geometry
        elif name not in frame.columns:
            columns[name] = missing(name, dtype, len(frame))
        else:
            columns[name] = _column(frame[name], name, dtype, refuse, order)
    own = {name: frame[name] for name in frame.columns if name not in COLUMNS and name not in used}
    result = LayerFrame(columns | own, geometry="geometry", crs=CRS)
    _fill_event_types(result)
    _fill_ends(result)
    if on_problem is not None:
        for row, (column, found, expected) in broken_rows(result.drop(index=sorted(refuse.rows))).items():
            refuse(row, column, found, expected)
        refuse.report()
        result = result.drop(index=sorted(refuse.rows)).reset_index(drop=True)
    _fill_ids(result)
    result.attrs = dict(frame.attrs)
    return validate(result)


def is_contract(incidents: Any) -> bool:
    """Tell whether a table has the contract's columns, types, ids and points already."""
    if not isinstance(incidents, gpd.GeoDataFrame) or incidents.active_geometry_name != "geometry":
        return False
    if incidents.crs != CRS or not np.isin(shapely.get_type_id(incidents.geometry.array), POINT_OR_NONE).all():
        return False
    typed = all(name in incidents.columns and incidents[name].dtype == dtype for name, dtype in DTYPES.items())
    return typed and incidents["incident_id"].is_unique and incidents.index.is_unique


def settled(incidents: Any) -> gpd.GeoDataFrame:
    """Give a table as the contract has it: as it is where it keeps to it, else conformed.

    Raises:
        CrsError, SchemaError: As `conform` does; also where the table has no geometry.
    """
    if is_contract(incidents):
        return incidents
    check_crs(incidents)
    return conform(incidents)


def _geometry(frame: pd.DataFrame, refuse: Refusals) -> tuple[gpd.array.GeometryArray, set[str]]:
    """Find the points, and name the columns that they were taken from."""
    if isinstance(frame, gpd.GeoDataFrame) and frame.active_geometry_name is not None:
        if frame.crs is None:
            msg = f"the table has geometry without a CRS; expected {CRS}: set_crs declares it, to_crs converts."
            raise CrsError(msg)
        found = frame.geometry if frame.crs == CRS else frame.geometry.to_crs(CRS)
        return _single_points(found, refuse), {str(frame.active_geometry_name)}
    lower = {str(name).strip().lower(): str(name) for name in frame.columns}
    for lon, lat in LON_LAT:
        if lon in lower and lat in lower:
            used = (lower[lon], lower[lat])
            return points(*(_numbers(frame[name], name, refuse) for name in used)), set(used)
    return points([None] * len(frame), [None] * len(frame)), {"geometry"} & set(frame.columns)


def _single_points(geometries: gpd.GeoSeries, refuse: Refusals) -> gpd.array.GeometryArray:
    """Take points as they are, and the only point out of a multipoint (as QGIS likes to store)."""
    cells = geometries.to_numpy().copy()
    cells[shapely.is_empty(cells)] = None
    single = (shapely.get_type_id(cells) == shapely.GeometryType.MULTIPOINT) & (shapely.get_num_geometries(cells) == 1)
    cells[single] = shapely.get_geometry(cells[single], 0)
    other = ~shapely.is_missing(cells) & (shapely.get_type_id(cells) != shapely.GeometryType.POINT)
    for row in np.flatnonzero(other):
        refuse(int(row), "geometry", cells[row].geom_type, "a point: take the centroid of each shape")
        cells[row] = None
    return gpd.array.from_shapely(shapely.force_2d(cells), crs=CRS)


def _column(cells: "pd.Series[Any]", name: str, dtype: Any, refuse: Refusals, order: str | None) -> pd.Series:
    if name in ID_LISTS:
        return object_column([cell if is_id_list(cell) else _id_list(cell) for cell in cells])
    if name == "evidence":
        return object_column(
            [cell if is_evidence(cell) else _evidence(cell, row, refuse) for row, cell in enumerate(cells)]
        )
    if dtype == TEXT:
        return _texts(cells, name)
    if dtype == DAY:
        return _days(cells, name, refuse, order)
    numbers = _numbers(cells, name, refuse)
    return pd.Series(_counts(numbers, name, refuse) if dtype == COUNT else numbers.astype(NUMBER))


def _texts(cells: "pd.Series[Any]", name: str) -> pd.Series:
    texts = cells.astype(TEXT)
    bare = texts.str.strip()
    said = cells.notna() & (bare != "")
    if name == "country_code":
        return bare.where(said, None).str.upper()
    if name not in TERMS:
        return texts.where(said, None)
    spelled = {term.lower(): term for term in TERMS[name]}
    return bare.str.lower().map(spelled).astype(TEXT).fillna(bare).where(said, None)


def _days(cells: "pd.Series[Any]", name: str, refuse: Refusals, order: str | None) -> pd.Series:
    if cells.dtype == DAY:
        return pd.Series(cells.dt.normalize())
    if pd.api.types.is_datetime64_any_dtype(cells.dtype) and not _holds_days(cells.dtype):
        moments = cells.dt.tz_localize(None).astype("datetime64[us]")
        return pd.Series(moments.to_numpy().astype("datetime64[D]").astype(DAY))
    return typed([_day(cell, name, row, refuse, order) for row, cell in enumerate(cells)], DAY)


def _holds_days(dtype: Any) -> bool:
    """Tell Arrow's days, which pandas counts among the moments; they have no time zone to take away."""
    return isinstance(dtype, pd.ArrowDtype) and pa.types.is_date(dtype.pyarrow_dtype)


def _day(cell: Any, name: str, row: int, refuse: Refusals, order: str | None) -> date | None:
    if isinstance(cell, datetime):
        return None if pd.isna(cell) else cell.date()
    if isinstance(cell, date):
        return cell
    if _is_null(cell):
        return None
    try:
        return day_in(str(cell), order)
    except ValueError:
        refuse(row, name, cell, "a day such as 2020-03-12")
        return None


def _numbers(cells: "pd.Series[Any]", name: str, refuse: Refusals) -> "pd.Series[Any]":
    if pd.api.types.is_numeric_dtype(cells.dtype) and not pd.api.types.is_bool_dtype(cells.dtype):
        return cells
    texts = cells.astype(TEXT).str.strip()
    texts = texts.where(cells.notna() & (texts != ""), None)
    numbers = pd.to_numeric(texts, errors="coerce")
    for row in np.flatnonzero((numbers.isna() & texts.notna()).to_numpy()):
        refuse(int(row), name, cells.iloc[int(row)], "a number")
    return numbers


def _counts(numbers: "pd.Series[Any]", name: str, refuse: Refusals) -> Any:
    try:
        with np.errstate(invalid="ignore"):
            return numbers.astype(COUNT).array
    except (TypeError, ValueError, OverflowError):
        cells = pd.to_numeric(numbers, errors="coerce").astype(NUMBER)
        broken = (cells.fillna(0) % 1 != 0) | (cells.abs() > EXACT)  # an infinity leaves no rest
        for row in np.flatnonzero(broken.to_numpy()):
            refuse(int(row), name, numbers.iloc[int(row)], "a whole number")
        return cells.where(~broken).astype(COUNT).array


def _id_list(cell: Any) -> list[str]:
    if isinstance(cell, list | tuple | np.ndarray):
        return [str(item) for item in cell]
    if _is_null(cell):
        return []
    told = _json(cell)
    return [str(item) for item in told] if isinstance(told, list) else [str(cell).strip()]


def _evidence(cell: Any, row: int, refuse: Refusals) -> list[dict[str, Any]]:
    """Read evidence; a plain text is a quote whose place in the report is unknown."""
    if _is_null(cell):
        return []
    told = cell if isinstance(cell, list | tuple | np.ndarray) else _json(cell)
    if not isinstance(told, list | tuple | np.ndarray):
        told = [str(cell)]
    spans = []
    for item in told:
        span = item if isinstance(item, dict) else {"text": str(item)}
        try:
            whole = {key: None if _is_null(span.get(key)) else int(span[key]) for key in ("start", "end")}
        except (TypeError, ValueError, OverflowError):
            whole = {}
        if not whole or not isinstance(span.get("text"), str):
            refuse(row, "evidence", item, f"dicts with {', '.join(EVIDENCE_KEYS)}, or a plain text")
            return []
        report = span.get("report_id")
        spans.append({"report_id": None if _is_null(report) else str(report), **whole, "text": span["text"]})
    return spans


def _json(cell: Any) -> Any:
    """Read a text that may be JSON; anything else is no answer."""
    try:
        return json.loads(cell)
    except (TypeError, ValueError, RecursionError):
        return None


def _is_null(cell: Any) -> bool:
    """Tell whether a cell says nothing: null of any kind, or an empty text; lists are no such thing."""
    return isinstance(cell, str | float | None | type(pd.NA) | type(pd.NaT)) and (pd.isna(cell) or cell == "")


def named_by_conform(incident_id: str) -> bool:
    """Tell whether a row got its id here, because a person had added or copied it."""
    return MADE_ID.fullmatch(incident_id) is not None


def _fill_event_types(frame: gpd.GeoDataFrame) -> None:
    """A sub type belongs to one event type, so that need not be said."""
    known = frame["sub_event_type"].map(EVENT_TYPE_OF).astype(TEXT)
    frame["event_type"] = frame["event_type"].fillna(known)


def _fill_ends(frame: gpd.GeoDataFrame) -> None:
    """An end of the days that is not said is the other end: a table with `date_start` alone tells one day each."""
    first, last = (frame[name] for name in DAYS)
    frame["date_end"], frame["date_start"] = last.fillna(first), first.fillna(last)


def _fill_ids(frame: gpd.GeoDataFrame) -> None:
    """Name the nameless rows, and a copied row anew; the first keeps the id."""
    ids = frame["incident_id"]
    nameless = ids.isna() | ids.duplicated()
    if not nameless.any():
        return
    taken = set(ids[~nameless])
    xy = coordinates(frame)
    for row in np.flatnonzero(nameless.to_numpy()):
        cells = (frame[name].iloc[row] for name in ("sub_event_type", "date_start", "place_name", "actor1"))
        said = [day_text(cell) or "<NA>" if isinstance(cell, date | type(pd.NaT)) else str(cell) for cell in cells]
        ids.iloc[row] = _free_id([*said, *map(repr, xy[row].round(5))], taken)
        taken.add(ids.iloc[row])
    frame["incident_id"] = ids


def _free_id(said: Sequence[str], taken: set[str]) -> str:
    for n in range(len(taken) + 1):
        digest = hashlib.sha256("\0".join([*said, str(n)]).encode()).hexdigest()
        if f"u{digest[:12]}" not in taken:
            break
    return f"u{digest[:12]}"
