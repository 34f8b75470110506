"""GeoJSON as RFC 7946 asks, and as GDAL, QGIS and the scorers take it."""

import json
import subprocess
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon

from geo.errors import InputError
from geo.exporting import geojson_text, read_layer, write_layer
from geo.incidents import COLUMNS, links_layer, uncertainty_layer
from tests.exporting.conftest import UNLIKED
from tests.exporting.rfc7946 import faults
from tests.synthetic import make_incidents


def features(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


@pytest.mark.parametrize("name", ["incidents", "uncertainty", "places", "links", "empty"])
def test_a_strict_checker_finds_nothing(name: str, layers: dict[str, gpd.GeoDataFrame], tmp_path: Path) -> None:
    write_layer(layers[name], tmp_path / "a.geojson")
    assert faults((tmp_path / "a.geojson").read_bytes()) == []


def test_a_strict_checker_finds_nothing_across_the_antimeridian(across: gpd.GeoDataFrame, tmp_path: Path) -> None:
    for name, layer in {"a": across, "b": uncertainty_layer(across), "c": links_layer(across)}.items():
        write_layer(layer, tmp_path / f"{name}.geojson")
        assert faults((tmp_path / f"{name}.geojson").read_bytes()) == []
    west, _, east, _ = json.loads((tmp_path / "a.geojson").read_bytes())["bbox"]
    assert (west, east) == (178.4, -179.9)


SHAPES = {
    "a line that jumps": LineString([(170, 0), (-170, 10)]),
    "a line beyond 180": LineString([(170, 0), (190, 10)]),
    "a square that jumps": Polygon([(170, 0), (-170, 0), (-170, 10), (170, 10)]),
    "a square with a hole on the other side": Polygon(
        [(170, 0), (-170, 0), (-170, 10), (170, 10)], [[(-178, 2), (-174, 2), (-174, 6)]]
    ),
    "a cap over the pole": Polygon([(lon, 80) for lon in range(-180, 180, 30)]),
    "a cap over the southern pole": Polygon([(lon, -80) for lon in range(150, -210, -30)]),
    "a cap beyond 180": shapely.Point(179, 0).buffer(5),
    "both kinds at once": MultiPolygon(
        [shapely.box(0, 0, 1, 1), Polygon([(170, 0), (-170, 0), (-170, 10), (170, 10)])]
    ),
    "a point beyond 180": Point(190, 5),
    "a collection": shapely.GeometryCollection([Point(1, 2), LineString([(0, 0), (1, 1)])]),
    "a clockwise ring": Polygon([(0, 0), (0, 1), (1, 1), (1, 0)]),
    "many points": shapely.MultiPoint([(0, 0), (1, 1)]),
    "a height": Point(1, 2, 3),
    "nothing": Point(),
}


@pytest.mark.parametrize("name", SHAPES)
def test_any_shape_is_written_as_the_standard_asks(name: str, tmp_path: Path) -> None:
    layer = gpd.GeoDataFrame({"name": [name]}, geometry=[SHAPES[name]], crs="EPSG:4326")
    write_layer(layer, tmp_path / "a.geojson")
    assert faults((tmp_path / "a.geojson").read_bytes()) == []


@pytest.mark.parametrize(
    ("name", "square_degrees"),
    [("a square that jumps", 200), ("a square with a hole on the other side", 192), ("a cap over the pole", 3600),
     ("a cap over the southern pole", 3600), ("a cap beyond 180", shapely.Point(179, 0).buffer(5).area)],
)  # fmt: skip
def test_a_cut_loses_nothing(name: str, square_degrees: float, tmp_path: Path) -> None:
    write_layer(gpd.GeoDataFrame(geometry=[SHAPES[name]], crs="EPSG:4326"), tmp_path / "a.geojson")
    (feature,) = features(tmp_path / "a.geojson")
    assert shapely.geometry.shape(feature["geometry"]).area == pytest.approx(square_degrees, abs=1e-5)


def test_properties_are_the_columns_and_lists_are_lists(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.geojson")
    for feature, (_, row) in zip(features(tmp_path / "a.geojson"), incidents.iterrows(), strict=True):
        properties = feature["properties"]
        assert list(properties) == [name for name in COLUMNS if name != "geometry"]
        assert feature["id"] == properties["incident_id"] == row["incident_id"]
        assert properties["evidence"] == row["evidence"]
        assert properties["report_ids"] == row["report_ids"]
        assert properties["date_start"] == (
            None if pd.isna(row["date_start"]) else row["date_start"].date().isoformat()
        )
        assert properties["killed_min"] == (None if pd.isna(row["killed_min"]) else row["killed_min"])
        assert properties["weapon"] == (None if pd.isna(row["weapon"]) else row["weapon"])


def test_gdal_takes_days_for_days_and_ids_for_texts(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.geojson")
    info = pyogrio.read_info(tmp_path / "a.geojson")
    types = dict(zip(info["fields"], zip(info["ogr_types"], info["ogr_subtypes"], strict=True), strict=True))
    assert {types[name][0] for name in ("date_start", "date_end")} == {"OFTDate"}
    assert {types[name][0] for name in ("killed_min", "wounded_max")} == {"OFTInteger"}
    assert {types[name][0] for name in ("uncertainty_m", "confidence")} == {"OFTReal"}
    assert {types[name][0] for name in ("incident_id", "place_id", "place_text")} == {"OFTString"}
    assert types["report_ids"][0] == "OFTStringList"
    assert types["evidence"][1] == "OFSTJSON"


def test_ogrinfo_finds_nothing_to_say(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.geojson")
    done = subprocess.run(["ogrinfo", "-al", "-so", tmp_path / "a.geojson"], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "Feature Count: 60" in done.stdout


def test_a_number_without_end_is_null(tmp_path: Path) -> None:
    layer = gpd.GeoDataFrame({"x": [np.inf, np.nan, 1.0]}, geometry=[Point(0, 0)] * 3, crs="EPSG:4326")
    write_layer(layer, tmp_path / "a.geojson")
    assert [f["properties"]["x"] for f in features(tmp_path / "a.geojson")] == [None, None, 1.0]
    assert faults((tmp_path / "a.geojson").read_bytes()) == []


@pytest.mark.slow
def test_the_text_comes_in_pieces_so_that_memory_does_not_grow_with_the_layer() -> None:
    pieces = list(geojson_text(make_incidents(50_000)))
    assert max(map(len, pieces)) < 20_000_000
    assert len(json.loads("".join(pieces))["features"]) == 50_000


def test_a_file_says_whose_data_it_holds(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.geojson")
    said = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["geo"]
    assert {"GeoNames", "Natural Earth"} <= {source["source"] for source in said["sources"]}


@pytest.mark.parametrize(("suffix", "before"), [(".geojsonl", ""), (".geojsons", "\x1e"), (".geojsonseq", "\x1e")])
def test_a_sequence_is_one_feature_to_a_line(
    suffix: str, before: str, incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    write_layer(incidents, tmp_path / f"a{suffix}")
    lines = (tmp_path / f"a{suffix}").read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(incidents)
    for line, text in zip(lines, UNLIKED, strict=False):
        assert line.startswith(f"{before}{{")
        assert json.loads(line.removeprefix(before))["properties"]["weapon"] == text


def test_a_file_that_a_person_laid_out_anew_is_read_all_the_same(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    write_layer(incidents, path)
    found = json.loads(path.read_text(encoding="utf-8"))
    found["features"][3]["properties"]["status"] = "denied"
    del found["features"][5:]
    for text in (json.dumps(found, indent=2), json.dumps(found), path.read_text().replace('"status":', '"status" :')):
        path.write_text(text, encoding="utf-8")
        back = read_layer(path)
        assert back["incident_id"].tolist() == incidents["incident_id"].tolist()[: len(back)]
        assert list(back.columns) == list(incidents.columns)
        assert back.dtypes.equals(incidents.dtypes)
    assert len(back) == 60


def test_a_property_that_a_person_added_is_kept(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    write_layer(incidents, path)
    path.write_text(
        path.read_text(encoding="utf-8").replace('"confidence":', '"seen":true,"confidence":'), encoding="utf-8"
    )
    assert read_layer(path)["seen"].tolist() == [True] * 60


def test_a_sequence_of_others_is_read_by_its_values(tmp_path: Path) -> None:
    rows = [
        {
            "code": "007",
            "n": 1,
            "share": 1,
            "day": "1/2/3",
            "ok": True,
            "tags": ["a"],
            "any": {"a": 1},
            "killed_min": 26,
        },
        {"code": None, "n": None, "share": 0.5, "day": "x", "ok": None, "tags": [], "any": [1], "new": "later"},
    ]
    point = {"type": "Point", "coordinates": [44.25, 33.5]}
    records = [
        {"type": "Feature", "geometry": g, "properties": row} for row, g in zip(rows, (point, None), strict=True)
    ]
    for suffix, text in {
        ".geojsonl": "\n".join(json.dumps(record) for record in records) + "\n\n",
        ".geojsons": "".join(f"\x1e{json.dumps(record, indent=1)}\n" for record in records),
    }.items():
        (tmp_path / f"a{suffix}").write_text(text, encoding="utf-8")
        layer = read_layer(tmp_path / f"a{suffix}")
        assert layer.geometry.tolist() == [Point(44.25, 33.5), None]
        assert layer["code"].iloc[0] == "007"
        assert layer["n"].dtype == layer["killed_min"].dtype == "Int64"
        assert layer["share"].tolist() == [1.0, 0.5]
        assert layer["day"].tolist() == ["1/2/3", "x"]
        assert layer["ok"].iloc[0]
        assert layer["tags"].tolist() == [["a"], []]
        assert layer["any"].tolist() == [{"a": 1}, [1]]
        assert layer["new"].iloc[1] == "later"
    (tmp_path / "a.geojsonl").write_text(text[1:].replace("\n", "") + "\n{\n", encoding="utf-8")
    with pytest.raises(InputError, match="record 1"):
        read_layer(tmp_path / "a.geojsonl")
