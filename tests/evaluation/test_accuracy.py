"""The README's figures are those that every evaluation report gets from tables that have not seen it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo.training.__main__ import ENVIRONMENT

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
# Points by which a figure may shift: where choices are close, they hang on the order in which a machine adds up. Those of
# the articles, of which there are few, shifted by as much among sixteen runs of two days (tests/README.md).
WITHIN = {"eval/articles train": 5.0, "eval/articles dev": 9.0}
WITHIN_ELSE = 2.0
MEASURE = "from geo.training import accuracy as a; import json; print(json.dumps(a.headline(a.read_unseen(a.fit()))))"


@pytest.fixture(scope="module")
def readme() -> dict[str, list[float]]:
    """The figures of the README's table of accuracy, by what the row begins with."""
    rows = re.findall(
        r"^\| (eval/[^|]*?) +\| ([\d./ ]+?)[ ¹²]*\|", (ROOT / "tests" / "README.md").read_text("utf-8"), re.MULTILINE
    )
    return {label: [float(figure) for figure in stated.split("/")] for label, stated in rows}


def assert_stated(readme: dict[str, list[float]], measured: dict[str, list[float]]) -> None:
    for label, figures in measured.items():
        print(label, figures)
        (stated,) = [row for name, row in readme.items() if name.startswith(label)]
        within = WITHIN.get(label, WITHIN_ELSE)
        assert stated == pytest.approx(figures, abs=within), f"README says {stated} of {label!r}, measured {figures}"


@pytest.mark.usefixtures("shared")
def test_the_readme_states_how_well_unseen_reports_are_read(readme: dict[str, list[float]]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], env=os.environ | ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert_stated(readme, json.loads(done.stdout.splitlines()[-1]))


def test_the_readme_states_how_well_unseen_reports_are_geoparsed(readme: dict[str, list[float]], shared: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "geo.training.geoparse_accuracy", shared / "eval"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    measured = {}
    for name, figures in re.findall(r"^(\S+)  (.*)$", shown, re.MULTILINE):
        stated = {figure: 100 * float(value) for figure, value in re.findall(r"(\S+) ([\d.]+)", figures)}
        measured[f"eval/geoparse {name}, F1@161 or country"] = [stated["f1_161_country"]]
        if name == "gwn-first":
            measured[f"eval/geoparse {name}, recognition F1"] = [stated["recognition_f1_exact"]]
    assert_stated(readme, measured)
