"""The review is for everyone: screen readers, phones, four languages, hostile texts; and nowhere but in its own page."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo.exporting import read_layer
from geo.incidents.review import Review, apply_reviews
from geo.leaflet import to_map
from geo.resources import read_table
from tests.conftest import slow_but
from tests.leaflet.conftest import Opened
from tests.leaflet.reviewing import (
    REVIEW_READY,
    press,
    progress,
    save_decisions,
)
from tests.leaflet.stories import REPORTS, story
from tests.leaflet.test_everyone import LOOKS, complaints
from tests.leaflet.test_safety import NASTY, nasty_frame, nasty_reports


@pytest.fixture(scope="module")
def story_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story-review") / "map.html"
    to_map(story(), reports=REPORTS, review=True).save(path)
    return path


def test_question_mark_lists_the_keys_and_they_can_be_switched_off(reviewing: Page) -> None:
    press(reviewing, "?")
    dialog = reviewing.get_by_role("dialog", name="Keyboard shortcuts")
    assert {"n", "p", "c", "r", "e", "u"} <= set(dialog.locator("kbd").all_inner_texts())
    dialog.get_by_role("checkbox").uncheck()
    press(reviewing, "Escape", "c")
    assert progress(reviewing).startswith("0 of 20")


def test_a_screen_reader_hears_what_was_done(reviewing: Page) -> None:
    press(reviewing, "r")
    assert reviewing.locator(".geo-review > [role=status]").inner_text() == "Rejected: 1"
    tree: Any = reviewing.locator(".geo-review").aria_snapshot()
    for part in ("region", "heading", 'button "Confirm', "combobox", "textbox", "status"):
        assert part in tree, f"no {part} in {json.dumps(tree)[:800]}"


@pytest.mark.parametrize("look", slow_but([], [*LOOKS, "tablet"]))
def test_axe_finds_nothing_in_the_review(
    look: str, open_page: Callable[..., Opened], story_review: Path, picture: Callable[..., None]
) -> None:
    tablet = {"size": (820, 1180), "has_touch": True}
    opened = open_page(story_review, wait=REVIEW_READY, **(tablet if look == "tablet" else LOOKS[look]))
    picture(opened, "-view")
    found = complaints(opened)
    for keys, name in ((("e",), "form"), (("Escape", "l"), "place"), (("n", "m"), "merge"), (("Escape", "?"), "help")):
        press(opened.page, *keys)
        opened.page.wait_for_timeout(250)
        picture(opened, f"-{name}")
        found += complaints(opened)
    assert found == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= opened.page.viewport_size["width"]


def test_on_a_phone_the_review_leaves_room_for_the_map_and_all_incidents_on_it(
    open_page: Callable[..., Opened], story_review: Path, picture: Callable[..., None]
) -> None:
    phone = {"size": (390, 844), "has_touch": True, "is_mobile": True}
    opened = open_page(story_review, wait=REVIEW_READY, **phone)
    page = opened.page
    picture(opened)
    bar, shown = (page.locator(part).bounding_box() for part in (".geo-review-bar", ".geo-map"))
    assert bar["height"] < 130
    for mark in page.evaluate("geoPage.drawn()"):
        assert 0 < mark["x"] < shown["width"], mark
        assert 0 < mark["y"] < shown["height"], mark
    name = page.get_by_role("textbox", name="Your name")
    assert not name.is_visible()
    page.get_by_role("button", name="More").click()
    assert name.is_visible()
    assert page.locator("[data-act=take]").is_visible()


def test_an_incident_that_was_added_and_taken_back_is_not_counted(reviewing: Page) -> None:
    shown = reviewing.locator(".geo-count")
    expect(shown).to_have_text("Incidents shown: 20 of 20")
    words = reviewing.locator(".geo-review-sentence").first.bounding_box()
    assert words is not None
    reviewing.mouse.move(words["x"] + 2, words["y"] + 8)
    reviewing.mouse.down()
    reviewing.mouse.move(words["x"] + 70, words["y"] + 8)
    reviewing.mouse.up()
    reviewing.get_by_role("button", name="Add an incident").click()
    press(reviewing, "Escape")
    expect(shown).to_have_text("Incidents shown: 21 of 21")
    press(reviewing, "u")
    expect(shown).to_have_text("Incidents shown: 20 of 20")


@pytest.mark.parametrize("lang", slow_but(["ar"], ["ar", "es", "fr"]))
def test_the_review_speaks_the_language(
    lang: str, open_page: Callable[..., Opened], picture: Callable[..., None]
) -> None:
    texts = {row["key"]: row for row in read_table("page/review_texts.csv")}
    opened = open_page(to_map(story(), reports=REPORTS, lang=lang, review=True), wait=REVIEW_READY)
    assert texts["review.confirm"][lang] in opened.page.locator(".geo-review").inner_text()
    picture(opened)


def test_every_text_of_the_review_is_there_in_every_language_with_its_slots() -> None:
    for row in read_table("page/review_texts.csv"):
        slots = set(re.findall(r"\{\w+\}", row["en"]))
        for lang in ("ar", "es", "fr"):
            assert row[lang], f"{row['key']} has no {lang}"
            assert set(re.findall(r"\{\w+\}", row[lang])) == slots, f"{row['key']} in {lang}"


@pytest.mark.slow
def test_hostile_texts_stay_text_in_every_field(open_page: Callable[..., Opened], tmp_path: Path) -> None:
    made = to_map(nasty_frame(), reports=nasty_reports(), review=True, title=NASTY[0])
    opened = open_page(made, wait=REVIEW_READY)
    page = opened.page
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.locator(".geo-review-bar input[type=text]").fill(NASTY[1])
    page.locator(".geo-review-incident h2").click()
    for n, text in enumerate(NASTY):
        press(page, "e")
        fields = page.locator(".geo-review-form input[type=text]:not([inputmode]):not(#geo-review-coordinates)")
        for field in fields.all():
            field.fill(text)
        press(page, "ControlOrMeta+Enter")
        page.wait_for_selector(".geo-review-incident")
        page.locator("#geo-review-note").fill(text)
        page.locator("#geo-review-note").blur()
        press(page, "l")
        page.wait_for_timeout(80)
        press(page, "m" if n == 1 else "n", "Escape")
        if n == 1:
            press(page, "n")
    inside = page.evaluate("""() => [
        document.querySelectorAll('.geo-page img, .geo-page style, .geo-page script, .geo-page svg[onload]').length,
        [...document.querySelectorAll('a:not([class*=leaflet])')].map(a => a.protocol).filter(p => !/^https?:$/.test(p)),
    ]""")
    assert inside == [0, []]
    page.locator(".geo-review-incident h2").click()
    saved = save_decisions(page, tmp_path / "d.geojson")
    assert len(saved) >= 10
    assert "<img src=x onerror=alert(1)>" in {row["actor1"] for row in saved.values()}
    apply_reviews(nasty_frame().drop(columns="<b>own</b>"), [Review(read_layer(tmp_path / "d.geojson"))])


def test_the_plain_page_has_nothing_of_the_review(tmp_path: Path) -> None:
    to_map(story(), reports=REPORTS, full_text=True).save(tmp_path / "plain.html")
    to_map(story(), reports=REPORTS, review=True).save(tmp_path / "review.html")
    plain, review = ((tmp_path / name).read_text(encoding="utf-8") for name in ("plain.html", "review.html"))
    for word in ("geo-review-", "geoReview", "indexedDB", 'data-geo="places"', "review.confirm"):
        assert word not in plain, word
        assert word in review, word


def test_the_drawn_page_says_who_confirmed_and_filters_by_it(
    open_page: Callable[..., Opened], picture: Callable[..., None]
) -> None:
    frame = story()
    verdicts = ["confirmed", "changed", *[None] * (len(frame) - 2)]
    layer = frame.assign(
        reviewed=verdicts, reviewed_fields=[None, "killed_max", *[None] * (len(frame) - 2)], reviewed_by="Ada",
        reviewed_at="2020-03-20T10:00:00Z", note="seen on video",
    ).iloc[:2]  # fmt: skip
    drawn = apply_reviews(frame, [Review(layer)]).drawn()
    opened = open_page(to_map(drawn, reports=REPORTS))
    page = opened.page
    page.get_by_role("tab", name="Filters").click()
    page.wait_for_timeout(400)
    page.locator(".geo-filters label", has_text="Confirmed by a person").click()
    page.wait_for_timeout(300)
    assert opened.shows().startswith("Incidents shown: 1 of 9")
    page.get_by_role("tab", name="List").click()
    page.locator(".geo-list .geo-entry").first.click()
    page.wait_for_selector(".geo-later:not([aria-busy])")
    said = page.locator(".geo-reviewed").inner_text()
    assert "Confirmed by a person · Ada · 20 Mar 2020" in said
    assert "seen on video" in said
    picture(opened)
