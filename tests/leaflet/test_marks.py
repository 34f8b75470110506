"""Marks do not lie: what is unsure looks unsure."""

import io
from collections.abc import Callable

import geopandas as gpd
import numpy as np
from PIL import Image

from geo.leaflet import to_map
from tests.leaflet.conftest import Opened
from tests.leaflet.stories import BAGHDAD, QAIM, TAJI
from tests.synthetic import make_incidents

Pixels = np.ndarray


def pixels(opened: Opened) -> Pixels:
    """The map as it is on the screen."""
    shot = opened.page.screenshot()
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).astype(int)


def near(picture: Pixels, at: dict[str, float], reach: int) -> Pixels:
    x, y = round(at["x"]), round(at["y"])
    return picture[y - reach : y + reach, x - reach : x + reach].reshape(-1, 3)


def coloured(patch: Pixels, colour: str) -> int:
    """How many pixels have a colour, or nearly."""
    wanted = np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)])
    return int((abs(patch - wanted).max(axis=1) < 12).sum())


EXPLOSIONS, PROTESTS = "#CC3311", "#0072B2"


def test_an_event_type_has_its_colour(story_page: Opened, picture: Callable[..., None]) -> None:
    story_page.look(QAIM["lon"], QAIM["lat"], 9)
    patch = near(pixels(story_page), story_page.place(QAIM["lon"], QAIM["lat"]), 12)
    assert coloured(patch, EXPLOSIONS) > 60
    picture(story_page)


def test_a_settlement_has_its_circle_and_a_site_is_sharp(story_page: Opened, picture: Callable[..., None]) -> None:
    story_page.look(QAIM["lon"], QAIM["lat"], 11)
    pixel_m = 40_075_017 * np.cos(np.radians(QAIM["lat"])) / 256 / 2**11
    edge = story_page.place(QAIM["lon"], QAIM["lat"])
    edge["y"] -= 6000 / pixel_m
    ring = near(pixels(story_page), edge, 4)
    assert len(np.unique(ring, axis=0)) > 2, "the circle of 6 km passes here"
    picture(story_page)


def test_a_country_is_named_at_the_edge_and_never_a_dot(story_page: Opened) -> None:
    story_page.look(44.0, 33.0, 12)
    patch = near(pixels(story_page), story_page.place(44.0, 33.0), 12)
    assert len(np.unique(patch, axis=0)) == 1, "only land is drawn in the middle of Iraq"
    chip = story_page.page.get_by_role("button", name="Somewhere in Iraq 1", exact=True)
    chip.click()
    assert "only the country is known" in story_page.page.locator(".geo-detail").inner_text()


def test_a_region_is_an_area_with_its_name(story_page: Opened, picture: Callable[..., None]) -> None:
    story_page.look(41.5, 32.9, 7)
    before = pixels(story_page)
    at = story_page.place(41.5, 32.9)
    inside = before[round(at["y"]) + 40, round(at["x"])]
    story_page.page.get_by_role("tab", name="Legend").click()
    story_page.page.get_by_role("checkbox", name="Circles of uncertainty").uncheck()
    story_page.page.wait_for_timeout(200)
    outside = pixels(story_page)[round(at["y"]) + 40, round(at["x"])]
    assert (inside != outside).any(), "the area is laid over the land"
    picture(story_page)


def test_each_status_looks_different_and_is_named(story_page: Opened) -> None:
    icons = {}
    for entry in story_page.page.locator(".geo-list .geo-entry").all():
        text = entry.inner_text()
        status = next(
            (s for s in ("denied", "alleged", "planned", "claimed", "threatened") if s in text.lower()), "reported"
        )
        icons[status] = entry.locator("svg").evaluate("svg => svg.innerHTML.replace(/#[0-9a-fA-F]{6}/g, '')")
    assert set(icons) == {"reported", "denied", "alleged", "planned", "claimed", "threatened"}
    alike = {"cross": ("reported", "denied", "claimed"), "circle": ("alleged", "planned")}
    for statuses in alike.values():
        assert len({icons[status] for status in statuses}) == len(statuses)
    story_page.page.get_by_role("tab", name="Legend").click()
    legend = story_page.page.locator(".geo-legend").inner_text()
    for status in icons:
        assert status in legend


