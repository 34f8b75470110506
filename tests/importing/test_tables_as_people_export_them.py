"""Tables as ministries, monitors and offices export them: titles above, totals below, merged cells, any encoding."""

import zipfile
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

import geo
from geo.cli import app


def extracted(table: Path) -> tuple[gpd.GeoDataFrame, str]:
    done = CliRunner().invoke(app, ["extract", str(table), "-o", str(table.parent / "out.geojson")])
    assert done.exit_code == 0, done.stderr
    return geo.read_layer(table.parent / "out.geojson").sort_values("date_start", ignore_index=True), done.stderr


def test_a_ministrys_csv_of_windows_has_titles_halves_of_a_header_totals_and_a_source(tmp_path: Path) -> None:
    lines = (
        "Informe de incidentes;;;;;;;",
        ";;;;;;;",
        "Fecha;Departamento;Municipio;Coordenadas;;Víctimas;;Presunto responsable",
        ";;;Latitud;Longitud;Muertos;Heridos;",
        "03/04/2021;Nariño;Tumaco;1,7986;-78,8156;5;2;Por establecer",
        "28/05/2021;Antioquia;Ituango;7,1711;-75,7642;1;;Disidencias",
        ";;;;;;;",
        "TOTAL;;;;;6;2;",
        "Fuente: Oficina;;;;;;;",
    )
    (tmp_path / "informe.csv").write_bytes("\r\n".join(lines).encode("cp1252"))
    incidents, said = extracted(tmp_path / "informe.csv")
    assert [str(day.date()) for day in incidents["date_start"]] == ["2021-04-03", "2021-05-28"]
    assert incidents["admin1"].tolist() == ["Nariño", "Antioquia"]
    assert incidents["killed_min"].tolist() == [5, 1]
    assert incidents["actor1"].fillna("nobody knows").tolist() == ["nobody knows", "Disidencias"]
    assert incidents.geometry.iloc[0].coords[0] == (-78.8156, 1.7986)
    assert "2 rows left out as totals or notes, not events (line 8 and others)" in said


def test_what_stands_in_merged_cells_of_a_workbook_counts_for_each_row(tmp_path: Path) -> None:
    book = Workbook()
    notes, sheet = book.active, book.create_sheet("Incidentes")
    assert notes is not None
    notes.append(["Léame: lista de códigos"])
    sheet.append(["Sistema de monitoreo"])
    sheet.merge_cells("A1:G1")
    sheet.append(["Fecha", "Provincia", "Localidad", "Coordenadas", None, "Víctimas", None])
    sheet.append([None, None, None, "Latitud", "Longitud", "Muertos", "Heridos"])
    sheet.append([datetime(2022, 1, 5), "Cabo Delgado", "Palma", -10.77, 40.47, 4, 1])  # noqa: DTZ001
    sheet.append([44605, None, "Macomia", -11.23, 40.13, 0, 2])  # a day that lost its format
    sheet.append(["Total", None, None, None, None, 4, 3])
    for cells in ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "B4:B5"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "registro.xlsx")
    incidents, said = extracted(tmp_path / "registro.xlsx")
    assert [str(day.date()) for day in incidents["date_start"]] == ["2022-01-05", "2022-02-13"]
    assert incidents["admin1"].tolist() == ["Cabo Delgado", "Cabo Delgado"]
    assert incidents["wounded_min"].tolist() == [1, 2]
    assert "1 row left out as totals or notes" in said


