"""Write and read a million incidents, beside what GeoPandas itself offers, in one run on one machine.

Each task runs in a process of its own: memory is the rise of its peak during the task alone. What GeoPandas
cannot write (lists, evidence) is turned into JSON texts for it before its clock starts; what it reads back stays
text, and the row "and JSON" adds what a user must do to have lists again, as `read_layer` gives them.
GEO_BENCH_EXPORT_ROWS says how many rows (a million). Run: pytest -s tests/benchmarks/test_exporting.py
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from geo.exporting import write_layer
from tests.synthetic import make_incidents

ROWS = int(os.environ.get("GEO_BENCH_EXPORT_ROWS", "1000000"))
NOISE_MB = 32  # allocators round
SLACK = 1.15  # between two runs of the same work on a shared machine
ROOT = Path(__file__).resolve().parents[2]
TASK = """
import json, re, sys, time
sys.path.insert(0, {root!r})
import geopandas as gpd
import pyogrio
from pathlib import Path
from geo.exporting import read_layer, write_layer
pyogrio.set_gdal_config_options({{"OGR_GEOJSON_MAX_OBJ_SIZE": "0"}})

LISTS = ("report_ids", "in_response_to", "evidence")
folder = Path({folder!r})

def incidents():
    return read_layer(folder / "rows.parquet")

def as_texts():
    return texts_of(incidents())

def texts_of(frame):
    for name in LISTS:
        frame[name] = [json.dumps(cell, ensure_ascii=False) for cell in frame[name]]
    return frame

def with_lists(frame):
    for name in LISTS:
        frame[name] = [json.loads(cell) if isinstance(cell, str) else list(cell) for cell in frame[name]]
    return frame

given = {given}
Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
def peak_mb(): return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
before, start, busy = peak_mb(), time.perf_counter(), time.process_time()
made = {work}
print(time.perf_counter() - start, time.process_time() - busy, peak_mb() - before)
"""


class Cost(NamedTuple):
    """What one task took."""

    seconds: float  # on the clock, which a busy machine stretches
    busy: float  # seconds of processor time, of all threads: by these the tasks are compared
    peak_mb: float


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the rows, and the files that the readers read."""
    made = tmp_path_factory.mktemp("exporting")
    rows = make_incidents(ROWS)
    for name in ("rows.parquet", "rows.geojson", "rows.gpkg"):
        write_layer(rows, made / name)
    return made


def cost(folder: Path, given: str, work: str) -> Cost:
    """Run one task in a fresh process."""
    for left in folder.glob("out.*"):
        left.unlink()
    script = TASK.format(root=str(ROOT), folder=str(folder), given=given, work=work)
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return Cost(*map(float, done.stdout.split()))


def table(title: str, costs: dict[str, Cost]) -> None:
    print(f"\n{title}, {ROWS:,} incidents")
    for name, (seconds, busy, peak_mb) in costs.items():
        print(f"  {name:42s} {seconds:7.2f} s   {busy:7.2f} s busy   {peak_mb:7.0f} MB")


def run(benchmark: Any, title: str, folder: Path, tasks: dict[str, tuple[str, str]]) -> dict[str, Cost]:
    costs: dict[str, Cost] = {}

    def all_of_them() -> None:
        for name, (given, work) in tasks.items():
            costs[name] = cost(folder, given, work)

    benchmark.pedantic(all_of_them, rounds=1)
    benchmark.extra_info.update({name: found._asdict() for name, found in costs.items()})
    table(title, costs)
    return costs


def test_geojson_is_written_three_times_as_fast_as_by_geopandas(benchmark: Any, folder: Path) -> None:
    costs = run(
        benchmark,
        "GeoJSON, writing",
        folder,
        {
            "geo": ("incidents()", "write_layer(given, folder / 'out.geojson')"),
            "to_file": ("as_texts()", "given.to_file(folder / 'out.geojson', use_arrow=False)"),
            "to_file(use_arrow=True)": ("as_texts()", "given.to_file(folder / 'out.geojson', use_arrow=True)"),
        },
    )
    assert costs["geo"].busy * 3 <= costs["to_file"].busy
    assert costs["geo"].busy < costs["to_file(use_arrow=True)"].busy
    assert costs["geo"].peak_mb <= costs["to_file(use_arrow=True)"].peak_mb + NOISE_MB


def test_geopackage_is_written_no_slower_than_by_geopandas(benchmark: Any, folder: Path) -> None:
    costs = run(
        benchmark,
        "GeoPackage, writing",
        folder,
        {
            "geo": ("incidents()", "write_layer(given, folder / 'out.gpkg')"),
            "to_file(use_arrow=True)": ("as_texts()", "given.to_file(folder / 'out.gpkg', use_arrow=True)"),
            "JSON, and to_file(use_arrow=True)": (
                "incidents()",
                "texts_of(given).to_file(folder / 'out.gpkg', use_arrow=True)",
            ),
        },
    )
    # geo makes the JSON of the lists while GDAL writes: more work, in no more time on the clock of an idle machine.
    assert costs["geo"].busy <= costs["JSON, and to_file(use_arrow=True)"].busy
    assert costs["geo"].seconds <= costs["JSON, and to_file(use_arrow=True)"].seconds
    assert costs["geo"].peak_mb <= costs["to_file(use_arrow=True)"].peak_mb + NOISE_MB


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
def test_reading_is_no_slower_than_by_geopandas(suffix: str, benchmark: Any, folder: Path) -> None:
    peer = f"gpd.read_file(folder / 'rows.{suffix}', use_arrow=True{', layer=0' if suffix == 'gpkg' else ''})"
    costs = run(
        benchmark,
        f"{suffix}, reading",
        folder,
        {
            "geo": ("None", f"read_layer(folder / 'rows.{suffix}')"),
            "read_file(use_arrow=True)": ("None", peer),
            "read_file(use_arrow=True), and JSON": ("None", f"with_lists({peer})"),
        },
    )
    assert costs["geo"].busy <= costs["read_file(use_arrow=True), and JSON"].busy * SLACK
    assert costs["geo"].peak_mb <= costs["read_file(use_arrow=True), and JSON"].peak_mb * SLACK


@pytest.mark.parametrize("suffix", ["parquet", "fgb", "csv", "geojsonl", "kml"])
def test_the_other_formats_take_a_million_too(suffix: str, benchmark: Any, folder: Path) -> None:
    costs = run(
        benchmark,
        suffix,
        folder,
        {
            "geo, writing": ("incidents()", f"write_layer(given, folder / 'out.{suffix}')"),
            "geo, writing and reading": (
                "incidents()",
                f"(write_layer(given, folder / 'out.{suffix}'), read_layer(folder / 'out.{suffix}'))",
            ),
        },
    )
    assert costs["geo, writing"].busy < 60 * ROWS / 1e6 + 5
