"""Take incidents in whatever form a caller has them: a layer, any table of points, a file, reports."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geo.errors import InputError, SchemaError
from geo.exporting import LAYER_SUFFIXES
from geo.importing.layers import is_table, read_layer
from geo.incidents import COLUMNS, conform, extract
from geo.incidents.conforming import is_contract
from geo.incidents.layer_frame import LayerFrame
from geo.publication import publication_day
from geo.report import Report
from geo.tabular import find_coordinates
from geo.vocabulary import CRS, EVENT_TYPE_OF, EVENT_TYPES

# As people name the columns of their own tables; the first that is there counts.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "name": ("name", "place", "place_name", "location", "site", "title", "label"),
    "date": ("date", "day", "event_date", "datetime", "when"),
    "category": ("category", "event_type", "type", "kind"),
    "description": ("description", "notes", "note", "text", "summary", "details", "popup"),
}
# Where the contract keeps them.
TARGETS: Final = {"name": "place_name", "description": "evidence", "date": "date_start"}
EXPECTED: Final = "a table of incidents or points, a path, reports, or texts"


def as_incidents(source: Any, named: Mapping[str, str | None] | None = None) -> gpd.GeoDataFrame:
    """Make the contract's table of anything that holds incidents or points.

    Args:
        source: A table of incidents, whatever its index and the name of its geometry; any GeoDataFrame of points
            or DataFrame with coordinates; GeoJSON as a mapping; a path of a layer or of reports; reports or texts.
        named: Columns that hold `name`, `date`, `category` or `description`, where they have other names.

    Returns:
        The contract's columns, then the table's own; EPSG:4326. An `incident_id` that comes twice is made anew
        for the second row.

    Raises:
        CrsError: If there is geometry without a CRS.
        SchemaError: If no place can be found, or a cell cannot be what its column holds.
        InputError: If it is something else.
    """
    if isinstance(source, gpd.GeoSeries):
        source = gpd.GeoDataFrame(geometry=source.reset_index(drop=True))
    if isinstance(source, Mapping) and source.get("type") == "FeatureCollection":
        source = gpd.GeoDataFrame.from_features(source["features"], crs=CRS)
    if isinstance(source, pd.DataFrame):
        return source if is_contract(source) else _of_frame(source, named or {})
    if isinstance(source, str | Path) and _is_layer(source):
        return _of_frame(read_layer(source), named or {})
    if (
        isinstance(source, Sequence)
        and not isinstance(source, str)
        and any(isinstance(x, pd.DataFrame) for x in source)
    ):
        msg = "found a list of tables; expected one: pd.concat puts them under one another."
        raise InputError(msg)
    if isinstance(source, str | Path | Report | Mapping | pd.Series | Sequence) or hasattr(source, "__next__"):
        return extract(source)
    msg = f"found {type(source).__name__}; expected {EXPECTED}."
    raise InputError(msg)


def _is_layer(source: str | Path) -> bool:
    path = Path(source)
    if len(str(source)) > 400 or "\n" in str(source):  # noqa: PLR2004 - longer than any path
        return False
    return path.suffix.lower() in LAYER_SUFFIXES or (path.is_file() and is_table(path))


def _of_frame(frame: pd.DataFrame, named: Mapping[str, str | None]) -> gpd.GeoDataFrame:
    """Find coordinates and the columns that the contract has under other names."""
    frame = frame.reset_index(drop=True)
    if not (isinstance(frame, gpd.GeoDataFrame) and frame.active_geometry_name is not None):
        frame = _with_points(frame)
    filled = _filled(frame, {field: _column(frame, field, named.get(field)) for field in NAMES})
    return conform(filled)


def _with_points(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    texts = {
        str(name): _texts(frame[name]) for name in frame.columns if frame[name].dtype != object or _is_text(frame[name])
    }
    found = find_coordinates(pa.table(texts), comma=True) if texts else None
    if found is not None and found.wrong:
        row, why = next(iter(found.wrong.items()))
        expected = "" if "expected" in why else "; expected coordinates in degrees"
        msg = f"row {row + 1}: {why.rstrip('?')}{expected}: correct the cell."
        raise SchemaError(msg)
    if found is None or all(shape is None for shape in found.shapes):
        msg = (
            f"no coordinates among {', '.join(map(str, frame.columns)) or 'no columns'}; expected latitude and "
            "longitude, lat and lon, x and y, wkt, or 'lat, lon' in one cell: rename yours to these."
        )
        raise SchemaError(msg)
    kept = frame.drop(columns=[name for name in found.columns if name in frame.columns])
    return LayerFrame(kept, geometry=gpd.GeoSeries(list(found.shapes), index=kept.index, crs=CRS), crs=CRS)


def _is_text(column: "pd.Series[Any]") -> bool:
    return bool(column.map(lambda cell: cell is None or isinstance(cell, str | float)).all())


def _texts(column: "pd.Series[Any]") -> pa.Array:
    return pa.array([None if pd.isna(cell) else str(cell) for cell in column], pa.large_string())


def _column(frame: pd.DataFrame, field: str, asked: str | None) -> Any:
    """Find the column that holds a field; one that was asked for must be there."""
    if asked is not None:
        if asked not in frame.columns:
            msg = f"there is no column {asked!r} for {field}; the table has {', '.join(map(str, frame.columns))}."
            raise SchemaError(msg)
        return asked
    lower = {str(name).strip().lower(): name for name in reversed(frame.columns)}
    return next((lower[name] for name in NAMES[field] if name in lower), None)


def _filled(frame: gpd.GeoDataFrame, found: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Fill columns of the contract that the table lacks from those that hold the same."""
    made: dict[str, Any] = {}
    if found["name"] is not None and "place_name" not in frame:
        made["place_name"] = frame[found["name"]].astype("str")
    if found["description"] is not None and "evidence" not in frame:
        made["evidence"] = frame[found["description"]]
    if found["date"] is not None and "date_start" not in frame:
        made["date_start"] = made["date_end"] = _days(frame[found["date"]])
        made["date_precision"] = pd.Series(["unknown" if pd.isna(day) else "day" for day in made["date_start"]])
    used = [found[field] for field, to in TARGETS.items() if to in made and found[field] not in COLUMNS]
    category = found["category"]
    if category is not None and "sub_event_type" not in frame:
        made |= _types(frame[category].astype("str"))
        if (made["event_type"].notna() | frame[category].isna()).all():
            used.append(category)
        elif category in COLUMNS:
            frame = frame.rename(columns={category: "category"})
    if frame.active_geometry_name != "geometry":
        frame = frame.drop(columns="geometry", errors="ignore").rename_geometry("geometry")
    return frame.drop(columns=used).assign(**made)


def _days(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column
    days = []
    for row, cell in enumerate(column):
        try:
            days.append(None if pd.isna(cell) else publication_day(cell))
        except ValueError as error:
            msg = (
                f"column {column.name!r}, row {row + 1}: found {cell!r} ({error}); expected a date such as 2020-03-12."
            )
            raise SchemaError(msg) from None
    return pd.Series(days, index=column.index, dtype=object)


def _types(column: "pd.Series[Any]") -> dict[str, Any]:
    """Take categories that are terms of the codebook for types; others stay a column of the table's own."""
    subs = {term.lower(): term for term in EVENT_TYPE_OF}
    types = {term.lower(): term for term in EVENT_TYPES}
    said = column.str.strip().str.lower()
    sub = said.map(subs)
    return {"sub_event_type": sub, "event_type": sub.map(EVENT_TYPE_OF).fillna(said.map(types))}
