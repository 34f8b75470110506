"""Hold the contract of the incident table: its columns, their types, and what may stand in them.

One row is one incident, CRS EPSG:4326. What a report does not say is null, never an
empty text or a nought; lists are empty, never null. A user's own columns may follow
the contract's.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geo.errors import CrsError, SchemaError
from geo.incident import Evidence, Incident
from geo.vocabulary import CRS, DATE_PRECISIONS, EVENT_TYPES, GEO_PRECISIONS, STATUSES, SUB_EVENT_TYPES

if TYPE_CHECKING:
    import pandera.pandas as pandera

TEXT: Final = "str"
DAY: Final = pd.ArrowDtype(pa.date32())
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
    return gpd.GeoDataFrame(columns, geometry="geometry", crs=CRS)


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
    return pd.Series(pd.array(list(values), dtype=dtype))


def missing(name: str, dtype: Any, length: int) -> pd.Series:
    """Make a column of the contract in which nothing is said: lists are empty, all else is null."""
    if name in ID_LISTS or name == "evidence":
        return object_column([[] for _ in range(length)])
    return pd.Series(pd.array([None] * length, dtype=dtype))


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
    """Say where each incident is: longitude and latitude in degrees, shape (n, 2), NaN when unknown."""
    geometries = incidents.geometry.to_numpy()
    return np.column_stack([shapely.get_x(geometries), shapely.get_y(geometries)])


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
    found = list(incidents.columns)
    if found[: len(COLUMNS)] != list(COLUMNS):
        wrong = next(n for n, name in enumerate(COLUMNS) if n >= len(found) or found[n] != name)
        msg = (
            f"column {wrong + 1} of the table is {found[wrong] if wrong < len(found) else 'missing'}; expected "
            f"{COLUMNS[wrong]!r}, as in geo.incidents.COLUMNS: geo.incidents.conform puts any table in order."
        )
        raise SchemaError(msg)
    from pandera.errors import SchemaErrors  # noqa: PLC0415 - pandera takes 0.2 s to load

    try:
        contract().validate(incidents, lazy=True)
    except SchemaErrors as error:
        raise SchemaError(_first_failure(incidents, error.failure_cases)) from None
    return incidents


def broken_rows(incidents: gpd.GeoDataFrame) -> dict[int, tuple[str, Any, str]]:
    """Find the rows that do not hold to the contract, whatever their ids.

    Args:
        incidents: The contract's columns and types; the index says how rows are called.

    Returns:
        By the row's label: the column, what stands there, and what was expected of it.
    """
    from pandera.errors import SchemaErrors  # noqa: PLC0415 - pandera takes 0.2 s to load

    # Ids may still be missing or stand twice: `conform` gives them out.
    named = incidents.assign(incident_id=pd.Series(map(str, range(len(incidents))), index=incidents.index, dtype=TEXT))
    try:
        contract().validate(named, lazy=True)
    except SchemaErrors as error:
        failures = error.failure_cases
    else:
        return {}
    broken: dict[int, tuple[str, Any, str]] = {}
    for case in failures[failures["index"].notna()].itertuples():
        row, expected = int(case.index), str(case.check)
        if case.schema_context != "DataFrameSchema":
            found = case.failure_case.item() if isinstance(case.failure_case, np.generic) else case.failure_case
            broken.setdefault(row, (case.column, found, {"not_nullable": "a value"}.get(expected, expected)))
        elif row not in broken:
            low, high = next(pair for pair in RANGES if expected.startswith(pair[0]))
            said = f"{incidents[low].loc[row]} and {incidents[high].loc[row]}"
            broken[row] = (low, said, expected)
    return broken


def check_crs(incidents: Any) -> None:
    """Refuse a table without point geometry in EPSG:4326.

    Raises:
        SchemaError: If the table has no column of geometry.
        CrsError: If its CRS is another, or not said.
    """
    if not isinstance(incidents, gpd.GeoDataFrame) or incidents.active_geometry_name is None:
        msg = "the table has no geometry; expected a GeoDataFrame of points: geo.incidents.conform makes one."
        raise SchemaError(msg)
    if incidents.crs != CRS:
        msg = f"incidents has CRS {incidents.crs}; expected {CRS}: to_crs converts, set_crs declares."
        raise CrsError(msg)


@cache
def contract() -> "pandera.DataFrameSchema":
    """Build the pandera schema of the table, once."""
    import pandera.pandas as pandera  # noqa: PLC0415 - takes 0.2 s to load

    checks: dict[str, list[pandera.Check]] = {name: [] for name in COLUMNS}

    def rule(column: str, holds: Callable[[Any], Any], expected: str) -> None:
        checks[column].append(pandera.Check(holds, error=expected))

    for name, terms in TERMS.items():
        rule(name, partial(pd.Series.isin, values=list(terms)), f"one of {', '.join(terms)}")
    for name, dtype in DTYPES.items():
        if dtype == TEXT:
            rule(name, lambda s: s != "", "a text; leave what is not said null")
        if dtype == COUNT:
            rule(name, lambda s: s >= 0, "a whole number of at least 0; leave what is not said null")
    for name in ID_LISTS:
        rule(name, _each(is_id_list), "a list of ids, [] when there are none")
    rule("evidence", _each(is_evidence), f"a list of dicts with the keys {', '.join(EVIDENCE_KEYS)}")
    rule("country_code", lambda s: s.str.fullmatch("[A-Z]{2}"), "an ISO 3166-1 alpha-2 code such as IQ")
    rule("uncertainty_m", lambda s: (s >= 0) & np.isfinite(s), "a finite radius in metres")
    rule("confidence", lambda s: s.between(0, 1), "a number from 0 to 1")
    rule("geometry", _points_on_earth, "a point with longitude -180..180 and latitude -90..90, or null")
    columns = {
        name: pandera.Column(
            None if dtype == GEOMETRY else dtype,
            checks[name],
            nullable=dtype != LIST and name != "incident_id",
            unique=name == "incident_id",
        )
        for name, dtype in DTYPES.items()
    }
    ordered = [
        pandera.Check(
            lambda t, low=low, high=high: ~(t[low] > t[high]).fillna(value=False).astype(bool),
            error=f"{low} no greater than {high}",
        )
        for low, high in RANGES
    ]
    return pandera.DataFrameSchema(columns, checks=ordered)


def _each(holds: Callable[[Any], bool]) -> Callable[["pd.Series[Any]"], "pd.Series[bool]"]:
    return lambda cells: pd.Series([holds(cell) for cell in cells], index=cells.index, dtype=bool)


def is_id_list(cell: Any) -> bool:
    """Tell whether a cell is a list of ids as the table holds it."""
    return type(cell) is list and all(type(item) is str and item for item in cell)


def is_evidence(cell: Any) -> bool:
    """Tell whether a cell is a list of spans as the table holds it."""
    return type(cell) is list and all(
        type(item) is dict and tuple(item) == EVIDENCE_KEYS and type(item["text"]) is str for item in cell
    )


def _points_on_earth(column: Any) -> "pd.Series[bool]":
    geometries = np.asarray(column, dtype=object)
    x, y = shapely.get_x(geometries), shapely.get_y(geometries)  # NaN for anything but a point
    good = (np.abs(x) <= 180) & (np.abs(y) <= 90)  # noqa: PLR2004 - degrees of a globe
    return pd.Series(good | shapely.is_missing(geometries), index=column.index)


def _first_failure(incidents: gpd.GeoDataFrame, failures: pd.DataFrame) -> str:
    """Say the first thing that is wrong, and how many more there are."""
    whole = failures[failures["index"].isna()]
    first = (whole if len(whole) else failures).iloc[0]
    expected, found = str(first["check"]), first["failure_case"]
    where = "" if first["schema_context"] == "DataFrameSchema" else f"column {first['column']!r}, "
    if len(whole):
        kind = DTYPES.get(first["column"], "")
        expected = f"the type {kind}" if expected.startswith("dtype") else expected
        return f"{where}all rows: found {found}; expected {expected}: geo.incidents.conform converts."
    row = int(np.flatnonzero(incidents.index == first["index"])[0])
    name = incidents["incident_id"].iloc[row]
    expected = {"field_uniqueness": "each id once", "not_nullable": "a value"}.get(expected, expected)
    if not where:
        low, high = next(pair for pair in RANGES if expected.startswith(pair[0]))
        found = f"{incidents[low].iloc[row]} and {incidents[high].iloc[row]}"
    if isinstance(found, np.generic):
        found = found.item()  # 5, not np.int64(5)
    others = failures["index"].nunique() - 1
    more = f" ({others} more rows have something of the kind)" if others else ""
    return f"{where}row {row + 1} (incident {name}): found {found!r}; expected {expected}{more}: correct the table."
