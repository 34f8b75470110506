"""Print one table of how reading and merging grow: rates of reading, memory over a stream, merging at several sizes.

    python -m tests.benchmarks.scaling                     # the sizes of tests/README.md: hours on a busy machine
    python -m tests.benchmarks.scaling --merge 1000,10000 --one-event 1000 --stream 5000 --reports 200

Every measurement of memory is of a process of its own, since the peak of a process never falls again. Seconds of
merging are processor time; rates of reading are of the clock, so nothing else should run meanwhile.
"""

import argparse
import json
import math
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from geo.incident import Incident
from geo.incidents import merge_incidents
from geo.incidents.reports.reading import read_incidents
from geo.reading import read
from tests.benchmarks.test_incidents import mentions
from tests.distributed.killing import PLACES, SENTENCES

DAYS = 700  # over which 100,000 incidents lie
PER_DAY = 100_000 / DAYS


def archive(number: int) -> list[Incident]:
    """Make incidents of a world that stays as violent as it is: more of them are of more days."""
    return mentions(number, days=max(10, round(number / PER_DAY)))


def denser(number: int) -> list[Incident]:
    """Make incidents of the same days: more of them are of more towns in the same countries."""
    return mentions(number, days=DAYS, places=max(2000, number // 50))


def one_event(number: int) -> list[Incident]:
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


class Merging(NamedTuple):
    """What merging so many incidents took."""

    incidents: int
    rows: int
    seconds: float  # of the processor
    peak_mb: float  # with the incidents themselves


def merge(make: Callable[[int], list[Incident]], number: int) -> Merging:
    """Merge incidents in this process."""
    incidents = make(number)
    begin = time.process_time()
    rows = len(merge_incidents(incidents))
    seconds = time.process_time() - begin
    return Merging(number, rows, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def merge_each(make: Callable[[int], list[Incident]], sizes: Sequence[int]) -> Iterator[Merging]:
    """Merge incidents of each size in a process of its own, one after another."""
    for size in sizes:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool.submit(merge, make, size).result()


def exponent(before: Merging, after: Merging) -> float:
    """Say by which power of the incidents the seconds grew."""
    return math.log(after.seconds / before.seconds) / math.log(after.incidents / before.incidents)


def stream(reports: int) -> Iterator[bytes]:
    """Write reports of two sentences as lines of JSON, no two of one event."""
    for n in range(reports):
        day = date(2000, 1, 1) + timedelta(n // len(PLACES))
        text = SENTENCES[n % len(SENTENCES)].format(
            place=PLACES[n % len(PLACES)], day=day.day, month=f"{day:%B}", dead=n % 7 + 2, hurt=n % 9 + 3
        )
        line = {"id": f"r{n}", "published": str(day), "text": text.replace(" 2020", f" {day.year}")}
        yield json.dumps(line).encode() + b"\n"


def stream_mb(reports: int, folder: Path) -> tuple[float, int]:
    """Read reports from standard input; gives the peak memory of the command in MB, and how many incidents it wrote."""
    out = folder / "streamed.csv"
    command = [sys.executable, "-m", "geo.cli", "extract", "-", "--jobs", "1", "--per-report", "-o", str(out)]
    done = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert done.stdin is not None
    with done.stdin as pipe:
        pipe.writelines(stream(reports))
    _, status, used = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    assert done.returncode == 0
    with out.open("rb") as lines:
        return used.ru_maxrss / 1024, sum(1 for _ in lines) - 1


def rates(source: Path, most: int, folder: Path) -> Iterator[tuple[str, float]]:
    """Read the same reports in one process, in two, and on a Dask cluster of two workers; reports a second by the clock."""
    from distributed import Client, LocalCluster  # noqa: PLC0415 - the processes that merge do without

    from geo.distributed import extract  # noqa: PLC0415

    reports = list(read([str(source)]))[:most]
    list(read_incidents(reports[:20], jobs=1))  # index and tables are open
    for jobs in (1, 2):
        begin = time.perf_counter()
        assert len(list(read_incidents(reports, jobs=jobs))) == len(reports)
        yield f"{jobs} process{'es' * (jobs > 1)}", len(reports) / (time.perf_counter() - begin)
    part = folder / "reports.jsonl"
    part.write_text(
        "".join(json.dumps({"id": r.id, "published": str(r.published or ""), "text": r.text}) + "\n" for r in reports),
        encoding="utf-8",
    )
    parts = max(1, part.stat().st_size // 8)
    with (
        LocalCluster(2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster) as client,
    ):
        begin = time.perf_counter()
        extract(part, folder / "dataset", client, part_bytes=parts, on_problem=lambda _: None)
        yield "Dask, 2 workers, with merging and writing", len(reports) / (time.perf_counter() - begin)


def sizes(text: str) -> list[int]:
    """Read "1000,10000"; nothing is no size."""
    return [int(size) for size in text.split(",") if size]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table as Markdown, row by row, as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--merge", type=sizes, default="1000,10000,100000,1000000")
    parser.add_argument("--one-event", type=sizes, default="1000,10000,100000")
    parser.add_argument("--stream", type=sizes, default="10000,100000")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--source", type=Path, default=Path("../shared/eval/muc/dev.reports.jsonl"))
    asked = parser.parse_args(arguments)
    print(
        "| what | number | result | processor seconds | exponent | peak MB |\n|---|---:|---:|---:|---:|---:|",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as name:
        if asked.reports:
            for how, figure in rates(asked.source, asked.reports, Path(name)):
                print(f"| reading, {how} | {asked.reports:,} reports | {figure:.0f} a second | | | |", flush=True)
        for number in asked.stream:
            peak, found = stream_mb(number, Path(name))
            print(f"| reading a stream | {number:,} reports | {found:,} incidents | | | {peak:.0f} |", flush=True)
    for what, make, numbers in (
        ("merging an archive", archive, asked.merge),
        ("merging a denser world", denser, asked.merge),
        ("merging one event", one_event, asked.one_event),
    ):
        before = None
        for done in merge_each(make, numbers):
            power = f"{exponent(before, done):.2f}" if before else ""
            print(
                f"| {what} | {done.incidents:,} incidents | {done.rows:,} rows | {done.seconds:.1f} | {power} | "
                f"{done.peak_mb:.0f} |",
                flush=True,
            )
            before = done


if __name__ == "__main__":
    main()