@pytest.mark.parametrize(
    ("separator", "encoding"), [("\t", "utf-16"), (",", "utf-8"), (";", "cp1252"), ("|", "utf-8-sig")]
)
def test_a_table_under_the_suffix_of_a_text_is_a_table(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = (
        "Date,City,Type,Latitude,Longitude,Killed",
        "12/03/2020,Aden,Car bomb,12.78,45.01,4",
        "25/03/2020,Taiz,,13.57,44.02,2",
    )
    (tmp_path / "a.txt").write_text("\r\n".join(lines).replace(",", separator), encoding=encoding, newline="")
    incidents, _ = extracted(tmp_path / "a.txt")
    assert incidents["killed_min"].tolist() == [4, 2]
    assert incidents["place_name"].tolist() == ["Aden", "Taiz"]


def test_prose_that_begins_with_latitude_and_longitude_is_a_report(tmp_path: Path) -> None:
    text = (
        "Latitude, longitude, and war: a day with the map makers.\nGunmen killed three people, police said, in Mosul.\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert [report.id for report in geo.read(tmp_path / "a.txt")] == ["a"]
    incidents, _ = extracted(tmp_path / "a.txt")
    assert "Latitude" not in incidents.columns


def test_a_point_that_stands_for_a_province_is_an_area_where_the_table_says_so(tmp_path: Path) -> None:
    table = (
        "Date,Place,Country,Province,Lat,Lon,Geolocation accuracy\n"
        "2020-01-01,Mosul,Iraq,Nineveh,36.34,43.13,Exact location\n"
        "2020-01-02,Mosul,Iraq,Nineveh,36.34,43.13,Neighbourhood/area\n"
        "2020-01-03,Nineveh,Iraq,Nineveh,36.2,42.5,Province centroid\n"
        "2020-01-04,Iraq,Iraq,,33,44,Country\n"
        "2020-01-05,Basra,Iraq,,30.5,47.8,who knows\n"
    )
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    incidents, said = extracted(tmp_path / "a.csv")
    assert incidents["geo_precision"].fillna("unknown").tolist() == [
        "site",
        "settlement",
        "admin",
        "country",
        "unknown",
    ]
    assert incidents["uncertainty_m"].tolist()[:2] == [1_000, 5_000]
    assert 60_000 < incidents["uncertainty_m"].iloc[2] < 200_000
    assert "expected a precision such as exact" in said


def test_first_and_last_days_of_emdat_may_lack_a_day_or_a_month(tmp_path: Path) -> None:
    table = (
        "DisNo.,ISO,Location,Latitude,Longitude,Start Year,Start Month,Start Day,End Year,End Month,End Day\n"
        "2020-0001-AFG,AFG,Kabul,34.5,69.2,2020,1,30,2020,2,3\n"
        "2020-0002-AFG,AFG,Herat,34.3,62.2,2020,5,,2020,11,\n"
        "2021-0003-AFG,AFG,Herat,34.3,62.2,2021,,,2021,,\n"
    )
    (tmp_path / "emdat.csv").write_text(table, encoding="utf-8")
    incidents, _ = extracted(tmp_path / "emdat.csv")
    days = incidents[["date_start", "date_end"]].astype("str").to_numpy().tolist()
    assert days == [["2020-01-30", "2020-02-03"], ["2020-05-01", "2020-11-30"], ["2021-01-01", "2021-12-31"]]
    assert incidents["date_precision"].tolist() == ["range", "range", "year"]


def test_a_cell_of_coordinates_names_no_place(tmp_path: Path) -> None:
    table = (
        "start;Location of the incident;_Location of the incident_latitude;_Location of the incident_longitude;How many were killed?\n"
        "2023-01-01T10:00:00.000+03:00;33.3 44.4 30 4.5;33.3;44.4;2\n"
    )
    (tmp_path / "kobo.csv").write_text(table, encoding="utf-8")
    incidents, _ = extracted(tmp_path / "kobo.csv")
    assert incidents["place_name"].isna().all()
    assert incidents["killed_min"].tolist() == [2]


def test_a_gpx_of_tracks_alone_is_refused_in_words(tmp_path: Path) -> None:
    track = "<trk><trkseg><trkpt lat='1' lon='2'/><trkpt lat='1.1' lon='2'/></trkseg></trk>"
    gpx = f"<?xml version='1.0'?><gpx version='1.1' creator='x' xmlns='http://www.topografix.com/GPX/1/1'>{track}</gpx>"
    (tmp_path / "a.gpx").write_text(gpx, encoding="utf-8")
    done = CliRunner().invoke(app, ["convert", str(tmp_path / "a.gpx"), str(tmp_path / "out.geojson")])
    assert done.exit_code == 1
    assert "no waypoints in this GPX" in done.stderr


def test_a_read_me_beside_a_table_in_an_archive_adds_no_column(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "Read me: columns are explained on our page\nand more\n")
        archive.writestr("data/a.csv", "date,lat,lon\n2020-03-12,33.5,44.2\n")
    incidents, _ = extracted(tmp_path / "a.zip")
    assert len(incidents) == 1
    assert not [name for name in incidents.columns if "Read me" in name]
