"""Reading on several cores gives what one core gives."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from functools import partial

import pandas as pd
import pytest

import geo
from geo.errors import InputError
from geo.incidents.reports.reading import WORTH_SPREADING, read_incidents
from geo.report import Report

TOWNS = ("Mosul", "Kirkuk", "Basra", "Ramadi", "Tikrit", "Falluja", "Baquba")


def note(n: int) -> Report:
    text = (
        f"A car bomb killed {n % 9 + 2} people in {TOWNS[n % 7]}, Iraq, on Monday. Police said {n} shops were damaged."
    )
    return Report(id=f"r{n:03}", text=text, published=date(2016, 5, 3 + n % 20))


@pytest.mark.slow
def test_two_processes_give_the_table_of_one() -> None:
    reports = [note(n) for n in range(40)]
    pd.testing.assert_frame_equal(geo.extract(reports, jobs=2), geo.extract(reports, jobs=1))


def test_reports_are_taken_from_a_stream_as_they_are_needed() -> None:
    taken = 0

    def stream() -> Iterator[Report]:
        nonlocal taken
        while True:
            taken += 1
            yield note(taken)

    found = read_incidents(stream(), jobs=1)
    assert next(found)[0] == "r001"
    assert taken <= WORTH_SPREADING
    found.close()


@pytest.fixture
def fatal(monkeypatch: pytest.MonkeyPatch) -> Report:
    """A report that ends every process that reads it."""
    monkeypatch.setattr("geo.incidents.reports.reading.read_report", partial(read_or_die, deadly="r002"))
    return note(2)


def read_or_die(report: Report, *, deadly: str) -> tuple[str, list[object]]:
    if report.id == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return report.id, []


@pytest.mark.slow
def test_a_report_that_ends_its_process_is_named_and_the_rest_is_read(fatal: Report) -> None:
    problems: list[InputError] = []
    found = read_incidents([note(1), fatal, note(3)], jobs=2, on_problem=problems.append)
    assert [report for report, _ in found] == ["r001", "r003"]
    assert "r002" in str(problems[0])
    with pytest.raises(InputError, match="'r002' ended the process"):
        list(read_incidents([fatal], jobs=2))
