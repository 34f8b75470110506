"""Recognise tables of events that come as layers: GeoJSON, shapefiles and GeoPackages of ACLED, UCDP GED and others.

Their codes of precision and day count as in a table, so that a province is an area and no dot.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geo.importing.days import RULES
from geo.resources import read_table
from geo.tabular import RawTable, recognise
from geo.tabular.headers import datasets, normal
from geo.tabular.table import TEXT, of_columns

LONGEST_DBF: Final = 10  # letters of a column's name in a shapefile


def as_event_table(layer: gpd.GeoDataFrame, source: str) -> RawTable | None:
    """Make a table of texts of a layer whose columns are those of a dataset; None of any other layer."""
    columns = [name for name in layer.columns if name != layer.active_geometry_name]
    if "incident_id" in columns or not len(layer):
        return None
    names = _whole_names([str(name) for name in columns])
    if names is None:
        return None
    cells = [pa.array(map(_text, layer[column].astype(object)), TEXT) for column in columns]
    if not {"latitude", "lat"} & set(map(normal, names)):
        points = layer.geometry.representative_point()
        names += ["latitude", "longitude"]
        cells += [
            pa.array([None if pd.isna(at) else repr(float(at)) for at in axis], TEXT) for axis in (points.y, points.x)
        ]
    return of_columns(source, tuple(names), cells, lambda row: f"feature {row + 1}", hxl=False)


def _whole_names(names: Sequence[str]) -> list[str] | None:
    """Return the names of the columns where they are those of a dataset, also where a shapefile cut them off."""
    if recognise(names):
        return list(names)
    for dataset in datasets():
        whole = [_cut_names(dataset).get(normal(name), name) for name in names]
        found = recognise(whole)
        if found and found.name == dataset and len(set(whole)) == len(whole):
            return whole
    return None


@cache
def _cut_names(dataset: str) -> dict[str, str]:
    """Map names of a dataset's columns as a shapefile cuts them off to the whole ones."""
    known = datasets()[dataset]
    names = {name for _, needed in known.needs for name in needed} | {known.place_code, *RULES[known.days][0]}
    for row in read_table("importing/columns.csv"):
        names |= set(row["from"].split(";")) if row["dataset"] == dataset else set()
    names |= {"sub_event_type", "event_type", "disorder_type"}
    return {normal(name[:LONGEST_DBF]): name for name in sorted(names) if len(name) > LONGEST_DBF and "*" not in name}


def _text(cell: Any) -> str | None:
    """Write a cell as a table of texts has it."""
    if cell is None or cell == "" or (pd.api.types.is_scalar(cell) and pd.isna(cell)):
        return None
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
