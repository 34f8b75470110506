"""Parse the values of options, and refuse a usage error before any work."""

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

import typer


def day(value: str) -> date:
    """Read a day, written as 2020-03-13."""
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        msg = f"{value!r} is not a date; expected the form 2020-03-13."
        raise typer.BadParameter(msg) from None


def countries(value: str) -> str:
    """Read codes of countries, separated by commas: "IQ,SY"."""
    from geo.resources import read_table  # noqa: PLC0415 -- start-up stays quick

    codes = {row["alpha3"]: row["alpha2"] for row in read_table("importing/country_codes.csv")}
    known = set(codes.values())
    given = [codes.get(code, code) for code in value.upper().replace(",", " ").split()]
    wrong = [code for code in given if code not in known]
    if wrong or not given:
        msg = f"{', '.join(wrong) or repr(value)} is not a country code; expected ISO 3166-1 codes such as IQ,SY."
        raise typer.BadParameter(msg)
    return ",".join(dict.fromkeys(given))


def metres(value: str) -> float:
    """Read a distance with its unit, in metres."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(km|m|mi)\s*", value)
    if not found or float(found[1]) == 0:
        msg = f"{value!r} is not a distance; expected a number with its unit, such as 10km or 500m."
        raise typer.BadParameter(msg)
    return float(found[1]) * {"km": 1000.0, "m": 1.0, "mi": 1609.344}[found[2]]


def confidence(value: str) -> float:
    """Read a number from 0 to 1."""
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        msg = f"{value!r} is not a confidence; expected a number from 0 to 1, such as 0.5."
        raise typer.BadParameter(msg)
    return number


def kilometres(value: str) -> float:
    """Read a distance in kilometres, from 0 on."""
    try:
        number = float(str(value).lower().removesuffix("km"))
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        msg = f"{value!r} is not a distance; expected kilometres from 0 on, such as 5."
        raise typer.BadParameter(msg)
    return number


def one_of(name: str, known: Iterable[str]) -> str:
    """Say what was meant, where a known name is close; else all that are known."""
    names = list(known)
    close = get_close_matches(name, names, n=1) or [one for one in names if name and one.startswith(name)][:1]
    return f"did you mean {close[0]}?" if close else f"expected one of {', '.join(names)}."


def output_folder(path: Path) -> Path:
    """Refuse what is a file, or is named like one."""
    other = {".png": "plot", ".svg": "plot", ".pdf": "plot"}.get(path.suffix.lower())
    if path.suffix.lower() in _layer_suffixes() or other:
        what = "a picture" if other else "one layer"
        msg = f"{path} is {what}, which geo {other or 'extract'} writes; expected a folder such as out/."
        raise typer.BadParameter(msg)
    if path.is_file() or (path.suffix.lower() in {".html", ".htm"} and not path.is_dir()):
        what = "is a file" if path.is_file() else "is named like a file"
        msg = f"{path} {what}; expected a folder such as out/, in which geo writes map.html and the layers."
        raise typer.BadParameter(msg)
    return path


def _layer_suffixes() -> Collection[str]:
    from geo.exporting import LAYER_SUFFIXES  # noqa: PLC0415

    return LAYER_SUFFIXES


def layer_file(path: Path | None) -> Path | None:
    """Refuse a layer of unknown format before any work is done."""
    from geo.exporting import LAYER_SUFFIXES  # noqa: PLC0415

    return _with_suffix(path, LAYER_SUFFIXES)


def layer_or_store(target: str) -> str:
    """Refuse what is neither a layer file, a folder of Parquet files, nor the address of a database.

    A name with a slash at its end is a folder, made when it is not there.
    """
    if target.startswith(("postgresql://", "postgres://")):
        return target
    if is_folder_name(target):
        return target
    return str(layer_file(Path(target)))


def is_folder_name(target: str) -> bool:
    """Distinguish a folder of GeoParquet files from one file: it is there, or its name ends in a slash."""
    return target.endswith("/") or (Path(target).is_dir() and not target.startswith(("postgresql:", "postgres:")))


def layer_file_or_folder(target: str | None) -> str | None:
    """Refuse what is neither a layer file nor a folder, which ends in a stroke."""
    if target is not None and not target.endswith("/"):
        layer_file(Path(target))
    return target


def picture_file(path: Path) -> Path | None:
    """Refuse a picture in a format that geo does not draw."""
    return _with_suffix(path, frozenset({".png", ".svg", ".pdf"}))


def _with_suffix(path: Path | None, known: frozenset[str]) -> Path | None:
    if path is not None and path.suffix.lower() not in known:
        suffixes = ", ".join(sorted(known))
        msg = f"{path}: geo cannot write {path.suffix or 'a file without suffix'}; choose one of {suffixes}."
        raise typer.BadParameter(msg)
    return path


def columns(names: list[str] | None) -> list[str] | None:
    """Refuse to hide a column that does not exist."""
    if names:
        from geo.incidents import COLUMNS  # noqa: PLC0415

        for name in sorted(set(names) - set(COLUMNS)):
            msg = f"{name}: no such column; {one_of(name, COLUMNS)}"
            raise typer.BadParameter(msg)
    return names
