"""Other people's tables become the contract's, or are refused by cell."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely import LineString, MultiPoint, Point

import geo
from geo.errors import CrsError, SchemaError
from geo.incident import Incident
from geo.incidents import COLUMNS, conform, to_frame
from tests.synthetic import make_incidents

Make = Callable[..., Incident]


def test_a_table_that_conforms_is_left_as_it_is(taji: Make) -> None:
    frame = to_frame([taji("i1"), taji("i2", "r2", lon=None, lat=None, actor1=None)])
    assert_geodataframe_equal(conform(frame), frame)


def test_a_csv_of_texts_with_coordinates_becomes_a_table() -> None:
    rows = {
        "latitude": ["33.52", ""],
        "longitude": ["44.26", ""],
        "sub_event_type": ["armed clash", None],
        "date_start": ["2020-03-11", "2020/03/12"],
        "killed_min": ["3", ""],
        "evidence": ["Rockets hit the base.", ""],
        "report_ids": ['["r1", "r2"]', "r3"],
        "country_code": ["iq", " "],
        "note": ["mine", "too"],
    }
    frame = conform(pd.DataFrame(rows))
    assert list(frame.columns) == [*COLUMNS, "note"]
    assert frame["geometry"].iloc[0] == Point(44.26, 33.52)
    assert frame["geometry"].iloc[1] is None
    assert frame["event_type"].iloc[0] == "Battles"
    assert list(frame["date_start"].astype(str)) == ["2020-03-11", "2020-03-12"]
    assert frame["killed_min"].iloc[0] == 3
    assert frame["killed_min"].isna().iloc[1]
    assert frame["report_ids"].tolist() == [["r1", "r2"], ["r3"]]
    assert frame["evidence"].iloc[0] == [
        {"report_id": None, "start": None, "end": None, "text": "Rockets hit the base."}
    ]
    assert frame["country_code"].iloc[0] == "IQ"
    assert frame["country_code"].isna().iloc[1]
    assert frame["status"].isna().all()


@pytest.mark.parametrize(
    "cells",
    [
        [datetime(2020, 3, 11, 18, 30), None],  # noqa: DTZ001 - as a spreadsheet has it
        pd.to_datetime(["2020-03-11 18:30", None]),
        pd.to_datetime(["2020-03-11 18:30", None], utc=True),
        ["2020-03-11T18:30:00", ""],
        [date(2020, 3, 11), pd.NaT],
        pd.array([date(2020, 3, 11), None], dtype=pd.ArrowDtype(pa.date32())),
    ],
)
def test_a_time_of_day_becomes_its_day(cells: Any) -> None:
    days = conform(pd.DataFrame({"date_start": cells}))["date_start"]
    assert days.iloc[0] == pd.Timestamp("2020-03-11")
    assert pd.isna(days.iloc[1])


def test_a_year_that_nanoseconds_cannot_hold_is_kept() -> None:
    assert conform(pd.DataFrame({"date_start": ["0009-09-09"]}))["date_start"].iloc[0].date() == date(9, 9, 9)


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("killed_min", "many", "a number"),
        ("killed_min", 1.5, "a whole number"),
        ("date_start", "2020-13-01", "a day such as 2020-03-12"),
        ("date_start", "March", "a day such as"),
        ("evidence", [{"quote": "x"}], "report_id, start, end, text"),
    ],
)
def test_a_cell_that_cannot_be_understood_is_named(column: str, cell: Any, expected: str) -> None:
    with pytest.raises(SchemaError, match=rf"column '{column}', row 2") as error:
        conform(pd.DataFrame({column: [None, cell]}))
    assert expected in str(error.value)


def test_points_in_another_crs_are_converted() -> None:
    frame = gpd.GeoDataFrame(geometry=[Point(44.26, 33.52)], crs="EPSG:4326").to_crs(3857)
    point = conform(frame)["geometry"].iloc[0]
    assert (point.x, point.y) == pytest.approx((44.26, 33.52))


def test_geometry_without_a_crs_is_refused() -> None:
    with pytest.raises(CrsError, match="set_crs"):
        conform(gpd.GeoDataFrame(geometry=[Point(44.26, 33.52)]))


def test_the_only_point_of_a_multipoint_is_taken_and_a_line_is_refused() -> None:
    frame = gpd.GeoDataFrame(geometry=[MultiPoint([(44, 33)]), Point(), None], crs="EPSG:4326")
    assert conform(frame)["geometry"].tolist() == [Point(44, 33), None, None]
    with pytest.raises(SchemaError, match="LineString"):
        conform(gpd.GeoDataFrame(geometry=[LineString([(0, 0), (1, 1)])], crs="EPSG:4326"))


def test_a_row_without_an_id_gets_one_that_stays_the_same() -> None:
    rows = pd.DataFrame({"place_name": ["Taji", "Erbil"], "latitude": [33.5, 36.2], "longitude": [44.3, 44.0]})
    first, again = conform(rows), conform(rows.iloc[::-1])
    assert first["incident_id"].is_unique
    assert set(first["incident_id"]) == set(again["incident_id"])


def test_a_row_copied_in_qgis_keeps_its_id_once(taji: Make) -> None:
    frame = to_frame([taji()])
    copied = pd.concat([frame, frame], ignore_index=True)
    ids = conform(copied)["incident_id"]
    assert ids.iloc[0] == "i1"
    assert ids.is_unique


@pytest.mark.parametrize("name", ["shape", "Geometry", "geom"])
def test_a_geometry_column_may_have_any_name(tmp_path: Path, name: str) -> None:
    renamed = make_incidents(3).rename_geometry(name)
    geo.to_map(renamed).save(tmp_path / "map.html")
    geo.save_layers(renamed, tmp_path)
    assert len(geo.read_layer(tmp_path / "incidents.gpkg")) == 3


def test_labels_that_stand_twice_after_a_concat_do_no_harm(tmp_path: Path) -> None:
    both = pd.concat([make_incidents(3), make_incidents(5).iloc[3:]])
    both.index = [0, 1, 1, 1, 0]
    geo.to_map(both).save(tmp_path / "map.html")
    geo.save_layers(both, tmp_path)
    assert len(geo.read_layer(tmp_path / "incidents.gpkg")) == 5
    assert len(json.loads(both.to_json())["features"]) == 5
