"""Two tables of the same events are matched one to one, and say what agrees, what contradicts and what is missing."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from typer.testing import CliRunner

import geo
from geo.cli import app
from geo.comparing import save_comparison
from geo.comparing.matching import type_likeness
from geo.incidents import conform


def table(*rows: dict[str, object]) -> gpd.GeoDataFrame:
    plain = {"event_type": "Battles", "geo_precision": "settlement", "uncertainty_m": 5000.0, "country_code": "ML"}
    frame = pd.DataFrame([plain | row for row in rows])
    frame["date_end"] = frame["date_start"]
    frame["date_precision"] = "day"
    return conform(frame)


def event(name: str, day: str, lat: float, lon: float, **more: object) -> dict[str, object]:
    return {"incident_id": name, "date_start": day, "latitude": lat, "longitude": lon, **more}


def test_pairs_are_made_one_to_one_best_first() -> None:
    a = table(event("a1", "2021-05-04", 14.0, -3.5), event("a2", "2021-05-05", 14.01, -3.5))
    b = table(event("b1", "2021-05-05", 14.01, -3.5), event("b2", "2021-09-01", 14.0, -3.5))
    found = geo.compare(a, b)
    assert found.pairs[["a_id", "b_id"]].to_numpy().tolist() == [["a2", "b1"]]
    assert sorted(found.table["section"]) == ["both_agree", "only_a", "only_b"]


def test_both_uncertainties_widen_the_window() -> None:
    a = table(event("a1", "2021-05-04", 14.0, -3.5))
    near, wide = event("b1", "2021-05-04", 14.3, -3.5), event("b1", "2021-05-04", 14.3, -3.5, uncertainty_m=30_000.0)
    assert len(geo.compare(a, table(near)).pairs) == 0
    assert len(geo.compare(a, table(wide)).pairs) == 1
    assert len(geo.compare(a, table(near), km=40).pairs) == 1


@pytest.mark.parametrize(("days", "n"), [(0, 0), (1, 0), (2, 1), (5, 1)])
def test_the_window_of_days_is_an_option(days: int, n: int) -> None:
    a, b = table(event("a1", "2021-05-04", 14.0, -3.5)), table(event("b1", "2021-05-06", 14.0, -3.5))
    assert len(geo.compare(a, b, days=days).pairs) == n


def test_a_protest_does_not_swallow_a_clash() -> None:
    a = table(event("a1", "2021-05-04", 14.0, -3.5, event_type="Protests", sub_event_type="Peaceful protest"))
    b = table(event("b1", "2021-05-04", 14.0, -3.5, event_type="Battles", sub_event_type="Armed clash"))
    assert len(geo.compare(a, b).pairs) == 0


def test_a_type_without_a_sub_type_fits_any_of_its_own() -> None:
    assert type_likeness(("Battles", None), ("Battles", "Armed clash")) > 0
    assert type_likeness(("Battles", None), ("Explosions/Remote violence", "Air/drone strike")) > 0
    assert type_likeness(("Protests", None), ("Battles", "Armed clash")) == 0


def test_contradictions_are_named_by_their_column() -> None:
    a = table(event("a1", "2021-05-04", 14.0, -3.5, killed_min=2, killed_max=3, admin1="Mopti", status="reported"))
    b = table(event("b1", "2021-05-05", 14.0, -3.5, killed_min=9, killed_max=9, admin1="Gao", status="denied"))
    [named] = geo.compare(a, b).pairs["contradict"]
    assert named == "days, admin1, killed, status"


def test_what_is_known_to_a_country_alone_is_not_comparable() -> None:
    a = table(event("a1", "2021-05-04", 17.0, -4.0, geo_precision="country", uncertainty_m=800_000.0))
    b = table(event("b1", "2021-05-04", 14.0, -3.5))
    assert sorted(geo.compare(a, b).table["section"]) == ["not_comparable_a", "only_b"]


def test_a_comparison_is_a_page_two_tables_and_a_layer(tmp_path: Path) -> None:
    a, b = table(event("a1", "2021-05-04", 14.0, -3.5)), table(event("b1", "2021-05-05", 14.02, -3.5))
    save_comparison(geo.compare(a, b), tmp_path, names=("ours", "theirs"))
    assert "ours" in (tmp_path / "compare.html").read_text(encoding="utf-8")
    assert pd.read_csv(tmp_path / "compare.csv")["a_id"].tolist() == ["a1"]
    assert pd.read_csv(tmp_path / "counts.csv")[["a", "b"]].sum().tolist() == [1, 1]
    assert geo.read_layer(tmp_path / "pairs.geojson").geometry.geom_type.tolist() == ["LineString"]


def test_a_page_lists_each_section_contradictions_by_column_and_counts_by_month(tmp_path: Path) -> None:
    a = table(
        event("a1", "2021-05-04", 14.0, -3.5, killed_min=2, killed_max=2, admin1="Mopti"),
        event("a2", "2021-06-04", 15.0, -3.5),
        event("a3", "2021-06-05", 17.0, -4.0, geo_precision="country", uncertainty_m=800_000.0),
    )
    b = table(event("b1", "2021-05-04", 14.0, -3.5, killed_min=9, killed_max=9, admin1="Gao", place_name="A <b> place"))
    save_comparison(geo.compare(a, b), tmp_path, names=("ours", "theirs"))
    page = (tmp_path / "sections.html").read_text(encoding="utf-8")
    for heading in ("In both, agreeing: 0", "In both, contradicting: 1", "Only in ours: 1", "Only in theirs: 0"):
        assert f"<h2>{heading}</h2>" in page
    assert "Of ours, not comparable: no day, or no place finer than a country: 1" in page
    assert "<p>admin1: 1, killed: 1</p>" in page
    assert "A &lt;b&gt; place" in page
    assert '<td>2021-05</td><td class="n">1</td><td class="n">1</td>' in page
    assert '<td>2021-06</td><td class="n">2</td><td class="n">0</td>' in page


ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,iso,country,admin1,location,"
    "latitude,longitude,geo_precision,source,notes,fatalities\n"
    "MLI1,2021-05-04,1,Battles,Armed clash,Army,JNIM,466,Mali,Mopti,Bankass,14.07,-3.52,1,A Paper,Men fought.,4\n"
)


def test_a_table_beside_reports_is_recognised_everywhere(tmp_path: Path) -> None:
    (tmp_path / "acled.csv").write_text(ACLED, encoding="utf-8")
    (tmp_path / "mine.csv").write_text(
        "incident_id,evidence,latitude,longitude,place_name\nx1,Shots.,14.07,-3.52,Bankass\n", encoding="utf-8"
    )
    done = CliRunner().invoke(
        app, ["map", str(tmp_path / "mine.csv"), "--beside", str(tmp_path / "acled.csv"), "-o", str(tmp_path / "out")]
    )
    assert done.exit_code == 0, done.stderr
    incidents = geo.read_layer(tmp_path / "out" / "incidents.geojson")
    assert incidents["dataset"].tolist() == ["reports", "ACLED"]
    assert set(geo.read_layer(tmp_path / "out" / "places.geojson")["dataset"]) == {"reports", "ACLED"}
    page = (tmp_path / "out" / "map.html").read_text(encoding="utf-8")
    assert '"rings":["ACLED"]' in page
    assert "acleddata.com" in page
    assert "terms of use" in done.stderr


def test_rows_with_one_id_in_both_tables_are_both_drawn(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text(ACLED, encoding="utf-8")
    call = ["map", str(tmp_path / "one.csv"), "--beside", str(tmp_path / "two.csv"), "-o", str(tmp_path / "out")]
    assert CliRunner().invoke(app, call).exit_code == 0
    incidents = geo.read_layer(tmp_path / "out" / "incidents.geojson")
    assert incidents["incident_id"].tolist() == ["acled:MLI1", "acled:MLI1#2"]
    assert incidents["dataset"].tolist() == ["ACLED", "ACLED, beside"]
