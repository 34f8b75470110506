"""Nothing that a person decided is lost: not by a crash, by a new version of the reports, by undoing, by leaving."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from geo.cli import app
from geo.exporting import read_layer
from geo.incidents.review import Review, apply_reviews
from geo.leaflet import to_map
from tests.leaflet.conftest import Opened
from tests.leaflet.reviewing import REVIEW_READY, chronicle, file_text, open_review, press, progress, save_decisions


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
def killable(playwright: Playwright, chromium: str, tmp_path: Path) -> Iterator[KillableChromium]:
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


@pytest.mark.slow
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


@pytest.mark.slow
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


def test_decisions_are_written_into_the_file_that_was_chosen(reviewing: Page) -> None:
    reviewing.add_init_script("""
        window.written = [];
        window.showSaveFilePicker = async ({suggestedName}) => ({
            name: suggestedName,
            createWritable: async () => {
                const parts = [];
                return {write: async (text) => parts.push(text), close: async () => window.written.push(parts.join(''))};
            },
        });
    """)
    reviewing.reload()
    reviewing.wait_for_selector(REVIEW_READY, state="attached")
    press(reviewing, "c")
    reviewing.locator("[data-act=save_into]").click()
    reviewing.wait_for_function("window.written.length === 1")
    (feature,) = json.loads(reviewing.evaluate("window.written[0]"))["features"]
    assert feature["properties"]["reviewed"] == "confirmed"
    assert reviewing.locator(".geo-review-notice").inner_text().startswith("Decisions written to the file: 1")
    assert "not saved" not in progress(reviewing)


@pytest.mark.slow
def test_two_tabs_with_one_page_keep_each_others_decisions(reviewing: Page) -> None:
    other = open_review(reviewing.context, Path(reviewing.url.removeprefix("file://").split("#")[0]))
    press(reviewing, "c", "c")
    other.wait_for_timeout(500)
    assert progress(other).startswith("2 of 20")
    press(other, "r")  # the one that it still shows, and that was confirmed in the first tab
    reviewing.wait_for_timeout(500)
    assert progress(reviewing).startswith("2 of 20, 1 rejected")
    press(reviewing, "u")
    other.wait_for_timeout(500)
    assert progress(other).startswith("2 of 20, 0 rejected")
    other.close()
    reviewing.reload()
    reviewing.wait_for_selector(REVIEW_READY, state="attached")
    assert progress(reviewing).startswith("2 of 20, 0 rejected")


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


@pytest.mark.slow
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
