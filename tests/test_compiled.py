"""A wheel whose hot packages mypyc compiled reads the same incidents as the checkout, to the last byte."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.conftest import missing

ROOT = Path(__file__).resolve().parent.parent
READ = """
import sys
import geo
from geo.extraction import extract_report, pipeline
from geo.geoparsing import find_locations, toponyms
sys.stderr.write(f"{pipeline.__file__} {toponyms.__file__}")
for report in geo.read(sys.argv[1]):
    for found in (*extract_report(report, 0.0), *find_locations(report)):
        print(repr(found))
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("cc") is None:
        missing("a C compiler (gcc or clang)")
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "GEO_MYPYC": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


def read_seeds(package: Path) -> tuple[str, str]:
    """Read the seeds with the geo of a folder; gives what was found, and which files did it."""
    paths = os.pathsep.join([str(package), sysconfig.get_path("purelib")])
    command = [sys.executable, "-S", "-c", READ, str(ROOT / "seeds")]
    done = subprocess.run(
        command, cwd=package, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def test_a_compiled_wheel_reads_the_same_incidents_and_places(wheel: Path, tmp_path: Path) -> None:
    assert not wheel.name.endswith("-none-any.whl"), "it runs on one kind of machine"
    zipfile.ZipFile(wheel).extractall(tmp_path)
    compiled, files = read_seeds(tmp_path)
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    assert all(file.startswith(str(tmp_path)) and file.endswith(suffix) for file in files.split())
    plain, files = read_seeds(ROOT)
    assert all(file.endswith(".py") for file in files.split())
    assert compiled == plain
    assert len(plain.splitlines()) > 40
