"""The command line and the page agree on how many incidents there are."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from geo.cli import app
from tests.leaflet.conftest import Opened

REPORTS = {
    "mosul": "MOSUL, 11 March 2020 - Three rockets hit a police station in Mosul on Monday, killing two officers.",
    "kirkuk": "KIRKUK, 12 March 2020 - Gunmen shot dead a judge in Kirkuk on Tuesday, police said.",
    "library": "LEEDS, 12 March 2020 - The council met on Monday to discuss a new library.",
}


def test_the_page_shows_as_many_incidents_as_the_command_line_says(
    open_page: Callable[..., Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in REPORTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
    said = CliRunner().invoke(app, ["map", "mosul.txt", "kirkuk.txt", "library.txt", "-v"], prog_name="geo").output
    (total,) = re.findall(r"^(\d+) incidents from 3 reports", said, re.MULTILINE)
    each = [int(found) for found in re.findall(r"^  \w+: (\d+) incident", said, re.MULTILINE)]
    assert sum(each) == int(total) == 2
    assert "library: nothing shown (no incident)" in said
    opened = open_page(tmp_path / "out" / "map.html")
    expect(opened.page.locator(".geo-header")).to_contain_text(f"Incidents shown: {total} of {total}")
