"""CSV and XLSX open in a spreadsheet with days as days and nothing that runs; KML and GeoParquet keep to their standards."""

import csv
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import matplotlib.image as mpimg
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geo.errors import ExportError
from geo.exporting import read_layer, write_layer, xlsx
from geo.exporting.cells import as_meant, harmless
from geo.exporting.kml import style_id
from geo.exporting.symbols import EVENT_SYMBOLS, icon_png
from tests.exporting.conftest import UNLIKED

FORMULAS = "=+-@\t\r\n＝＋－＠"
KML = "{http://www.opengis.net/kml/2.2}"


def test_no_cell_of_a_csv_begins_like_a_formula(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"), newline="")))
    assert len(rows) == len(incidents) + 1
    header, *cells = rows
    numbers = {"longitude", "latitude"}
    for row in cells:
        for name, cell in zip(header, row, strict=True):
            assert name in numbers or not cell.startswith(tuple(FORMULAS)), (name, cell)
    shown = dict(zip(header, cells[4], strict=True))
    assert UNLIKED[4] == "@command"
    assert shown["weapon"] == "'@command"


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'", "''", "'tis", "plain", "-", "＝1", "\t", ""])
def test_what_was_made_harmless_is_undone_on_reading(text: str) -> None:
    (cell,) = harmless(pa.array([text], pa.large_string())).to_pylist()
    assert not cell.startswith(tuple(FORMULAS))
    assert as_meant(pa.array([cell], pa.large_string())).to_pylist() == [text]


def test_an_empty_text_and_no_text_are_two_things_in_a_csv(tmp_path: Path) -> None:
    layer = gpd.GeoDataFrame({"a": ["", None]}, geometry=[shapely.Point(1, 2)] * 2, crs="EPSG:4326").astype(
        {"a": "str"}
    )
    write_layer(layer, tmp_path / "a.csv")
    assert read_layer(tmp_path / "a.csv")["a"].isna().tolist() == [False, True]


def test_a_workbook_holds_days_and_numbers_as_such_and_no_formula(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "incidents.xlsx")
    book = openpyxl.load_workbook(tmp_path / "incidents.xlsx")
    sheet = book["incidents"]
    header = [cell.value for cell in sheet[1]]
    assert header[:2] == ["incident_id", "report_ids"]
    assert {"longitude", "latitude"} < set(header)
    first = dict(zip(header, sheet[2], strict=True))
    assert first["date_start"].value == datetime.combine(incidents["date_start"][0], datetime.min.time())
    assert first["date_start"].number_format == "yyyy\\-mm\\-dd"
    assert isinstance(first["wounded_min"].value, int)
    assert isinstance(first["longitude"].value, float)
    assert first["incident_id"].value == incidents["incident_id"][0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert not any(
        str(cell.value).startswith(tuple(FORMULAS))
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "s"
    )
    assert sheet.freeze_panes == "A2"
    assert "GeoNames" in str([cell.value for row in book["about"].iter_rows() for cell in row])


def test_a_day_before_excel_s_first_is_a_text_and_comes_back_as_a_day(
    incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    write_layer(incidents, tmp_path / "a.xlsx")
    assert read_layer(tmp_path / "a.xlsx")["date_start"][22] == date(1899, 12, 31)


def test_a_text_longer_than_a_cell_goes_on_in_the_next(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    long = incidents.iloc[:2].copy()
    long["weapon"] = ["long " * 20_000, "short"]
    write_layer(long, tmp_path / "a.xlsx")
    header = [cell.value for cell in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0][1]]
    assert [name for name in header if name.startswith("weapon")] == [
        "weapon",
        "weapon (2)",
        "weapon (3)",
        "weapon (4)",
    ]
    assert read_layer(tmp_path / "a.xlsx")["weapon"].tolist() == long["weapon"].tolist()


def test_more_rows_than_a_sheet_has_are_refused(
    incidents: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 60)
    with pytest.raises(ExportError, match=r"60 rows .* \.csv"):
        write_layer(incidents, tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_workbook_of_another_program_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["lat", "lon", "date_start", "killed_min", "seen", "evidence"])
    book.active.append([33.5, 44.25, date(2020, 3, 12), 26, True, "Rockets hit."])
    book.active.append([None, None, "2020-03-13", None, None, None])
    book.save(tmp_path / "theirs.xlsx")
    layer = read_layer(tmp_path / "theirs.xlsx")
    assert layer.geometry[0] == shapely.Point(44.25, 33.5)
    assert layer["date_start"].tolist() == [date(2020, 3, 12), date(2020, 3, 13)]
    assert layer["killed_min"][0] == 26
    assert layer["evidence"][0] == "Rockets hit."


def test_kml_has_a_span_of_time_and_a_style_for_every_placemark(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.kml")
    root = ET.parse(tmp_path / "a.kml").getroot()  # noqa: S314 - geo wrote it
    styles = {f"#{style.get('id')}" for style in root.iter(f"{KML}Style")}
    marks = list(root.iter(f"{KML}Placemark"))
    assert len(marks) == len(incidents)
    for mark, (_, row) in zip(marks, incidents.iterrows(), strict=True):
        assert mark.findtext(f"{KML}styleUrl") == f"#{style_id(row['event_type'])}"
        assert mark.findtext(f"{KML}styleUrl") in styles
        begin, end = (mark.findtext(f"{KML}TimeSpan/{KML}{side}") for side in ("begin", "end"))
        assert (begin is None) == pd.isna(row["date_start"])
        if begin:
            assert begin == row["date_start"].isoformat()
            assert end == f"{row['date_end']}T23:59:59Z"
        assert (mark.find(f"{KML}Point") is None) == (row.geometry is None)
    colours = {style.get("id"): style.findtext(f"{KML}IconStyle/{KML}color") for style in root.iter(f"{KML}Style")}
    red, green, blue = (EVENT_SYMBOLS["Battles"].colour[n : n + 2].lower() for n in (1, 3, 5))
    assert colours[style_id("Battles")] == f"ff{blue}{green}{red}"


def test_a_kmz_carries_the_pictures_of_its_marks(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.kmz")
    with zipfile.ZipFile(tmp_path / "a.kmz") as archive:
        held = set(archive.namelist())
        root = ET.fromstring(archive.read("doc.kml"))  # noqa: S314 - geo wrote it
    asked = {icon.text for icon in root.iter(f"{KML}href")}
    assert asked == held - {"doc.kml"}


@pytest.mark.parametrize("shape", sorted({symbol.shape for symbol in EVENT_SYMBOLS.values()}))
def test_an_icon_is_a_png(shape: str) -> None:
    pixels = mpimg.imread(io.BytesIO(icon_png(shape)), format="png")
    assert pixels.shape == (32, 32, 4)
    assert pixels[16, 16].tolist() == [1, 1, 1, 1]
    assert pixels[0, 0, 3] == 0


def test_geoparquet_says_its_version_boxes_and_types(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.parquet")
    schema = pq.read_schema(tmp_path / "a.parquet")
    geo = json.loads(schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    column = geo["columns"]["geometry"]
    assert column["encoding"] == "WKB"
    assert column["geometry_types"] == ["Point"]
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert column["bbox"] == pytest.approx(incidents.total_bounds.tolist())
    assert pa.types.is_date32(schema.field("date_start").type)
    assert pa.types.is_struct(schema.field("evidence").type.value_type)
    box = pq.read_table(tmp_path / "a.parquet", columns=["bbox"]).column("bbox").to_pylist()
    assert box[0]["xmin"] == box[0]["xmax"] == incidents.geometry[0].x
    assert [b is None for b in box] == incidents.geometry.isna().tolist()


def test_geopandas_reads_geoparquet_by_its_box(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.parquet")
    west, south, east, north = 40.0, 30.0, 45.0, 36.0
    part = gpd.read_parquet(tmp_path / "a.parquet", bbox=(west, south, east, north))
    assert 0 < len(part) < len(incidents)
    assert set(part["incident_id"]) == set(incidents.cx[west:east, south:north]["incident_id"])
    assert part["killed_min"].dtype == "Int64"


def test_a_layer_of_others_in_geoparquet_is_read(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    incidents[["incident_id", "geometry"]].to_crs("EPSG:3857").to_parquet(tmp_path / "theirs.parquet")
    back = read_layer(tmp_path / "theirs.parquet")
    assert back.crs == "EPSG:4326"
    assert back["incident_id"].tolist() == incidents["incident_id"].tolist()
