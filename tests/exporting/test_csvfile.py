"""CSV holds nothing that a spreadsheet would run, and distinguishes an empty text from none."""

import csv
import io
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pytest
import shapely

from geo.exporting import read_layer, write_layer
from geo.exporting.spreadsheet_cells import as_meant, harmless
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


@pytest.mark.parametrize("above", ["\n", "\r\n\r\n", ",,,\n"])
def test_blank_lines_above_the_header_of_a_layer_are_passed_over(
    above: str, incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    write_layer(incidents, tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_bytes()
    (tmp_path / "b.csv").write_bytes(above.encode() + text)
    assert read_layer(tmp_path / "b.csv")["incident_id"].tolist() == incidents["incident_id"].tolist()
