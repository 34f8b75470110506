"""The notebooks run from beginning to end, call only geo, and show what they gave."""

import ast
import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.notebooks.executing import HOSTED, desk_in, execute, keep, likeness, words

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# What a reader of a notebook on geo expects beside geo: the standard library.
ALIKE = 0.9  # a better reading of one sentence is no drift
MOST_BYTES = 60_000  # of the outputs of a cell, pictures included
ALLOWED = {"geo", "pathlib", "datetime", "os"}


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def test_there_are_four_notebooks() -> None:
    assert len(NOTEBOOKS) == 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_shows_small_outputs(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    assert any(cell.get("outputs") for cell in notebook.cells)
    for cell in notebook.cells:
        assert len(json.dumps(cell.get("outputs", []))) < MOST_BYTES


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_only_calls_geo(path: Path) -> None:
    cells = [cell for cell in read(path).cells if HOSTED not in cell.metadata.get("tags", [])]
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= ALLOWED
        if isinstance(node, ast.ImportFrom):
            assert str(node.module).split(".")[0] in ALLOWED


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the project's, where notebooks may write."""
    return desk_in(tmp_path_factory.mktemp("desk"))


def run(path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Run a notebook in a kernel of its own, hold what it says against what it shows, and hand back all of it."""
    for name in ("PYTHONPATH", "IPYTHONDIR", "GEO_GAZETTEER"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # put back at the end
    notebook = execute(path, desk)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [o for o in outputs if o.output_type == "stream" and "Warning" in o.text]
    shown = [output.data for output in outputs if "data" in output]
    whole = [dict(data) for data in shown]
    assert likeness(words(keep(notebook)), words(read(path))) > ALIKE, "outputs have drifted: make notebooks"
    return whole


@pytest.mark.slow
def test_the_first_map_is_shown_and_saved(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run(NOTEBOOKS[0], desk, monkeypatch)
    assert "data:image/png;base64" in shown[0]["text/html"]
    assert "Rocket attack on" in shown[0]["text/html"]
    assert any("image/png" in data for data in shown)
    for name in ("map.html", "incidents.geojson", "incidents.gpkg", "incidents.qgz"):
        assert (desk / "notebooks/out" / name).stat().st_size > 1000


@pytest.mark.slow
def test_a_chain_of_events_is_explored(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run(NOTEBOOKS[1], desk, monkeypatch)
    texts = [data.get("text/html", "") for data in shown]
    assert any("image/png" in data for data in shown)
    assert any("distance_km" in text and "killed_after" in text for text in texts)
    assert any("same_day" in text for text in texts)  # what spoke for a merge


@pytest.mark.slow
def test_a_place_of_ones_own_is_found_from_then_on(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run(NOTEBOOKS[2], desk, monkeypatch)
    tables = [data["text/html"] for data in shown if "<th" in data.get("text/html", "")]
    before, after = tables[0], tables[-2]
    assert "Birchwater grain store ±" not in before
    assert "Birchwater grain store ±" in after
    assert "Deventer" in after
    assert "Seen by the author." in tables[-1]


@pytest.mark.slow
def test_corrections_outlast_a_new_extraction(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run(NOTEBOOKS[3], desk, monkeypatch)
    table = next(data["text/html"] for data in shown if "reviewed_fields" in data.get("text/html", ""))
    assert "unidentified aircraft" in table
    assert "wounded_max" in table
    dropped = next(data["text/plain"] for data in shown if "spans" in data.get("text/plain", ""))
    assert dropped.count("incident_id") == 1
