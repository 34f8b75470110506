"""Incidents are written under other people's headers, and what is lost is said."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import geo
from geo.cli import app
from geo.exporting.foreign import write_as
from geo.incidents import conform

ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,iso,country,admin1,location,"
    "latitude,longitude,geo_precision,source,notes,fatalities,inter1"
)
ROWS = (
    "MLI1,2021-05-04,1,Battles,Armed clash,Army,JNIM,466,Mali,Mopti,Bankass,14.07,-3.52,1,A Paper,Men fought.,4,1",
    "MLI2,2021-05-15,2,Battles,Armed clash,Army,,466,Mali,Mopti,Bankass,14.07,-3.52,2,A Paper,=It went on,0,1",
    "MLI3,2021-02-14,3,Riots,Mob violence,Rioters (Mali),,466,Mali,Mopti,Mopti,14.5,-4.2,3,B,Stones flew.,0,5",
)
HELD = (
    "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "actor2", "iso", "country", "admin1",
    "location", "geo_precision", "source", "fatalities", "event_id_cnty", "inter1",
)  # fmt: skip


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_acled_goes_round_without_loss_of_what_geo_holds(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("\n".join([ACLED, *ROWS]) + "\n", encoding="utf-8")
    notes = write_as(geo.read_layer(source), tmp_path / "b.csv", "acled")
    assert "nothing is lost" in notes[0]
    before, after = rows_of(source), rows_of(tmp_path / "b.csv")
    assert [{name: row[name] for name in HELD} for row in after] == [
        {name: row[name] for name in HELD} for row in before
    ]
    assert [float(row["latitude"]) for row in after] == [float(row["latitude"]) for row in before]
    again = geo.read_layer(tmp_path / "b.csv")
    first = geo.read_layer(source)
    shared = ["incident_id", "date_start", "date_end", "date_precision", "geo_precision", "uncertainty_m", "killed_min"]
    pd.testing.assert_frame_equal(pd.DataFrame(again[shared]), pd.DataFrame(first[shared]))


def test_ucdp_goes_round_and_rows_without_a_death_are_counted(tmp_path: Path) -> None:
    head = "id,type_of_violence,where_prec,date_prec,date_start,date_end,low,best,high,side_a,side_b,country,latitude,longitude"
    lines = ["7,1,6,4,2015-05-01,2015-05-31,2,3,5,A,B,Mali,21,96", "8,3,2,1,2015-05-02,2015-05-02,0,0,0,A,B,Mali,21,96"]
    (tmp_path / "a.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    first = geo.read_layer(tmp_path / "a.csv")
    notes = write_as(first, tmp_path / "b.csv", "ucdp")
    assert any("left out: incidents without a death, which are no rows of UCDP GED: 1" in line for line in notes)
    again = geo.read_layer(tmp_path / "b.csv")
    shared = [
        "incident_id",
        "event_type",
        "date_start",
        "date_end",
        "date_precision",
        "geo_precision",
        "killed_min",
        "killed_max",
    ]
    pd.testing.assert_frame_equal(pd.DataFrame(again[shared]), pd.DataFrame(first[shared].iloc[:1]))


GED = (
    "id,type_of_violence,where_prec,date_prec,date_start,date_end,low,best,high,side_a,side_b,country,adm_1,adm_2,"
    "where_coordinates,latitude,longitude,source_headline,source_article"
)
GED_ROWS = (
    "1,2,3,1,2015-05-02,2015-05-02,1,2,3,A,B,Myanmar (Burma),Kachin State,Putao District,Putao district,27.3,97.4,,A yearbook",
    "2,3,7,4,2015-05-02,2015-05-09,2,1,0,A,Civilians,Myanmar (Burma),,,Bay of Bengal,19,91,A headline,A paper",
    "3,2,1,2,2015-05-02,2015-05-02,0,0,4,Unknown,B,Mali,Mopti,,Mopti town,14.5,-4.2,A headline,A paper",
)


def test_ucdp_comes_back_cell_for_cell(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\n".join([GED, *GED_ROWS]) + "\n", encoding="utf-8")
    notes = write_as(geo.read_layer(tmp_path / "a.csv"), tmp_path / "b.csv", "ucdp")
    assert notes == [f"3 incidents written to {tmp_path / 'b.csv'} under the headers of UCDP; nothing is lost."]
    before, after = rows_of(tmp_path / "a.csv"), rows_of(tmp_path / "b.csv")
    numbers = {"latitude", "longitude"}
    assert [{k: v for k, v in row.items() if k in before[0] and k not in numbers} for row in after] == [
        {k: v for k, v in row.items() if k not in numbers} for row in before
    ]


def test_a_correction_counts_more_than_the_cell_that_the_row_came_with(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\n".join([GED, GED_ROWS[0]]) + "\n", encoding="utf-8")
    layer = geo.read_layer(tmp_path / "a.csv").assign(
        geo_precision="near", killed_min=5, killed_max=5, event_type="Violence against civilians", country="Mali", country_code="ML"
    )  # fmt: skip
    write_as(layer, tmp_path / "b.csv", "ucdp")
    (row,) = rows_of(tmp_path / "b.csv")
    assert [row[name] for name in ("where_prec", "low", "best", "high", "type_of_violence", "country")] == [
        "2", "5", "5", "5", "3", "Mali",
    ]  # fmt: skip


def test_a_district_keeps_its_radius_where_a_dataset_has_one_code_for_all_areas(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\n".join([GED, *GED_ROWS]) + "\n", encoding="utf-8")
    first = geo.read_layer(tmp_path / "a.csv")
    notes = write_as(first, tmp_path / "b.csv", "acled")
    assert "first and last days (written as a week or month)" in notes[0]
    again = geo.read_layer(tmp_path / "b.csv")
    assert again["geo_precision"].tolist() == first["geo_precision"].tolist() == ["admin", "region", "settlement"]
    assert again["uncertainty_m"].tolist() == first["uncertainty_m"].round().tolist()
    assert rows_of(tmp_path / "b.csv")[0]["admin2"] == "Putao district"


def test_a_range_within_a_week_is_no_month(tmp_path: Path) -> None:
    days = {"date_start": ["2021-05-31", "2021-05-03"], "date_end": ["2021-06-01", "2021-05-20"]}
    incidents = conform(pd.DataFrame({**days, "date_precision": "range", "status": "reported"}))
    write_as(incidents, tmp_path / "b.csv", "acled")
    assert [row["time_precision"] for row in rows_of(tmp_path / "b.csv")] == ["2", "3"]


def test_claims_and_denials_have_no_place_in_acled(tmp_path: Path) -> None:
    incidents = conform(pd.DataFrame({"date_start": ["2021-05-04"] * 3, "status": ["reported", "claimed", "denied"]}))
    notes = write_as(incidents, tmp_path / "b.csv", "acled")
    assert len(rows_of(tmp_path / "b.csv")) == 1
    assert "left out: claims, denials, plans and threats: 2" in notes[1]


@pytest.mark.parametrize("separator", ["\n"])
def test_a_table_with_hxl_tags_is_read_back(tmp_path: Path, separator: str) -> None:
    source = tmp_path / "a.csv"
    source.write_text(separator.join([ACLED, *ROWS]) + separator, encoding="utf-8")
    done = CliRunner().invoke(app, ["convert", str(source), str(tmp_path / "h.csv"), "--as", "hxl"])
    assert done.exit_code == 0
    lines = (tmp_path / "h.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("#event+id,")
    first, back = geo.read_layer(source), conform(geo.read_layer(tmp_path / "h.csv"))
    assert back["incident_id"].tolist() == first["incident_id"].tolist()
    assert back["killed_min"].tolist() == first["killed_min"].tolist()


def test_a_csv_is_not_written_under_another_suffix(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\n".join([ACLED, *ROWS]) + "\n", encoding="utf-8")
    call = ["convert", str(tmp_path / "a.csv"), str(tmp_path / "b.xlsx"), "--as", "acled"]
    done = CliRunner().invoke(app, call)
    assert done.exit_code == 2
    assert "expected a file ending in .csv" in " ".join(done.stderr.split())
    assert not (tmp_path / "b.xlsx").exists()
