"""Circles, places and arrows say of incidents what the table says, and nothing more."""

from collections.abc import Callable
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from geo.errors import CrsError
from geo.incident import Incident
from geo.incidents import empty_frame, links_layer, places_layer, to_frame, uncertainty_layer
from geo.incidents.layers.areas import areas_layer

Make = Callable[..., Incident]
LAYERS = (uncertainty_layer, places_layer, links_layer)
NOWHERE = {"lon": None, "lat": None, "uncertainty_m": None, "place_id": None, "place_name": None}


@pytest.mark.parametrize("layer", LAYERS)
def test_of_no_incidents_every_layer_is_empty_with_the_types_of_a_full_one(
    layer: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame], taji: Make
) -> None:
    full = layer(to_frame([taji(), taji("i2", "r2", lon=44.5, in_response_to=("i1",))]))
    empty = layer(empty_frame())
    assert len(full) > 0
    assert len(empty) == 0
    assert empty.crs == "EPSG:4326"
    assert empty.dtypes.astype(str).to_dict() == full.dtypes.astype(str).to_dict()


@pytest.mark.parametrize("layer", LAYERS)
def test_another_crs_is_refused(layer: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame], taji: Make) -> None:
    with pytest.raises(CrsError, match="to_crs"):
        layer(to_frame([taji()]).to_crs(3857))


def test_only_what_has_a_point_and_a_radius_has_a_circle(taji: Make) -> None:
    frame = to_frame([taji(), taji("i2", uncertainty_m=None), taji("i3", **NOWHERE), taji("i4", uncertainty_m=0.0)])
    circles = uncertainty_layer(frame)
    assert circles["incident_id"].tolist() == ["i1"]
    assert circles["uncertainty_m"].tolist() == [3000.0]
    area_km2 = circles.to_crs(6933).area.iloc[0] / 1e6
    assert area_km2 == pytest.approx(3.14159 * 9, rel=0.01)


def test_an_arrow_runs_from_the_deed_to_its_answer_and_says_so(taji: Make) -> None:
    answer = taji("i2", lon=43.7, lat=33.2, date_start=date(2020, 3, 12), in_response_to=("i1",))
    arrow = links_layer(to_frame([taji(), answer])).iloc[0]
    assert (arrow["from_id"], arrow["to_id"], arrow["relation"]) == ("i2", "i1", "retaliation")
    assert arrow["date_start"] == pd.Timestamp("2020-03-12")
    assert arrow["label"] == "answered by"
    assert arrow["geometry"].coords[0] == pytest.approx((44.2567, 33.5239))
    assert arrow["geometry"].coords[-1] == pytest.approx((43.7, 33.2))
    assert arrow["distance_m"] == pytest.approx(62_900, rel=0.01)


def test_an_arrow_without_a_point_keeps_its_row_and_one_without_a_target_does_not(taji: Make) -> None:
    frame = to_frame([taji("i1", **NOWHERE), taji("i2", in_response_to=("i1", "elsewhere"))])
    arrows = links_layer(frame)
    assert arrows[["from_id", "to_id"]].to_numpy().tolist() == [["i2", "i1"]]
    assert arrows["geometry"].iloc[0] is None


def test_an_index_of_the_users_own_does_not_mix_up_arrows(taji: Make) -> None:
    frame = to_frame([taji("i1"), taji("i2", lon=43.0, in_response_to=("i1",))])
    frame.index = pd.Index([7, 7])
    assert links_layer(frame)["from_id"].tolist() == ["i2"]


