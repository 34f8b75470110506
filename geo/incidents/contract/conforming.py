"""Make the contract's table of any table: an imported CSV, a layer edited in QGIS.

Nothing is guessed: what cannot be understood is refused with its column and row, and
what is missing is null. Columns of the user's own are kept at the end.
"""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import CrsError
from geo.incidents.contract.cells import numbers_in, typed_column
from geo.incidents.contract.layer_frame import LayerFrame
from geo.incidents.contract.made_ids import fill_ids
from geo.incidents.contract.refusals import OnProblem, Refusals
from geo.incidents.contract.schema import COLUMNS, DAY, DTYPES, TEXT, missing, points
from geo.incidents.contract.validation import broken_rows, check_crs, validate
from geo.incidents.contract.written_days import order_of
from geo.vocabulary import CRS, EVENT_TYPE_OF

DAYS = ("date_start", "date_end")

# Columns of coordinates in tables without geometry, as people name them.
LON_LAT = (("longitude", "latitude"), ("lon", "lat"), ("lng", "lat"), ("x", "y"))
POINT_OR_NONE: Final = (-1, 0)  # as shapely numbers types of geometry


def conform(frame: pd.DataFrame, *, on_problem: OnProblem | None = None) -> gpd.GeoDataFrame:
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
            columns[name] = typed_column(frame[name], name, dtype, refuse, order)
    own = {name: frame[name] for name in frame.columns if name not in COLUMNS and name not in used}
    result = LayerFrame(columns | own, geometry="geometry", crs=CRS)
    _fill_event_types(result)
    _fill_ends(result)
    if on_problem is not None:
        result = _without_refused(result, refuse)
    fill_ids(result)
    result.attrs = dict(frame.attrs)
    return validate(result)


def _without_refused(result: gpd.GeoDataFrame, refuse: Refusals) -> gpd.GeoDataFrame:
    """Report the rows that are broken, and leave them out."""
    for row, (column, found, expected) in broken_rows(result.drop(index=sorted(refuse.rows))).items():
        refuse(row, column, found, expected)
    refuse.report()
    return result.drop(index=sorted(refuse.rows)).reset_index(drop=True)


def is_contract(incidents: Any) -> bool:
    """Return whether a table has the contract's columns, types, ids and points already."""
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
            return points(*(numbers_in(frame[name], name, refuse) for name in used)), set(used)
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


def _fill_event_types(frame: gpd.GeoDataFrame) -> None:
    """A sub type belongs to one event type, so that need not be said."""
    known = frame["sub_event_type"].map(EVENT_TYPE_OF).astype(TEXT)
    frame["event_type"] = frame["event_type"].fillna(known)


def _fill_ends(frame: gpd.GeoDataFrame) -> None:
    """An end of the days that is not said is the other end: a table with `date_start` alone states one day each."""
    first, last = (frame[name] for name in DAYS)
    frame["date_end"], frame["date_start"] = last.fillna(first), first.fillna(last)
