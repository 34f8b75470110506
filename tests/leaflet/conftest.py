"""Open pages in Chromium with the network off, and let no request or console message pass unseen."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import folium
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from geo.leaflet import to_map
from tests.leaflet.reviewing import REVIEW_READY, chronicle
from tests.leaflet.stories import REPORTS, story

LOCAL = ("file:", "blob:", "data:", "about:")
READY = "html[data-geo-state=ready]"


@dataclass
class Opened:
    """A page in the browser, and what it asked and said."""

    page: Page
    path: Path
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def shows(self) -> str:
        """The count that is always in sight."""
        return self.page.locator(".geo-count").inner_text()

    def names(self) -> list[str]:
        """The entries of the list, by what happened and where."""
        entries = self.page.locator(".geo-list .geo-entry")
        return [" | ".join(text.split("\n")) for text in entries.all_inner_texts()]

    def place(self, lon: float, lat: float) -> dict[str, float]:
        """Where on the screen a place is drawn."""
        script = """([lon, lat]) => {
            const map = map_incidents, box = map.getContainer().getBoundingClientRect();
            const at = map.latLngToContainerPoint([lat, lon]);
            return {x: box.left + at.x, y: box.top + at.y};
        }"""
        return self.page.evaluate(script, [lon, lat])

    def look(self, lon: float, lat: float, zoom: float) -> None:
        """Move the map at once."""
        self.page.evaluate("([x, y, z]) => { map_incidents.setView([y, x], z, {animate: false}); }", [lon, lat, zoom])
        self.page.wait_for_timeout(150)

    def click_on(self, lon: float, lat: float) -> None:
        at = self.place(lon, lat)
        self.page.mouse.click(at["x"], at["y"])


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go: GEO_PICTURES, or beside the other temporary files of the run."""
    folder = os.environ.get("GEO_PICTURES")
    path = Path(folder) if folder else tmp_path_factory.getbasetemp() / "pictures"
    path.mkdir(parents=True, exist_ok=True)
    return path


@pytest.fixture
def picture(pictures: Path, request: pytest.FixtureRequest) -> Callable[[Opened], None]:
    """Keep a picture of a page, named after the test, where GEO_PICTURES asks for them: they are for people."""

    def keep(opened: Opened, suffix: str = "") -> None:
        if "GEO_PICTURES" not in os.environ:
            opened.page.wait_for_timeout(100)  # what a test does next finds the page at rest, with a picture or without
            return
        opened.page.wait_for_timeout(250)
        opened.page.screenshot(path=pictures / f"{request.node.name[5:90]}{suffix}.png")

    return keep


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Save a map and open it; at the end nothing may have been asked of the network or said on the console."""
    contexts: list[BrowserContext] = []
    all_opened: list[Opened] = []

    def open_(
        made: folium.Map | Path,
        *,
        fragment: str = "",
        size: tuple[int, int] = (1280, 800),
        wait: str = READY,
        **options: Any,
    ) -> Opened:
        path = made if isinstance(made, Path) else tmp_path / f"map{len(all_opened)}.html"
        if not isinstance(made, Path):
            made.save(path)
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, offline=True, locale="en-GB", **options
        )
        contexts.append(context)
        opened = Opened(context.new_page(), path)
        all_opened.append(opened)
        opened.page.on("request", lambda request: opened.asked.append(request.url))
        opened.page.on("console", lambda message: opened.said.append(message.text))
        opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
        opened.page.goto(f"file://{path}{fragment}")
        opened.page.wait_for_selector(wait, state="attached", timeout=20_000)
        return opened

    yield open_
    for context in contexts:
        context.close()
    for opened in all_opened:
        assert [url for url in opened.asked if not url.startswith(LOCAL)] == []
        assert opened.said == []


@pytest.fixture(scope="session")
def story_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story's page, made once."""
    path = tmp_path_factory.mktemp("story") / "map.html"
    to_map(story(), reports=REPORTS, full_text=True, title="Rockets and an answer, March 2020").save(path)
    return path


@pytest.fixture
def story_page(open_page: Callable[..., Opened], story_file: Path) -> Opened:
    return open_page(story_file)


@pytest.fixture(scope="session", autouse=True)
def _keep_pictures(pictures: Path) -> Iterator[None]:
    """Say where the pictures are; keep them where GEO_PICTURES says."""
    yield
    if not any(pictures.iterdir()):
        shutil.rmtree(pictures, ignore_errors=True)


@pytest.fixture(scope="session")
def chronicle_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "map.html"
    incidents, reports = chronicle()
    to_map(incidents, reports=reports, review=True).save(path)
    return path


@pytest.fixture
def reviewing(open_page: Callable[..., Opened], chronicle_file: Path) -> Page:
    return open_page(chronicle_file, wait=REVIEW_READY).page
