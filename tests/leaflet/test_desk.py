"""What a newsroom asks of a page: who made it and how, order, a key, a story, a frame for it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from geo.errors import InputError
from geo.leaflet import to_map
from tests.conftest import slow_but
from tests.leaflet.conftest import Opened
from tests.leaflet.stories import QAIM, REPORTS, TAJI, story
from tests.synthetic import make_incidents

HOSTILE = "<img src=x onerror=alert(1)>"


def test_the_page_says_how_it_was_made_who_made_it_and_what_a_person_checked(open_page: Callable[..., Opened]) -> None:
    frame = story()
    frame["reviewed"] = ["confirmed", "changed", *[None] * 7]
    frame["reviewed"] = frame["reviewed"].astype("str")
    made = to_map(frame, reports=REPORTS, author=f"A. Desk {HOSTILE}", contact="desk@example.org", about="Why.\n\nHow.")
    opened = open_page(made)
    trust = opened.page.locator(".geo-trust").inner_text()
    assert trust == f"automatically extracted · 2 of 9 checked by a person · by A. Desk {HOSTILE}"
    opened.page.get_by_role("button", name="About").click()
    about = opened.page.locator(".geo-about").inner_text()
    for words in ("Why.", "How.", "desk@example.org", "A program extracted the incidents", "<iframe src="):
        assert words in about, words
    assert opened.page.locator("img[src=x]").count() == 0


def test_the_list_is_sorted_by_what_the_reader_asks_for(story_page: Opened) -> None:
    story_page.page.get_by_label("Sort by").select_option("toll")
    assert story_page.names()[0].startswith("Rocket attack by Kata'ib Hizballah on US forces: 3 killed")
    story_page.page.get_by_label("Sort by").select_option("place")
    assert "Al-Qaim" in story_page.names()[0]
    story_page.page.get_by_label("Sort by").select_option("day")
    assert story_page.names()[0].startswith("Clash somewhere in Iraq")


def test_low_confidence_is_seen_in_the_list_and_a_slider_leaves_it_out(open_page: Callable[..., Opened]) -> None:
    frame = story()
    frame.loc[0, "confidence"] = 0.3
    opened = open_page(to_map(frame, reports=REPORTS))
    assert opened.page.locator(".geo-list .geo-doubt").all_inner_texts() == ["30% sure"]
    opened.page.get_by_role("tab", name="Filters").click()
    opened.page.get_by_label("Minimum confidence").fill("50")
    expect(opened.page.locator(".geo-count")).to_have_text("Incidents shown: 8 of 9")


SEARCHED = [("march 2020", 8), ("2020-03-12", 1), ("clash", 1), ("qaim", 1)]


@pytest.mark.parametrize(("words", "count"), slow_but([("march 2020", 8)], SEARCHED))
def test_search_finds_what_is_printed_on_the_page(words: str, count: int, story_page: Opened) -> None:
    story_page.page.get_by_role("searchbox", name="Search incidents").fill(words)
    expect(story_page.page.locator(".geo-count")).to_have_text(f"Incidents shown: {count} of 9")


def test_actors_are_chosen_one_by_one(open_page: Callable[..., Opened]) -> None:
    frame = story()
    frame.loc[[0, 1], "actor2"] = ["depots; MOURNERS", "mourners"]
    opened = open_page(to_map(frame, reports=REPORTS))
    opened.page.get_by_role("tab", name="Filters").click()
    actors = opened.page.get_by_role("group", name="Who took part").locator("label").all_inner_texts()
    assert any(text.startswith("depots") for text in actors)
    assert not any("MOURNERS" in text or ";" in text for text in actors)


def test_the_key_on_the_map_has_just_what_is_shown(story_page: Opened) -> None:
    key = story_page.page.locator(".geo-key")
    assert "Protests" in key.inner_text()
    assert "planned" in key.inner_text()
    story_page.page.get_by_role("tab", name="Filters").click()
    story_page.page.locator(".geo-filters label", has_text="Battles").first.click()
    expect(key).not_to_contain_text("Protests")
    expect(key).to_contain_text("Battles")
    key.locator("summary").click()
    assert not key.locator("ul").first.is_visible()


@pytest.mark.parametrize("size", [pytest.param((1280, 800), marks=pytest.mark.slow), (1000, 700)])
def test_how_far_off_the_place_can_be_is_never_cut_off_the_list(
    size: tuple[int, int], open_page: Callable[..., Opened]
) -> None:
    frame = story()
    frame["place_name"] = "Forward operating base of the international coalition near Camp Taji"
    frame["date_precision"] = "range"
    opened = open_page(to_map(frame, reports=REPORTS), size=size)
    lines = opened.page.locator(".geo-entry-when")
    assert lines.count() == len(frame)
    assert any("…" in text for text in lines.all_inner_texts())
    for line in lines.all():
        assert line.evaluate("e => e.scrollWidth <= e.clientWidth"), line.inner_text()
    assert sum(" km" in text for text in lines.all_inner_texts()) == len(frame) - 1  # of one only the country is known


@pytest.mark.parametrize("n", [40, 1500])
def test_the_key_hides_no_mark_of_the_first_view(n: int, open_page: Callable[..., Opened]) -> None:
    opened = open_page(to_map(make_incidents(n)))
    marks = opened.page.evaluate("geoPage.drawn()")
    key, page_map = (opened.page.locator(part).bounding_box() for part in (".geo-key", ".geo-map"))
    left, top = key["x"] - page_map["x"], key["y"] - page_map["y"]
    right, bottom = left + key["width"], top + key["height"]
    assert not [mark for mark in marks if left < mark["x"] < right and top < mark["y"] < bottom]
    credits_box = opened.page.locator(".leaflet-control-attribution").bounding_box()
    assert credits_box["y"] + credits_box["height"] <= key["y"] or key["x"] + key["width"] <= credits_box["x"]


def test_incidents_of_a_story_are_seen_above_its_card_on_a_phone(
    open_page: Callable[..., Opened], story_file: object
) -> None:
    opened = open_page(story_file, size=(390, 844), reduced_motion="reduce", has_touch=True)
    opened.page.get_by_role("button", name="Play story").click()
    opened.page.keyboard.press("ArrowRight")
    card = opened.page.locator(".geo-story")
    expect(card).to_contain_text("2 of 2")
    opened.page.wait_for_timeout(300)
    top = card.bounding_box()["y"]
    for place in (TAJI, QAIM):
        at = opened.place(place["lon"], place["lat"])
        assert 0 < at["x"] < 390
        assert opened.page.locator(".geo-map").bounding_box()["y"] < at["y"] < top
    card.get_by_role("button", name="Close").click()
    assert not card.is_visible()


def test_the_pointer_names_what_lies_under_it_and_a_click_opens_one_thing(story_page: Opened) -> None:
    story_page.look(QAIM["lon"], QAIM["lat"], 10)
    at = story_page.place(QAIM["lon"], QAIM["lat"])
    story_page.page.mouse.move(at["x"], at["y"])
    expect(story_page.page.locator(".geo-hover")).to_have_text("Air strike by US forces in Al-Qaim: 1 to 4 killed")
    story_page.page.mouse.click(at["x"], at["y"])
    story_page.page.locator(".geo-detail").wait_for()
    assert story_page.page.locator(".leaflet-popup").count() == 0


def test_a_chosen_incident_comes_out_of_its_group(open_page: Callable[..., Opened], story_file: object) -> None:
    opened = open_page(story_file)
    opened.look(QAIM["lon"], QAIM["lat"], 3)
    opened.page.locator(".geo-list .geo-entry", has_text="denied by one side").click()
    opened.page.wait_for_timeout(300)
    kinds = {item["kind"] for item in opened.page.evaluate("geoPage.drawn()")}
    assert "fan" in kinds, "two incidents at one camp stand round it"


def test_a_story_goes_through_the_answers_with_an_address_for_every_step(
    open_page: Callable[..., Opened], story_file: object
) -> None:
    opened = open_page(story_file, reduced_motion="reduce")
    opened.page.get_by_role("button", name="Play story").click()
    card = opened.page.locator(".geo-story")
    expect(card).to_contain_text("Rocket attack by Kata'ib Hizballah")
    expect(card).to_contain_text("Rockets hit Camp Taji on Wednesday")
    opened.page.keyboard.press("ArrowRight")
    expect(card).to_contain_text("Air strike by US forces in Al-Qaim")
    expect(card).to_contain_text("2 of 2")
    expect(opened.page).to_have_url(re.compile(r"#.*story=2"))
    opened.page.keyboard.press("Escape")
    assert not card.is_visible()
    again = open_page(story_file, fragment="#story=2")
    expect(again.page.locator(".geo-story")).to_contain_text("2 of 2")


def test_a_story_of_ones_own_and_one_that_names_no_incident() -> None:
    assert to_map(story(), story=["qaim", "taji"]).payload.meta["story"] is not None
    with pytest.raises(InputError, match="no incident nobody"):
        to_map(story(), story=["nobody"])


def test_a_page_in_a_frame_is_the_map_alone(open_page: Callable[..., Opened], story_file: object) -> None:
    opened = open_page(story_file, fragment="?embed")
    assert not opened.page.locator(".geo-header").is_visible()
    assert not opened.page.locator(".geo-panel").is_visible()
    box = opened.page.locator(".geo-map").bounding_box()
    assert box is not None
    assert box["height"] == 800
    assert opened.page.locator('meta[name="robots"]').get_attribute("content") == "noindex"
    opened.look(QAIM["lon"], QAIM["lat"], 10)
    opened.click_on(QAIM["lon"], QAIM["lat"])
    opened.page.locator(".geo-detail").wait_for()
