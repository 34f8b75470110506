"""GeoPackages open styled in QGIS, hold days as days, and say whose data they are."""

import json
import sqlite3
import subprocess
import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from geo.errors import InputError
from geo.exporting import geopackage, read_layer, write_layer
from geo.exporting.qgis_style import WORDS_ALONE
from geo.exporting.symbols import EVENT_SYMBOLS
from tests.synthetic import make_incidents


@pytest.fixture
def package(layers: dict[str, gpd.GeoDataFrame], tmp_path: Path) -> Path:
    path = tmp_path / "incidents.gpkg"
    geopackage.write_all({name: layer for name, layer in layers.items() if name != "empty"}, path)
    return path


def test_all_layers_are_in_one_file(package: Path, layers: dict[str, gpd.GeoDataFrame]) -> None:
    assert geopackage.layers_in(package) == ["incidents", "uncertainty", "places", "links"]
    assert read_layer(package).shape == layers["incidents"].shape
    assert read_layer(package, "links").shape == layers["links"].shape
    with pytest.raises(InputError, match=r"roads.*incidents, uncertainty"):
        read_layer(package, "roads")


def test_columns_have_the_types_of_the_standard(package: Path) -> None:
    with closing(sqlite3.connect(package)) as database:
        types = {row[1]: row[2] for row in database.execute("PRAGMA table_info(incidents)")}
    assert types["date_start"] == types["date_end"] == "DATE"
    assert types["killed_min"] == types["event_count_min"] == "INTEGER"
    assert types["uncertainty_m"] == "REAL"
    assert types["geometry"] == "POINT"
    assert types["incident_id"].startswith("TEXT")


def test_every_layer_has_a_spatial_index(package: Path) -> None:
    with closing(sqlite3.connect(package)) as database:
        indexed = {
            row[0]
            for row in database.execute(
                "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"
            )
        }
        entries = database.execute("SELECT count(*) FROM rtree_incidents_geometry").fetchone()
        placed = database.execute("SELECT count(*) FROM incidents WHERE geometry IS NOT NULL").fetchone()
    assert indexed == {"incidents", "uncertainty", "places", "links"}
    assert entries == placed


def test_sqlite_and_gdal_find_nothing_wrong(package: Path) -> None:
    with closing(sqlite3.connect(package)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    done = subprocess.run(["ogrinfo", "-al", "-so", package], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_every_layer_has_its_default_style(package: Path) -> None:
    with closing(sqlite3.connect(package)) as database:
        styles = dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    assert set(styles) == {"incidents", "uncertainty", "places", "links"}
    renderer = ET.fromstring(styles["incidents"].split("\n", 1)[1]).find("renderer-v2")  # noqa: S314 - written a line above
    assert renderer is not None
    drawn = [rule.get("label") for rule in renderer.iter("rule") if rule.get("label")]
    assert drawn == [*EVENT_SYMBOLS, "other", WORDS_ALONE]
    marks = [one.find("layer") for one in renderer.iter("symbol")]  # under them what distinguishes hollow marks
    options = [list(one.iter("Option")) for one in marks if one is not None]
    shapes = [next(o.get("value") for o in some if o.get("name") == "name" and o.get("value")) for some in options]
    expected = [{"cross": "cross_fill"}.get(s.shape, s.shape) for s in EVENT_SYMBOLS.values()]
    assert shapes[:6] == expected


def test_the_metadata_say_sources_licences_and_version(package: Path) -> None:
    with closing(sqlite3.connect(package)) as database:
        rows = database.execute(
            "SELECT r.table_name, m.metadata FROM gpkg_metadata m JOIN gpkg_metadata_reference r ON r.md_file_id = m.id"
        ).fetchall()
    notes = {table: json.loads(text) for table, text in rows}
    assert set(notes) == {"incidents", "uncertainty", "places", "links"}
    assert all(note["version"] and note["sources"][0]["licence"] for note in notes.values())


def test_a_single_file_of_any_name_holds_a_layer_of_that_name(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "march 2020.gpkg")
    assert geopackage.layers_in(tmp_path / "march 2020.gpkg") == ["march 2020"]


def test_a_layer_of_both_single_and_cut_shapes_has_one_type_and_comes_back(tmp_path: Path) -> None:
    shapes = [shapely.box(0, 0, 1, 1), shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]), None]
    layer = gpd.GeoDataFrame({"a": [1, 2, 3]}, geometry=shapes, crs="EPSG:4326")
    write_layer(layer, tmp_path / "a.gpkg")
    assert pyogrio.read_info(tmp_path / "a.gpkg", layer="a")["geometry_type"] == "MultiPolygon"
    assert read_layer(tmp_path / "a.gpkg").geom_type.tolist()[:2] == ["Polygon", "MultiPolygon"]


def test_columns_called_like_those_of_the_format_are_kept(tmp_path: Path) -> None:
    layer = gpd.GeoDataFrame({"fid": [7, 7], "FID2": ["a", "b"]}, geometry=[None, shapely.Point(1, 2)], crs="EPSG:4326")
    write_layer(layer, tmp_path / "a.gpkg")
    assert read_layer(tmp_path / "a.gpkg")["fid"].tolist() == [7, 7]


def test_what_another_program_wrote_is_read(tmp_path: Path) -> None:
    foreign = make_incidents(20).drop(columns=["report_ids", "in_response_to", "evidence"])
    foreign.to_crs("EPSG:3857").to_file(tmp_path / "theirs.gpkg", layer="points")
    back = read_layer(tmp_path / "theirs.gpkg")
    assert back["date_start"].tolist() == foreign["date_start"].tolist()
    assert back["killed_min"].dtype == "Int64"
    assert back.geometry.geom_equals_exact(foreign.geometry, 1e-7)[foreign.geometry.notna()].all()
