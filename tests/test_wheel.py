"""The wheel, installed outside the checkout, does what the checkout does."""

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.mark.slow
def test_tables_seeds_index_and_page_travel_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "geo/data/events/event_types.csv" in names
    assert "geo/seeds/expected.geojson" in names
    assert "geo/py.typed" in names
    for part in ("gazetteer", "basemap", "leaflet"):
        assert any(name.startswith(f"geo/built/{part}/") for name in names), part
    assert not any("node_modules" in name or name.startswith(("tests/", "geo/training/")) for name in names)


@pytest.mark.slow
def test_geo_map_demo_works_from_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    # The libraries come from the environment of the tests, by path alone, so that its editable geo does not.
    (site,) = (tmp_path / "env" / "lib").glob("python3*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = run(python, "-c", "import geo; print(geo.__file__)", cwd=tmp_path).strip()
    assert where.startswith(str(tmp_path))
    shown = run(tmp_path / "env" / "bin" / "geo", "map", "--demo", "-o", "out", cwd=tmp_path)
    assert shown.strip() == str(Path("out") / "map.html")
    assert len(json.loads((tmp_path / "out" / "incidents.geojson").read_text())["features"]) >= 9
