"""Coordinates in the further ways in which people write them: references, addresses of maps, other figures."""

import json
from pathlib import Path

import pytest

import geo
from geo.errors import SchemaError
from geo.importing.accepting import as_incidents

MOSUL = (43.1189, 36.335)
ONE_COLUMN = {
    "military grid": ("coordinates", "38S LF 31171 22748"),
    "military grid, together": ("where", "38SLF3117122748"),
    "plus code": ("plus_code", "8H8584P9+2H2"),
    "plus code and a name": ("location", "8H8584P9+2H2 Mosul"),
    "an address of Google Maps": ("link", "https://www.google.com/maps/@36.335,43.1189,15z"),
    "a place of Google Maps": (
        "url",
        "https://www.google.com/maps/place/X/@36.1,43.1,17z/data=!4m2!3d36.335!4d43.1189",
    ),
    "a question to Google Maps": ("map", "https://maps.google.com/?q=36.335,43.1189"),
    "a mark of OpenStreetMap": ("map_link", "https://www.openstreetmap.org/?mlat=36.335&mlon=43.1189#map=12/36.3/43.1"),
    "a view of OpenStreetMap": ("map", "https://www.openstreetmap.org/#map=12/36.335/43.1189"),
    "an apostrophe before": ("coordinates", "'36.335, 43.1189"),
    "Arabic figures": ("location", "٣٦٫٣٣٥, ٤٣٫١١٨٩"),
    "Persian figures": ("location", "۳۶٫۳۳۵, ۴۳٫۱۱۸۹"),
}


@pytest.mark.parametrize(("name", "cell"), ONE_COLUMN.values(), ids=ONE_COLUMN)
def test_both_in_one_cell(tmp_path: Path, name: str, cell: str) -> None:
    (tmp_path / "a.csv").write_text(f'id,{name},date\n1,"{cell}",2020-03-09\n', encoding="utf-8")
    [point] = geo.read_layer(tmp_path / "a.csv").geometry
    assert (point.x, point.y) == pytest.approx(MOSUL, abs=2e-4)


TWO_COLUMNS = {
    "apostrophes before": ("lat,lon", "'36.335,'43.1189"),
    "Arabic figures": ("lat,lon", "٣٦٫٣٣٥,٤٣٫١١٨٩"),
    "axes in brackets": ("Location (lat),Location (lon)", "36.335,43.1189"),
    "axes in square brackets": ("GPS [latitude],GPS [longitude]", "36.335,43.1189"),
}


@pytest.mark.parametrize(("names", "cells"), TWO_COLUMNS.values(), ids=TWO_COLUMNS)
def test_two_columns(tmp_path: Path, names: str, cells: str) -> None:
    (tmp_path / "a.csv").write_text(f"id,{names},date\n1,{cells},2020-03-09\n", encoding="utf-8")
    [point] = geo.read_layer(tmp_path / "a.csv").geometry
    assert (point.x, point.y) == pytest.approx(MOSUL, abs=1e-9)


def test_a_reference_has_the_radius_of_its_square(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,plus_code\n1,8H8584P9+2H\n2,8H8584P9+2H2\n", encoding="utf-8")
    rough, fine = geo.read_layer(tmp_path / "a.csv")["uncertainty_m"]
    assert rough == pytest.approx(9.8, abs=0.1)
    assert fine == pytest.approx(2.5, abs=0.6)


def test_addresses_of_articles_are_no_places(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,url,date\n1,https://example.org/2020/03/09/a,2020-03-09\n", encoding="utf-8")
    assert geo.read_layer(tmp_path / "a.csv").geometry.isna().all()


@pytest.mark.parametrize("mark", ["~", "^"])
def test_rare_signs_divide_cells(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.csv").write_text(
        mark.join(("id", "lat", "lon")) + "\n" + mark.join(("1", "36.335", "43.1189")), encoding="utf-8"
    )
    [point] = geo.read_layer(tmp_path / "a.csv").geometry
    assert (point.x, point.y) == MOSUL


def test_the_day_of_an_incident_counts_before_the_day_of_entry(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Timestamp,Date of the incident,lat,lon,Injured\n2020-03-20 10:00:00,2020-03-09,36.3,43.1,~4\n",
        encoding="utf-8",
    )
    (tmp_path / "b.csv").write_text("Timestamp,lat,lon\n2020-03-20 10:00:00,36.3,43.1\n", encoding="utf-8")
    first, second = (as_incidents(tmp_path / name) for name in ("a.csv", "b.csv"))
    assert first["date_start"].dt.strftime("%F").tolist() == ["2020-03-09"]
    assert first["wounded_min"].tolist() == [4]
    assert second["date_start"].dt.strftime("%F").tolist() == ["2020-03-20"]


def test_days_of_a_spreadsheet_in_a_dataset_are_days(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,fatalities,latitude,longitude,country,iso\n"
        "IRQ1,43899,1,Battles,Armed clash,A,2,36.3,43.1,Iraq,368\n",
        encoding="utf-8",
    )
    assert geo.read_layer(tmp_path / "a.csv")["date_start"].dt.strftime("%F").tolist() == ["2020-03-09"]


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("9 March - 2 April 2020", "2020-03-09", "2020-04-02"),
        ("9 March 2020 to 11 March 2020", "2020-03-09", "2020-03-11"),
        ("2020-03-09/2020-03-11", "2020-03-09", "2020-03-11"),
        ("2020-03-09 – 2020-03-11", "2020-03-09", "2020-03-11"),
        ("Q1 2020", "2020-01-01", "2020-03-31"),
        ("2020-Q4", "2020-10-01", "2020-12-31"),
    ],
)
def test_a_cell_may_say_from_when_to_when(tmp_path: Path, cell: str, first: str, last: str) -> None:
    (tmp_path / "a.csv").write_text(f"date,lat,lon\n{cell},36.3,43.1\n", encoding="utf-8")
    found = as_incidents(tmp_path / "a.csv")
    days = [found[name].dt.strftime("%F")[0] for name in ("date_start", "date_end")]
    assert (*days, found["date_precision"][0]) == (first, last, "range")


@pytest.mark.parametrize("cell", ["11 March 2020 - 9 March 2020", "3 - 4", "Q5 2020", "soon - later"])
def test_what_is_no_range_is_named(tmp_path: Path, cell: str) -> None:
    (tmp_path / "a.csv").write_text(f"date,lat,lon\n{cell},36.3,43.1\n2020-03-09,36.3,43.1\n", encoding="utf-8")
    with pytest.raises(SchemaError, match="row 1"):
        as_incidents(tmp_path / "a.csv")


def test_json_lines_of_a_database_are_a_table(tmp_path: Path) -> None:
    rows = [{"id": n, "lat": 36.3, "lon": 43.1, "date": "2020-03-09"} for n in range(3)]
    (tmp_path / "a.json").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert len(geo.read_layer(tmp_path / "a.json")) == 3
