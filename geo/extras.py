"""Ask for a library that an extra brings, and say how to install it where it is missing."""

import sys
from importlib.util import find_spec
from pathlib import Path

from geo.errors import MissingExtraError


def need(module: str, *, extra: str, purpose: str) -> None:
    """Refuse work whose library is not installed, before any of it is done.

    Args:
        module: As it is imported.
        extra: Of pyproject.toml.
        purpose: What needs it, as the subject of a sentence.

    Raises:
        MissingExtraError: With the line that installs it.
    """
    if find_spec(module) is None:
        msg = (
            f"{purpose} needs {module}, which is not installed: {_pip()} install 'geo-incidents[{extra}]' "
            f"(in a checkout: '.[{extra}]')."
        )
        raise MissingExtraError(msg)


def _pip() -> str:
    """Name the pip of the environment that runs: `.venv/bin/python -m pip` where none is active."""
    python = Path(sys.executable)
    if sys.prefix == sys.base_prefix or not python.is_relative_to(Path.cwd()):
        return "pip"
    return f"{python.relative_to(Path.cwd())} -m pip"
