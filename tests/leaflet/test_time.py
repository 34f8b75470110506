"""Time: a histogram with a window that is drawn, moved, stepped and played."""

from collections.abc import Callable

import pytest

from geo.incidents import to_frame
from geo.leaflet import to_map
from tests.conftest import slow_but
from tests.leaflet.conftest import Opened
from tests.leaflet.stories import incident, story
from tests.synthetic import make_incidents


def shown(opened: Opened) -> int:
    return int(opened.shows().split(": ")[1].split(" of ")[0].replace(",", ""))


def test_drawing_a_window_shows_only_its_days(story_page: Opened, picture: Callable[..., None]) -> None:
    box = story_page.page.locator(".geo-track").bounding_box()
    assert box is not None
    day = box["width"] / 31  # the story runs from 1 to 31 March
    story_page.page.mouse.move(box["x"] + 10.5 * day, box["y"] + 20)
    story_page.page.mouse.down()
    story_page.page.mouse.move(box["x"] + 11.5 * day, box["y"] + 20, steps=4)
    story_page.page.mouse.up()
    assert story_page.page.locator(".geo-range").inner_text() == "11 – 12 Mar 2020"
    assert shown(story_page) == 4, "two at Taji, one at al-Qaim, and the undated threat"
    picture(story_page)
    story_page.page.get_by_role("button", name="All time").click()
    assert shown(story_page) == 9


def test_an_incident_of_many_days_is_shown_on_each(story_page: Opened) -> None:
    first, last = story_page.page.get_by_role("slider").all()
    for _ in range(4):
        first.press("ArrowRight")
    for _ in range(26):
        last.press("ArrowLeft")
    assert story_page.page.locator(".geo-range").inner_text() == "5 Mar 2020"
    assert any("Clash" in name for name in story_page.names()), "1 to 10 March"


def test_undated_incidents_can_be_hidden(story_page: Opened) -> None:
    story_page.page.get_by_role("tab", name="Filters").click()
    story_page.page.get_by_role("checkbox", name="Show incidents without a date").uncheck()
    assert shown(story_page) == 8


def test_playing_moves_the_window_and_can_be_stopped(story_page: Opened) -> None:
    story_page.page.get_by_role("button", name="Play through time").click()
    story_page.page.wait_for_timeout(900)
    one = story_page.page.locator(".geo-range").inner_text()
    story_page.page.wait_for_timeout(800)
    two = story_page.page.locator(".geo-range").inner_text()
    assert one != two
    story_page.page.get_by_role("button", name="Pause").click()
    three = story_page.page.locator(".geo-range").inner_text()
    story_page.page.wait_for_timeout(900)
    assert story_page.page.locator(".geo-range").inner_text() == three


@pytest.mark.parametrize(("n", "step"), slow_but([(400, "by month")], [(9, "by day"), (400, "by month")]))
def test_the_step_suits_the_range(n: int, step: str, open_page: Callable[..., Opened]) -> None:
    opened = open_page(to_map(story() if n == 9 else make_incidents(n)))
    assert step in opened.page.locator(".geo-time").inner_text()


def test_without_any_day_there_is_no_time_line(open_page: Callable[..., Opened]) -> None:
    one = incident("a", lon=44, lat=33, date_start=None, date_end=None, date_precision="unknown")
    opened = open_page(to_map(to_frame([one])))
    assert not opened.page.locator(".geo-time").is_visible()
