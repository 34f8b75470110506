"""How reading and merging grow, in one table: what `python -m tests.benchmarks.scaling` prints, without the largest size.

GEO_BENCH_MERGE=1000,10000,100000,1000000 names other sizes of merging.
"""

import os
from pathlib import Path

import pytest

from tests.benchmarks.scaling import main


@pytest.mark.filterwarnings("default")  # Dask's own
def test_the_table_of_growth(shared: Path) -> None:
    sizes = os.environ.get("GEO_BENCH_MERGE", "1000,10000,100000")
    main(["--merge", sizes, "--source", str(shared / "eval" / "muc" / "dev.reports.jsonl")])
