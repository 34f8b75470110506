"""A person goes through the incidents in the page and decides, by keyboard, mouse and form."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from geo.exporting import read_layer
from tests.conftest import slow_but
from tests.leaflet.reviewing import chronicle, current, press, progress, save_decisions


def test_every_kind_of_decision_reaches_the_file(reviewing: Page, tmp_path: Path) -> None:
    page = reviewing
    page.locator(".geo-review-bar input[type=text]").fill("Ada")
    page.locator(".geo-review-bar select").focus()
    press(page, "Tab")
    page.locator(".geo-review-incident h2").focus()
    first = current(page)
    press(page, "e")
    page.locator("#geo-review-type").select_option(label="Grenade")
    page.locator("#geo-review-status").select_option("alleged")
    page.locator("#geo-review-date_start").fill("2020-02-01")
    page.locator("#geo-review-date_precision").select_option("range")
    page.locator("#geo-review-attribution").fill("the mayor")
    page.locator("#geo-review-coordinates").fill("34°30'N 43°30'E")
    page.locator("#geo-review-geo_precision").select_option("near")
    page.locator("#geo-review-uncertainty_m").fill("2500")
    press(page, "ControlOrMeta+Enter")
    page.wait_for_selector(".geo-review-incident")
    assert first[""].startswith("Rocket attack"), first
    assert current(page)[""] == "Alleged grenade attack on people near Tikrit: 2 killed; according to the mayor"
    press(page, "t")
    page.keyboard.type("seen on video")
    page.keyboard.press("Tab")
    saved = save_decisions(page, tmp_path / "d.geojson", page.locator("[data-act=save]").click)
    (row,) = saved.values()
    assert (row["event_type"], row["sub_event_type"], row["status"]) == (
        "Explosions/Remote violence",
        "Grenade",
        "alleged",
    )
    assert (row["date_start"], row["date_precision"], row["attribution"]) == ("2020-02-01", "range", "the mayor")
    assert (row["geo_precision"], row["uncertainty_m"], row["note"], row["reviewed_by"]) == (
        "near",
        2500,
        "seen on video",
        "Ada",
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["reviewed_at"])
    assert set(row["reviewed_fields"].split(", ")) == {
        "sub_event_type", "status", "date_start", "date_precision", "attribution", "geometry", "geo_precision", "uncertainty_m",
    }  # fmt: skip
    assert read_layer(tmp_path / "d.geojson").geometry.iloc[0].coords[0] == (43.5, 34.5)


WRONG_ENTRIES = [
    ("killed_min", "99", "less than the value before"),
    ("date_start", "13/03/2020", "write it as 2020-03-13"),
    ("coordinates", "north of here", "latitude first"),
]


@pytest.mark.parametrize(("field", "value", "message"), slow_but(WRONG_ENTRIES[:1], WRONG_ENTRIES))
def test_a_wrong_entry_is_named_and_nothing_is_lost(reviewing: Page, field: str, value: str, message: str) -> None:
    press(reviewing, "e")
    reviewing.locator(f"#geo-review-{field}").fill(value)
    press(reviewing, "ControlOrMeta+Enter")
    assert message in reviewing.locator(".geo-review-error").inner_text()
    assert progress(reviewing).startswith("0 of 20")
    assert reviewing.locator(f"#geo-review-{field}").input_value() == value


def test_an_incident_is_added_from_sentences_chosen_by_keyboard(reviewing: Page, tmp_path: Path) -> None:
    page = reviewing
    press(page, "f", "ArrowDown", "ArrowUp", "Shift+ArrowDown", "a")
    page.wait_for_selector(".geo-review-form")
    page.locator("#geo-review-type").select_option(label="Armed clash")
    press(page, "ControlOrMeta+Enter")
    page.wait_for_selector(".geo-review-incident")
    saved = save_decisions(page, tmp_path / "d.geojson")
    (row,) = saved.values()
    span = row["evidence"][0]
    text = next(r.text for r in chronicle()[1] if r.id == span["report_id"])
    assert text[span["start"] : span["end"]] == span["text"]
    assert (row["reviewed"], row["sub_event_type"]) == ("added", "Armed clash")
    assert re.fullmatch("u[0-9a-f]{12}", row["incident_id"])


def test_the_review_goes_on_after_an_addition_is_undone(reviewing: Page) -> None:
    page = reviewing
    press(page, "f", "ArrowDown", "a")
    page.wait_for_selector(".geo-review-form")
    press(page, "Escape", "u")
    page.wait_for_selector(".geo-review-incident")
    assert current(page)[""]
    press(page, "c")
    assert progress(page).startswith("1 of 20")


def test_an_incident_is_added_from_words_selected_with_the_mouse(reviewing: Page, tmp_path: Path) -> None:
    words = reviewing.locator(".geo-review-sentence").first
    box = words.bounding_box()
    assert box is not None
    reviewing.mouse.move(box["x"] + 2, box["y"] + 8)
    reviewing.mouse.down()
    reviewing.mouse.move(box["x"] + 70, box["y"] + 8)
    reviewing.mouse.up()
    reviewing.get_by_role("button", name="Add an incident").click()
    press(reviewing, "Escape")
    (row,) = save_decisions(reviewing, tmp_path / "d.geojson").values()
    assert "Dispatch number".startswith(row["evidence"][0]["text"][:6])


def test_a_mark_is_moved_by_dragging_and_by_a_click(reviewing: Page, tmp_path: Path) -> None:
    press(reviewing, "l")
    pin = reviewing.locator(".geo-review-pin")
    box = pin.bounding_box()
    assert box is not None
    reviewing.mouse.move(box["x"] + 13, box["y"] + 13)
    reviewing.mouse.down()
    reviewing.mouse.move(box["x"] + 63, box["y"] + 13, steps=5)
    reviewing.mouse.up()
    reviewing.wait_for_timeout(200)
    assert progress(reviewing).startswith("1 of 20")
    there = reviewing.locator(".geo-map").bounding_box()
    assert there is not None
    reviewing.mouse.click(there["x"] + 80, there["y"] + there["height"] - 120)
    reviewing.wait_for_timeout(200)
    reviewing.get_by_role("button", name="Done").click()
    (row,) = save_decisions(reviewing, tmp_path / "d.geojson").values()
    assert row["reviewed_fields"] == "geometry"


def test_the_same_for_all_incidents_at_one_place(reviewing: Page) -> None:
    reviewing.locator(".geo-review-bulk summary").click()
    reviewing.get_by_role("button", name="Reject all 4").click()
    assert progress(reviewing).startswith("4 of 20, 4 rejected")
    press(reviewing, "u")
    assert progress(reviewing).startswith("0 of 20, 0 rejected")


def test_a_retaliation_is_unlinked(reviewing: Page, tmp_path: Path) -> None:
    reviewing.locator(".geo-review-bar select").select_option("day")
    reviewing.locator(".geo-review-incident h2").focus()
    press(reviewing, "n", "n", "n", "n")
    reviewing.get_by_role("button", name="Unlink").click()
    (row,) = save_decisions(reviewing, tmp_path / "d.geojson").values()
    assert row["in_response_to"] == []
    assert row["reviewed_fields"] == "in_response_to"


def test_the_queue_has_four_orders(reviewing: Page) -> None:
    chosen = reviewing.locator(".geo-review-bar select")
    seen = []
    for order in ("sure", "report", "day", "new"):
        chosen.select_option(order)
        reviewing.wait_for_timeout(150)
        seen.append(reviewing.locator(".geo-review-source").inner_text() + current(reviewing)["When"])
    assert "Dispatch 1" in seen[1]
    assert "1 Mar 2020" in seen[2]
