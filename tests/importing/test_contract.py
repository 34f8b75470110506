"""Every sample of other people's tables and documents is read as the contract of `../shared/tables` says."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner

import geo
from geo.cli import app

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "tables"
KEYS = ("id", "title", "text", "published", "publisher", "url", "language")
SAMPLES = sorted(path.name.removesuffix(".checks.json") for path in FOLDER.glob("*.checks.json"))


def run(command: list[str], seconds: int) -> tuple[int, str, str]:  # noqa: ARG001 - as the script's own
    """Do in this process what the script does in one of its own."""
    if command[1] != "-c":
        done = CliRunner().invoke(app, command[1:])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout, done.stderr
    problems: list[str] = []
    reports = geo.read([command[3]], on_problem=lambda problem: problems.append(str(problem)))
    rows = [{key: None if getattr(r, key) is None else str(getattr(r, key)) for key in KEYS} for r in reports]
    return 0, json.dumps({"problems": problems, "reports": rows}), ""


@pytest.fixture(scope="module")
def script(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_tables", shared / "tables" / "check_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.run = run  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize("name", SAMPLES or ["none"])
def test_a_sample_is_read_as_the_contract_says(script: Any, shared: Path, name: str) -> None:
    sample = shared / "tables" / name
    checks = json.loads((shared / "tables" / f"{name}.checks.json").read_text(encoding="utf-8"))
    document = "reports" in checks or sample.suffix in {".pdf", ".docx", ".html"}
    tally = (script.check_reports if document else script.check_table)(Path("bin/geo"), sample, checks, 60)
    assert not tally.wrong
    assert tally.right
