"""A folder of layers holds everything that a map of incidents needs."""

from pathlib import Path

import geopandas as gpd
from shapely import Point

from geo.exporting import geopackage, read_layer, save_layers
from geo.exporting.qgis_extent import extent_of
from geo.incidents import conform, empty_frame
from geo.incidents.layers.areas import areas_layer

FILES = {
    *(f"{name}{suffix}" for name in ("incidents", "uncertainty", "places", "links") for suffix in (".geojson", ".qml")),
    "incidents.gpkg",
    "basemap.gpkg",
    "incidents.qgz",
}


def test_a_folder_holds_layers_package_and_project(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    written = save_layers(incidents, tmp_path / "new" / "out")
    assert {path.name for path in written} == FILES
    assert {path.name for path in (tmp_path / "new" / "out").iterdir()} == FILES
    assert geopackage.layers_in(tmp_path / "new" / "out" / "incidents.gpkg") == [
        "incidents",
        "uncertainty",
        "places",
        "links",
        "areas",
    ]


def test_other_files_of_the_folder_are_left_alone(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    save_layers(incidents, tmp_path)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_no_incidents_make_a_folder_too(tmp_path: Path) -> None:
    written = save_layers(empty_frame(), tmp_path)
    assert {path.name for path in written} == FILES
    assert len(read_layer(tmp_path / "incidents.gpkg")) == 0


def test_incidents_without_a_place_are_saved(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    save_layers(incidents[incidents.geometry.isna()], tmp_path)
    assert read_layer(tmp_path / "incidents.geojson").geometry.isna().all()


def test_a_point_far_out_at_sea_still_has_a_project(tmp_path: Path) -> None:
    save_layers(conform(gpd.GeoDataFrame(geometry=[Point(-30.0, -40.0)], crs="EPSG:4326")), tmp_path)
    assert (tmp_path / "incidents.qgz").stat().st_size > 0
    assert (tmp_path / "basemap.gpkg").stat().st_size > 0


def test_a_suburb_is_not_named_as_if_it_were_the_city_beside_it(tmp_path: Path) -> None:
    save_layers(conform(gpd.GeoDataFrame(geometry=[Point(43.13, 36.34)], crs="EPSG:4326")), tmp_path)
    towns = gpd.read_file(tmp_path / "basemap.gpkg", layer="towns").set_index("name")["rank"]
    assert towns["Mosul"] <= 1
    assert towns["Al Mawsil al Jadidah"] == 5
    assert (towns < 5).sum() > 10


def test_the_project_opens_on_the_whole_of_a_vague_area() -> None:
    vague = {"geo_precision": ["region"], "country_code": ["SY"], "uncertainty_m": [150_000.0]}
    frame = conform(gpd.GeoDataFrame(vague, geometry=[Point(40.0, 35.3)], crs="EPSG:4326"))
    west, south, east, north = extent_of(frame, areas_layer(frame))
    assert (west, south) < tuple(areas_layer(frame).total_bounds[:2])
    assert east - west > 2.5
    assert north - south > 2.5
