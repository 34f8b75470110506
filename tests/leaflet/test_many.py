"""Many incidents: clusters follow the filters, decoding does not hold up the page, heat is a choice."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from geo.leaflet import to_map
from tests.leaflet.conftest import Opened
from tests.synthetic import make_incidents

N = 20_000


@pytest.fixture(scope="module")
def crowd_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crowd") / "map.html"
    to_map(make_incidents(N)).save(path)
    return path


@pytest.fixture
def crowd(open_page: Callable[..., Opened], crowd_file: Path) -> Opened:
    return open_page(crowd_file)


def map_pixels(opened: Opened) -> np.ndarray:
    shot = opened.page.locator(".geo-map").screenshot()
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).astype(int)


@pytest.mark.slow
def test_decoding_runs_beside_the_page(crowd: Opened, picture: Callable[..., None]) -> None:
    assert crowd.shows() == "Incidents shown: 20,000 of 20,000"
    assert len(crowd.page.workers) == 1
    picture(crowd)


def test_only_the_entries_in_sight_are_elements(crowd: Opened) -> None:
    assert crowd.page.locator(".geo-list .geo-entry").count() < 60
    assert crowd.page.locator(".geo-list li").first.get_attribute("aria-setsize") == "20000"
    crowd.page.locator(".geo-list .geo-entry").first.press("End")
    last = crowd.page.locator('.geo-list li[aria-posinset="20000"]')
    expect(last).to_be_visible()


def test_clusters_follow_the_filters(crowd: Opened, picture: Callable[..., None]) -> None:
    before = map_pixels(crowd)
    crowd.page.get_by_role("tab", name="Filters").click()
    crowd.page.wait_for_timeout(400)
    crowd.page.locator(".geo-filters label", has_text="Battles").click()
    expect(crowd.page.locator(".geo-count")).not_to_contain_text("20,000 of")
    crowd.page.wait_for_timeout(300)
    after = map_pixels(crowd)
    blue = np.array([0x00, 0x72, 0xB2])  # protests
    assert (abs(before - blue).max(axis=2) < 8).sum() > 200
    assert (abs(after - blue).max(axis=2) < 8).sum() < 20
    picture(crowd)


@pytest.mark.slow
def test_heat_is_a_choice(crowd: Opened, picture: Callable[..., None]) -> None:
    before = map_pixels(crowd)
    crowd.page.get_by_role("tab", name="Legend").click()
    crowd.page.get_by_role("radio", name="Density (heat map)").check()
    crowd.page.wait_for_timeout(300)
    assert (map_pixels(crowd) != before).any(axis=2).mean() > 0.05
    assert "show=heat" in crowd.page.evaluate("new Promise(r => setTimeout(() => r(location.hash), 500))")
    picture(crowd)


@pytest.mark.slow
def test_a_thousand_incidents_show_where_they_crowd_under_their_groups(open_page: Callable[..., Opened]) -> None:
    def warmth(n: int) -> float:
        """How much redder than blue the ground is beside the largest group."""
        opened = open_page(to_map(make_incidents(n), tiles=()))
        opened.page.wait_for_timeout(300)
        largest = max(
            opened.page.evaluate("geoPage.drawn().filter(item => item.kind === 'group')"), key=lambda g: g["n"]
        )
        pixels = map_pixels(opened)
        x, y = int(largest["x"]), int(largest["y"])
        ring = [pixels[y + dy, x + dx] for dx, dy in ((34, 0), (-34, 0), (0, 34), (0, -34))]
        return float(np.mean([colour[0] - colour[2] for colour in ring]))

    assert warmth(1500) > warmth(600) + 15


@pytest.mark.slow
def test_so_many_answers_are_drawn_for_the_chosen_incident_alone(open_page: Callable[..., Opened]) -> None:
    made = make_incidents(1500)
    answers = made["in_response_to"].map(len).to_numpy().nonzero()[0]
    assert len(answers) > 14
    opened = open_page(to_map(made, tiles=()))
    before = map_pixels(opened)
    opened.page.get_by_role("tab", name="Legend").click()
    opened.page.get_by_label("Arrows").uncheck()
    opened.page.wait_for_timeout(300)
    assert (map_pixels(opened) == before).all()


def test_details_of_the_last_incident_are_read_when_asked_for(crowd: Opened) -> None:
    crowd.page.locator(".geo-list .geo-entry").first.press("End")
    crowd.page.locator('.geo-list li[aria-posinset="20000"] button').click()
    crowd.page.wait_for_selector(".geo-later:not([aria-busy])")
    assert "A police officer said" in crowd.page.locator(".geo-detail").inner_text()
