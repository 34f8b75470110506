"""A run that is killed at any moment leaves the earlier files whole, and one temporary name that the next run removes."""

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

from geo.atomic import PARTIAL
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


@pytest.mark.slow
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
        assert len(strays - left_over) <= 1, strays  # an earlier one stays until its own file is written again
        assert all(name.startswith(".incidents") and PARTIAL in name for name in strays)
        left_over |= strays
        for name in names:
            layer = read_layer(tmp_path / name)
            assert len(layer) == rows
            assert layer["evidence"].map(len).eq(1).all()
    for suffix in SUFFIXES:
        write_layer(make_incidents(3), tmp_path / f"incidents{suffix}")
    assert {path.name for path in tmp_path.iterdir()} == names
    assert left_over, "no kill came while a file was being written: the test has shown nothing"


@pytest.mark.slow
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
    assert ".incidents.partial.gpkg" in seen
    assert {name for name in seen if not name.startswith("incidents")} <= {
        f".incidents{PARTIAL}{suffix}" for suffix in (".gpkg", ".fgb", ".parquet", ".kmz")
    }


def test_a_folder_is_saved_file_by_file(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    save_layers(incidents, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    broken = incidents.copy()
    broken["of_ones_own"] = np.uint64(2**63)
    with pytest.raises(ExportError, match="of_ones_own"):
        save_layers(broken, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
