"""Everyone: keyboard, screen reader, phone, dark, print, four languages."""

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from playwright.sync_api import Browser

from geo.incidents import empty_frame
from geo.leaflet import to_map
from geo.resources import read_table
from tests.conftest import slow_but
from tests.leaflet.conftest import READY, Opened
from tests.leaflet.stories import QAIM, REPORTS, story

EXPLOSIONS = (0xCC, 0x33, 0x11)
PHONE = {"size": (360, 740), "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
AXE = files("axe_playwright_python").joinpath("axe.min.js")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def complaints(opened: Opened) -> list[str]:
    """What axe-core finds."""
    opened.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = opened.page.evaluate("tags => axe.run({runOnly: tags})", WCAG)
    return [
        f"{v['id']}: {node['html'][:120]} {node['failureSummary']}" for v in found["violations"] for node in v["nodes"]
    ]


def open_all(opened: Opened) -> list[str]:
    """Walk through every view of the page, and gather what axe-core finds in each."""
    page, found = opened.page, complaints(opened)
    if page.locator(".geo-panel-toggle").get_attribute("aria-expanded") == "false":
        page.locator(".geo-panel-toggle").click()
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(300)
        found += complaints(opened)
    page.get_by_role("tab").first.click()
    page.locator(".geo-list .geo-entry").nth(1).click()
    page.wait_for_selector(".geo-later:not([aria-busy])")
    page.wait_for_timeout(300)
    found += complaints(opened)
    page.locator(".geo-header button").last.click()
    return found + complaints(opened)


LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": PHONE,
    "phone-dark": {**PHONE, "color_scheme": "dark"},
    "contrast": {"forced_colors": "active"},
}


@pytest.mark.parametrize("look", slow_but(["light"], LOOKS))
def test_axe_finds_nothing(
    look: str, open_page: Callable[..., Opened], story_file: Path, picture: Callable[..., None]
) -> None:
    opened = open_page(story_file, **LOOKS[look])
    picture(opened)
    assert open_all(opened) == []


@pytest.mark.parametrize("lang", slow_but(["fr"], ["ar", "es", "fr"]))
def test_the_page_speaks_the_language(
    lang: str, open_page: Callable[..., Opened], picture: Callable[..., None]
) -> None:
    texts = {row["key"]: row for row in read_table("page/interface_texts.csv")}
    opened = open_page(to_map(story(), reports=REPORTS, lang=lang))
    tabs = opened.page.get_by_role("tab").all_inner_texts()
    assert tabs == [texts[key][lang] for key in ("list", "filters", "legend")]
    assert opened.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        lang, "rtl" if lang == "ar" else "ltr",
    ]  # fmt: skip
    if lang == "ar":
        panel = opened.page.locator(".geo-panel").bounding_box()
        assert panel is not None
        assert panel["x"] > 600, "the panel stands on the right"
        assert open_all(opened) == []
    picture(opened)


def test_every_text_is_there_in_every_language_with_its_slots() -> None:
    for row in read_table("page/interface_texts.csv"):
        slots = set(re.findall(r"\{\w+\}", row["en"]))
        for lang in ("ar", "es", "fr"):
            assert row[lang], f"{row['key']} has no {lang}"
            assert set(re.findall(r"\{\w+\}", row[lang])) == slots, f"{row['key']} in {lang}"


def focus(opened: Opened) -> str:
    return opened.page.evaluate("""() => {
        const at = document.activeElement;
        return at === document.body ? '' : (at.getAttribute('aria-label') || at.textContent || at.className).trim().slice(0, 60);
    }""")


def test_the_keyboard_alone_reaches_everything(story_page: Opened) -> None:
    """Tab through the page: search, download, about, tabs, list, map, time."""
    reached = []
    for _ in range(40):
        story_page.page.keyboard.press("Tab")
        reached.append(focus(story_page))
        if reached.count(reached[0]) > 1 and reached[0]:
            break
    walked = " / ".join(reached)
    for stop in (
        "Search incidents",
        "Download",
        "About",
        "List",
        "Clash",
        "Play through time",
        "First day",
        "Last day",
    ):
        assert stop in walked, f"{stop}: {walked}"


def test_the_list_is_walked_with_arrows_and_chosen_with_enter(story_page: Opened) -> None:
    page = story_page.page
    page.locator(".geo-list .geo-entry").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert "Al-Qaim" in focus(story_page)
    page.keyboard.press("Enter")
    page.wait_for_selector(".geo-later:not([aria-busy])")
    assert "The day after, warplanes" in page.locator(".geo-detail").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".geo-list").is_visible()


def test_what_has_focus_is_seen_to_have_it(story_page: Opened) -> None:
    for _ in range(8):
        story_page.page.keyboard.press("Tab")
        outline = story_page.page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"
        )
        assert outline[0] != "none", focus(story_page)
        assert outline[1] >= 1.5, focus(story_page)


def test_a_phone_shows_all_without_scrolling_sideways(
    open_page: Callable[..., Opened], story_file: Path, picture: Callable[..., None]
) -> None:
    opened = open_page(story_file, **PHONE)
    picture(opened)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360
    box = opened.page.locator(".geo-map").bounding_box()
    assert box is not None
    assert box["height"] > 300, "the map has room"
    opened.page.locator(".geo-panel-toggle").click()
    opened.page.locator(".geo-list .geo-entry").nth(1).click()
    opened.page.wait_for_selector(".geo-later:not([aria-busy])")
    picture(opened, "-chosen")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_the_narrowest_phone_no_control_covers_another(open_page: Callable[..., Opened], story_file: Path) -> None:
    page = open_page(story_file, size=(320, 640)).page
    controls = page.locator(".geo-header > button, .geo-search, .geo-menu > summary").all()
    boxes = [box for control in controls if (box := control.bounding_box())]
    assert len(boxes) == 5
    for at, one in enumerate(boxes):
        assert one["x"] >= 0
        assert one["x"] + one["width"] <= 320
        for other in boxes[at + 1 :]:
            apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            assert apart or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]


