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
    assert "What they cannot hold" in notes[0]
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
    assert any("left out: 1 incidents without a death" in line for line in notes)
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


def test_claims_and_denials_have_no_place_in_acled(tmp_path: Path) -> None:
    incidents = conform(pd.DataFrame({"date_start": ["2021-05-04"] * 3, "status": ["reported", "claimed", "denied"]}))
    notes = write_as(incidents, tmp_path / "b.csv", "acled")
    assert len(rows_of(tmp_path / "b.csv")) == 1
    assert "left out: 2 claims, denials" in notes[1]


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
