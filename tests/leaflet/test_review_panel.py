"""A person goes through the incidents in the page, by keyboard alone, and loses nothing."""

import json
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from geo.cli import app
from geo.exporting import read_layer
from geo.incidents.review import Review, apply_reviews
from geo.leaflet import to_map
from geo.resources import read_table
from tests.leaflet.conftest import Opened
from tests.leaflet.reviewing import REVIEW_READY, chronicle, current, open_review, press, progress, save_decisions
from tests.leaflet.stories import REPORTS, story
from tests.leaflet.test_everyone import LOOKS, complaints
from tests.leaflet.test_safety import NASTY, nasty_frame, nasty_reports


@pytest.fixture(scope="module")
def chronicle_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "map.html"
    incidents, reports = chronicle()
    to_map(incidents, reports=reports, review=True).save(path)
    return path


@pytest.fixture(scope="module")
def story_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story-review") / "map.html"
    to_map(story(), reports=REPORTS, review=True).save(path)
    return path


@pytest.fixture
def reviewing(open_page: Callable[..., Opened], chronicle_file: Path) -> Page:
    return open_page(chronicle_file, wait=REVIEW_READY).page


class KillableChromium:
    """Chromium with a profile on disk, which can be killed as a crash would."""

    def __init__(self, playwright: Playwright, chromium: str, profile: Path) -> None:
        self._start = lambda: playwright.chromium.launch_persistent_context(
            str(profile), executable_path=chromium, args=["--no-sandbox", "--disable-gpu"], offline=True,
            accept_downloads=True,
        )  # fmt: skip
        self._profile = profile

    def start(self) -> BrowserContext:
        return self._start()

    def kill(self) -> None:
        """Kill every process of this profile at once."""
        found = subprocess.run(
            ["pgrep", "-f", f"user-data-dir={self._profile}"], capture_output=True, text=True, check=False
        )
        for pid in found.stdout.split():
            subprocess.run(["kill", f"-{signal.SIGKILL.value}", pid], capture_output=True, check=False)
        time.sleep(0.5)
        for lock in self._profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)


@pytest.fixture
def killable(chromium: str, tmp_path: Path) -> Iterator[KillableChromium]:
    with sync_playwright() as playwright:
        browser = KillableChromium(playwright, chromium, tmp_path / "profile")
        yield browser
        browser.kill()


def decide_ten(page: Page, killed: int) -> None:
    """Ten decisions by keyboard: confirm, reject, correct the killed."""
    for n in range(10):
        if n % 4 == 3:
            press(page, "r")
        elif n % 4 == 2:
            press(page, "e")
            page.keyboard.press("Tab")
            box = page.locator("#geo-review-killed_max")
            for _ in range(12):
                if page.evaluate("document.activeElement.id") == "geo-review-killed_max":
                    break
                page.keyboard.press("Tab")
            assert box.evaluate("e => e === document.activeElement")
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(str(killed + n))
            press(page, "Enter")
            page.wait_for_selector(".geo-review-incident")
            press(page, "n")
        else:
            press(page, "c")


