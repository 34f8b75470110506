"""ACLED and UCDP as GeoJSON, shapefile or GeoPackage are read as the tables that they are: a province is no dot."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely import Point

import geo
from geo.cli_sources import sort_sources

UCDP: dict[str, Any] = {
    "id": 1001, "type_of_violence": 1, "side_a": "Government of Iraq", "side_b": "IS", "where_prec": 4, "date_prec": 1,
    "where_coordinates": "Ninewa province", "adm_1": "Ninewa governorate", "country": "Iraq", "source_headline": "Clash",
    "date_start": "2020-03-09", "date_end": "2020-03-10", "low": 2, "best": 3, "high": 4, "latitude": 36.2, "longitude": 42.5,
}  # fmt: skip
ACLED: dict[str, Any] = {
    "event_id_cnty": "IRQ1", "event_date": "2020-03-09", "time_precision": 1, "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "A", "actor2": "B", "iso": 368, "country": "Iraq", "admin1": "Ninewa", "location": "Mosul", "geo_precision": 3, "source": "S",
    "notes": "Fighting.", "fatalities": 2, "timestamp": 1583800000,
}  # fmt: skip


def layer(row: dict[str, Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame([row], geometry=[Point(42.5, 36.2)], crs="EPSG:4326")


@pytest.mark.filterwarnings("ignore:.*10 characters", "ignore:.*laundered field name", "ignore:.*created as String")
@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".shp", ".fgb"])
@pytest.mark.parametrize(("row", "dataset", "killed"), [(UCDP, "UCDP GED", 2), (ACLED, "ACLED", 2)])
def test_a_layer_of_a_dataset_is_read_as_its_table(
    tmp_path: Path, suffix: str, row: dict[str, Any], dataset: str, killed: int
) -> None:
    layer(row).to_file(tmp_path / f"events{suffix}")
    notes: list[str] = []
    found = geo.read_layer(tmp_path / f"events{suffix}", on_note=notes.append)
    assert found[["dataset", "event_type", "geo_precision", "killed_min"]].to_numpy().tolist() == [
        [dataset, "Battles", "admin", killed]
    ]
    assert found["uncertainty_m"][0] > 100_000
    assert found["date_start"].dt.strftime("%F").tolist() == ["2020-03-09"]
    assert found.geometry[0].equals_exact(Point(42.5, 36.2), 1e-6)
    assert dataset in notes[0]


def test_raw_gives_the_layer_as_it_stands(tmp_path: Path) -> None:
    layer(UCDP).to_file(tmp_path / "ged.geojson")
    assert "where_prec" in geo.read_layer(tmp_path / "ged.geojson", raw=True).columns


def test_other_layers_keep_their_columns(tmp_path: Path) -> None:
    layer({"id": 1, "country": "Iraq", "best": 3}).to_file(tmp_path / "own.geojson")
    assert {"id", "country", "best"} <= set(geo.read_layer(tmp_path / "own.geojson").columns)


@pytest.mark.filterwarnings("ignore:.*10 characters", "ignore:.*laundered field name", "ignore:.*created as String")
def test_the_files_beside_a_shapefile_are_not_skipped_but_read_with_it(tmp_path: Path) -> None:
    layer(UCDP).to_file(tmp_path / "ged.shp")
    (tmp_path / "ged.txt").write_text("Nothing happened.")
    found = sort_sources([str(tmp_path)])
    assert found.layers == [str(tmp_path / "ged.shp")]
    assert {path.suffix for path in found.taken} == {".shp", ".shx", ".dbf", ".prj", ".cpg"}
