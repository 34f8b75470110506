"""Geoparse the reports of ../shared/eval/muc on one core, beside flashgeotext on the same reports.

Run: pytest -s tests/benchmarks/test_geoparsing.py. flashgeotext only looks names up: no context, no
choice between namesakes, no coordinates, and few names in capitals; how many names each finds stands beside. geo is
told twice: from its first report on, when no word is remembered yet, and again.
"""

import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flashgeotext.geotext import GeoText

from geo.geoparsing import find_locations, geoparse
from geo.reading import read
from geo.report import Report

LEAST_PER_SECOND = 300  # a floor that a slow, shared machine reaches too; the figure itself is printed


@pytest.fixture(scope="module")
def reports(shared: Path) -> list[Report]:
    return list(read([str(shared / "eval" / "muc" / "dev.reports.jsonl")]))


def per_second(work: Callable[[], Any], count: int) -> float:
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def test_geoparsing_is_quick_beside_flashgeotext(reports: list[Report]) -> None:
    flash = GeoText()
    figures = {
        "geo, first time": per_second(lambda: geoparse(reports), len(reports)),
        "geo, again": per_second(lambda: geoparse(reports), len(reports)),
        "geo, locations": per_second(lambda: [find_locations(report) for report in reports], len(reports)),
        "flashgeotext": per_second(lambda: [flash.extract(report.text) for report in reports], len(reports)),
    }
    words = sum(len(report.text.split()) for report in reports) / len(reports)
    print(f"\n{len(reports)} reports of {words:.0f} words, reports per second on one core:")
    for name, figure in figures.items():
        print(f"  {name:18}{figure:8.0f}")
    found = [flash.extract(report.text) for report in reports]
    names = sum(len(spans["span_info"]) for one in found for kind in one.values() for spans in kind.values())
    print(f"  names found: geo {len(geoparse(reports))}, flashgeotext {names}")
    assert figures["geo, first time"] > LEAST_PER_SECOND


def test_memory_stays_flat_however_many_reports_go_through(reports: list[Report]) -> None:
    for report in reports:
        find_locations(report)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(2):
        for report in reports:
            find_locations(report)
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"\nmemory grew by {grown_mb:.1f} MB over {2 * len(reports)} more reports")
    assert grown_mb < 20
