"""The recipes of geo/README.md, followed to the letter on a copy of the package: so many files, and it works."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Copy:
    """A copy of the package and its tables, to be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("built", "node_modules", "__pycache__")
        shutil.copytree(ROOT / "geo", folder / "geo", ignore=ignored)
        shutil.copytree(ROOT / "data", folder / "data")
        (folder / "geo" / "built").symlink_to(ROOT / "geo" / "built")
        (folder / "seeds").symlink_to(ROOT / "seeds")

    def add_file(self, name: str, text: str) -> None:
        assert not (self.folder / name).exists()
        (self.folder / name).write_text(text, encoding="utf-8")

    def add_line(self, name: str, before: str, line: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(before) == 1
        (self.folder / name).write_text(text.replace(before, f"{line}\n{before}"), encoding="utf-8")

    def run(self, code: str) -> str:
        env = {**os.environ, "PYTHONPATH": str(self.folder), "GEO_VOCABULARY": str(self.folder / "words")}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_trigger_word_is_one_row_of_a_table(copy: Copy) -> None:
    script = "from geo.extraction import extract_report\nfrom geo.report import Report\n"
    script += 'text = "Gunmen smoaked two bakers in Mosul on Monday."\n'
    script += 'print([one.sub_event_type for one in extract_report(Report(id="r", text=text), 0.0)])'
    assert copy.run(script) == "[]"
    with (copy.folder / "data/events/triggers.csv").open("a", encoding="utf-8") as table:
        table.write("smoak,verb,,Attack,agent_patient,0.9,\n")
    assert copy.run(script) == "['Attack']"


def test_an_input_format_is_one_module_and_one_line(copy: Copy) -> None:
    copy.add_file(
        "geo/reading/documents/subtitles.py",
        '''"""Read subtitles (.srt): their lines as one text."""

from collections.abc import Iterator
from pathlib import Path

from geo.reading.documents.document import Document, OnNote


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the text of all subtitles."""
    lines = path.read_text(encoding="utf-8").splitlines()
    yield Document(text=" ".join(line for line in lines if line and not line.isdigit() and "-->" not in line))
''',
    )
    copy.add_line(
        "geo/reading/documents/formats.py",
        '        Format("epub",',
        '        Format("subtitles", (".srt",), "subtitles", "subtitles"),',
    )
    copy.add_file(
        "news.srt", "1\n00:00:01,000 --> 00:00:02,000\nGunmen killed two bakers\n\n2\n00:00:03,000 --> 4\nin Mosul.\n"
    )
    assert copy.run('import geo; print(geo.read(["news.srt"])[0].text)') == "Gunmen killed two bakers in Mosul."


def test_an_output_format_is_one_module_and_one_line(copy: Copy) -> None:
    copy.add_file(
        "geo/exporting/points.py",
        '''"""Write points as lines of longitude, latitude and id."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd

from geo.errors import GeoError


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write one line for each row."""
    rows = zip(layer.geometry.x, layer.geometry.y, layer["incident_id"], strict=True)
    path.write_text("".join(f"{lon}\\t{lat}\\t{key}\\n" for lon, lat, key in rows), encoding="utf-8")


def read(path: Path, on_problem: Callable[[GeoError], None]) -> gpd.GeoDataFrame:
    """Read the lines back."""
    rows = [line.split("\\t") for line in path.read_text(encoding="utf-8").splitlines()]
    points = gpd.points_from_xy([float(row[0]) for row in rows], [float(row[1]) for row in rows])
    return gpd.GeoDataFrame({"incident_id": [row[2] for row in rows]}, geometry=points, crs="EPSG:4326")
''',
    )
    copy.add_line("geo/exporting/formats.py", '    ".xlsx": "xlsx",', '    ".points": "points",')
    code = (
        "import geo\nfrom geo.exporting import read_layer\n"
        'incidents = geo.extract(geo.read(["seeds/2019-12-28-kirkuk-base.md"]))\n'
        'incidents = incidents[~incidents.geometry.isna()]\ngeo.write_layer(incidents, "out.points")\n'
        'print(list(read_layer("out.points")["incident_id"]) == list(incidents["incident_id"]), len(incidents) > 0)'
    )
    assert copy.run(code) == "True True"
