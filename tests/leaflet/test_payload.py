"""What the table says is what the page reads."""

import re
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geo.incidents.contract.schema import COLUMNS, coordinates
from geo.incidents.headlines.page_titles import counts, title
from geo.leaflet import to_map
from geo.leaflet.columns import rounded_up, row_order
from tests.leaflet.decoding import Page, read_page
from tests.leaflet.stories import GAZETTE, REPORTS, story
from tests.synthetic import make_incidents

EPOCH = pd.Timestamp("1970-01-01")


@pytest.fixture(scope="module")
def crowd() -> gpd.GeoDataFrame:
    frame = make_incidents(10_000)
    frame["reviewed"] = np.arange(len(frame)) % 2 == 0
    frame["score"] = np.where(np.arange(len(frame)) % 3, 0.5, np.nan)
    return frame


def page_of(frame: gpd.GeoDataFrame, folder: Path, **choices: object) -> Page:
    to_map(frame, **choices).save(folder / "map.html")
    return read_page((folder / "map.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(crowd: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> Page:
    return page_of(crowd, tmp_path_factory.mktemp("crowd"))


@pytest.fixture(scope="module")
def table(crowd: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The table in the page's order."""
    return crowd.iloc[row_order(crowd)].reset_index(drop=True)


def test_rows_are_in_date_order_and_the_undated_last(page: Page) -> None:
    days = page.column("date_start").astype(np.int64)
    dated = days != -(2**31)
    assert (np.diff(days[dated]) >= 0).all()
    assert not dated[dated.sum() :].any()


def test_places_are_written_to_a_metre(page: Page, table: gpd.GeoDataFrame) -> None:
    written = np.column_stack([page.column("lon"), page.column("lat")]) / 1e5
    xy = coordinates(table)
    unknown = np.isnan(xy).any(axis=1)
    assert np.abs(written - xy)[~unknown].max() <= 0.5e-5 + 1e-12
    assert (written[unknown] == -(2**31) / 1e5).all()


@pytest.mark.parametrize("column", ["date_start", "date_end"])
def test_days_are_days(column: str, page: Page, table: gpd.GeoDataFrame) -> None:
    days = [-(2**31) if pd.isna(day) else (day - EPOCH).days for day in table[column]]
    assert page.column(column).tolist() == days


@pytest.mark.parametrize("column", ["killed_min", "killed_max", "wounded_min", "wounded_max", "event_count_min"])
def test_counts_are_counts_and_null_is_null(column: str, page: Page, table: gpd.GeoDataFrame) -> None:
    null = next(spec["null"] for spec in page.meta["columns"] if spec["name"] == column)
    assert page.column(column).tolist() == [null if pd.isna(n) else n for n in table[column]]


@pytest.mark.parametrize(
    "column",
    ["sub_event_type", "country", "country_code", "admin1", "place_name", "actor1", "actor2", "weapon", "attribution"],
)
def test_texts_are_texts(column: str, page: Page, table: gpd.GeoDataFrame) -> None:
    assert page.texts(column) == [None if pd.isna(text) else text for text in table[column]]


@pytest.mark.parametrize(
    ("column", "terms"),
    [("status", "statuses"), ("geo_precision", "geo_precisions"), ("date_precision", "date_precisions")],
)
def test_terms_are_terms(column: str, terms: str, page: Page, table: gpd.GeoDataFrame) -> None:
    assert [page.meta[terms][code] for code in page.column(column)] == table[column].tolist()


def test_a_radius_is_never_written_smaller_than_it_is(page: Page, table: gpd.GeoDataFrame) -> None:
    written, true = page.column("uncertainty_m").astype(float), table["uncertainty_m"].to_numpy()
    known = ~np.isnan(true)
    assert (written[known] >= true[known] * (1 - 1e-6)).all()
    assert (written[known] <= true[known] * 1.11).all()
    assert np.isnan(written[~known]).all()
    assert rounded_up(np.array([0, 1, 99, 101, 1234, 460_000.0])).tolist() == [0, 1, 99, 110, 1300, 460_000]


def test_links_join_the_answer_to_what_it_answers(page: Page, table: gpd.GeoDataFrame) -> None:
    pairs = np.frombuffer(page.blocks["links"][0], "<i4").reshape(-1, 2).tolist()
    rows = {incident_id: row for row, incident_id in enumerate(table["incident_id"])}
    expected = [
        (row, rows[written]) for row, cell in enumerate(table["in_response_to"]) for written in cell if written in rows
    ]
    assert sorted(map(tuple, pairs)) == sorted(expected)
    assert pairs


def test_ids_evidence_and_own_columns_come_back_row_by_row(page: Page, table: gpd.GeoDataFrame) -> None:
    assert page.blocks["ids"][0].decode().split("\n")[:-1] == table["incident_id"].tolist()
    assert set(page.meta["detail_columns"]) == {"place_text", "place_id", "reviewed", "score"}
    reports = [report["id"] for part in range(len(page.blocks["reports"])) for report in page.json("reports", part)]
    row = 0
    for part in range(len(page.blocks["details"])):
        details = page.json("details", part)
        at = 0
        for n, count in enumerate(details["evidence_count"]):
            spans = [
                {
                    "report_id": reports[details["evidence_report"][k]],
                    **{key: details[f"evidence_{key}"][k] for key in ("start", "end", "text")},
                }
                for k in range(at, at + count)
            ]
            assert spans == table["evidence"].iloc[row]
            assert details["reviewed"][n] == str(table["reviewed"].iloc[row])
            score = table["score"].iloc[row]
            assert details["score"][n] == (None if np.isnan(score) else score)
            at, row = at + count, row + 1
    assert row == len(table)


def test_every_column_of_the_contract_is_in_the_page(page: Page) -> None:
    inside = {spec["name"] for spec in page.meta["columns"]} | set(page.meta["detail_columns"])
    elsewhere = {"incident_id", "report_ids", "in_response_to", "evidence", "geometry"}
    assert set(COLUMNS) <= inside | elsewhere


def test_full_texts_are_the_reports_own(tmp_path: Path) -> None:
    page = page_of(story(), tmp_path, reports=REPORTS, full_text=True)
    assert page.json("texts")[0] == GAZETTE
    assert page.json("reports")[0] == {
        "id": "gazette", "title": "Rockets and an answer", "publisher": "The Gazette", "published": "2020-03-13",
        "url": "https://gazette.example/rockets", "language": "en",
    }  # fmt: skip


@pytest.mark.parametrize(("n", "most_mb"), [(1_000, 1), (10_000, 2)])
def test_the_file_is_as_small_as_promised(n: int, most_mb: float, tmp_path: Path) -> None:
    to_map(make_incidents(n)).save(tmp_path / "map.html")
    assert (tmp_path / "map.html").stat().st_size <= most_mb * 1e6


def test_marked_words_are_forms_of_the_triggers(tmp_path: Path) -> None:
    marked = page_of(story(), tmp_path).meta["highlights"]
    assert {"kill", "killed", "airstrike", "airstrikes", "stabbed", "opened fire"} <= set(marked["trigger"])
    assert "Wednesday" in marked["date"]
    assert "dozen" in marked["number"]
    assert all(re.search(r"\w", word) for words in marked.values() for word in words)


def test_the_first_view_holds_the_circles(tmp_path: Path) -> None:
    west, south, east, north = page_of(story(), tmp_path).meta["bounds"]
    assert west < 41.5 - 1.5
    assert south < 32.9 - 1.3
    assert (east, north) > (44.5, 34.4)


@pytest.mark.parametrize("shuffle", [1, 2])
def test_the_order_of_the_table_is_no_matter(shuffle: int, tmp_path: Path) -> None:
    frame = story()
    mixed = frame.sample(frac=1, random_state=shuffle)
    one, two = page_of(frame, tmp_path), page_of(mixed, tmp_path)
    assert sorted(one.texts("place_name"), key=str) == sorted(two.texts("place_name"), key=str)
    assert one.column("date_start").tolist() == two.column("date_start").tolist()


@pytest.mark.parametrize(
    ("lang", "incidents", "reports", "said"),
    [
        ("en", 12, 6, "12 incidents from 6 reports"),
        ("en", 1, 1, "1 incident from 1 report"),
        ("en", 1_200_000, 0, "1\u202f200\u202f000 incidents"),
        ("en", 0, 3, "Incidents"),
        ("es", 12, 6, "12 incidentes según 6 informes"),
        ("fr", 12, 1, "12 incidents selon 1 article"),
        ("ar", 12, 6, "الحوادث: 12، عدد التقارير: 6"),
    ],
)
def test_a_page_says_how_much_it_holds(lang: str, incidents: int, reports: int, said: str) -> None:
    assert counts(lang, incidents, reports) == said


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "Iraq, March 2020"), ("es", "Irak, marzo de 2020"), ("fr", "Irak, mars 2020"), ("ar", "العراق، مارس 2020")],
)
def test_a_page_without_a_title_says_where_and_when(lang: str, said: str) -> None:
    assert title(story(), lang) == said


