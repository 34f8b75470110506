"""Read a project's settings: geo.toml, or [tool.geo] of pyproject.toml, in the folder that geo is run in."""

import os
import tomllib
from pathlib import Path
from typing import Any, Final

import typer

from geo.additions.files import use_files
from geo.cli_options import confidence, day, metres, one_of
from geo.errors import InputError

FILES: Final = ("geo.toml", "pyproject.toml")
# Setting -> name of the option, as Click knows it; those of `geo map` that other commands share are theirs too.
OPTIONS: Final = {
    "sources": "sources",
    "out": "out",
    "published": "published",
    "min_confidence": "min_confidence",
    "country": "country",
    "lang": "lang",
    "language": "lang",
    "title": "title",
    "tiles": "tiles",
    "basemap": "basemap",
    "coarsen": "coarsen",
    "hide": "hide",
    "sort": "sort",
}
CHECKS: Final = {"published": day, "min_confidence": confidence, "coarsen": metres}
LISTS: Final = ("sources", "tiles", "hide")
# `out` is a folder for `geo map` alone; `title` is of a page or a picture.
SHARED: Final = ("sources", "published", "min_confidence", "country")
GAZETTEER: Final = "gazetteer"
VOCABULARY: Final = "vocabulary"


def read_settings(folder: Path) -> dict[str, Any]:
    """Read the settings that lie in a folder; {} without any.

    Returns:
        Defaults by command and option, as Click's `default_map` has them.

    Raises:
        InputError: If the file is no TOML, holds a setting that geo does not know, or names a file of words that
            cannot be used.
    """
    for name in FILES:
        path = folder / name
        if path.is_file():
            found = _table(path)
            if found is not None:
                return _by_command(found, path)
    return {}


def _table(path: Path) -> dict[str, Any] | None:
    try:
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        if path.name != FILES[0]:
            return None  # somebody else's file
        msg = f'{path.name}: not TOML ({error}); expected lines such as title = "Incidents in Iraq".'
        raise InputError(msg) from error
    tool = whole.get("tool", {})
    return whole if path.name == FILES[0] else tool.get("geo") if isinstance(tool, dict) else None


def _by_command(found: dict[str, Any], path: Path) -> dict[str, Any]:
    known = sorted({*OPTIONS, GAZETTEER, VOCABULARY})
    for name in sorted(set(found) - set(known)):
        if isinstance(found[name], dict):
            msg = f"{path.name}: found a table [{name}]; expected the settings themselves: leave that line out."
        else:
            msg = f"{path.name}: there is no setting {name!r}; {one_of(name, known)}"
        raise InputError(msg)
    if GAZETTEER in found:
        os.environ.setdefault("GEO_GAZETTEER", str(path.parent / str(found[GAZETTEER])))
    if VOCABULARY in found:
        files = found[VOCABULARY] if isinstance(found[VOCABULARY], list) else [found[VOCABULARY]]
        use_files([path.parent / str(file) for file in files])
    options = {OPTIONS[key]: _value(OPTIONS[key], value) for key, value in found.items() if key in OPTIONS}
    _check(options, path)
    shared = {name: options[name] for name in SHARED if name in options}
    titled = shared | {name: options[name] for name in ("title",) if name in options}
    read = {name: value for name, value in shared.items() if name != "sources"}
    return {"map": options, "extract": shared, "geoparse": shared, "plot": titled, "compare": read}


def _check(options: dict[str, Any], path: Path) -> None:
    """Refuse a value here, where the message can name the file: nobody gave the option."""
    for option, parse in CHECKS.items():
        if option not in options:
            continue
        try:
            parse(str(options[option]))
        except typer.BadParameter as error:
            msg = f"{path.name}: {option}: {error.message}"
            raise InputError(msg) from None


def _value(option: str, value: Any) -> Any:
    """Give lists as lists, and everything else as a person would write it behind the option."""
    if option in LISTS:
        return [str(one) for one in value] if isinstance(value, list) else [str(value)]
    return value if isinstance(value, int | float) else str(value)
