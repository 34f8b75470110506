"""One file, no network: the page asks nobody for anything, and could not if it tried."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from geo.leaflet import to_map
from tests.leaflet.conftest import READY, Opened
from tests.leaflet.decoding import read_page
from tests.leaflet.stories import story


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of its style sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.styles = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.styles += "".join(value or "" for name, value in attrs if name == "style")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "style":
            self.styles += data


def test_a_page_opens_from_disk_without_a_request_or_a_message(
    story_page: Opened, picture: Callable[..., None]
) -> None:
    assert story_page.shows() == "Incidents shown: 9 of 9"
    picture(story_page)


def test_the_file_names_no_address_that_is_loaded(story_file: Path) -> None:
    """As a browser reads it: what is only text, as the snippet that embeds the page, loads nothing."""
    page = Elements()
    page.feed(story_file.read_text(encoding="utf-8"))
    loading = {"src", "srcset", "srcdoc", "data", "poster", "background", "action", "formaction", "manifest", "ping"}
    assert [(tag, name) for tag, name, _ in page.attributes if name in loading] == []
    assert not page.tags & {"link", "base", "iframe", "object", "embed"}
    for opening in ("@import", "url(http", "url(//"):
        assert opening not in page.styles.lower(), opening


def test_the_policy_allows_only_what_the_page_carries(story_file: Path) -> None:
    html = story_file.read_text(encoding="utf-8")
    policy = html.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "'none'"
    assert rules["worker-src"] == "blob:"
    assert "unsafe" not in policy
    assert all(source.startswith("'sha256-") for source in (rules["script-src"] + " " + rules["style-src"]).split())
    hosts = [source for source in rules["img-src"].split() if "//" in source]
    assert set(hosts) == {
        "https://tile.openstreetmap.org", "https://*.tile.openstreetmap.fr", "https://*.tile.opentopomap.org",
        "https://server.arcgisonline.com",
    }  # fmt: skip


def test_without_tile_layers_no_host_is_allowed(tmp_path: Path) -> None:
    to_map(story(), tiles=()).save(tmp_path / "map.html")
    assert "img-src data: blob:;" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_script_that_tries_to_call_home_is_refused(browser: Browser, story_file: Path) -> None:
    page = browser.new_page(offline=False)
    refused: list[tuple[str, str | None]] = []
    page.on("requestfailed", lambda request: refused.append((request.url, request.failure)))
    page.goto(f"file://{story_file}")
    page.wait_for_selector(READY, state="attached")
    tries = """async () => {
        const outcomes = [];
        outcomes.push(await fetch('https://home.example/').then(() => 'went', () => 'refused'));
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        const image = new Image();
        outcomes.push(await new Promise((resolve) => {
            image.onload = () => resolve('went'); image.onerror = () => resolve('refused');
            image.src = 'https://home.example/pixel.png';
        }));
        return [...outcomes, String(window.ran)];
    }"""
    assert page.evaluate(tries) == ["refused", "refused", "undefined"]
    assert {why for url, why in refused if "home.example" in url} <= {"csp"}, "refused before it left"
    page.close()


def test_an_online_layer_is_listed_off_and_loads_only_when_switched_on(browser: Browser, story_file: Path) -> None:
    page = browser.new_page(offline=False)
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route(re.compile("^https:"), answer)
    page.goto(f"file://{story_file}")
    page.wait_for_selector(READY, state="attached")
    page.get_by_role("tab", name="Legend").click()
    layer = page.get_by_role("radio", name="OpenStreetMap (online)", exact=True)
    assert not layer.is_checked()
    assert asked == []
    layer.check()
    page.wait_for_timeout(400)
    assert asked
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in asked)
    page.close()


def test_licences_and_sources_are_in_the_page(story_page: Opened, picture: Callable[..., None]) -> None:
    story_page.page.get_by_role("button", name="About").click()
    text = story_page.page.get_by_role("dialog").inner_text()
    for credit in ("GeoNames", "CC BY 4.0", "Natural Earth", "takes no side"):
        assert credit in text, credit
    story_page.page.get_by_text("Licences of what is inside this page").click()
    assert "Agafonkin" in story_page.page.get_by_role("dialog").inner_text()
    picture(story_page)


def test_the_basemap_has_land_borders_provinces_and_towns(story_file: Path) -> None:
    basemap = read_page(story_file.read_text(encoding="utf-8")).json("basemap")
    assert {"Baghdad", "Mosul", "Karbala"} <= set(basemap["labels"]["name"])
    world, _, *fine = basemap["levels"]
    assert {"IQ", "NL", "BR"} <= {country["code"] for country in world["countries"]}
    assert sum(len(level["admin1"]) for level in fine) > 20
    countries = {country["name"]: country for country in basemap["country_labels"]}
    assert len(countries["Iraq"]["further"]) > 10
    assert "further" not in countries["Brazil"]
    assert "Wellington" in basemap["labels"]["name"]


def test_every_country_in_sight_is_named(browser: Browser, story_file: Path) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 820})
    page.add_init_script("""{
        const {fillText} = CanvasRenderingContext2D.prototype;
        window.written = [];
        CanvasRenderingContext2D.prototype.fillText = function(text, ...at) {
            if (this.canvas.classList.contains("geo-labels")) written.push(text);
            return fillText.call(this, text, ...at);
        };
    }""")
    page.goto(f"file://{story_file}#map=6.5,33.5,41.5")
    page.wait_for_selector("html[data-geo-state=ready]", state="attached")
    page.wait_for_function("['IRAQ', 'SYRIA', 'JORDAN', 'SAUDI ARABIA'].every((name) => written.includes(name))")
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_story_is_a_small_file(lang: str, tmp_path: Path) -> None:
    to_map(story(), lang=lang).save(tmp_path / "map.html")
    assert (tmp_path / "map.html").stat().st_size < 1_000_000
