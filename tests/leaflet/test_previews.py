"""A link to a page is shown with its title and a picture of its map."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from geo.cli import app
from geo.leaflet import to_map
from geo.leaflet.picture import take_picture
from tests.leaflet.conftest import Opened
from tests.leaflet.stories import story


def test_the_head_of_the_page_names_title_and_picture(open_page: Callable[..., Opened]) -> None:
    opened = open_page(to_map(story(), title='Rockets & an "answer"', preview="map.png"))
    properties = opened.page.evaluate("""() => Object.fromEntries([...document.head.querySelectorAll("meta[property]")]
        .map(tag => [tag.getAttribute("property"), tag.content]))""")
    assert properties["og:title"] == 'Rockets & an "answer"'
    assert properties["og:image"] == "map.png"
    assert "9 incidents" in properties["og:description"]


def test_a_page_without_a_picture_names_none(story_page: Opened) -> None:
    assert story_page.page.locator("head meta[property]").count() == 0


def test_a_page_that_is_taken_as_a_picture_has_no_buttons(open_page: Callable[..., Opened], story_file: Path) -> None:
    opened = open_page(story_file, fragment="?embed&still")
    assert opened.page.locator(".geo-key").is_visible()
    for part in (".leaflet-control-zoom", ".geo-home", ".geo-key > summary"):
        assert not opened.page.locator(part).is_visible(), part


@pytest.mark.client
def test_the_picture_is_the_map_with_its_marks(tmp_path: Path, chromium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(chromium).parent), prepend=":")
    to_map(story()).save(tmp_path / "map.html")
    assert take_picture(tmp_path / "map.html", tmp_path / "map.png")
    with Image.open(tmp_path / "map.png") as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    assert pixels.shape == (630, 1200, 3)
    for name, colour in {"land": (244, 241, 234), "an explosion": (204, 51, 17)}.items():
        assert (abs(pixels - colour).max(axis=2) < 8).sum() > 100, name


@pytest.mark.client
def test_a_plain_screenshot_that_waits_for_nothing_shows_map_and_list(tmp_path: Path, chromium: str) -> None:
    to_map(story()).save(tmp_path / "map.html")
    options = [
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        "--window-size=1200,800",
        f"--user-data-dir={tmp_path}",
    ]
    picture_file = tmp_path / "plain.png"
    address = (tmp_path / "map.html").as_uri()
    subprocess.run(
        [chromium, *options, f"--screenshot={picture_file}", address], capture_output=True, check=True, timeout=120
    )
    with Image.open(picture_file) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    assert (abs(pixels - (204, 51, 17)).max(axis=2) < 8).sum() > 100  # marks of explosions
    in_the_list = pixels[150:650, 50:350]
    assert (in_the_list.max(axis=2) < 90).sum() > 500  # words


def test_without_a_browser_the_static_picture_takes_its_place_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    ran = CliRunner().invoke(app, ["map", "--demo", "--preview", "-o", str(tmp_path)])
    assert ran.exit_code == 0, ran.output
    assert "map.png drawn by matplotlib, since no Chromium was found" in " ".join(ran.output.split())
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.width > 1000


def test_a_static_picture_never_shows_what_the_page_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    ran = CliRunner().invoke(app, ["map", "--demo", "--preview", "--coarsen", "10km", "-o", str(tmp_path)])
    assert ran.exit_code != 0
    assert not (tmp_path / "map.png").exists()
