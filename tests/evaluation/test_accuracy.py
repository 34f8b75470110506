"""The README's figures are those that every evaluation report gets from tables that have not seen it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
# Points by which a figure may shift with the order in which a machine adds up, where choices are close.
WITHIN = 2.0


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
        assert stated == pytest.approx(figures, abs=WITHIN), f"README says {stated} of {label!r}, measured {figures}"


@pytest.mark.usefixtures("shared")
def test_the_readme_states_how_well_unseen_reports_are_read(readme: dict[str, list[float]]) -> None:
    from geo.training import accuracy  # noqa: PLC0415 -- needs the folder of evaluation sets

    assert_stated(readme, accuracy.headline(accuracy.read_unseen(accuracy.fit())))


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