@pytest.mark.parametrize("corrected", [False, True], ids=["same reports", "one report corrected"])
def test_twenty_incidents_by_keyboard_through_a_killed_browser_to_the_map(
    *, corrected: bool, killable: KillableChromium, tmp_path: Path
) -> None:
    incidents, reports = chronicle()
    path = tmp_path / "map.html"
    to_map(incidents, reports=reports, review=True).save(path)
    heard: list[str] = []
    page = open_review(killable.start(), path, heard)
    decide_ten(page, 40)
    assert progress(page).startswith("10 of 20, 2 rejected")
    killable.kill()
    if corrected:  # between the two, one report was mended: its sentences moved, one of them reads otherwise
        text = "Correction appended. " + reports[1].text.replace("rockets struck Mosul", "rockets then struck Mosul")
        reports[1] = replace(reports[1], text=text)
        spans = [{**s, "text": s["text"].replace("rockets struck Mosul", "rockets then struck Mosul")} if row.report_ids == ["r1"] else s
                 for row in incidents.itertuples() for s in row.evidence]  # fmt: skip
        for n, span in enumerate(spans):
            if span["report_id"] == "r1":
                start = text.index(span["text"])
                spans[n] = {**span, "start": start, "end": start + len(span["text"])}
        incidents["evidence"] = [[span] for span in spans]
        ids = [
            f"k{i[1:]}" if row == ["r1"] else i
            for i, row in zip(incidents["incident_id"], incidents["report_ids"], strict=True)
        ]
        names = dict(zip(incidents["incident_id"], ids, strict=True))
        incidents["incident_id"] = ids
        incidents["in_response_to"] = [[names[t] for t in cell] for cell in incidents["in_response_to"]]
        to_map(incidents, reports=reports, review=True).save(path)
    page = open_review(killable.start(), path, heard)
    assert progress(page).startswith("10 of 20, 2 rejected"), "nothing is lost"
    if corrected:
        assert "Decisions taken over from another version: 10" in page.locator("dialog[open]").inner_text()
        press(page, "Escape")
    decide_ten(page, 60)
    assert progress(page).startswith("20 of 20, 4 rejected")
    saved = save_decisions(page, tmp_path / "decisions.geojson")
    assert "not yet saved" not in progress(page)
    assert heard == []
    verdicts = [row["reviewed"] for row in saved.values()]
    assert {name: verdicts.count(name) for name in set(verdicts)} == {"confirmed": 12, "rejected": 4, "changed": 4}
    done = apply_reviews(incidents, [Review(read_layer(tmp_path / "decisions.geojson"))])
    assert done.unfound == ()
    assert len(done.reread) == 0
    table = done.incidents.set_index("incident_id")
    assert table["reviewed"].to_dict() == {key: row["reviewed"] for key, row in saved.items()}
    changed = table[table["reviewed"] == "changed"]
    assert sorted(changed["killed_max"]) == [42, 46, 62, 66]
    assert set(changed["reviewed_fields"]) == {"killed_max"}
    assert len(done.drawn()) == 16


def file_text(page: Page) -> str:
    """The bytes that would be saved now."""
    with page.expect_download() as download:
        page.keyboard.press("w")
    return Path(download.value.path()).read_text(encoding="utf-8")


def confirm(page: Page, _: int) -> None:
    press(page, "c", "n")


def reject(page: Page, _: int) -> None:
    press(page, "r", "n")


def annotate(page: Page, n: int) -> None:
    press(page, "t")
    page.keyboard.type(f"note {n}")
    page.keyboard.press("Tab")
    page.wait_for_timeout(60)
    page.locator(".geo-review-incident h2").focus()
    press(page, "n")


def correct(page: Page, n: int) -> None:
    press(page, "e")
    page.locator("#geo-review-actor1").fill(f"actor {n}")
    press(page, "ControlOrMeta+Enter", "n")


def choose_place(page: Page, _: int) -> None:
    press(page, "l")
    page.locator(".geo-review-candidate[aria-pressed=false]").last.click()
    page.wait_for_timeout(100)
    press(page, "n")


def split(page: Page, _: int) -> None:
    press(page, "s")
    page.wait_for_selector(".geo-review-form")
    press(page, "Escape")


def merge(page: Page, _: int) -> None:
    press(page, "m")
    page.locator(".geo-review-list button").first.click()
    page.wait_for_timeout(100)


MIXED = (confirm, reject, annotate, correct, choose_place, split, merge)


def test_fifty_mixed_steps_undone_give_the_first_state_byte_for_byte(reviewing: Page) -> None:
    page = reviewing
    press(page, "c", "r")  # a state to come back to that is not empty
    before = file_text(page)
    for n in range(50):
        MIXED[n % len(MIXED)](page, n)
    assert file_text(page) != before
    undone = 0
    while page.locator("[data-act=undo]").is_enabled() and undone < 200:
        press(page, "u")
        undone += 1
        if file_text_is(page, before):
            break
    assert undone >= 50
    for _ in range(undone):
        press(page, "y")
    assert file_text(page) != before
    for _ in range(undone):
        press(page, "u")
    assert file_text(page) == before


def file_text_is(page: Page, text: str) -> bool:
    return progress(page).startswith("2 of 20, 1 rejected") and file_text(page) == text


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
    assert "Grenade" in current(page)[""] != first[""]
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


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("killed_min", "99", "less than the value before"),
        ("date_start", "13/03/2020", "write it as 2020-03-13"),
        ("coordinates", "north of here", "latitude first"),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_lost(reviewing: Page, field: str, value: str, told: str) -> None:
    press(reviewing, "e")
    reviewing.locator(f"#geo-review-{field}").fill(value)
    press(reviewing, "ControlOrMeta+Enter")
    assert told in reviewing.locator(".geo-review-error").inner_text()
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


