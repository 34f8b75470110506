"""What the system refuses is reported in one line that names the file, whatever library met with it."""

import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest

from geo.errors import ExportError
from geo.exporting import save_layers, write_layer

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".geojson", ".geojsonl", ".gpkg", ".parquet", ".fgb", ".kml", ".kmz", ".csv", ".xlsx")
ON_A_FULL_DISK = """
import resource, signal, sys
sys.path.insert(0, {root!r})
from geo.errors import ExportError
from geo.exporting import write_layer
from tests.synthetic import make_incidents
frame = make_incidents(400, seed=1)
write_layer(frame, {folder!r} + "/whole.gpkg")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for most in (1_000, 40_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    for suffix in {suffixes!r}:
        try:
            write_layer(frame, {folder!r} + "/incidents" + suffix)
        except ExportError as error:
            assert "incidents" + suffix + ": cannot be written" in str(error), error
            assert "free some space" in str(error), error
        else:
            raise AssertionError(suffix + " was cut short and nobody said so")
"""


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_where_nothing_can_be_made_is_named(incidents: gpd.GeoDataFrame, suffix: str) -> None:
    target = Path(f"/proc/incidents{suffix}")
    with pytest.raises(ExportError, match=rf"^/proc/incidents{suffix}: cannot be written \(.+\); choose another place"):
        write_layer(incidents, target)


def test_layers_cannot_be_saved_where_no_folder_can_be_made(incidents: gpd.GeoDataFrame) -> None:
    with pytest.raises(ExportError, match=r"^/proc/folder/incidents\.geojson: cannot be written"):
        save_layers(incidents, "/proc/folder")


@pytest.mark.slow
def test_a_full_disk_is_reported_by_every_format_and_leaves_nothing_behind(tmp_path: Path) -> None:
    script = ON_A_FULL_DISK.format(root=str(ROOT), suffixes=SUFFIXES, folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["whole.gpkg"]
