"""What the benchmarks of reading share: the reports."""

from pathlib import Path

import pytest

from geo.reading import read
from geo.report import Report


@pytest.fixture(scope="module")
def reports(shared: Path) -> list[Report]:
    return list(read([str(shared / "eval" / "muc" / "dev.reports.jsonl")]))
