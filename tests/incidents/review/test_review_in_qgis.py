"""What a person corrects in QGIS is drawn as edited, and outlasts a new extraction."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Point

from geo.exporting import read_layer, save_layers
from geo.exporting.edit_log import read_edits
from geo.incident import Evidence, Incident
from geo.incidents import Edits, apply_review, settle_types, to_frame
from geo.incidents.review import mark_as_extracted
from tests.conftest import missing

EDIT = Path(__file__).with_name("qgis_edit.py")
SYSTEM_PYTHON = "/usr/bin/python3"
pytestmark = pytest.mark.client
Make = Callable[..., Incident]


@pytest.fixture(scope="module")
def machine(taji: Make) -> gpd.GeoDataFrame:
    """What the extraction finds: four incidents of one report."""
    rows = []
    for n, name in enumerate(("Camp Taji", "Erbil", "Mosul", "Kirkuk")):
        evidence = Evidence(report_id="r1", start=100 * n, end=100 * n + 9, text="Rockets.")
        rows.append(replace(taji(f"i{n}", "r1"), place_name=name, lon=44.0 + n, evidence=(evidence,)))
    return mark_as_extracted(to_frame(rows))


@pytest.fixture(scope="module")
def edited(machine: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The GeoPackage after an hour in QGIS."""
    folder = tmp_path_factory.mktemp("qgis")
    save_layers(machine, folder)
    path = folder / "incidents.gpkg"
    if not Path(SYSTEM_PYTHON).exists():
        missing("python3-qgis")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run([SYSTEM_PYTHON, EDIT, path], capture_output=True, text=True, env=environment, check=False)
    if "No module named 'qgis'" in done.stderr:
        missing("python3-qgis")
    assert done.returncode == 0, done.stderr[-2000:]
    return path


def test_the_file_remembers_every_edit(edited: Path) -> None:
    edits = read_edits(edited)
    assert isinstance(edits, Edits)
    assert edits.changed == {"i0": frozenset({"geometry"}), "i1": frozenset({"sub_event_type"})}
    assert edits.dropped == {"i2": frozenset({("r1", 200)})}


def test_the_layer_is_drawn_as_edited(edited: Path) -> None:
    drawn = settle_types(read_layer(edited), read_edits(edited)).set_index("place_name")
    assert sorted(drawn.index) == ["Camp Taji", "Erbil", "Kirkuk", "copied", "drawn by hand"]
    assert drawn.loc["Camp Taji", "geometry"] == Point(44.3, 33.6)
    assert drawn.loc["Erbil", "event_type"] == "Battles"
    assert drawn.loc["drawn by hand", "event_type"] == "Explosions/Remote violence"
    assert drawn["incident_id"].is_unique


def test_every_decision_outlasts_two_new_extractions(machine: gpd.GeoDataFrame, edited: Path, tmp_path: Path) -> None:
    better = machine.assign(weapon=machine["weapon"].fillna("rockets"))
    once = apply_review(better, read_layer(edited), read_edits(edited))
    save_layers(once, tmp_path)
    again = tmp_path / "incidents.gpkg"
    for result in (once, apply_review(better, read_layer(again), read_edits(again))):
        rows = result.set_index("place_name")
        assert sorted(rows.index) == ["Camp Taji", "Erbil", "Kirkuk", "copied", "drawn by hand"]
        assert rows.loc["Camp Taji", "geometry"] == Point(44.3, 33.6)
        assert rows.loc["Erbil", "sub_event_type"] == "Armed clash"
        assert rows.loc["Camp Taji", "weapon"] == "rockets"
        marks = rows["reviewed"].fillna("").to_dict()
        assert marks == {
            "Camp Taji": "changed",
            "Erbil": "changed",
            "Kirkuk": "",
            "copied": "added",
            "drawn by hand": "added",
        }
        assert [kept["incident_id"] for kept in result.attrs["dropped"]] == ["i2"]
