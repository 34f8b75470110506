"""A run that is killed at any moment leaves the earlier files whole, and one temporary name that the next run removes."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest

from geo.atomic import PARTIAL, temporary_prefix
from geo.errors import ExportError
from geo.exporting import read_layer, save_layers, write_layer
from tests.synthetic import make_incidents

ROOT = Path(__file__).resolve().parents[2]
WRITE_FOREVER = """
import sys
sys.path.insert(0, {root!r})
from geo.exporting import write_layer, save_layers
from tests.synthetic import make_incidents
frames = [make_incidents({rows}, seed=n) for n in (1, 2)]
print("ready", flush=True)
for n in range(10**6):
    for suffix in {suffixes!r}:
        write_layer(frames[n % 2], {folder!r} + "/incidents" + suffix)
"""
SUFFIXES = (".geojson", ".gpkg", ".parquet", ".fgb", ".kmz", ".csv", ".xlsx")


def run_and_kill(folder: Path, rows: int, after: float) -> None:
    script = WRITE_FOREVER.format(root=str(ROOT), rows=rows, suffixes=SUFFIXES, folder=str(folder))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.send_signal(signal.SIGKILL)


def test_a_killed_run_leaves_whole_files_and_one_temporary_name(tmp_path: Path) -> None:
    rows = 400
    for suffix in SUFFIXES:
        write_layer(make_incidents(rows, seed=1), tmp_path / f"incidents{suffix}")
    names = {f"incidents{suffix}" for suffix in SUFFIXES}
    dice = random.Random(20200313)  # noqa: S311 - moments to kill at, no secrets
    left_over: set[str] = set()
    for _ in range(8):
        run_and_kill(tmp_path, rows, dice.uniform(0.0, 1.5))
        strays = {path.name for path in tmp_path.iterdir()} - names
        assert len(strays) <= 1, strays
        assert all(name.startswith(PARTIAL) for name in strays)
        left_over |= strays
        for name in names:
            layer = read_layer(tmp_path / name)
            assert len(layer) == rows
            assert layer["evidence"].map(len).eq(1).all()
    for suffix in SUFFIXES:
        write_layer(make_incidents(3), tmp_path / f"incidents{suffix}")
    assert {path.name for path in tmp_path.iterdir()} == names
    assert left_over, "no kill came while a file was being written: the test has shown nothing"


def test_nothing_but_the_one_temporary_name_is_seen_while_a_large_layer_is_written(tmp_path: Path) -> None:
    # From 100,000 rows on, GDAL would like to build the spatial index in a second file.
    points = gpd.points_from_xy(np.arange(150_000) % 180, np.arange(150_000) % 90, crs="EPSG:4326")
    rows, seen, done = gpd.GeoDataFrame({"n": np.arange(150_000)}, geometry=points), set(), threading.Event()

    def watch() -> None:
        while not done.wait(0.005):
            seen.update(path.name for path in tmp_path.iterdir())

    watcher = threading.Thread(target=watch)
    watcher.start()
    for suffix in (".gpkg", ".fgb", ".parquet", ".kmz"):
        write_layer(rows, tmp_path / f"incidents{suffix}")
    done.set()
    watcher.join()
    partial = {name for name in seen if not name.startswith("incidents")}
    assert any(name.startswith(PARTIAL) and name.endswith("incidents.gpkg") for name in partial)
    assert len(partial) <= 4, partial


def test_a_folder_is_saved_file_by_file(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    save_layers(incidents, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    broken = incidents.copy()
    broken["of_ones_own"] = np.uint64(2**63)
    with pytest.raises(ExportError, match="of_ones_own"):
        save_layers(broken, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_two_runs_that_write_into_one_folder_do_not_meet(tmp_path: Path) -> None:
    script = WRITE_FOREVER.format(root=str(ROOT), rows=50, suffixes=SUFFIXES, folder=str(tmp_path)).replace(
        "10**6", "3"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert {path.name for path in tmp_path.iterdir()} == {f"incidents{suffix}" for suffix in SUFFIXES}
    assert all(len(read_layer(path)) == 50 for path in tmp_path.iterdir())


def test_what_a_killed_run_left_goes_whatever_is_written_next(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    mine = temporary_prefix()
    dead = mine.replace(f"-{os.getpid()}-", f"-{gone.pid}-")
    for name in (f"{dead}a.gpkg", f"{dead}a.gpkg-journal", f"{dead}b.fgb", f"{mine}c.csv", ".geo-partial-notes"):
        (tmp_path / name).touch()
    write_layer(make_incidents(1), tmp_path / "z.csv")
    assert {path.name for path in tmp_path.iterdir()} == {"z.csv", f"{mine}c.csv", ".geo-partial-notes"}


def test_ctrl_c_while_a_geopackage_is_written_is_ctrl_c(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("geo.exporting.ogr.wkb", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_layer(make_incidents(3), tmp_path / "a.gpkg")
    assert list(tmp_path.iterdir()) == []
