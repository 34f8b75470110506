"""The seed reports give the incidents that a careful reader finds in them."""

import json
from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from pyproj import Geod

import geo
from geo.resources import seeds_path

EXPECTED = json.loads((seeds_path() / "expected.geojson").read_text(encoding="utf-8"))["features"]
WGS84 = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def incidents() -> gpd.GeoDataFrame:
    return geo.extract(geo.read(seeds_path()))


def kilometres(row: Any, feature: dict[str, Any]) -> float:
    lon, lat = feature["geometry"]["coordinates"]
    return float(WGS84.inv(lon, lat, row.geometry.x, row.geometry.y)[2]) / 1000


def answers(incidents: gpd.GeoDataFrame, feature: dict[str, Any]) -> Iterator[Any]:
    """Yield the rows of the expected incident: type, day and place agree."""
    want = feature["properties"]
    for row in incidents.itertuples():
        kind = row.sub_event_type in {want["sub_event_type"], *want["also_right"]}
        known = row.geometry is not None and not (pd.isna(row.date_start) or pd.isna(row.date_end))
        if not (kind and known and row.country_code == want["country_code"]):
            continue
        in_time = str(row.date_start)[:10] <= want["date_end"] and str(row.date_end)[:10] >= want["date_start"]
        if in_time and kilometres(row, feature) <= want["within_km"]:
            yield row


@pytest.mark.parametrize("feature", EXPECTED, ids=lambda f: f["properties"]["key"])
def test_an_expected_incident_is_one_row_with_all_its_reports(
    incidents: gpd.GeoDataFrame, feature: dict[str, Any]
) -> None:
    want = feature["properties"]
    found = list(answers(incidents, feature))
    assert len(found) == 1, [(r.sub_event_type, r.date_start, r.place_name, r.report_ids) for r in found]
    row = found[0]
    assert set(row.report_ids) == set(want["report_ids"])
    assert row.status in want["status"]
    for slot in ("actor1", "actor2"):
        names = want[f"{slot}_names"]
        if names:
            assert any(name.lower() in str(getattr(row, slot)).lower() for name in names), getattr(row, slot)


@pytest.mark.parametrize(
    ("feature", "slot"),
    [
        pytest.param(feature, slot, id=f"{feature['properties']['key']} {slot}")
        for feature in EXPECTED
        for slot in ("killed", "wounded")
        if feature["properties"][f"{slot}_min"] is not None
    ],
)
def test_the_numbers_are_those_of_the_reports(incidents: gpd.GeoDataFrame, feature: dict[str, Any], slot: str) -> None:
    want = feature["properties"]
    least, most = want[f"{slot}_min"], want[f"{slot}_max"]
    (row,) = answers(incidents, feature)
    assert getattr(row, f"{slot}_min") == least
    assert most is None or getattr(row, f"{slot}_max") == most


def test_the_retaliations_are_linked(incidents: gpd.GeoDataFrame) -> None:
    ids = {f["properties"]["key"]: next(answers(incidents, f)) for f in EXPECTED}
    for feature in EXPECTED:
        for cause in feature["properties"]["in_response_to"]:
            row = ids[feature["properties"]["key"]]
            assert ids[cause].incident_id in row.in_response_to, f"{feature['properties']['key']} answers {cause}"


def test_little_else_is_made_of_them(incidents: gpd.GeoDataFrame) -> None:
    happened = incidents.query("status not in ('planned', 'threatened')")
    matched = {row.incident_id for feature in EXPECTED for row in answers(incidents, feature)}
    extra = happened[~happened["incident_id"].isin(matched)]
    # The raids on eastern Syria, earlier rockets, the funeral march and the depot of Jurf al-Sakhar may stand alone.
    assert len(extra) <= 4, extra[["sub_event_type", "date_start", "place_name", "report_ids"]]
