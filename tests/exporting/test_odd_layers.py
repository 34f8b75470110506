"""Layers as programs, editors and bad lines leave them: nothing is skipped in silence."""

import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from shapely import Point

from geo.errors import ExportError, GeoError, GeoWarning, InputError
from geo.exporting import read_layer, write_layer
from geo.exporting.geojson_reading import count_features
from tests.synthetic import make_incidents

ROWS = 12


def read(path: Path) -> tuple[gpd.GeoDataFrame, list[str]]:
    problems: list[GeoError] = []
    layer = read_layer(path, on_problem=problems.append)
    return layer, [str(problem) for problem in problems]


def feature(name: str, geometry: Any = None, **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"name": name}} | more


def collection(path: Path, *features: Any, **more: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)} | more), encoding="utf-8")
    return path


def point(*axes: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(axes)}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    write_layer(make_incidents(ROWS), tmp_path / "own.geojson")
    return tmp_path / "own.geojson"


ADDED = '{"type":"Feature","geometry":{"type":"Point","coordinates":[44,33]},"properties":{"incident_id":"mine"}}'


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("\n]}", f"\n,{ADDED}\n]}}"),
        lambda text: text.replace("\n]}", f",\n{ADDED}]}}"),
        lambda text: text.replace("\n]}", f",\n\n   {ADDED}\n]}}"),
        lambda text: text.replace('"features":[\n', f'"features":[\n{ADDED},'),
        lambda text: text.replace('"features":[\n', f'"features":[\n  {ADDED},\n'),
        lambda text: text.replace("\n]}", f",\n{json.dumps(json.loads(ADDED), indent=2)}\n]}}"),
        lambda text: text.replace("\n]}", f",\n{ADDED}\n]}}").replace("\n", "\r\n"),
        lambda text: json.dumps(json.loads(text.replace("\n]}", f",\n{ADDED}\n]}}")), indent=1),
        lambda text: "\ufeff" + text.replace("\n]}", f",\n{ADDED}\n]}}\n"),
        lambda text: text.replace("\n]}", f',\n{ADDED}\n],"note":"by hand"}}'),
    ],
)
def test_a_feature_that_a_person_added_comes_back(own: Path, edit: Callable[[str], str]) -> None:
    own.write_text(edit(own.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    layer, problems = read(own)
    assert len(layer) == ROWS + 1
    assert "mine" in set(layer["incident_id"])
    assert problems == []
    assert layer["killed_min"].dtype == "Int64"


@pytest.mark.parametrize("suffix", [".geojson", ".geojsonl", ".fgb", ".gpkg", ".kml", ".kmz", ".parquet", ".xlsx"])
def test_a_file_that_was_cut_short_is_never_taken_for_a_whole_one(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"own{suffix}"
    write_layer(make_incidents(ROWS), path)
    whole = path.read_bytes()
    for share in (0.2, 0.5, 0.8, 0.97):
        path.write_bytes(whole[: int(len(whole) * share)])
        try:
            layer, problems = read(path)
        except InputError as error:
            assert str(path) in str(error)  # noqa: PT017 - either way it is said
        else:
            assert problems, f"{len(layer)} of {ROWS} rows without a word"


@pytest.mark.parametrize("last", ["", "\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_last_line_counts_however_it_ends(tmp_path: Path, last: str, mark: str) -> None:
    path = tmp_path / "own.geojsonl"
    write_layer(make_incidents(ROWS), path)
    path.write_text(mark + path.read_text(encoding="utf-8").rstrip("\n") + last, encoding="utf-8", newline="")
    layer, problems = read(path)
    assert (len(layer), problems) == (ROWS, [])


def test_a_broken_record_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.geojsonl"
    good = json.dumps(feature("a", point(44, 33)))
    broken = ['{"type":"Feature","geometry":', json.dumps(feature("b", {"type": "Point"})), "5", "[" * 9999]
    path.write_text("\n".join([good, *broken, good]))
    layer, problems = read(path)
    assert layer["name"].tolist() == ["a", "a"]
    assert {n for n in range(2, 6) for problem in problems if f"record {n}:" in problem} == {2, 3, 4, 5}
    assert len(problems) == 4
    with pytest.raises(InputError, match="record 2"):
        read_layer(path)


@pytest.mark.parametrize(
    ("geometry", "shape"),
    [
        (point("44.5", "33.5"), Point(44.5, 33.5)),
        (point(44.5, 33.5, 120, 7), Point(44.5, 33.5, 120)),
        (point(None, None), None),
        (point(float("nan"), 1.0), None),
        ({"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2]]]}, shapely.Polygon([(0, 0), (2, 0), (2, 2)])),
        ({"type": "MultiPolygon", "coordinates": [[[[0, 0], [2, 0], [2, 2]]]]}, shapely.MultiPolygon([shapely.Polygon([(0, 0), (2, 0), (2, 2)])])),
    ],
)  # fmt: skip
def test_shapes_are_mended_where_only_one_thing_can_be_meant(tmp_path: Path, geometry: Any, shape: Any) -> None:
    layer, problems = read(collection(tmp_path / "a.geojson", feature("a", geometry), feature("b", point(1, 2))))
    assert problems == []
    assert layer.geometry.iloc[1] == Point(1, 2)
    assert layer.geometry.iloc[0] == shape or (shape is None and layer.geometry.iloc[0] is None)


@pytest.mark.parametrize(
    "broken",
    [
        feature("x", point("north")),
        feature("x", {"type": "Circle", "coordinates": [1, 2]}),
        feature("x", {"type": "LineString", "coordinates": [[1, 2]]}),
        feature("x", {"type": "Point", "coordinates": {"lon": 1}}),
        feature("x", "POINT (1 2)"),
        {"type": "Feature", "geometry": None, "properties": ["a"]},
        None,
        7,
    ],
)
def test_a_feature_that_cannot_be_read_is_named_and_left_out(tmp_path: Path, broken: Any) -> None:
    layer, (problem,) = read(collection(tmp_path / "a.geojson", feature("a", point(1, 2)), broken, feature("b")))
    assert layer["name"].tolist() == ["a", "b"]
    assert "feature 2" in problem


def test_a_crs_of_the_old_standard_is_heeded(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}
    layer, _ = read(collection(tmp_path / "a.geojson", feature("a", point(434_000, 3_688_000)), crs=crs))
    assert layer.geometry.iloc[0].distance(Point(44.29, 33.33)) < 0.01


def test_a_property_called_geometry_is_kept_under_another_name(tmp_path: Path) -> None:
    path = collection(tmp_path / "a.geojson", feature("a", point(1, 2), properties={"geometry": "a square"}))
    with pytest.warns(GeoWarning, match="geometry_2"):
        layer = read_layer(path)
    assert layer["geometry_2"].tolist() == ["a square"]
    assert layer.geometry.iloc[0] == Point(1, 2)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".fgb", ".kml", ".parquet", ".csv", ".xlsx", ".geojsonl"])
def test_columns_that_differ_in_case_come_back(tmp_path: Path, suffix: str) -> None:
    names = ["Killed", "killed", "KILLED", "Geometry", "fid", "FID", "ID", "id"]
    layer = gpd.GeoDataFrame({name: [name] for name in names}, geometry=[Point(1, 2)], crs="EPSG:4326")
    path = tmp_path / f"a{suffix}"
    if suffix == ".gpkg":
        with pytest.warns(GeoWarning, match="upper from lower case"):
            write_layer(layer, path)
    else:
        write_layer(layer, path)
    back = read_layer(path)
    assert {name: back[name].tolist() for name in names} == {name: [name] for name in names}


@pytest.mark.parametrize(
    "suffix", [".geojson", ".gpkg", ".fgb", ".kml", ".kmz", ".parquet", ".csv", ".xlsx", ".geojsonl"]
)
@pytest.mark.parametrize(
    "shapes", [[Point(1, 2, 3), Point(4, 5)], [Point(1, 2, 3), Point(4, 5, 6)], [Point(1, 2), None]]
)
def test_heights_come_back(tmp_path: Path, suffix: str, shapes: list[Any]) -> None:
    layer = gpd.GeoDataFrame({"n": [1, 2]}, geometry=shapes, crs="EPSG:4326")
    write_layer(layer, tmp_path / f"a{suffix}")
    if suffix.startswith(".geojson"):
        assert "nan" not in (tmp_path / f"a{suffix}").read_text().lower()
    back = read_layer(tmp_path / f"a{suffix}").geometry
    for before, after in zip(shapes, back, strict=True):
        assert (before is None) == (after is None)
        if before is not None:
            assert (before.x, before.y) == (after.x, after.y)
            assert (before.z if before.has_z else 0) == pytest.approx(np.nan_to_num(after.z) if after.has_z else 0)


@pytest.mark.parametrize("suffix", [".geojson", ".kml", ".geojsonl"])
def test_what_lies_outside_the_world_is_refused(tmp_path: Path, suffix: str) -> None:
    layer = gpd.GeoDataFrame({"n": [1, 2]}, geometry=[Point(1, 2), Point(500, 33)], crs="EPSG:4326")
    with pytest.raises(ExportError, match="row 2: longitude 500"):
        write_layer(layer, tmp_path / f"a{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_rows_outside_the_world_are_named_when_they_are_read(tmp_path: Path) -> None:
    features = [feature(str(lon), point(lon, 33)) for lon in (44, 190, 500, 434_000)]
    layer, (problem,) = read(collection(tmp_path / "a.geojson", *features))
    assert [shape.x for shape in layer.geometry] == [44, -170]
    assert "rows 3, 4: longitude 500" in problem


def workbook(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_headings_stay_with_their_columns(tmp_path: Path) -> None:
    head = [None, "longitude", "", "latitude", "killed", "killed", "at", None]
    path = workbook(
        tmp_path / "a.xlsx", head, [0, 44.4, "x", 33.3, 30, 31, "15:30", None], [1, 44.5, None, 33.4, 1, 2, None]
    )
    layer, _ = read(path)
    assert [shape.x for shape in layer.geometry] == [44.4, 44.5]
    assert layer["killed"].tolist() == [30, 1]
    assert layer["killed_2"].tolist() == [31, 2]
    assert layer["column 1"].tolist() == [0, 1]
    assert layer["column 3"].tolist()[0] == "x"
    assert "column 8" not in layer


def test_hours_of_a_workbook_are_kept(tmp_path: Path) -> None:
    from datetime import datetime, time  # noqa: PLC0415

    row = [1.0, 2.0, datetime(2020, 3, 13, 15, 30), datetime(2020, 3, 13), time(15, 30)]  # noqa: DTZ001
    layer, _ = read(workbook(tmp_path / "a.xlsx", ["lon", "lat", "moment", "day", "hour"], row))
    assert str(layer["moment"].iloc[0]) == "2020-03-13 15:30:00"
    assert str(layer["day"].iloc[0]) == "2020-03-13"
    assert layer["hour"].iloc[0] == "15:30:00"


def test_a_workbook_with_a_cut_sheet_is_refused_in_words(tmp_path: Path) -> None:
    whole, cut = workbook(tmp_path / "a.xlsx", ["lon", "lat"], [1, 2]), tmp_path / "cut.xlsx"
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(cut, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    with pytest.raises(InputError, match=r"cut\.xlsx: cannot be read as XLSX"):
        read_layer(cut)


@pytest.mark.parametrize("suffix", [".kmz", ".xlsx"])
def test_an_archive_that_grows_beyond_measure_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bomb{suffix}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("doc.kml", "xl/workbook.xml"):
            with archive.open(name, "w") as file:
                for _ in range(150):
                    file.write(b" " * 1_000_000)
    with pytest.raises(InputError, match="unpack to 300 MB"):
        read_layer(path)


@pytest.mark.parametrize("encoding", ["shift_jis", "windows-1251", "gb18030", "utf-8", "iso-8859-1"])
def test_kml_is_read_in_the_encoding_that_it_names(tmp_path: Path, encoding: str) -> None:
    name = {"shift_jis": "東京", "windows-1251": "Москва", "gb18030": "北京"}.get(encoding, "Zürich")
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'
        f"<name>{name}</name><Point><coordinates>1,2</coordinates></Point></Placemark></Document></kml>"
    )
    (tmp_path / "a.kml").write_bytes(text.encode(encoding))
    layer, _ = read(tmp_path / "a.kml")
    assert layer["Name"].tolist() == [name]


def test_a_column_that_was_added_to_own_kml_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    write_layer(make_incidents(2), path)
    text = path.read_text(encoding="utf-8").replace(
        "</SchemaData>", '<SimpleData name="mine">x</SimpleData></SchemaData>', 1
    )
    path.write_text(text, encoding="utf-8")
    assert read_layer(path)["mine"].dropna().tolist() == ["x"]


@pytest.mark.parametrize(
    "note", ["no JSON", "[]", "5", '{"columns": 7}', '{"promoted": true, "columns": {"n": 5}}', "[" * 9999]
)
def test_notes_of_others_are_no_notes_of_ours(tmp_path: Path, note: str) -> None:
    path = tmp_path / "a.gpkg"
    write_layer(make_incidents(2), path)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE gpkg_metadata SET metadata = ?", (note,))
    assert len(read_layer(path)) == 2


def test_a_log_of_others_is_no_log_of_ours(tmp_path: Path) -> None:
    from geo.exporting.edit_log import read_edits  # noqa: PLC0415

    path = tmp_path / "a.gpkg"
    write_layer(make_incidents(2), path)
    with sqlite3.connect(path) as database:
        database.execute("DROP TABLE IF EXISTS geo_edits")
        database.execute("CREATE TABLE geo_edits (a, b)")
    assert read_edits(path) is None


def test_a_view_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.exporting.geopackage.PATIENCE", 1_000_000)
    path = tmp_path / "a.gpkg"
    write_layer(make_incidents(2), path)
    endless = "WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT fid, NULL AS geometry FROM n"
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE VIEW endless AS {endless}")
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('endless', 'features', 'endless', 4326)"
        )
        database.execute("INSERT INTO gpkg_geometry_columns VALUES ('endless', 'geometry', 'POINT', 4326, 0, 0)")
    with pytest.raises(InputError, match="do not come to an end"):
        read_layer(path, "endless")


@pytest.mark.parametrize("suffix", [".gpkg", ".xlsx"])
def test_ten_thousand_columns_are_refused_where_a_format_has_no_room(tmp_path: Path, suffix: str) -> None:
    count = 20_000 if suffix == ".xlsx" else 10_000
    layer = gpd.GeoDataFrame({f"c{n}": [n] for n in range(count)}, geometry=[Point(1, 2)], crs="EPSG:4326")
    with pytest.raises(ExportError, match="columns"):
        write_layer(layer, tmp_path / f"a{suffix}")


def test_the_features_of_a_large_file_are_counted_without_parsing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '"type": "Feature", \\" { ['
    path = collection(tmp_path / "a.geojson", *[feature(text, point(n, 0)) for n in range(50)])
    monkeypatch.setattr("geo.exporting.geojson_reading.BLOCK", 37)
    assert count_features(path) == 50
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InputError, match="cut short"):
        count_features(path)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".fgb", ".kml", ".parquet", ".csv", ".xlsx", ".geojsonl"])
def test_cells_that_no_file_can_hold_cost_nothing_else(tmp_path: Path, suffix: str) -> None:
    cells = {
        "half": pd.Series(["a\ud83d", "b"], dtype=object),
        "any": [{"n": float("nan")}, {"n": 1}],
        7: ["seven", "eight"],
    }
    layer = gpd.GeoDataFrame(cells, geometry=[Point(1, 2), None], crs="EPSG:4326")
    write_layer(layer, tmp_path / f"a{suffix}")
    back = read_layer(tmp_path / f"a{suffix}")
    assert back["half"].tolist() == ["a\ufffd", "b"]
    assert back["7"].tolist() == ["seven", "eight"]


def test_one_broken_byte_does_not_turn_a_table_into_another_alphabet(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("lon,lat,name\n1,2,Żółw café Москва\n3,4,x".encode() + b"\x81\n")
    layer, _ = read(tmp_path / "a.csv")
    assert layer["name"].tolist() == ["Żółw café Москва", "x\ufffd"]


def test_trailing_commas_make_no_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("lon,lat,name,,\n1,2,a,,\n3,4,b,,\n")
    layer, problems = read(tmp_path / "a.csv")
    assert (list(layer.columns), problems) == (["geometry", "name"], [])


def test_a_row_of_another_width_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("lon,lat,name\n1,2,a\n3,4\n5,6,b\n7,8,c,d\n")
    layer, problems = read(tmp_path / "a.csv")
    assert layer["name"].tolist() == ["a", "b"]
    assert len(problems) == 2
