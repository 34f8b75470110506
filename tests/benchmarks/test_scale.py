"""How reading and merging grow: reports a second for one process, two and a Dask cluster of two workers; sizes of merging.

Run: pytest -s tests/benchmarks/test_scale.py; GEO_BENCH_MERGE=1000,10000,100000,1000000 names other sizes. Seconds of merging are the
process's own; rates of reading are of the clock, so the machine should do nothing else.
"""

import os
import resource
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from distributed import Client, LocalCluster

import geo.distributed
from geo.incident import Incident
from geo.incidents import merge_incidents
from geo.incidents.reports.reading import read_incidents
from geo.report import Report
from tests.benchmarks.test_incidents import mentions

SIZES = tuple(int(size) for size in os.environ.get("GEO_BENCH_MERGE", "1000,10000,100000").split(","))


def tellings(number: int) -> list[Incident]:
    """Make accounts of one event that differ in nearly every number."""
    rng = np.random.default_rng(1)
    return [
        Incident(
            incident_id=f"i{n:06}",
            report_ids=(f"r{n}",),
            event_type="Explosions/Remote violence",
            sub_event_type=("Air/drone strike", "Shelling/artillery/missile attack")[int(rng.integers(2))],
            date_start=date(2020, 3, 11),
            date_end=date(2020, 3, 11),
            country_code="IQ",
            place_id="geo:taji",
            geo_precision="site",
            lon=44.2567,
            lat=33.5239,
            uncertainty_m=3000.0,
            killed_min=int(rng.integers(20, 60)),
            wounded_min=int(rng.integers(1, 200)),
            actor1=(None, "US troops", "American soldiers")[int(rng.integers(3))],
            actor2=(None, "Kataib Hezbollah")[int(rng.integers(2))],
        )
        for n in range(number)
    ]


@pytest.mark.parametrize(("name", "make"), [("a corpus", mentions), ("one event", tellings)])
def test_merging_grows_in_proportion_to_the_incidents(name: str, make: object) -> None:
    print(f"\nmerging {name}: incidents, rows, seconds, exponent, peak MB")
    before: tuple[int, float] | None = None
    for size in SIZES:
        told = make(size) if make is tellings else mentions(size, places=max(2000, size // 50))
        start = time.process_time()
        rows = len(merge_incidents(told))
        seconds = time.process_time() - start
        exponent = np.log(seconds / before[1]) / np.log(size / before[0]) if before else np.nan
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  {size:9,} {rows:9,} {seconds:8.1f} {exponent:6.2f} {peak:8.0f}")
        before = size, seconds


@pytest.mark.filterwarnings("default")
def test_reading_in_processes_and_on_a_cluster(reports: list[Report], shared: Path, tmp_path: Path) -> None:
    source = shared / "eval" / "muc" / "dev.reports.jsonl"
    figures = {}
    for jobs in (1, 2):
        start = time.perf_counter()
        assert len(list(read_incidents(reports, jobs=jobs))) == len(reports)
        figures[f"{jobs} process" + "es" * (jobs > 1)] = len(reports) / (time.perf_counter() - start)
    with (
        LocalCluster(2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        start = time.perf_counter()
        geo.distributed.extract(source, tmp_path / "d", client, part_bytes=200_000, on_problem=lambda _: None)
        figures["Dask, 2 workers"] = len(reports) / (time.perf_counter() - start)
    print(f"\n{len(reports)} reports, reports a second by the clock:")
    for name, figure in figures.items():
        print(f"  {name:18}{figure:8.1f}")
