"""Measure the review of 10,000 incidents with full text beside the plain page, in one run on one machine.

Run: pytest -s tests/benchmarks/test_review.py
"""

import time
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import Browser, Page

from geo.leaflet import to_map
from geo.report import Report
from tests.benchmarks.test_page import SLACK, browser  # noqa: F401 - a fixture
from tests.synthetic import make_incidents

N = 10_000
PER_REPORT = 10
MORE_S = 2.0  # that a page for review may take longer to open
DECISION_MS = 50
FILLER = "The day had been quiet until then, and nobody in the town had expected anything. "

DECIDE = """async () => {
    const times = [];
    for (let n = 0; n < 60; n++) {
        const begin = performance.now();
        document.body.dispatchEvent(new KeyboardEvent('keydown', {key: n % 3 === 2 ? 'r' : 'c', bubbles: true}));
        times.push(performance.now() - begin);
        await new Promise(done => setTimeout(done, 60));
    }
    return times.sort((a, b) => a - b);
}"""


def crowd() -> tuple[gpd.GeoDataFrame, list[Report]]:
    """Ten thousand incidents, ten to a report, each quoted where it stands in it."""
    incidents = make_incidents(N)
    sentences = [spans[0]["text"] for spans in incidents["evidence"]]
    reports, evidence, ids = [], [], []
    for first in range(0, N, PER_REPORT):
        text, name = "", f"report-{first // PER_REPORT:05}"
        for sentence in sentences[first : first + PER_REPORT]:
            text += FILLER * 2
            evidence.append(
                [{"report_id": name, "start": len(text), "end": len(text) + len(sentence), "text": sentence}]
            )
            text += sentence + " "
        ids += [[name]] * PER_REPORT
        reports.append(Report(id=name, text=text, title=name, language="en"))
    return incidents.assign(evidence=evidence, report_ids=ids), reports


def opened_s(page: Page, path: Path, wait: str) -> float:
    begin = time.perf_counter()
    page.goto(f"file://{path}")
    page.wait_for_selector(wait, state="attached", timeout=60_000)
    return time.perf_counter() - begin


def test_ten_thousand_incidents_are_reviewed(
    browser: Browser,  # noqa: F811 - the fixture
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    incidents, reports = crowd()
    made = {}
    for name, review in (("plain", False), ("review", True)):
        begin = time.perf_counter()
        to_map(incidents, reports=reports, full_text=True, review=review).save(tmp_path / f"{name}.html")
        made[name] = time.perf_counter() - begin
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    waits = {"plain": "html[data-geo-state=ready]", "review": "html[data-geo-review=ready]"}
    best = {
        name: min(opened_s(page, tmp_path / f"{name}.html", wait) for _ in range(3)) for name, wait in waits.items()
    }
    times = page.evaluate(DECIDE)
    decided = page.locator(".geo-review-progress").inner_text()
    median, worst = times[len(times) // 2], times[int(len(times) * 0.95)]
    page.close()
    assert decided.startswith("60 of 10,000, 20 rejected")
    with capsys.disabled():
        for name in waits:
            size = (tmp_path / f"{name}.html").stat().st_size / 1e6
            print(f"\n{name:<8} made {made[name]:6.1f} s  {size:6.2f} MB  opened {best[name]:5.2f} s", end="")
        print(f"\na decision: median {median:.1f} ms, 95 of 100 within {worst:.1f} ms")
    assert best["review"] - best["plain"] <= MORE_S * SLACK
    assert median <= DECISION_MS * SLACK