def test_a_title_names_three_countries_and_spans_years() -> None:
    frame = story()
    frame.loc[0, ["country", "date_start"]] = ["Syria", pd.Timestamp("2019-12-30")]
    assert title(frame, "en") == "Iraq and Syria, December 2019 – March 2020"
    frame.loc[1:3, "country"] = ["Yemen", "Libya", "Türkiye"]
    assert title(frame, "en").startswith("Iraq, ")
    assert "and 3 more countries" in title(frame, "en")
    assert title(frame.iloc[:0], "en") == "Incidents"


def test_a_title_of_ones_own_stays_and_hidden_reports_are_not_counted(tmp_path: Path) -> None:
    assert page_of(story(), tmp_path).meta["title"] == "Iraq, March 2020"
    assert page_of(story(), tmp_path).meta["subtitle"] == "9 incidents from 2 reports"
    assert page_of(story(), tmp_path, title="March").meta["title"] == "March"
    assert page_of(story(), tmp_path, hide=["report_ids"]).meta["subtitle"] == "9 incidents"
    assert page_of(story(), tmp_path, hide=["country"]).meta["title"] == "March 2020"


def test_the_first_view_leaves_out_what_lies_far_away_and_says_so(tmp_path: Path) -> None:
    frame = story()
    near = page_of(frame, tmp_path).meta
    assert near["all_bounds"] is None
    far = frame.iloc[[0]].assign(incident_id="far", geometry=gpd.points_from_xy([-70.0], [-30.0], crs=frame.crs))
    meta = page_of(pd.concat([frame, far], ignore_index=True), tmp_path).meta
    assert meta["bounds"] == near["bounds"]
    assert meta["all_bounds"][0] < -69


def test_the_texts_lack_front_matter_and_say_how_long_it_was(tmp_path: Path) -> None:
    front = "---\ntitle: X\n---\n"
    reports = [replace(REPORTS[0], text=front + GAZETTE), REPORTS[1]]
    page = page_of(story(), tmp_path, reports=reports, full_text=True)
    assert page.json("texts")[0] == GAZETTE
    assert [report.get("body") for report in page.json("reports")] == [len(front), None]
    assert page_of(story(), tmp_path, reports=reports).meta["text_rows"] == 0
