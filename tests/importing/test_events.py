"""Other people's tables of events become the incident table, and say what was left out."""

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import geo
from geo.cli import app
from geo.errors import InputError
from geo.incidents import validate
from geo.tabular.gdelt import VERSION_1, VERSION_2

ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,iso,country,admin1,location,"
    "latitude,longitude,geo_precision,source,notes,fatalities,timestamp"
)
ROW = "MLI1,2021-05-04,1,Battles,Armed clash,Army,JNIM,466,Mali,Mopti,Bankass,14.07,-3.52,1,A Paper,Men fought.,4,10"


def read(path: Path, **options: object) -> tuple[pd.DataFrame, list[str], list[str]]:
    problems: list[str] = []
    notes: list[str] = []
    frame = geo.read_layer(path, on_problem=lambda p: problems.append(str(p)), on_note=notes.append, **options)  # type: ignore[arg-type]
    if "incident_id" in frame.columns:
        validate(frame)
    return frame, problems, notes


def written(folder: Path, name: str, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def gdelt_line(**cells: str) -> str:
    cells_of_line = {"GLOBALEVENTID": "900", "SQLDATE": "20240818", "MonthYear": "202408", "Year": "2024", **cells}
    return "\t".join(cells_of_line.get(name, "") for name in VERSION_2)


@pytest.mark.parametrize("name", ["acled.csv", "download.txt", "data"])
def test_a_table_is_known_by_its_header_and_not_by_its_name(tmp_path: Path, name: str) -> None:
    if name == "acled.csv":
        path = written(tmp_path, name, ACLED, ROW)
    else:
        path = written(tmp_path, name, ACLED.replace(",", "\t"), ROW.replace(",", "\t"))
    frame, problems, notes = read(path)
    assert not problems
    assert "is ACLED (1 rows): 1 incident" in notes[0]
    assert list(frame["incident_id"]) == ["acled:MLI1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encoding_and_separator_make_no_difference(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = (line.replace(",", separator).replace("A Paper", "Le Médecin") for line in (ACLED, ROW))
    frame, _, _ = read(written(tmp_path, "a.csv", *lines, encoding=encoding))
    assert frame["attribution"].tolist() == ["Le Médecin"]
    assert frame["date_start"].dt.date.tolist() == [date(2021, 5, 4)]


def test_of_a_repeated_acled_id_the_newest_row_counts(tmp_path: Path) -> None:
    newer = ROW.replace(",4,10", ",9,20")
    frame, _, notes = read(written(tmp_path, "a.csv", ACLED, ROW, newer, ROW))
    assert frame["killed_min"].tolist() == [9]
    assert "2 left out as duplicates" in notes[0]


@pytest.mark.parametrize(
    ("written_day", "day"),
    [
        ("2021-05-04", "2021-05-04"),
        ("4 May 2021", "2021-05-04"),
        ("04-May-21", "2021-05-04"),
        ("17/05/2021", "2021-05-17"),
    ],
)
def test_days_are_read_as_people_write_them(tmp_path: Path, written_day: str, day: str) -> None:
    frame, _, _ = read(written(tmp_path, "a.csv", ACLED, ROW.replace("2021-05-04", written_day)))
    assert str(frame["date_start"].iloc[0].date()) == day


@pytest.mark.parametrize(
    ("cell", "bad", "reason"),
    [
        ("2021-05-04", "2021-02-30", "2021-02-30"),
        ("14.07", "140.7", "latitude"),
        ("14.07", "north", "latitude is 'north'"),
        (",4,10", ",four,10", "fatalities is 'four'"),
        ("MLI1", "", "no id"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_is_read(
    tmp_path: Path, cell: str, bad: str, reason: str
) -> None:
    good = ROW.replace("MLI1", "MLI2")
    frame, problems, _ = read(written(tmp_path, "a.csv", ACLED, ROW.replace(cell, bad), good))
    assert frame["incident_id"].tolist() == ["acled:MLI2"]
    assert len(problems) == 1
    assert "line 2" in problems[0]
    assert reason in problems[0]


def test_a_row_of_too_few_cells_is_named_by_its_line(tmp_path: Path) -> None:
    frame, problems, _ = read(written(tmp_path, "a.csv", ACLED, ROW, "MLI9,2021-05-04", ROW.replace("MLI1", "MLI2")))
    assert len(frame) == 2
    assert "line 3: has 2 cells where the header has 18" in problems[0]


def test_without_on_problem_the_first_bad_row_raises(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2"):
        geo.read_layer(written(tmp_path, "a.csv", ACLED, ROW.replace("14.07", "140.7")))


def test_a_province_is_an_area_that_covers_it_from_the_rows_own_point(tmp_path: Path) -> None:
    frame, _, notes = read(written(tmp_path, "a.csv", ACLED, ROW.replace("-3.52,1,", "-3.52,3,")))
    row = frame.iloc[0]
    assert row["geo_precision"] == "admin"
    assert row["uncertainty_m"] > 50_000
    assert (row.geometry.x, row.geometry.y) == (-3.52, 14.07)
    assert "1 located to a district or coarser" in notes[0]


def test_all_columns_are_kept_typed_by_their_values(tmp_path: Path) -> None:
    lines = (f"{ACLED},interaction,zip code", f"{ROW},13,007")
    frame, _, _ = read(written(tmp_path, "a.csv", *lines))
    assert frame["acled_interaction"].tolist() == [13]
    assert frame["acled_zip_code"].tolist() == ["007"]
    assert "acled_notes" not in frame.columns  # the evidence holds it word for word
    assert frame["acled_fatalities"].tolist() == [4]
    assert frame["dataset"].tolist() == ["ACLED"]


def test_gdelt_is_known_by_the_shape_of_a_line_and_talk_is_counted(tmp_path: Path) -> None:
    fight = {
        "EventCode": "190",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Goma, Nord-Kivu, Congo",
        "ActionGeo_CountryCode": "CG",
    }
    lines = [
        gdelt_line(
            GLOBALEVENTID="1", **fight, ActionGeo_Lat="-1.68", ActionGeo_Long="29.22", DATEADDED="20240819120000"
        ),
        gdelt_line(GLOBALEVENTID="2", EventCode="010"),
    ]
    path = written(tmp_path, "x.CSV", *lines)
    frame, _, notes = read(path)
    assert frame["incident_id"].tolist() == ["gdelt:1"]
    assert frame["country_code"].tolist() == ["CD"]
    assert frame["uncertainty_m"].tolist() == [10_000]
    assert "1 about talks" in notes[0]
    everything, _, _ = read(path, everything=True)
    assert everything["event_type"].isna().tolist() == [False, True]
    assert everything["gdelt_EventCode"].tolist() == ["190", "010"]


def test_lists_nested_without_end_in_a_cell_of_gdelt_cost_nothing_else(tmp_path: Path) -> None:
    nested = "[" * 100_000
    lines = [
        gdelt_line(GLOBALEVENTID="1", EventCode="190", SOURCEURL=nested, Actor1Name=nested),
        gdelt_line(GLOBALEVENTID="2", EventCode="190", SOURCEURL="https://example.org/2"),
    ]
    frame, _, _ = read(written(tmp_path, "x.CSV", *lines))
    assert frame["incident_id"].tolist() == ["gdelt:1", "gdelt:2"]
    assert frame["report_ids"].tolist()[1] == ["https://example.org/2"]


@pytest.mark.parametrize(
    ("sqldate", "first", "last", "precision"),
    [
        ("20240818", "2024-08-18", "2024-08-18", "day"),
        ("20240812", "2024-08-09", "2024-08-15", "week"),
        ("20240719", "2024-07-01", "2024-07-31", "month"),
        ("20230820", "2023-01-01", "2023-12-31", "year"),
    ],
)
def test_gdelts_last_week_month_and_year_are_no_days(
    tmp_path: Path, sqldate: str, first: str, last: str, precision: str
) -> None:
    days = {"SQLDATE": sqldate, "MonthYear": sqldate[:6], "Year": sqldate[:4]}
    frame, _, _ = read(written(tmp_path, "x.CSV", gdelt_line(EventCode="193", DATEADDED="20240819120000", **days)))
    row = frame.iloc[0]
    assert (str(row["date_start"].date()), str(row["date_end"].date()), row["date_precision"]) == (
        first,
        last,
        precision,
    )


def test_gdelt_of_before_2013_has_no_addresses(tmp_path: Path) -> None:
    cells = {"GLOBALEVENTID": "5", "SQLDATE": "19990324", "MonthYear": "199903", "Year": "1999", "EventCode": "195"}
    frame, _, _ = read(written(tmp_path, "old.csv", "\t".join(cells.get(name, "") for name in VERSION_1[:-1])))
    assert frame["sub_event_type"].tolist() == ["Air/drone strike"]
    assert frame["report_ids"].tolist() == [[]]


UCDP = "id,type_of_violence,where_prec,date_prec,date_start,date_end,low,best,high,side_a,side_b,country,latitude,longitude"


@pytest.mark.parametrize(
    ("deaths", "least", "most"), [("2,3,5", 2, 5), ("5,3,2", 2, 5), ("3,,", 3, 3), (",,", None, None)]
)
def test_ucdps_three_numbers_make_one_range(tmp_path: Path, deaths: str, least: int | None, most: int | None) -> None:
    line = f"7,1,6,4,2015-05-01,2015-05-31,{deaths},A,B,Myanmar (Burma),21,96"
    frame, _, _ = read(written(tmp_path, "g.csv", UCDP, line))
    row = frame.iloc[0]
    assert (None if pd.isna(row["killed_min"]) else row["killed_min"]) == least
    assert (None if pd.isna(row["killed_max"]) else row["killed_max"]) == most
    assert (row["country_code"], row["geo_precision"], row["date_precision"]) == ("MM", "country", "month")
    assert row["uncertainty_m"] > 300_000


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_table_in_a_zip_is_read_and_a_zip_in_a_zip_is_named(tmp_path: Path) -> None:
    table = f"{ACLED}\n{ROW}\n".encode()
    path = tmp_path / "download.zip"
    path.write_bytes(zipped([("readme.pdf", b"%PDF"), ("a.csv", table)]))
    frame, _, notes = read(path)
    assert len(frame) == 1
    assert "download.zip/a.csv is ACLED" in notes[0]
    path.write_bytes(zipped([("inner.zip", zipped([("a.csv", table)]))]))
    with pytest.raises(InputError, match="archive within an archive"):
        read(path)


def test_a_json_list_of_an_api_is_read(tmp_path: Path) -> None:
    item = dict(zip(ACLED.split(","), ROW.split(","), strict=True))
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"success": True, "count": 1, "data": [item]}), encoding="utf-8")
    frame, _, _ = read(path)
    assert frame["place_name"].tolist() == ["Bankass"]


def test_half_an_emoji_in_an_answer_of_an_api_is_replaced(tmp_path: Path) -> None:
    item = dict(zip(ACLED.split(","), ROW.split(","), strict=True)) | {"notes": "Men fought \\ud83d."}
    path = tmp_path / "answer.json"
    path.write_text(json.dumps([item]).replace("\\\\ud83d", "\\ud83d"), encoding="utf-8")
    frame, problems, _ = read(path)
    assert not problems
    assert frame["evidence"][0][0]["text"] == "Men fought \ufffd."


def test_raw_gives_the_rows_as_they_stand(tmp_path: Path) -> None:
    frame = geo.read_layer(written(tmp_path, "a.csv", ACLED, ROW), raw=True)
    assert frame["event_id_cnty"].tolist() == ["MLI1"]
    assert "incident_id" not in frame.columns


@pytest.mark.parametrize("blank", [False, True])
def test_a_broken_line_of_gdelt_is_named_by_its_number(tmp_path: Path, *, blank: bool) -> None:
    lines = [gdelt_line(GLOBALEVENTID=str(n), EventCode="193" if n % 2 else "010") for n in range(6)]
    lines[2:2] = ["cut\toff"]
    path = written(tmp_path, "x.CSV", *lines, *([""] if blank else []))
    frame, problems, _ = read(path)
    assert frame["incident_id"].tolist() == ["gdelt:1", "gdelt:3", "gdelt:5"]
    assert len(problems) == 1
    assert "line 3: has 2 cells" in problems[0]


@pytest.mark.parametrize(
    "above", [[""], ["", "  "], ["Events of the week, Mali", "downloaded on 5 May"], ["sep=,"], [",,,"]]
)
def test_blank_lines_and_titles_may_stand_above_a_header(tmp_path: Path, above: list[str]) -> None:
    bad = ROW.replace("MLI1", "MLI2").replace("14.07", "north")
    frame, problems, _ = read(written(tmp_path, "a.csv", *above, ACLED, ROW, bad))
    assert frame["incident_id"].tolist() == ["acled:MLI1"]
    assert f"line {len(above) + 3}: latitude is 'north'" in problems[0]


def test_a_stray_nul_makes_no_utf_16_of_a_table(tmp_path: Path) -> None:
    frame, problems, _ = read(written(tmp_path, "a.csv", ACLED, ROW.replace("Men fought", "Men\0 fought")))
    assert len(frame) == 1
    assert not problems


def test_utf_16_that_ends_within_a_letter_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(f"{ACLED}\n{ROW}\n".encode("utf-16") + b"\n")
    with pytest.raises(InputError, match="cannot be read as a table"):
        read(tmp_path / "a.csv")


def test_a_broken_shapefile_in_a_zip_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([("points.shp", b"no shapes"), ("points.dbf", b"no table")]))
    with pytest.raises(InputError, match="cannot be read as a layer"):
        read(tmp_path / "a.zip")


def mention(event: str, address: str) -> str:
    cells = [event, "20240818120000", "20240819130000", "1", "example.org", address, *["1"] * 8, "", ""]
    return "\t".join(cells)


def test_mentions_of_gdelt_are_addresses_of_the_reports_of_its_events(tmp_path: Path) -> None:
    events = [gdelt_line(GLOBALEVENTID=n, EventCode="190", SOURCEURL=f"https://a.org/{n}") for n in ("1", "2")]
    written(tmp_path, "x.export.CSV", *events)
    cells_of_line = [mention("1", "https://b.org/1"), mention("1", "https://a.org/1"), mention("9", "https://c.org/9")]
    written(tmp_path, "x.mentions.CSV", *cells_of_line)
    for sources in ([tmp_path / "x.mentions.CSV", tmp_path / "x.export.CSV"], [tmp_path]):
        call = ["extract", *map(str, sources), "-o", str(tmp_path.parent / "out.geojson")]
        done = CliRunner().invoke(app, call)
        assert done.exit_code == 0, done.stderr
        assert "2 mentions of 1 incidents joined" in done.stderr
        assert "1 of events that are not here left out" in done.stderr
        reports = geo.read_layer(tmp_path.parent / "out.geojson").set_index("incident_id")["report_ids"]
        assert reports["gdelt:1"] == ["https://a.org/1", "https://b.org/1"]
        assert reports["gdelt:2"] == ["https://a.org/2"]


def test_mentions_alone_are_refused_with_the_next_step(tmp_path: Path) -> None:
    path = written(tmp_path, "x.mentions.CSV", mention("1", "https://b.org/1"))
    done = CliRunner().invoke(app, ["extract", str(path), "-o", str(tmp_path / "out.geojson")])
    assert done.exit_code == 1
    assert "which lists the articles that mention an event; give the export file" in done.stderr
