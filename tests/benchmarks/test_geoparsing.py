"""Geoparse the reports of ../shared/eval/muc on one core, beside flashgeotext on the same reports.

Run: pytest -s tests/benchmarks/test_geoparsing.py. flashgeotext only looks names up: no context, no
choice between namesakes, no coordinates, and few names in capitals; how many names each finds stands beside. geo is
measured twice: from its first report on, when no word is remembered yet, and again.
"""

from flashgeotext.geotext import GeoText

from geo.geoparsing import find_locations, geoparse
from geo.report import Report
from tests.benchmarks.measuring import grown_mb, per_second, print_rates

LEAST_SHARE = 0.1  # of the peer's rate in the same run, which a slow, shared machine does not change


def test_geoparsing_is_quick_beside_flashgeotext(reports: list[Report]) -> None:
    flash = GeoText()
    figures = {
        "geo, first time": per_second(lambda: geoparse(reports), len(reports)),
        "geo, again": per_second(lambda: geoparse(reports), len(reports)),
        "geo, locations": per_second(lambda: [find_locations(report) for report in reports], len(reports)),
        "flashgeotext": per_second(lambda: [flash.extract(report.text) for report in reports], len(reports)),
    }
    print_rates(figures, reports)
    found = [flash.extract(report.text) for report in reports]
    names = sum(len(spans["span_info"]) for one in found for kind in one.values() for spans in kind.values())
    print(f"  names found: geo {len(geoparse(reports))}, flashgeotext {names}")
    assert figures["geo, first time"] > LEAST_SHARE * figures["flashgeotext"]


def test_memory_stays_flat_however_many_reports_go_through(reports: list[Report]) -> None:
    assert grown_mb(find_locations, reports) < 20
