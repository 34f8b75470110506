"""A workbook holds days as days, numbers as numbers, and no formula."""

from datetime import date, datetime
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from geo.errors import ExportError
from geo.exporting import read_layer, write_layer, xlsx

FORMULAS = "=+-@\t\r\n＝＋－＠"
KML = "{http://www.opengis.net/kml/2.2}"


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
    assert read_layer(tmp_path / "a.xlsx")["date_start"][22] == pd.Timestamp("1899-12-31")


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
    assert layer["date_start"].dt.date.tolist() == [date(2020, 3, 12), date(2020, 3, 13)]
    assert layer["killed_min"][0] == 26
    assert layer["evidence"][0] == "Rockets hit."
