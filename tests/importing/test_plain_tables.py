"""A table of nobody's format: its columns are found by what people call them, and the rest is said."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import geo
from geo.cli import app

Mapped = Callable[[str], tuple[pd.DataFrame, str]]


@pytest.fixture
def mapped(tmp_path: Path) -> Mapped:
    """Map a table, and give its incidents and what was said."""

    def run(text: str) -> tuple[pd.DataFrame, str]:
        table = tmp_path / "mine.csv"
        table.write_text(text, encoding="utf-8")
        done = CliRunner().invoke(app, ["extract", str(table), "-o", str(tmp_path / "out.geojson")])
        assert done.exit_code == 0, done.stderr
        return geo.read_layer(tmp_path / "out.geojson"), done.stderr

    return run


TABLES = {
    "English": "Date;Event;Place;Lat;Long;Dead\n12/03/2020;Car bomb;Taji;33,52;44,25;3\n13/03/2020;Kidnapping;Baghdad;33,31;44,36;0\n",
    "Spanish": "Fecha,Tipo de evento,Lugar,Latitud,Longitud,Número de muertos\n"
    "2020-03-12,Coche bomba,Taji,33.52,44.25,3\n2020-03-13,Secuestro,Baghdad,33.31,44.36,0\n",
    "French": "Date de l'événement;Catégorie;Localité;Latitude;Longitude;Morts\n"
    "12.03.2020;Voiture piégée;Taji;33,52;44,25;3\n13.03.2020;Enlèvement;Baghdad;33,31;44,36;0\n",
    "Arabic": "التاريخ,نوع الحدث,المكان,خط العرض,خط الطول,عدد القتلى\n"
    "2020-03-12,سيارة مفخخة,Taji,33.52,44.25,3\n2020-03-13,خطف,Baghdad,33.31,44.36,0\n",
    "a form of Kobo": "incident/incident_date,incident/type,incident/location_name,_gps_latitude,_gps_longitude,people_killed\n"
    "2020-03-12,IED,Taji,33.52,44.25,3\n2020-03-13,abductions,Baghdad,33.31,44.36,0\n",
    "parts of the day": "Year,Month,Day,Incident type,Town,LAT,LON,Fatalities\n"
    "2020,3,12,Roadside bomb,Taji,33.52,44.25,3\n2020,3,13,Abduction,Baghdad,33.31,44.36,0\n",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_day_type_place_and_deaths_are_found_by_their_names(mapped: Mapped, table: str) -> None:
    incidents, _ = mapped(table)
    incidents = incidents.sort_values("date_start")
    assert [str(day.date()) for day in incidents["date_start"]] == ["2020-03-12", "2020-03-13"]
    assert incidents["sub_event_type"].tolist() == ["Remote explosive/landmine/IED", "Abduction/forced disappearance"]
    assert incidents["place_name"].tolist() == ["Taji", "Baghdad"]
    assert incidents["killed_min"].tolist() == [3, 0]
    assert incidents["killed_max"].iloc[0] == 3
    assert pd.isna(incidents["killed_max"].iloc[1])


def test_columns_that_were_not_used_are_named(mapped: Mapped) -> None:
    incidents, said = mapped("date,lat,lon,Dead,Team,Shift\n2020-03-12,33.5,44.2,2,Alpha,night\n")
    assert "'Dead' is those killed" in said
    assert "columns not used: Team, Shift" in said
    assert incidents[["Team", "Shift"]].to_numpy().tolist() == [["Alpha", "night"]]


def test_a_day_that_may_be_two_is_left_open_and_named(mapped: Mapped) -> None:
    incidents, said = mapped("Date,lat,lon\n03/04/2020,33.5,44.2\n05/06/2020,33.5,44.2\n")
    assert incidents["date_start"].isna().all()
    assert "2 cells of 'Date' are not understood (row 1: '03/04/2020'" in said


@pytest.mark.parametrize(
    ("cell", "least", "most"),
    [("3-5", 3, 5), ("at least 3", 3, None), ("10+", 10, None), ("up to 4", None, 4), ('"1,200"', 1200, 1200)],
)
def test_numbers_of_people_are_ranges(mapped: Mapped, cell: str, least: int | None, most: int | None) -> None:
    incidents, _ = mapped(f"date,lat,lon,killed,n\n2020-03-12,33.5,44.2,{cell},1\n")
    killed = [None if pd.isna(n) else int(n) for n in incidents[["killed_min", "killed_max"]].iloc[0]]
    assert killed == [least, most]


def test_words_that_are_no_number_are_named_and_kept(mapped: Mapped) -> None:
    incidents, said = mapped("date,lat,lon,killed\n2020-03-12,33.5,44.2,many\n2020-03-12,33.5,44.2,2\n")
    assert "one cell of 'killed' is not understood (row 1: 'many'; expected a number of people)" in said
    assert incidents["killed"].tolist() == ["many", "2"]
    assert incidents["killed_min"].fillna(-1).tolist() == [-1, 2]


def test_a_status_of_the_tables_own_refuses_no_row(mapped: Mapped) -> None:
    incidents, said = mapped("date,lat,lon,status,confidence\n2020-03-12,33.5,44.2,verified,high\n")
    assert incidents[["own_status", "own_confidence"]].to_numpy().tolist() == [["verified", "high"]]
    assert "columns not used: status, confidence" in said


def test_a_month_or_a_country_by_its_code_is_read(mapped: Mapped) -> None:
    incidents, _ = mapped("When,lat,lon,ISO3,Details\nMay 2020,33.5,44.2,IRQ,Two shops burned.\n")
    row = incidents.iloc[0]
    assert (str(row["date_start"].date()), str(row["date_end"].date())) == ("2020-05-01", "2020-05-31")
    assert (row["date_precision"], row["country_code"], row["country"]) == ("month", "IQ", "Iraq")
    assert [span["text"] for span in row["evidence"]] == ["Two shops burned."]


@pytest.mark.parametrize("name", ["story text", "Article Body", "texto", "contenu", "النص"])
def test_a_column_of_texts_is_known_in_several_languages(tmp_path: Path, name: str) -> None:
    table = tmp_path / "news.csv"
    table.write_text(f'id,{name}\n1,"A car bomb killed three people in Mosul on 3 May 2016."\n', encoding="utf-8")
    assert [report.text for report in geo.read(table)] == ["A car bomb killed three people in Mosul on 3 May 2016."]


def test_weekly_counts_of_acled_are_areas_over_a_week_and_no_dots(tmp_path: Path) -> None:
    table = tmp_path / "middle_east_aggregated.csv"
    table.write_text(
        "WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES,ID,CENTROID_LATITUDE,CENTROID_LONGITUDE\n"
        "2024-01-06,Middle East,Iraq,Baghdad,Battles,Armed clash,3,5,1,33.3,44.4\n"
        "2024-01-06,Middle East,Iraq,Baghdad,Protests,Peaceful protest,2,0,1,33.3,44.4\n",
        encoding="utf-8",
    )
    notes: list[str] = []
    incidents = geo.read_layer(table, on_note=notes.append)
    assert "is ACLED by week (2 rows): 2 incidents" in notes[0]
    assert incidents["geo_precision"].tolist() == ["admin", "admin"]
    assert (incidents["uncertainty_m"] > 20_000).all()
    assert incidents["event_count_min"].tolist() == [3, 2]
    assert (incidents["date_end"] - incidents["date_start"]).dt.days.tolist() == [6, 6]
    assert incidents["incident_id"].is_unique


def test_days_of_an_emdat_table_stand_in_three_columns(mapped: Mapped) -> None:
    incidents, _ = mapped(
        "DisNo.,ISO,Location,Latitude,Longitude,Start Year,Start Month,Start Day,Total Deaths,No. Injured\n"
        "2023-0001-IRQ,IRQ,Erbil,36.19,44.01,2023,1,5,12,30\n"
    )
    row = incidents.iloc[0]
    assert (str(row["date_start"].date()), row["killed_min"], row["wounded_max"]) == ("2023-01-05", 12, 30)
    assert row["country_code"] == "IQ"


def test_a_kml_and_a_qgis_project_credit_the_dataset_that_they_show(tmp_path: Path) -> None:
    table = tmp_path / "ged.csv"
    table.write_text(
        "id,type_of_violence,where_prec,date_prec,date_start,date_end,best,low,high,side_a,side_b,country,latitude,longitude\n"
        "7,1,1,1,2020-03-12,2020-03-12,2,2,2,A,B,Mali,16.27,-0.04\n",
        encoding="utf-8",
    )
    incidents = geo.read_layer(table)
    geo.write_layer(incidents, tmp_path / "ged.kml")
    geo.save_layers(incidents, tmp_path / "out")
    with zipfile.ZipFile(next((tmp_path / "out").glob("*.qgz"))) as archive:
        project = archive.read(next(name for name in archive.namelist() if name.endswith(".qgs"))).decode()
    for text in ((tmp_path / "ged.kml").read_text(encoding="utf-8"), project):
        assert "Sundberg and Melander (2013)" in text
        assert "GDELT" not in text
