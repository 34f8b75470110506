"""Take incidents in whatever form a caller has them: a layer, any table of points, a file, reports."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geo.errors import InputError, SchemaError
from geo.exporting import LAYER_SUFFIXES
from geo.importing.as_points import as_points
from geo.importing.layers import is_table, read_layer
from geo.importing.misplaced import hold_against_countries
from geo.importing.naming import name_columns
from geo.importing.usable import why_nothing
from geo.incidents import conform, extract
from geo.incidents.contract.conforming import is_contract
from geo.incidents.contract.layer_frame import LayerFrame
from geo.report import Report
from geo.tabular import find_coordinates, names_coordinates
from geo.tabular.headers import long_text_column
from geo.vocabulary import CRS

EXPECTED: Final = "a table of incidents or points, a path, reports, or texts"


def as_incidents(source: Any, named: Mapping[str, str | None] | None = None) -> gpd.GeoDataFrame:
    """Make the contract's table of anything that holds incidents or points.

    Args:
        source: A table of incidents, whatever its index and the name of its geometry; any GeoDataFrame of points
            or DataFrame with coordinates, or a list of such rows as dicts; GeoJSON as a mapping; a path of a layer or
            of reports; reports or texts.
        named: Columns that hold `name`, `date`, `category` or `description`, where they have other names.

    Returns:
        The contract's columns, then the table's own; EPSG:4326. An `incident_id` that comes twice is made anew
        for the second row.

    Raises:
        CrsError: If there is geometry without a CRS.
        SchemaError: If no place can be found, or a cell cannot be what its column holds.
        InputError: If it is something else.
    """
    source = _as_table(source)
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
    if isinstance(source, list) and source and all(map(_is_point, source)):
        return _of_frame(pd.DataFrame(source), named or {})
    if isinstance(source, str | Path | Report | Mapping | pd.Series | Sequence) or hasattr(source, "__next__"):
        return extract(source)
    msg = f"found {type(source).__name__}; expected {EXPECTED}."
    raise InputError(msg)


def _as_table(source: Any) -> Any:
    """Make a table of pandas of what is one under another name; all else stays as it is."""
    if hasattr(source, "to_pandas"):  # tables of Arrow and Polars
        return source.to_pandas()
    if isinstance(source, gpd.GeoSeries):
        return gpd.GeoDataFrame(geometry=source.reset_index(drop=True))
    if isinstance(source, pd.Series) and {"geometry", "incident_id"} & set(map(str, source.index)):
        msg = "found one row of a table; expected a table: incidents.iloc[[0]], with two brackets, is one of one row."
        raise InputError(msg)
    if isinstance(source, Mapping) and source.get("type") in ("Feature", "FeatureCollection"):
        features = source["features"] if source["type"] == "FeatureCollection" else [source]
        return gpd.GeoDataFrame.from_features(features, crs=CRS)
    return source


def _is_point(item: Any) -> bool:
    """Return whether a dict is a row with coordinates, and no report."""
    names = [*map(str, item)] if isinstance(item, Mapping) else []
    return names_coordinates(names) and long_text_column(names) is None


def _is_layer(source: str | Path) -> bool:
    path = Path(source)
    if len(str(source)) > 400 or "\n" in str(source):  # noqa: PLR2004 - longer than any path
        return False
    return path.suffix.lower() in LAYER_SUFFIXES or is_table(path)


def _of_frame(frame: pd.DataFrame, named: Mapping[str, str | None]) -> gpd.GeoDataFrame:
    """Find coordinates and the columns that the contract has under other names."""
    frame = frame.reset_index(drop=True)
    names = list(map(str, frame.columns))
    if isinstance(frame.columns, pd.MultiIndex) or len(set(names)) < len(names):
        twice = next((name for name in names if names.count(name) > 1), names[0] if names else "")
        msg = f"columns have several levels, or one name twice ({twice}); expected each name once: rename or join them."
        raise SchemaError(msg)
    if not (isinstance(frame, gpd.GeoDataFrame) and frame.active_geometry_name is not None):
        frame = _with_points(frame)
    if "incident_id" in frame.columns and not any(named.values()):
        return conform(frame)
    frame = as_points(_called_geometry(frame))
    if len(frame) and (nothing := why_nothing(frame)):
        raise SchemaError(nothing)
    found = name_columns(frame, named)
    for column, row, cell, expected in found.unread:
        msg = f"column {column!r}, row {row + 1}: found {cell!r}; expected {expected}."
        raise SchemaError(msg)
    return conform(found.table)


def _called_geometry(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if frame.active_geometry_name == "geometry":
        return frame
    return frame.drop(columns="geometry", errors="ignore").rename_geometry("geometry")


def _with_points(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    texts = {
        str(name): _texts(frame[name]) for name in frame.columns if frame[name].dtype != object or _is_text(frame[name])
    }
    found = find_coordinates(pa.table(texts), comma=True) if texts else None
    if found is not None:
        hold_against_countries(found, pa.table(texts))
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
