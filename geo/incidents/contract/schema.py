"""Hold the contract of the incident table: its columns, their types, and what may stand in them.

One row is one incident, CRS EPSG:4326. What a report does not say is null, never an
empty text or a zero; lists are empty, never null. A user's own columns may follow
the contract's.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.incident import Evidence, Incident
from geo.incidents.contract.layer_frame import LayerFrame
from geo.vocabulary import CRS, DATE_PRECISIONS, EVENT_TYPES, GEO_PRECISIONS, STATUSES, SUB_EVENT_TYPES

TEXT: Final = "str"
# Compares with texts, Timestamps and datetimes and has `.dt`; in seconds, since days of any year from 1 to 9999 fit in.
DAY: Final = "datetime64[s]"
COUNT: Final = "Int64"
NUMBER: Final = "float64"
LIST: Final = "object"
GEOMETRY: Final = "geometry"

# In the order of every layer file.
DTYPES: Final[dict[str, Any]] = {
    "incident_id": TEXT,
    "report_ids": LIST,
    "event_type": TEXT,
    "sub_event_type": TEXT,
    "date_start": DAY,
    "date_end": DAY,
    "date_precision": TEXT,
    "place_name": TEXT,
    "place_id": TEXT,
    "place_text": TEXT,
    "country": TEXT,
    "country_code": TEXT,
    "admin1": TEXT,
    "geo_precision": TEXT,
    "uncertainty_m": NUMBER,
    "geometry": GEOMETRY,
    "actor1": TEXT,
    "actor2": TEXT,
    "killed_min": COUNT,
    "killed_max": COUNT,
    "wounded_min": COUNT,
    "wounded_max": COUNT,
    "event_count_min": COUNT,
    "weapon": TEXT,
    "status": TEXT,
    "attribution": TEXT,
    "in_response_to": LIST,
    "evidence": LIST,
    "confidence": NUMBER,
}
COLUMNS: Final = tuple(DTYPES)
EVIDENCE_KEYS: Final = ("report_id", "start", "end", "text")
ID_LISTS: Final = ("report_ids", "in_response_to")
RANGES: Final = (
    ("date_start", "date_end"),
    ("killed_min", "killed_max"),
    ("wounded_min", "wounded_max"),
)
TERMS: Final[dict[str, Sequence[str]]] = {
    "event_type": tuple(EVENT_TYPES),
    "sub_event_type": SUB_EVENT_TYPES,
    "date_precision": DATE_PRECISIONS,
    "geo_precision": GEO_PRECISIONS,
    "status": STATUSES,
}


def empty_frame() -> gpd.GeoDataFrame:
    """Make a table of no incidents, with every column and type of the contract."""
    return to_frame([])


def to_frame(incidents: Iterable[Incident]) -> gpd.GeoDataFrame:
    """Put incidents into the table, one row each, in the order given.

    Args:
        incidents: As the extraction makes them; a list or any iterable.

    Returns:
        The contract's columns and types, EPSG:4326, a fresh index from 0.
    """
    rows = list(incidents)
    columns: dict[str, Any] = {}
    for name, dtype in DTYPES.items():
        if name == "geometry":
            columns[name] = points([row.lon for row in rows], [row.lat for row in rows])
        elif name in ID_LISTS:
            columns[name] = object_column([list(getattr(row, name)) for row in rows])
        elif name == "evidence":
            columns[name] = object_column([[as_dict(e) for e in row.evidence] for row in rows])
        else:
            columns[name] = typed([getattr(row, name) for row in rows], dtype)
    return LayerFrame(columns, geometry="geometry", crs=CRS)


def as_dict(evidence: Evidence) -> dict[str, Any]:
    """Write one span of evidence as the table holds it."""
    return {
        "report_id": evidence.report_id,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
    }


def typed(values: Sequence[Any], dtype: Any) -> pd.Series:
    """Make one column; an empty text says nothing, so it becomes null."""
    if dtype == TEXT:
        values = [value or None for value in values]
    if dtype == DAY:
        return pd.Series(np.array(values, dtype="datetime64[D]").astype(DAY))
    return pd.Series(pd.array(list(values), dtype=dtype))


def missing(name: str, dtype: Any, length: int) -> pd.Series:
    """Make a column of the contract in which nothing is said: lists are empty, all else is null."""
    if name in ID_LISTS or name == "evidence":
        return object_column([[] for _ in range(length)])
    return pd.Series(index=range(length), dtype=dtype)


def object_column(values: Sequence[Any]) -> pd.Series:
    """Make a column of lists; numpy would take lists of one length for a matrix."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return pd.Series(column)


def points(lon: Any, lat: Any) -> gpd.array.GeometryArray:
    """Make points from degrees; a row without both coordinates has none.

    Args:
        lon: Longitudes in degrees, EPSG:4326, shape (n,); None or NaN when no place is known.
        lat: Latitudes likewise.
    """
    xy = np.column_stack([np.asarray(lon, dtype="float64"), np.asarray(lat, dtype="float64")])
    geometries = np.full(len(xy), None, dtype=object)
    known = ~np.isnan(xy).any(axis=1)
    geometries[known] = shapely.points(xy[known])
    return gpd.array.from_shapely(geometries, crs=CRS)


def coordinates(incidents: gpd.GeoDataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Give the coordinates of each incident: longitude and latitude in degrees, shape (n, 2), NaN when unknown."""
    geometries = incidents.geometry.to_numpy()
    return np.column_stack([shapely.get_x(geometries), shapely.get_y(geometries)])


def is_id_list(cell: Any) -> bool:
    """Return whether a cell is a list of ids as the table holds it."""
    return type(cell) is list and all(type(item) is str and item for item in cell)


_OFFSET = frozenset({int, type(None), np.int64, np.int32})


def is_evidence(cell: Any) -> bool:
    """Return whether a cell is a list of spans as the table holds it."""
    return type(cell) is list and all(
        type(item) is dict
        and tuple(item) == EVIDENCE_KEYS
        and type(item["text"]) is str
        and type(item["start"]) in _OFFSET
        and type(item["end"]) in _OFFSET
        for item in cell
    )
