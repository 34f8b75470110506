"""TimeMap's tables hold what its own checks ask for."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from geo.exporting import write_timemap

# What TimeMap knows; it drops a row with any other key, or one that is no text.
EVENT_TEXTS = {
    "id", "description", "date", "time", "time_precision", "location", "latitude", "longitude", "type", "category",
    "category_full", "comments", "time_display", "colour",
}  # fmt: skip
EVENT_LISTS = {"associations", "sources"}
SOURCE_TEXTS = {"id", "title", "type", "description"}


@pytest.fixture
def tables(incidents: gpd.GeoDataFrame, tmp_path: Path) -> dict[str, Any]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in write_timemap(incidents, tmp_path)}


def test_events_have_the_cells_that_timemap_takes(tables: dict[str, Any], incidents: gpd.GeoDataFrame) -> None:
    assert len(tables["events"]) == incidents["date_start"].notna().sum()
    for event in tables["events"]:
        assert set(event) == EVENT_TEXTS | EVENT_LISTS
        assert all(isinstance(event[name], str) for name in EVENT_TEXTS)
        assert bool(event["latitude"]) == bool(event["longitude"])


def test_a_day_is_written_as_timemap_reads_it(tables: dict[str, Any], incidents: gpd.GeoDataFrame) -> None:
    by_id = {event["id"]: event for event in tables["events"]}
    row = incidents.iloc[0]
    assert by_id[row["incident_id"]]["date"] == f"{row['date_start']:%m/%d/%Y}"
    assert float(by_id[row["incident_id"]]["longitude"]) == row.geometry.x


def test_every_event_finds_its_sources_and_category(tables: dict[str, Any]) -> None:
    categories = {category["id"] for category in tables["associations"]}
    for event in tables["events"]:
        assert set(event["sources"]) <= set(tables["sources"])
        assert set(event["associations"]) <= categories
    for name, source in tables["sources"].items():
        assert source["id"] == name
        assert isinstance(source["paths"], list)
        assert all(isinstance(source[key], str) for key in SOURCE_TEXTS)
