"""A lower floor never imports an upper one (DESIGN: files, reports, toponyms, incidents, layers)."""

import ast
from pathlib import Path

import pytest

from tests.sources import ALL, PACKAGE, source

FLOORS = {
    "errors": 0, "call_arguments": 0, "vocabulary": 0, "report": 0, "incident": 0, "resources": 0, "progress": 0, "atomic": 0,
    "memo": 0, "paths": 0, "collecting": 0, "earth": 0, "antimeridian": 0, "tables": 0, "additions": 0, "extras": 0, "node": 0, "publication": 0, "workers": 0,
    "tabular": 1, "reading": 1, "gazetteer": 1, "basemap": 1,
    "geoparsing": 2, "extraction": 3,
    "incidents": 4,
    "exporting": 5, "leaflet": 5, "plotting": 5, "importing": 5, "notebook": 6, "comparing": 6, "distributed": 6,
    "training": 6,
    "cli_help": 7, "cli_options": 7, "cli_settings": 7, "cli_streams": 7, "cli_sources": 7, "cli_review": 7,
    "cli_reading": 8, "cli_parameters": 8, "cli_vocabulary": 9, "cli_places": 9, "cli_gazetteer": 9, "cli_extract": 9,
    "cli_layers": 9, "cli_preview": 9, "cli_dataset": 9, "cli_watch": 9, "cli_map": 10, "cli": 11,
}  # fmt: skip
# The build hook and the package's front door see every room.
EVERYWHERE = {"building", "compiling", "__init__"}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    names: set[str] = set()
    for node in source(path).imports:
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
            if node.module == "geo":
                names |= {f"geo.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("geo.")}


SOURCES = [path for path in ALL if room(path) not in EVERYWHERE]


def test_imports_point_down() -> None:
    assert {room(path) for path in SOURCES} - set(FLOORS) == set(), "it has no floor: add it to FLOORS"
    up = {
        str(path.relative_to(PACKAGE)): [
            name for name in imported_rooms(path) if FLOORS.get(name, 0) > FLOORS[room(path)]
        ]
        for path in SOURCES
    }
    assert {path: names for path, names in up.items() if names} == {}, "it imports from a floor above its own"


# The sub-packages and modules of these packages, in the order in which data go through them.
STEPS = {
    "geoparsing": ("words", "recognition", "resolution", "toponyms", "location", "frame"),
    "extraction": (
        "language", "linear_model", "triggers", "entities", "temporal", "casualties", "annotations", "spatial",
        "mentions", "coreference", "arguments", "drafts", "confidence", "pipeline",
    ),
    "incidents": ("contract", "review", "reports", "merging", "extracting", "layers", "headlines"),
}  # fmt: skip
IN_STEPS = [
    path
    for package in STEPS
    for path in sorted((PACKAGE / package).rglob("*.py"))
    if path != PACKAGE / package / "__init__.py"
]


def imported_modules(path: Path) -> set[str]:
    """List the modules that a file imports, each name of `from x import y` as x and as x.y."""
    modules: set[str] = set()
    for node in source(path).imports:
        if isinstance(node, ast.ImportFrom):
            modules |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
    return modules


def later_steps(path: Path) -> set[str]:
    """List the later steps of its package that a module imports."""
    package, here = path.relative_to(PACKAGE).with_suffix("").parts[:2]
    steps, inside = STEPS[package], f"geo.{package}."
    used = {name.removeprefix(inside).split(".")[0] for name in imported_modules(path) if name.startswith(inside)}
    assert here in steps, f"{here} has no step: add it to STEPS"
    return {step for step in used & set(steps) if steps.index(step) > steps.index(here)}


def test_no_step_of_a_package_imports_a_later_one() -> None:
    found = {str(path.relative_to(PACKAGE)): later_steps(path) for path in IN_STEPS}
    assert {path: later for path, later in found.items() if later} == {}


@pytest.mark.parametrize("package", ["geoparsing", "incidents"])
def test_the_docstring_of_a_package_names_its_steps(package: str) -> None:
    text = ast.get_docstring(source(PACKAGE / package / "__init__.py").tree) or ""
    assert {step for step in STEPS[package] if f"`{step}`" not in text} == set()
