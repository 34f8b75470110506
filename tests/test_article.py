"""The real article, from the text to the layers, held against its answer key."""

import html
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import geo
from geo.reading.paragraphs import readable
from geo.report import Report

NAME = "us-airstrikes-iraq-2020-03-13"


@pytest.fixture
def report(shared: Path) -> Report:
    (found,) = geo.read(shared / "seeds" / f"{NAME}.txt")
    return found


def key_says(shared: Path, report: Report, folder: Path) -> tuple[int, int, int, str]:
    """Count the incidents right, the links right and the incidents unexplained."""
    geo.save_layers(geo.extract([report]), folder)
    command = [sys.executable, shared / "seeds" / "check_seed.py", folder / "incidents.geojson"]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)/9 incidents right, (\d+)/3 links, (\d+) unexplained", shown)
    assert found, shown
    return int(found[1]), int(found[2]), int(found[3]), shown


def unwrapped(text: str) -> str:
    paragraphs = [" ".join(part.split()) for part in readable(text).split("\n")]
    return "\n\n".join(part for part in paragraphs if part)


def straightened(text: str) -> str:
    return text.translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\""))


def curled(text: str) -> str:
    opened = re.sub(r'(^|[\s(])"', "\\1\u201c", straightened(text), flags=re.MULTILINE)
    return opened.replace('"', "\u201d").replace("'", "\u2019")


def test_the_article_is_read_from_a_web_page(shared: Path, report: Report, tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{html.escape(one)}</p>" for one in unwrapped(report.text).split("\n\n"))
    page = tmp_path / "article.html"
    day = f'<meta property="article:published_time" content="{report.published}">'
    page.write_text(
        f"<html><head><title>Strikes</title>{day}</head><body><nav>Home</nav><article>{paragraphs}</article></body></html>",
        encoding="utf-8",
    )
    (found,) = geo.read(page)
    changed = Report(id=report.id, text=found.text, published=report.published)
    right, links, unexplained, shown = key_says(shared, changed, tmp_path / "out")
    assert (right, links) == (9, 3), shown
    assert unexplained <= 3, shown


@pytest.mark.parametrize(
    ("change", "fewest"),
    [
        (lambda text: text, 9),
        pytest.param(unwrapped, 9, marks=pytest.mark.slow),
        pytest.param(lambda text: curled(unwrapped(text)), 9, marks=pytest.mark.slow),
        pytest.param(lambda text: straightened(unwrapped(text)), 9, marks=pytest.mark.slow),
        (lambda text: unwrapped(text).upper(), 7),
    ],
    ids=["as scanned", "without line breaks", "with curly quotes", "with straight quotes", "in capitals"],
)
def test_all_incidents_and_links_of_the_article_are_found(
    shared: Path, report: Report, tmp_path: Path, change: Callable[[str], str], fewest: int
) -> None:
    changed = Report(id=report.id, text=change(report.text), published=report.published)
    right, links, unexplained, shown = key_says(shared, changed, tmp_path)
    assert right >= fewest, shown
    assert links >= (3 if fewest == 9 else 2), shown
    assert unexplained <= 3, shown


def test_every_evidence_points_into_the_article(report: Report, tmp_path: Path) -> None:
    geo.save_layers(geo.extract([report]), tmp_path)
    features = json.loads((tmp_path / "incidents.geojson").read_text(encoding="utf-8"))["features"]
    spans = [span for feature in features for span in feature["properties"]["evidence"]]
    assert spans
    for span in spans:
        assert span["report_id"] == NAME
        assert report.text[span["start"] : span["end"]] == span["text"]


def test_what_is_only_feared_is_no_incident(report: Report) -> None:
    happened = geo.extract([report]).query("status not in ('planned', 'threatened', 'denied')")
    assert not (happened["country_code"] == "IR").any(), "the strike on Iran is speculation, the war a threat"
    assert (happened["date_end"].dropna() <= str(report.published)).all()