def test_incidents_at_one_place_fan_out_and_each_can_be_chosen(
    story_page: Opened, picture: Callable[..., None]
) -> None:
    chosen = ""
    for angle in np.linspace(0, 2 * np.pi, 8, endpoint=False):
        story_page.look(TAJI["lon"], TAJI["lat"], 12)  # choosing may have moved it
        at = story_page.place(TAJI["lon"], TAJI["lat"])
        story_page.click_on(TAJI["lon"], TAJI["lat"])
        story_page.page.wait_for_timeout(120)
        if not chosen:
            picture(story_page)
        x, y = at["x"] + 34 * np.cos(angle), at["y"] + 34 * np.sin(angle)
        story_page.page.mouse.move(x, y)
        if story_page.page.locator(".geo-pointing").count():
            story_page.page.mouse.click(x, y)
            chosen += story_page.page.locator(".geo-detail").inner_text()
        story_page.page.keyboard.press("Escape")
        story_page.page.keyboard.press("Escape")
    assert "denied by one side" in chosen
    assert "reported as having happened" in chosen


def test_an_arrow_runs_from_the_act_to_its_answer_with_its_days(
    story_page: Opened, picture: Callable[..., None]
) -> None:
    story_page.look((TAJI["lon"] + QAIM["lon"]) / 2, 34.0, 8)
    picture(story_page)
    with_arrow = pixels(story_page)
    story_page.page.get_by_role("tab", name="Legend").click()
    story_page.page.get_by_role("checkbox", name="Arrows to responses").uncheck()
    story_page.page.wait_for_timeout(200)
    changed = (pixels(story_page) != with_arrow).any(axis=2)
    a, b = story_page.place(TAJI["lon"], TAJI["lat"]), story_page.place(QAIM["lon"], QAIM["lat"])
    for share in np.linspace(0.2, 0.8, 13):
        x, y = (round(a[k] + share * (b[k] - a[k])) for k in "xy")
        assert changed[y - 14 : y + 14, x - 6 : x + 6].any(), f"no arrow at {share:.0%} of the way"


def test_casualties_make_a_mark_larger(story_page: Opened) -> None:
    icons = story_page.page.locator(".geo-list .geo-entry", has_text="Camp Taji")
    assert icons.count() == 2
    # On the map: the strike with 1 to 4 killed against a protest with none.
    story_page.look(QAIM["lon"], QAIM["lat"], 10)
    struck = coloured(near(pixels(story_page), story_page.place(QAIM["lon"], QAIM["lat"]), 14), EXPLOSIONS)
    assert struck > 100
    assert coloured(near(pixels(story_page), story_page.place(BAGHDAD["lon"], BAGHDAD["lat"]), 14), PROTESTS) < struck


def test_islands_on_both_sides_of_the_antimeridian_are_seen_at_once_each_place_once(
    open_page: Callable[..., Opened], picture: Callable[..., None]
) -> None:
    islands = make_incidents(3)
    islands["geometry"] = gpd.points_from_xy([178.44, 179.95, -179.9], [-18.14, -16.8, -17.0], crs="EPSG:4326")
    islands["geo_precision"], islands["uncertainty_m"] = "settlement", 4000.0
    opened = open_page(to_map(islands))
    bounds = opened.page.evaluate("() => [map_incidents.getBounds().getWest(), map_incidents.getBounds().getEast()]")
    assert 170 < bounds[0] < 178.4
    assert 180.1 < bounds[1] < 190
    opened.click_on(180.1, -17.0)
    opened.page.locator(".geo-detail").wait_for()
    picture(opened)
    for lon in (180, 0, -180):
        opened.look(lon, -17.0, 4)
        opened.page.wait_for_timeout(300)
        drawn = opened.page.evaluate("() => geoPage.drawn()")
        assert sum(item["n"] for item in drawn) == (0 if lon == 0 else 3)
