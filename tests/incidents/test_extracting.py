"""Reports become a table, one by one or merged."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

import geo
from geo.incident import Incident
from geo.incidents import is_as_extracted, validate
from geo.incidents.extracting import divide, with_own_ids
from geo.report import Report

TEXTS = (
    "Three rockets hit the Camp Taji base north of Baghdad on Wednesday, killing two US soldiers.",
    "Rockets struck Camp Taji in Iraq on Wednesday and killed two American soldiers.",
)


@pytest.fixture
def reports() -> list[Report]:
    return [Report(id=f"r{n}", text=text, published=date(2020, 3, 13)) for n, text in enumerate(TEXTS)]


def test_an_incident_of_two_reports_is_one_row_or_two(reports: list[Report]) -> None:
    merged, alone = geo.extract(reports), geo.extract(reports, merge=False)
    assert merged["report_ids"].tolist() == [["r0", "r1"]]
    assert sorted(alone["report_ids"].tolist()) == [["r0"], ["r1"]]
    assert len(validate(merged)) == 1
    assert is_as_extracted(merged)


def test_the_order_of_reports_changes_nothing_and_the_ids_stay(reports: list[Report]) -> None:
    there, back = geo.extract(reports), geo.extract(reports[::-1])
    assert there["incident_id"].tolist() == back["incident_id"].tolist()
    assert there["evidence"].tolist() == back["evidence"].tolist()


def test_evidence_points_into_the_report(reports: list[Report]) -> None:
    texts = {report.id: report.text for report in reports}
    for span in geo.extract(reports)["evidence"].explode():
        assert texts[span["report_id"]][span["start"] : span["end"]] == span["text"]


def test_a_stream_of_reports_and_a_single_report_will_do(reports: list[Report]) -> None:
    def stream() -> Iterator[Report]:
        yield from reports

    assert len(geo.extract(stream())) == 1
    assert len(geo.extract(reports[0])) == 1
    assert len(geo.extract([])) == 0


def test_no_two_incidents_share_an_id(taji: Callable[..., Incident]) -> None:
    found = with_own_ids([taji("i1"), taji("i2"), taji("i1"), taji("i1")])
    assert [incident.incident_id for incident in found] == ["i1", "i2", "i1-2", "i1-3"]


def test_the_floor_holds_for_each_of_two_incidents_that_share_an_id(taji: Callable[..., Incident]) -> None:
    sure, unsure = taji("i1", confidence=0.9), taji("i1", confidence=0.2)
    shown, rejected = divide([sure, unsure], 0.5)
    assert [one.confidence for one in shown] == [0.9]
    assert [one.confidence for one in rejected] == [0.2]
