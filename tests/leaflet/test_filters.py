"""Find and filter: the count is always there, the address remembers, what is shown can be taken along."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import expect

from geo.incidents import to_frame
from geo.leaflet import to_map
from tests.conftest import slow_but
from tests.leaflet.conftest import Opened
from tests.leaflet.stories import QAIM, incident, story


def search(opened: Opened, words: str) -> None:
    opened.page.get_by_role("searchbox", name="Search incidents").fill(words)
    opened.page.wait_for_timeout(300)  # it waits for the reader to stop typing
    expect(opened.page.locator(".geo-count")).not_to_contain_text("searching", timeout=10_000)


def show_filters(opened: Opened) -> None:
    opened.page.get_by_role("tab", name="Filters").click()
    opened.page.wait_for_timeout(350)  # they are counted anew


def expect_count(opened: Opened, count: int) -> None:
    expect(opened.page.locator(".geo-count")).to_have_text(f"Incidents shown: {count} of 9")


@pytest.mark.parametrize("words", slow_but(["Al-Qāʾim"], ["al-qaim", "AL QAIM", "Al-Qāʾim", "qaim air"]))
def test_search_is_blind_to_accents_and_case(words: str, story_page: Opened) -> None:
    search(story_page, words)
    expect_count(story_page, 1)
    assert story_page.names()[0].startswith("Air strike by US forces in Al-Qaim: 1 to 4 killed")


def test_search_reads_the_sentences_too(story_page: Opened) -> None:
    search(story_page, "embassy")
    expect_count(story_page, 1)
    assert "Threatened" in story_page.names()[0]


KINDS = [("Battles", 1), ("Protests", 3), ("denied", 1), ("reported", 4), ("Kata'ib Hizballah", 1), ("Iraq", 9)]


@pytest.mark.parametrize(("name", "count"), slow_but([("Protests", 3), ("denied", 1)], KINDS))
def test_filters_by_kind_status_actor_and_country(name: str, count: int, story_page: Opened) -> None:
    show_filters(story_page)
    story_page.page.locator(".geo-filters label", has_text=name).first.click()
    expect_count(story_page, count)
    story_page.page.get_by_role("button", name="Clear filters").click()
    expect_count(story_page, 9)


def test_filter_by_casualties(story_page: Opened, picture: Callable[..., None]) -> None:
    show_filters(story_page)
    story_page.page.get_by_label("Minimum number of killed and wounded").fill("15")
    expect_count(story_page, 1)
    picture(story_page)


def test_list_and_map_are_linked_both_ways(story_page: Opened) -> None:
    story_page.page.locator(".geo-list .geo-entry", has_text="Al-Qaim").click()
    story_page.page.locator(".geo-detail").wait_for()
    assert "Al-Qāʾim" in story_page.page.locator(".geo-detail").inner_text()
    story_page.page.keyboard.press("Escape")
    story_page.look(QAIM["lon"], QAIM["lat"], 10)
    story_page.click_on(QAIM["lon"], QAIM["lat"])
    story_page.page.locator(".geo-detail").wait_for()
    story_page.page.get_by_role("button", name="Back to the list").click()
    assert story_page.page.locator(".geo-list").is_visible()


def test_the_address_shows_the_same_thing_again(
    story_page: Opened, open_page: Callable[..., Opened], story_file: Path
) -> None:
    page = story_page.page
    show_filters(story_page)
    page.locator(".geo-filters label", has_text="Explosions").click()
    search(story_page, "iraq")
    first = page.locator(".geo-handle").first
    for _ in range(11):
        first.press("ArrowRight")
    page.get_by_role("tab", name="List").click()
    page.locator(".geo-list .geo-entry", has_text="Al-Qaim").click()
    page.locator(".geo-detail").wait_for()
    page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )  # the map is resized
    story_page.look(41.2, 34.3, 9)
    page.wait_for_function("() => /41\\.2.*qaim/s.test(decodeURIComponent(location.hash))")
    fragment = page.evaluate("location.hash")
    again = open_page(story_file, fragment=fragment)
    again.page.locator(".geo-detail").wait_for()
    expect_count(story_page, 2)
    expect_count(again, 2)
    assert again.page.locator(".geo-range").inner_text() == page.locator(".geo-range").inner_text()
    assert "Al-Qāʾim" in again.page.locator(".geo-detail").inner_text()
    view = (
        "[map_incidents.getZoom(), map_incidents.getCenter().lat.toFixed(2), map_incidents.getCenter().lng.toFixed(2)]"
    )
    assert again.page.evaluate(view) == page.evaluate(view)


WRONG = "#map=99,nan,x&days=x,y&casualties=-1e9&actor=%00"


@pytest.mark.parametrize("fragment", slow_but([WRONG], [WRONG, "#" + "a" * 20_000, "#incident=none"]))
def test_a_broken_address_is_no_harm(fragment: str, open_page: Callable[..., Opened], story_file: Path) -> None:
    assert open_page(story_file, fragment=fragment).shows().endswith("of 9")


def download(opened: Opened, name: str, folder: Path) -> Path:
    opened.page.locator("summary", has_text="Download").click()
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name=name).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_what_is_shown_is_downloaded_as_geojson(story_page: Opened, tmp_path: Path) -> None:
    search(story_page, "camp taji")
    expect_count(story_page, 2)
    layer = json.loads(download(story_page, "GeoJSON", tmp_path).read_text(encoding="utf-8"))
    assert [feature["properties"]["incident_id"] for feature in layer["features"]] == ["taji", "denied"]
    taji = layer["features"][0]
    assert taji["geometry"]["coordinates"] == pytest.approx([44.257, 33.524], abs=1e-5)
    assert taji["properties"]["killed_min"] == 3
    assert taji["properties"]["date_start"] == "2020-03-11"
    assert len(gpd.read_file(tmp_path / "incidents.geojson")) == 2


@pytest.mark.slow
def test_what_is_shown_is_downloaded_as_csv(story_page: Opened, tmp_path: Path) -> None:
    path = download(story_page, "CSV", tmp_path)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 9
    strike = next(row for row in rows if row["incident_id"] == "qaim")
    assert strike["place_name"] == "Al-Qāʾim"
    assert float(strike["latitude"]) == pytest.approx(34.369, abs=1e-5)


def far_frame() -> gpd.GeoDataFrame:
    """The story, and an alleged incident with a long name on another continent."""
    far = incident(
        "far", lon=-70.0, lat=-30.0, place_name="Ovalle", country="Chile", country_code="CL", status="alleged",
        event_type="Strategic developments", sub_event_type="Non-state actor overtakes territory",
    )  # fmt: skip
    return pd.concat([story(), to_frame([far])], ignore_index=True)


def in_view(opened: Opened, lon: float, lat: float) -> bool:
    return opened.page.evaluate("([x, y]) => map_incidents.getBounds().contains([y, x])", [lon, lat])


def test_what_lies_far_away_is_reached_by_show_all_and_from_the_list(open_page: Callable[..., Opened]) -> None:
    opened = open_page(to_map(far_frame()))
    assert in_view(opened, 44.257, 33.524)
    assert not in_view(opened, -70, -30)
    opened.page.get_by_role("button", name="Show all places").click()
    assert in_view(opened, 44.257, 33.524)
    assert in_view(opened, -70, -30)
    opened.look(44.257, 33.524, 8)
    opened.page.locator(".geo-list .geo-entry", has_text="Ovalle").click()
    opened.page.locator(".geo-detail").wait_for()
    assert in_view(opened, -70, -30)


def test_countries_are_called_as_the_language_of_the_page_calls_them(open_page: Callable[..., Opened]) -> None:
    opened = open_page(to_map(story(), lang="ar"))
    opened.page.get_by_role("tab").nth(1).click()
    countries = opened.page.get_by_role("group", name="البلد").locator("label").all_inner_texts()
    assert countries[0].startswith("العراق")
    assert not [text for text in countries if "Iraq" in text]