def test_a_place_counts_its_incidents_and_adds_up_what_happened(taji: Make) -> None:
    frame = to_frame(
        [
            taji("i1", killed_min=3, killed_max=3),
            taji("i2", killed_min=2, killed_max=None, date_end=date(2020, 3, 14)),
            taji("i3", killed_min=None, killed_max=None, wounded_min=5, wounded_max=6),
            taji("i4", killed_min=50, killed_max=50, status="threatened", date_start=date(2020, 1, 1)),
        ]
    )
    place = places_layer(frame).iloc[0]
    assert (place["n_incidents"], place["n_not_happened"]) == (4, 1)
    assert place["killed_min"] == 5
    assert place["killed_max"] is pd.NA  # "at least 2" leaves it open
    assert (place["wounded_min"], place["wounded_max"]) == (5, 6)
    assert [str(place[name].date()) for name in ("date_start", "date_end")] == ["2020-01-01", "2020-03-14"]


def test_places_come_by_number_of_incidents_and_without_ids_by_name_and_country(taji: Make) -> None:
    ours = {"place_id": None, "place_name": "Depot", "lon": 44.0}
    frame = to_frame(
        [
            taji("i1", **ours),
            taji("i2", **ours),
            taji("i3"),
            taji("i4", **{**ours, "country_code": "SY"}),
            taji("i5", **NOWHERE),
        ]
    )
    places = places_layer(frame)
    assert places["n_incidents"].tolist() == [2, 1, 1]
    assert places["country_code"].tolist()[0] == "IQ"


def test_a_place_lies_where_it_is_stated_most_finely_and_not_where_something_was_near_it(taji: Make) -> None:
    frame = to_frame(
        [
            taji("i1", geo_precision="near", uncertainty_m=10.0, lon=44.0, lat=34.0),
            taji("i2", uncertainty_m=9000.0, lon=44.3),
            taji("i3", uncertainty_m=3000.0, lon=44.2567),
        ]
    )
    assert places_layer(frame)["geometry"].iloc[0].x == pytest.approx(44.2567)


def test_an_area_ends_at_the_border_and_the_circle_does_not(taji: Make) -> None:
    north = taji("n1", lon=43.5, lat=36.8, geo_precision="region", uncertainty_m=150_000.0, country_code="IQ")
    country = taji("c1", lon=44.0, lat=33.0, geo_precision="country", uncertainty_m=460_000.0, country_code="IQ")
    frame = to_frame([taji(), north, country])
    areas = areas_layer(frame).set_index("incident_id")["geometry"]
    assert list(areas.index) == ["n1", "c1"], "what has a place of its own needs no area"
    ankara_side, mosul, tehran = Point(43.5, 37.9), Point(43.13, 36.34), Point(51.4, 35.7)
    circle = uncertainty_layer(frame).set_index("incident_id")["geometry"]["n1"]
    assert circle.contains(ankara_side)
    assert not areas["n1"].contains(ankara_side)
    assert areas["n1"].contains(mosul)
    assert areas["c1"].contains(mosul)
    assert not areas["c1"].contains(tehran)


def test_a_province_has_its_own_outline_and_a_district_within_it_a_circle(taji: Make) -> None:
    anbar = {"place_name": "Anbar", "geo_precision": "admin", "lon": 41.94, "lat": 32.57, "country_code": "IQ"}
    frame = to_frame(
        [
            taji("province", **anbar, uncertainty_m=177_800.0),
            taji(
                "district",
                **{**anbar, "place_name": "Hit District", "lon": 42.83, "lat": 33.64},
                uncertainty_m=30_000.0,
            ),
            taji("unnamed", **{**anbar, "place_name": None}, uncertainty_m=177_800.0),
        ]
    )
    areas = areas_layer(frame).set_index("incident_id")["geometry"]
    rutbah, far_west, baghdad = Point(40.28, 33.04), Point(39.6, 32.4), Point(44.4, 33.33)
    assert areas["province"].contains(rutbah)
    assert areas["province"].contains(far_west), "the circle does not reach as far as the province"
    assert not areas["province"].contains(baghdad)
    circles = uncertainty_layer(frame).set_index("incident_id")["geometry"]
    assert (
        areas["district"].equals(circles["district"])
        or areas["district"].symmetric_difference(circles["district"]).area < 1e-6
    )
    assert not areas["unnamed"].contains(far_west), "where the name is withheld, the outline would reveal it"
