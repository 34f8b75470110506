"""Extract the reports of ../shared/eval/muc on one core, beside flashgeotext on the same reports.

Run: pytest -s tests/benchmarks/test_extraction.py. flashgeotext only looks names up; geo geoparses, dates, counts,
types, groups and places, so the two rows show what all that costs. Time is the process's own, whatever else runs.
"""

import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flashgeotext.geotext import GeoText

from geo.extraction import extract_report
from geo.reading import read
from geo.report import Report

LEAST_PER_SECOND = 100  # a floor that a slow, shared machine reaches too; the figure itself is printed


@pytest.fixture(scope="module")
def reports(shared: Path) -> list[Report]:
    return list(read([str(shared / "eval" / "muc" / "dev.reports.jsonl")]))


def per_second(work: Callable[[], Any], count: int) -> float:
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def test_extraction_is_quick_beside_flashgeotext(reports: list[Report]) -> None:
    flash = GeoText()
    extract_report(reports[0])  # the tables are read
    figures = {
        "geo": per_second(lambda: [extract_report(report) for report in reports], len(reports)),
        "flashgeotext": per_second(lambda: [flash.extract(report.text) for report in reports], len(reports)),
    }
    words = sum(len(report.text.split()) for report in reports) / len(reports)
    print(f"\n{len(reports)} reports of {words:.0f} words, reports per second on one core:")
    for name, figure in figures.items():
        print(f"  {name:14}{figure:8.0f}")
    assert figures["geo"] > LEAST_PER_SECOND


def test_memory_stays_flat_however_many_reports_are_extracted(reports: list[Report]) -> None:
    for report in reports:
        extract_report(report)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(2):
        for report in reports:
            extract_report(report)
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"\nmemory grew by {grown_mb:.1f} MB over {2 * len(reports)} more reports")
    assert grown_mb < 20
