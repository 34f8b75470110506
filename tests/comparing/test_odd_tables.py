"""Tables that people hold against each other: at the edges of the map, spelled in two ways, without types or days."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser
from shapely import box

import geo
from geo.comparing import save_comparison
from tests.comparing.test_compare import event, table

DAY = "2021-05-04"


def sections(a: object, b: object, **windows: float) -> list[str]:
    return sorted(geo.compare(a, b, **windows).table["section"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"), [((14, 179.99), (14, -179.99)), ((89.99, 0), (89.99, 170)), ((-89.99, -90), (-89.99, 90))]
)
def test_places_across_the_antimeridian_and_round_a_pole_are_near(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    a, b = table(event("a", DAY, *one)), table(event("b", DAY, *other))
    assert sections(a, b) == sections(b, a) == ["both_agree"]


PROVINCES = [
    ("IQ", "Ninewa", "Nineveh", True), ("IQ", "Al Anbar", "Anbar Governorate", True), ("SY", "Dayr az Zawr", "Deir ez-Zor", True),
    ("UA", "Kyiv", "Kiev Oblast", True), ("CD", "Nord-Kivu", "North Kivu", True), ("BD", "Chittagong", "Chattogram", True),
    ("MM", "Kachin State", "Kachin", True), ("ML", "Gao", "Gaoual", False), ("CD", "North", "North Kivu", False),
    (None, "Al-Basrah", "basrah", True), (None, "Mopti", "Gao", False),
]  # fmt: skip


@pytest.mark.parametrize(("code", "one", "other", "same"), PROVINCES)
def test_provinces_agree_however_they_are_spelled(code: str | None, one: str, other: str, *, same: bool) -> None:
    a, b = (table(event(n, DAY, 14, -3.5, admin1=name, country_code=code)) for n, name in (("a", one), ("b", other)))
    found = geo.compare(a, b)
    assert ("admin1" in found.pairs["agree"].iloc[0], "admin1" in found.pairs["contradict"].iloc[0]) == (same, not same)


def test_each_incident_is_in_one_pair_at_most() -> None:
    a = table(*(event(f"a{n}", DAY, 14, -3.5) for n in range(3)))
    b = table(*(event(f"b{n}", DAY, 14, -3.5) for n in range(2)))
    assert sections(a, b) == ["both_agree", "both_agree", "only_a"]


KILLED = [((2, None), (5, 5), True), ((0, 0), (3, None), False), ((2, 4), (4, 9), True), ((2, 3), (4, 9), False)]


@pytest.mark.parametrize(("one", "other", "meet"), KILLED)
def test_numbers_contradict_where_their_ranges_do_not_meet(
    one: tuple[int, int | None], other: tuple[int, int | None], *, meet: bool
) -> None:
    a, b = (
        table(event(n, DAY, 14, -3.5, killed_min=least, killed_max=most))
        for n, (least, most) in (("a", one), ("b", other))
    )
    assert sections(a, b) == ["both_agree" if meet else "both_contradict"]


def test_a_month_has_all_its_days() -> None:
    month = table(event("a", "2021-05-01", 14, -3.5)).assign(
        date_end=pd.Timestamp("2021-05-31"), date_precision="month"
    )
    assert sections(month, table(event("b", "2021-05-20", 14, -3.5))) == ["both_agree"]
    assert sections(month, table(event("b", "2021-06-02", 14, -3.5))) == ["both_contradict"]
    assert sections(month, table(event("b", "2021-06-03", 14, -3.5))) == ["only_a", "only_b"]


def test_any_table_of_points_and_areas_can_be_compared(tmp_path: Path) -> None:
    b = table(event("b", DAY, 14, -3.5))
    assert sections(pd.DataFrame({"date": [DAY], "lat": [14.0], "lon": [-3.5], "name": ["x"]}), b) == ["both_agree"]
    area = gpd.GeoDataFrame({"date": [DAY]}, geometry=[box(-3.6, 13.9, -3.4, 14.1)], crs="EPSG:4326")
    area.to_file(tmp_path / "area.geojson")
    assert sections(tmp_path / "area.geojson", b) == sections(area, b) == ["both_agree"]


def test_what_has_no_day_or_place_or_a_country_alone_cannot_be_compared() -> None:
    b = table(event("b", DAY, 14, -3.5))
    for odd in (
        event("a", None, 14, -3.5),  # type: ignore[arg-type]
        event("a", DAY, None, None),  # type: ignore[arg-type]
        event("a", DAY, 14, -3.5, geo_precision="country", uncertainty_m=800_000.0),
    ):
        assert sections(table(odd), b) == ["not_comparable_a", "only_b"]
    assert "no day" in set(geo.compare(table(event("a", None, 14, -3.5)), b).counts["month"])  # type: ignore[arg-type]


def test_empty_tables_have_no_pairs() -> None:
    b = table(event("b", DAY, 14, -3.5))
    assert sections(b.iloc[:0], b) == ["only_b"]
    assert sections(b.iloc[:0], b.iloc[:0]) == []


@pytest.mark.parametrize("window", [{"days": -1}, {"days": "2"}, {"km": "5"}, {"km": float("nan")}, {"days": True}])
def test_a_window_that_is_none_is_refused_in_words(window: dict[str, float]) -> None:
    b = table(event("b", DAY, 14, -3.5))
    with pytest.raises(geo.GeoError, match=r"=.*; expected a number from 0 on"):
        geo.compare(b, b, **window)  # type: ignore[arg-type]


@pytest.mark.slow
def test_wide_circles_over_many_rows_stay_within_memory() -> None:
    rng = np.random.default_rng(1)
    days = np.datetime64("2021-01-01") + rng.integers(0, 365, 2_000)
    a = table(*(event(f"a{n}", str(day), *rng.uniform((14, -3), (17, 0))) for n, day in enumerate(days)))
    found = geo.compare(a.assign(uncertainty_m=200_000.0), a.assign(uncertainty_m=200_000.0))
    assert len(found.pairs) == 2_000


def test_the_page_names_windows_provinces_and_whose_rows_they_are(tmp_path: Path) -> None:
    a = table(event("a", DAY, 14, -3.5, admin1="Mopti", country="Mali", evidence=[quoted("=HYPERLINK(1)")]))
    b = table(event("b", DAY, 14, -3.5)).assign(acled_iso=466)
    save_comparison(geo.compare(a, b, days=1, km=7.5), tmp_path, names=("ours", "theirs"))
    page = (tmp_path / "sections.html").read_text(encoding="utf-8")
    assert "at most 1 day and 7.5 km apart" in page
    assert '<td>Mali</td><td>Mopti</td><td class="n">1</td>' in page
    assert "'=HYPERLINK(1)" in (tmp_path / "compare.csv").read_text(encoding="utf-8")
    drawn = (tmp_path / "compare.html").read_text(encoding="utf-8")
    assert "<title>ours and theirs compared" in drawn
    assert "acleddata.com" in drawn


def quoted(text: str) -> dict[str, object]:
    return {"report_id": None, "start": None, "end": None, "text": text}


@pytest.mark.client
def test_the_key_distinguishes_the_two_tables(browser: Browser, tmp_path: Path) -> None:
    a, b = table(event("a", DAY, 14, -3.5)), table(event("b", "2021-05-20", 15, -3.5))
    save_comparison(geo.compare(a, b), tmp_path, names=("ours", "theirs"))
    page = browser.new_page()
    page.goto((tmp_path / "compare.html").as_uri())
    page.locator(".geo-key-statuses li").first.wait_for()
    assert page.locator(".geo-key-statuses li").all_inner_texts() == ["ours", "theirs"]
    fills = page.locator(".geo-key-statuses svg circle").evaluate_all("all => all.map(one => one.getAttribute('fill'))")
    assert fills == ["currentColor", "none"]
    page.close()
