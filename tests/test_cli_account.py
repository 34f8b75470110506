"""The command line accounts for every report, keeps a project's settings, and follows a folder."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import geo
from geo import cli_watch
from geo.cli import app
from geo.cli_reading import Problems
from geo.cli_settings import read_settings
from geo.errors import InputError
from geo.extraction import extract_report
from geo.incidents.reports.cache import ReportCache

NEWS = (
    "BAGHDAD, 11 March 2020 - Three rockets hit a police station in Mosul on Monday, killing two officers, police said."
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text(NEWS)
    (tmp_path / "market.txt").write_text("ERBIL, 11 March 2020 - Farmers sold apples at the market, and it rained.")
    return tmp_path


@pytest.mark.usefixtures("desk")
def test_a_report_that_gave_nothing_is_named_with_the_reason() -> None:
    done = CliRunner().invoke(app, ["extract", "news.txt", "market.txt", "-o", "a.geojson"], prog_name="geo")
    assert "market: nothing shown (no incident)" in done.output
    assert "news: nothing" not in done.output
    quiet = CliRunner().invoke(app, ["extract", "market.txt", "news.txt", "-o", "a.geojson", "-q"], prog_name="geo")
    assert quiet.output == ""


def test_what_is_below_the_floor_is_counted_and_written_with_its_reason(desk: Path) -> None:
    call = ["map", "news.txt", "--min-confidence", "0.999", "--rejected", "r.geojson", "-o", "out"]
    done = CliRunner().invoke(app, call, prog_name="geo")
    assert "news: nothing shown (1 below the confidence floor of 1.00)" in done.output
    assert "0 incidents from 1 report" in done.output
    (feature,) = json.loads((desk / "r.geojson").read_text())["features"]
    assert feature["properties"]["reason"].endswith("below 1.00")


def test_settings_come_from_a_table_of_the_project(desk: Path) -> None:
    (desk / "pyproject.toml").write_text(
        '[tool.geo]\nsources = ["news.txt"]\nlanguage = "fr"\ntiles = "OpenStreetMap"\n'
    )
    assert read_settings(desk)["map"] == {"sources": ["news.txt"], "lang": "fr", "tiles": ["OpenStreetMap"]}
    (desk / "geo.toml").write_text("titel = 'x'\n")
    with pytest.raises(InputError, match=r"titel.*did you mean title"):
        read_settings(desk)


def test_a_report_that_was_read_before_comes_out_of_the_cache(tmp_path: Path) -> None:
    report = geo.Report(id="a", text=NEWS)
    found = extract_report(report)
    cache = ReportCache(tmp_path)
    assert cache.get(report) is None
    cache.put(report, found)
    assert cache.get(report) == found
    assert cache.get(geo.Report(id="a", text=NEWS.replace("two", "three"))) is None
    next(tmp_path.rglob("*.json")).write_text("[{")
    assert cache.get(report) is None, "a cut file is read anew"


def test_a_folder_is_drawn_again_when_it_changes_and_only_then(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    slept: list[float] = []

    def draw(problems: Problems, cache: ReportCache) -> None:
        assert isinstance(cache, ReportCache)
        drawn.append(len(slept))
        if len(drawn) == 1:
            problems(InputError("a file that cannot be read"))  # drawing goes on

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            (desk / "news.txt").write_text(NEWS + " Two more died on Tuesday.")
        if len(slept) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(cli_watch.time, "sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        cli_watch.follow([str(desk)], draw, Problems(), desk / "out")
    assert drawn == [0, 3]


def test_a_name_that_only_sounds_alike_is_said_to() -> None:
    done = CliRunner().invoke(app, ["place", "Kafr Nubbul", "-n", "1"], prog_name="geo")
    assert "only sound like it" in done.output
    assert "only sound like it" not in CliRunner().invoke(app, ["place", "Mosul"], prog_name="geo").output
