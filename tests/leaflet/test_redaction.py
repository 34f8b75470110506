"""What must not be published is nowhere in the table that goes into the page."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.errors import InputError
from geo.incident import Evidence, Incident
from geo.incidents import to_frame
from geo.leaflet import to_map
from geo.leaflet.redacted_names import discreet
from geo.leaflet.redaction import coarsen, hidden_columns, withhold
from tests.leaflet.decoding import read_page

GEOD = Geod(ellps="WGS84")


def one(lon: float = 44.26, lat: float = 33.52, **cells: object) -> gpd.GeoDataFrame:
    cell = {
        "incident_id": "a1", "report_ids": ("r",), "event_type": "Battles", "sub_event_type": "Armed clash",
        "date_start": date(2020, 3, 11), "date_end": date(2020, 3, 11), "date_precision": "day",
        "place_name": "Camp Taji", "place_id": "geo:camp-taji", "place_text": "Camp Taji, north of Baghdad",
        "geo_precision": "site", "uncertainty_m": 1500.0, "lon": lon, "lat": lat, "actor1": "Kataib Hezbollah",
        "evidence": (Evidence(report_id="r", start=0, end=40, text="KATAIB HEZBOLLAH fired on Camp Taji."),),
    }  # fmt: skip
    return to_frame([Incident(**{**cell, **cells})])


@given(
    lon=st.floats(-180, 180), lat=st.floats(-90, 90),
    cell_m=st.sampled_from([100.0, 1000.0, 10_000.0, 250_000.0]), radius_m=st.floats(0, 50_000),
)  # fmt: skip
def test_the_true_place_lies_within_the_widened_circle(lon: float, lat: float, cell_m: float, radius_m: float) -> None:
    coarse = coarsen(one(lon, lat, uncertainty_m=radius_m), cell_m)
    point = coarse.geometry.iloc[0]
    _, _, away_m = GEOD.inv(lon, lat, point.x, point.y)
    assert away_m + radius_m <= coarse["uncertainty_m"].iloc[0] + 1


def test_neighbours_fall_on_one_point_with_one_radius() -> None:
    near = [coarsen(one(44.26 + d, 33.52 + d, uncertainty_m=100 + 1000 * d), 50_000) for d in (0, 0.01, 0.02)]
    assert len({frame.geometry.iloc[0].wkt for frame in near}) == 1
    assert {frame["uncertainty_m"].iloc[0] for frame in near} == {50_000}


def test_a_coarse_mark_is_not_drawn_sharp() -> None:
    assert coarsen(one(), 10_000)["geo_precision"].tolist() == ["region"]
    assert coarsen(one(geo_precision="country"), 10_000)["geo_precision"].tolist() == ["country"]


def test_an_incident_without_a_place_stays_without() -> None:
    coarse = coarsen(
        to_frame([Incident(incident_id="a", report_ids=(), event_type="Battles", sub_event_type="Armed clash")]), 1000
    )
    assert coarse.geometry.isna().all()
    assert np.isnan(coarse["uncertainty_m"]).all()


@pytest.mark.parametrize("cell_m", [0, -5, float("nan"), 1e9])
def test_a_grid_needs_a_sensible_width(cell_m: float) -> None:
    with pytest.raises(InputError, match="expected a length"):
        coarsen(one(), cell_m)


def test_coarsening_leaves_out_all_that_reveals_the_place() -> None:
    frame = one()
    frame["mukhtar"] = "of Taji"
    hidden = hidden_columns(frame, (), coarsened=True)
    assert hidden == {"place_name", "place_id", "place_text", "admin1", "evidence", "mukhtar"}
    assert "Taji" not in withhold(frame, hidden).to_csv()


@pytest.mark.parametrize(
    ("cell", "stays"),
    [
        ("Okhmatdyt children's hospital; two people", "two people"),
        ("Abu Shouk displacement camp; 12 civilians", "12 civilians"),
        ("Sudanese Armed Forces (SAF)", "Sudanese Armed Forces (SAF)"),
        ("American soldiers (Military Forces of the United States)",) * 2,
        ("Islamic State Sinai", "Islamic State Sinai"),
        ("Abu Shouk emergency committee", None),
        ("market; house of a Taji family", None),
        ("Taji fighters", None),
        ("fighters 33.524, 44.257", None),
        (None, None),
    ],
)
@pytest.mark.parametrize("column", ["actor1", "actor2", "weapon", "attribution"])
def test_coarsening_keeps_of_a_text_only_what_names_no_place(column: str, cell: str | None, stays: str | None) -> None:
    kept = discreet(one(**{column: cell}))[column].iloc[0]
    assert (None if pd.isna(kept) else kept) == stays


def test_a_known_body_that_shares_its_name_with_the_place_goes_too() -> None:
    sinai = one(actor1="Islamic State Sinai", place_name="Sinai", place_text="a post in northern Sinai")
    assert discreet(sinai)["actor1"].isna().all()


def test_no_part_of_a_coarsened_page_holds_a_word_of_the_place() -> None:
    frame = one(admin1="Khartoum", country="Sudan", place_name="Abu Shouk camp", place_text="the Abu Shouk camp",
                actor2="Abu Shouk displacement camp; 12 civilians", attribution="Khartoum health ministry",
                evidence=(Evidence(report_id="r", start=0, end=9, text="Abu Shouk"),))  # fmt: skip
    page = read_page(to_map(frame, coarsen_m=10_000).get_root().render())
    cell = {name: b"".join(parts) for name, parts in page.blocks.items() if name != "basemap"}  # towns are named there
    assert b"12 civilians" in cell["dictionaries"]
    assert not [(name, word) for name, held in cell.items() for word in (b"Shouk", b"Khartoum") if word in held]


def test_a_hidden_actor_is_blanked_in_the_sentence_whatever_its_case() -> None:
    shown = withhold(one(), frozenset({"actor1"}))
    assert shown["actor1"].isna().all()
    assert shown["evidence"].iloc[0][0]["text"] == "[…] fired on Camp Taji."


def test_hiding_leaves_the_callers_table_alone() -> None:
    frame = one()
    withhold(frame, frozenset({"actor1", "evidence", "geometry", "report_ids"}))
    assert frame["actor1"].tolist() == ["Kataib Hezbollah"]
    assert frame["evidence"].iloc[0][0]["report_id"] == "r"
    assert frame.geometry.notna().all()


def test_hidden_reports_are_not_named_by_the_evidence() -> None:
    shown = withhold(one(), frozenset({"report_ids"}))
    assert shown["report_ids"].tolist() == [[]]
    assert shown["evidence"].iloc[0][0]["report_id"] is None


def test_hiding_what_is_no_column_says_which_there_are() -> None:
    with pytest.raises(InputError, match=r"cannot hide actor3: no such column; expected some of .*actor1"):
        hidden_columns(one(), ["actor3"], coarsened=False)