def test_leaving_with_unsaved_decisions_asks_first(reviewing: Page) -> None:
    asked: list[str] = []
    reviewing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    press(reviewing, "c")
    reviewing.locator(".geo-review-incident h2").click()
    reviewing.reload()
    assert asked == ["beforeunload"]
    reviewing.wait_for_selector(REVIEW_READY, state="attached")
    assert progress(reviewing).startswith("1 of 20"), "and keeps them anyway"
    file_text(reviewing)
    reviewing.reload()
    assert asked == ["beforeunload"]


def test_the_queue_has_four_orders(reviewing: Page) -> None:
    chosen = reviewing.locator(".geo-review-bar select")
    seen = []
    for order in ("sure", "report", "day", "new"):
        chosen.select_option(order)
        reviewing.wait_for_timeout(150)
        seen.append(reviewing.locator(".geo-review-source").inner_text() + current(reviewing)["When"])
    assert "Dispatch 1" in seen[1]
    assert "1 March 2020" in seen[2]


def test_a_saved_file_is_written_over_where_the_browser_can(reviewing: Page) -> None:
    reviewing.evaluate("""() => {
        window.showSaveFilePicker = async () => {
            const root = await navigator.storage.getDirectory().catch(() => null);
            if (root) return root.getFileHandle('decisions.geojson', {create: true});
            throw new DOMException('no', 'AbortError');
        };
    }""")
    press(reviewing, "c")
    choose = reviewing.locator("[data-act=save_into]")
    if not choose.count():
        pytest.skip("this browser has no File System Access for files")
    choose.click()
    reviewing.wait_for_timeout(300)
    said = reviewing.locator(".geo-review-notice").inner_text()
    assert said.startswith(("Decisions written to the file: 1", "Nothing was saved"))


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


@pytest.mark.parametrize("look", [*LOOKS, "tablet"])
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


@pytest.mark.parametrize("lang", ["ar", "es", "fr"])
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
    assert "Confirmed by a person · Ada · 20 March 2020" in said
    assert "seen on video" in said
    picture(opened)


def test_a_page_made_of_reviewed_reports_goes_on_with_the_review(
    open_page: Callable[..., Opened], tmp_path: Path
) -> None:
    incidents, reports = chronicle()
    layer = incidents.iloc[:3].assign(
        reviewed=["confirmed", "rejected", "changed"], reviewed_fields=[None, None, "weapon"], reviewed_by="Ada",
        reviewed_at="2020-03-20T10:00:00Z", note=None,
    )  # fmt: skip
    incidents.loc[0, "killed_max"] = 77  # the reports say something new of what was confirmed
    done = apply_reviews(incidents, [Review(layer)])
    opened = open_page(to_map(done.incidents, reports=reports, review=True), wait=REVIEW_READY)
    assert progress(opened.page).startswith("3 of 20, 1 rejected")
    assert opened.shows().startswith("Incidents shown: 19 of 20")
    opened.page.locator(".geo-review-bar select").select_option("new")
    opened.page.wait_for_timeout(200)
    assert "of 18 in the queue" in progress(opened.page), (
        "two that were decided, and of which nothing is new, are left out"
    )
    saved = save_decisions(opened.page, tmp_path / "d.geojson", opened.page.locator("[data-act=save]").click)
    assert {key: row["reviewed"] for key, row in saved.items()} == {
        "i000": "confirmed",
        "i001": "rejected",
        "i002": "changed",
    }
    assert saved["i000"]["killed_max"] == 2
    assert saved["i001"]["reviewed_by"] == "Ada"


def test_the_command_line_makes_the_page_and_keeps_the_decisions(
    open_page: Callable[..., Opened], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "BAGHDAD, March 12, 2020 - Rockets hit Camp Taji on Wednesday, killing three soldiers.\n", encoding="utf-8"
    )
    app(["map", str(report), "-o", str(tmp_path / "a"), "--review"], standalone_mode=False)
    opened = open_page(tmp_path / "a" / "map.html", wait=REVIEW_READY)
    assert "place" in str(opened.page.locator(".geo-review-text mark").evaluate_all("e => e.map(m => m.className)"))
    press(opened.page, "r")
    save_decisions(opened.page, tmp_path / "decisions.geojson")
    capsys.readouterr()
    app(
        ["map", str(report), "-o", str(tmp_path / "b"), "--reviewed", str(tmp_path / "decisions.geojson")],
        standalone_mode=False,
    )
    assert "0 incidents from 1 report" in capsys.readouterr().err
    app(["review-status", str(tmp_path / "decisions.geojson")], standalone_mode=False)
    assert "1 of 1 incident decided (100 %)" in capsys.readouterr().out
