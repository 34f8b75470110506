"""Extract the reports of ../shared/eval/muc on one core, beside flashgeotext on the same reports.

Run: pytest -s tests/benchmarks/test_extraction.py. flashgeotext only looks names up; geo geoparses, dates, counts,
types, groups and places, so the two rows show what all that costs. Time is the process's own, whatever else runs.
"""

from flashgeotext.geotext import GeoText

from geo.extraction import extract_report
from geo.report import Report
from tests.benchmarks.measuring import grown_mb, per_second, print_rates

LEAST_SHARE = 0.02  # of the peer's rate in the same run, which a slow, shared machine does not change


def test_extraction_is_quick_beside_flashgeotext(reports: list[Report]) -> None:
    flash = GeoText()
    extract_report(reports[0])  # the tables are read
    figures = {
        "geo": per_second(lambda: [extract_report(report) for report in reports], len(reports)),
        "flashgeotext": per_second(lambda: [flash.extract(report.text) for report in reports], len(reports)),
    }
    print_rates(figures, reports)
    assert figures["geo"] > LEAST_SHARE * figures["flashgeotext"]


def test_memory_stays_flat_however_many_reports_are_extracted(reports: list[Report]) -> None:
    assert grown_mb(extract_report, reports) < 20
