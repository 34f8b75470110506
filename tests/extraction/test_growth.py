"""The work that a text takes grows as the text does, however it is written.

Work is counted in lines of Python that were run, turns of a loop included, which no other load of the machine changes.
"""

import sys
from types import FrameType
from typing import Any

import pytest

from geo.extraction import extract_report
from geo.report import Report
from tests.odd_texts import ODD_TEXTS, repeated

SMALL, LARGE = 4_000, 16_000  # characters
LINEAR = LARGE / SMALL


def lines_run(text: str) -> int:
    """Count the lines that run while incidents are extracted from a text."""
    report, count = Report(id="long", text=text), 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        extract_report(report)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_four_times_the_text_takes_about_four_times_the_work(name: str) -> None:
    text = ODD_TEXTS[name]
    extract_report(Report(id="tables", text=repeated(text, SMALL // 2)))  # the tables are read
    small, large = lines_run(repeated(text, SMALL)), lines_run(repeated(text, LARGE))
    assert large < 1.4 * LINEAR * small, f"{small:,} lines for {SMALL:,} characters, {large:,} for {LARGE:,}"
