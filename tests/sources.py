"""The modules of geo as syntax trees: each is parsed and walked once for all tests on names, sizes and imports."""

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent / "geo"
ALL = sorted(path for path in PACKAGE.rglob("*.py") if "built" not in path.relative_to(PACKAGE).parts)


class Source(NamedTuple):
    """What tests ask of a module."""

    text: str
    tree: ast.Module
    imports: list[ast.Import | ast.ImportFrom]
    functions: list[ast.FunctionDef | ast.AsyncFunctionDef]


@cache
def source(path: Path) -> Source:
    """Parse a module."""
    found = Source(text := path.read_text(encoding="utf-8"), ast.parse(text), [], [])
    for node in ast.walk(found.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.imports.append(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.functions.append(node)
    return found