def test_a_map_without_incidents_says_so(open_page: Callable[..., Opened], tmp_path: Path) -> None:
    to_map(empty_frame()).save(tmp_path / "map.html")
    page = open_page(tmp_path / "map.html").page
    assert page.get_by_text("This map has no incidents.").is_visible()
    assert not page.locator(".geo-key").is_visible()


def test_a_tap_on_a_phone_opens_a_sheet_that_lies_within_the_screen(
    open_page: Callable[..., Opened], story_file: Path, picture: Callable[..., None]
) -> None:
    opened = open_page(story_file, **{**PHONE, "size": (390, 844)})
    opened.look(QAIM["lon"] + 0.02, QAIM["lat"], 10)  # a mark near the edge
    at = opened.place(QAIM["lon"], QAIM["lat"])
    opened.page.touchscreen.tap(at["x"], at["y"])
    opened.page.wait_for_selector(".geo-later:not([aria-busy])")
    picture(opened)
    for part in (".geo-panel", ".geo-detail h2", ".geo-close"):
        box = opened.page.locator(part).first.bounding_box()
        assert box is not None
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 390, part
        assert box["y"] >= 0, part
        assert box["y"] + (box["height"] if part != ".geo-detail h2" else 0) <= 844, part
    mark, sheet = opened.place(QAIM["lon"], QAIM["lat"]), opened.page.locator(".geo-panel").bounding_box()
    assert sheet is not None
    assert mark["y"] < sheet["y"], "the mark is seen above the sheet"
    opened.page.locator(".geo-close").tap()
    assert not opened.page.locator(".geo-panel").is_visible()


def test_targets_are_large_enough_for_a_finger(open_page: Callable[..., Opened], story_file: Path) -> None:
    opened = open_page(story_file, **PHONE)
    small = opened.page.evaluate("""() => [...document.querySelectorAll('button, summary, input, a[href]')]
        .filter(e => e.checkVisibility() && e.getClientRects().length)
        .map(e => [e.textContent || e.ariaLabel, e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)""")
    assert small == []


def test_dark_mode_is_dark(open_page: Callable[..., Opened], story_file: Path, picture: Callable[..., None]) -> None:
    opened = open_page(story_file, color_scheme="dark")
    colour = opened.page.evaluate("getComputedStyle(document.querySelector('.geo-panel')).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", colour)[:3])) < 200
    picture(opened)


def test_who_wants_no_motion_gets_none(open_page: Callable[..., Opened], story_file: Path) -> None:
    opened = open_page(story_file, reduced_motion="reduce")
    moving = opened.page.evaluate("""() => [...document.querySelectorAll('*')].filter(e => {
        const s = getComputedStyle(e);
        return Math.max(...s.transitionDuration.split(',').map(parseFloat), ...s.animationDuration.split(',').map(parseFloat)) > 0.01;
    }).map(e => e.className)""")
    assert moving == []


def test_print_gives_a_clean_page_with_the_legend(browser: Browser, story_file: Path, pictures: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"file://{story_file}")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_timeout(1200)  # the sentences are fetched when the page has come to rest
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4", path=pictures / "print.pdf"))
    first = pdf[0].render(scale=1).to_numpy()
    for colour in ((244, 241, 234), (207, 221, 228), EXPLOSIONS):  # land, water, a mark
        assert (np.abs(first[:, :, 2::-1].astype(int) - colour).max(axis=2) < 30).sum() > 20, colour
    written = "\n".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    written = " ".join(written.split())
    for words in (
        "Air strike by US forces in Al-Qaim: 1 to 4 killed",
        "The day after, warplanes struck",
        "The Gazette",
        "number in the list",
        "12 Mar 2020 · Al-Qāʾim, Anbar, Iraq · ± 6 km",
    ):
        assert words in written, words
    for words in ("select to see each", "while few are visible"):  # paper cannot be clicked
        assert words not in written, words
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_timeout(300)
    page.screenshot(path=pictures / "print.png", full_page=True)
    text = page.locator("body").inner_text()
    for words in ("Rockets and an answer, March 2020", "Kind", "Status", "Camp Taji", "denied"):
        assert words in text, words
    for control in (".geo-search", ".geo-menu", ".geo-play", ".geo-panel-toggle"):
        assert not page.locator(control).first.is_visible(), control
    page.close()


@pytest.mark.slow
def test_paper_says_who_made_the_map_how_and_when(browser: Browser, tmp_path: Path) -> None:
    to_map(story(), reports=REPORTS, author="Desk of the Gazette", contact="maps@gazette.example").save(
        tmp_path / "m.html"
    )
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/m.html")
    page.wait_for_selector(READY, state="attached")
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    written = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())
    for words in (
        "automatically extracted",
        "not checked by a person",
        "Author: Desk of the Gazette",
        "maps@gazette.example",
        "A program extracted",
    ):
        assert words in written, words
    page.close()


def test_a_screen_reader_hears_the_count_and_knows_the_landmarks(story_page: Opened) -> None:
    tree: Any = story_page.page.locator("body").aria_snapshot()
    for landmark in ("banner", "main", "complementary", "status", "tablist", "searchbox", "slider"):
        assert landmark in tree, f"no {landmark} in {json.dumps(tree)[:600]}"
