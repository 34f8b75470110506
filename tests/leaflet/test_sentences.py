"""From a mark to the sentence: everything that is known, and the words it was taken from."""

from collections.abc import Callable
from dataclasses import replace

from geo.leaflet import to_map
from tests.leaflet.conftest import Opened
from tests.leaflet.stories import QAIM, REPORTS, story


def choose(opened: Opened, what: str) -> str:
    """Choose an incident in the list, and read the panel."""
    opened.page.locator(".geo-list .geo-entry", has_text=what).first.click()
    opened.page.wait_for_selector(".geo-later:not([aria-busy])")
    return opened.page.locator(".geo-detail").inner_text()


def test_the_panel_says_what_when_where_who_how_many_and_who_says_so(
    story_page: Opened, picture: Callable[..., None]
) -> None:
    text = choose(story_page, "Camp Taji")
    for fact in (
        "Shelling, artillery or missile attack", "11 Mar 2020", "Camp Taji", "1.5 km", "Kata'ib Hizballah", "US forces",
        "at least 12", "rocket", "reported as having happened", "the army", "The Gazette", "Rockets and an answer",
    ):  # fmt: skip
        assert fact in text, fact
    picture(story_page)


def test_all_reports_that_mention_it_are_named(story_page: Opened) -> None:
    text = choose(story_page, "Camp Taji")
    assert "The Gazette" in text
    assert "Militia denies" in text, "reported by the wire too, without a sentence of its own"


def test_a_click_opens_one_thing_that_quotes_the_sentence(story_page: Opened, picture: Callable[..., None]) -> None:
    story_page.look(QAIM["lon"], QAIM["lat"], 10)
    story_page.click_on(QAIM["lon"], QAIM["lat"])
    detail = story_page.page.locator(".geo-detail")
    detail.locator("blockquote").wait_for()
    assert story_page.page.locator(".leaflet-popup").count() == 0
    text = detail.inner_text()
    assert "The day after, warplanes struck depots near Al-Qāʾim in response." in text
    assert "1 to 4" in text
    picture(story_page)


def test_trigger_place_day_and_number_are_marked(story_page: Opened) -> None:
    choose(story_page, "Camp Taji")
    marked = {
        kind: story_page.page.locator(f".geo-detail mark.geo-hl-{kind}").all_inner_texts()
        for kind in ("trigger", "place", "date", "number")
    }
    assert "killing" in marked["trigger"]
    assert "Camp Taji" in marked["place"]
    assert "Wednesday" in marked["date"]
    assert {"three", "12"} <= set(marked["number"])


def test_a_span_of_days_is_written_in_words(story_page: Opened) -> None:
    assert "between 1 Mar 2020 and 10 Mar 2020" in choose(story_page, "Somewhere in Iraq").replace(
        " 1 and", " 1 Mar 2020 and"
    ) or ("between 1 and 10 Mar 2020" in story_page.page.locator(".geo-detail").inner_text())


def test_the_retaliation_can_be_followed_both_ways(story_page: Opened) -> None:
    assert "Answered by" in choose(story_page, "Camp Taji")
    story_page.page.locator(".geo-chain button").click()
    story_page.page.wait_for_selector(".geo-detail:has-text('In response to')")
    assert "Al-Qāʾim" in story_page.page.locator(".geo-detail h2, .geo-detail dl").all_inner_texts()[1]


def test_the_full_report_opens_at_the_sentence(story_page: Opened, picture: Callable[..., None]) -> None:
    choose(story_page, "Al-Qaim")
    story_page.page.get_by_role("button", name="Read in context").first.click()
    dialog = story_page.page.get_by_role("dialog")
    assert "Rockets hit Camp Taji on Wednesday" in dialog.inner_text()
    mark = dialog.locator("mark.geo-hl-quote")
    assert mark.inner_text() == "The day after, warplanes struck depots near Al-Qāʾim in response."
    picture(story_page)


def test_a_report_links_to_its_address(story_page: Opened) -> None:
    choose(story_page, "Camp Taji")
    link = story_page.page.locator(".geo-detail a").first
    assert link.get_attribute("href") == "https://gazette.example/rockets"
    assert "noopener" in (link.get_attribute("rel") or "")


def test_front_matter_is_no_part_of_the_report_and_moves_no_mark(open_page: Callable[..., Opened]) -> None:
    front = "---\ntitle: Rockets 🚀\npublisher: The Gazette\n---\n"
    frame = story()
    frame["evidence"] = [
        [{**span, "start": span["start"] + len(front), "end": span["end"] + len(front)} for span in row]
        for row in frame["evidence"]
    ]
    reports = [replace(report, text=front + report.text) for report in REPORTS]
    opened = open_page(to_map(frame, reports=reports, full_text=True))
    choose(opened, "Al-Qaim")
    opened.page.get_by_role("button", name="Read in context").first.click()
    dialog = opened.page.get_by_role("dialog")
    assert "publisher:" not in dialog.inner_text()
    marked = dialog.locator("mark.geo-hl-quote").inner_text()
    assert marked == "The day after, warplanes struck depots near Al-Qāʾim in response."


def test_nothing_is_offered_to_read_where_the_page_has_no_texts(open_page: Callable[..., Opened]) -> None:
    opened = open_page(to_map(story(), reports=REPORTS))
    assert "The day after" in choose(opened, "Al-Qaim")
    assert opened.page.get_by_role("button", name="Read in context").count() == 0


def test_confidence_says_what_it_means(story_page: Opened) -> None:
    assert "probability that the incident was extracted correctly" in choose(story_page, "Camp Taji")
