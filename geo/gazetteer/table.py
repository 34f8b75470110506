"""Read a simple table of one's own places: name, lat, lon and, if one likes, kind, country, aliases, radius_m."""

import csv
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from geo.errors import GazetteerError
from geo.gazetteer.dumps import broken
from geo.gazetteer.entry import Entry
from geo.gazetteer.normalise import normalise
from geo.gazetteer.place import KINDS, Kind
from geo.resources import read_table

_HEADINGS: Final = {
    "latitude": "lat", "y": "lat", "longitude": "lon", "lng": "lon", "long": "lon", "x": "lon",
    "country_code": "country", "alias": "aliases", "alternatenames": "aliases", "radius": "radius_m",
}  # fmt: skip
_NEEDED: Final = ("name", "lat", "lon")
_RADIUS_M: Final = {
    "site": 1_000, "settlement": 3_000, "admin": 40_000, "region": 80_000, "country": 300_000, "other": 5_000,
}  # fmt: skip
_PROMINENCE: Final = 5.0  # a user's own place comes before a town of its name


def read_places(path: Path, lines: Iterator[str], country_code: Callable[[str], str]) -> Iterator[Entry]:
    """Read places from a CSV with a header; comma, semicolon or tab between the cells.

    Args:
        path: The file, for error messages and ids.
        lines: Its lines.
        country_code: Gives the ISO code of a country's name or code, "" when there is none.

    Yields:
        One entry per row.

    Raises:
        GazetteerError: If a column is missing or a row is broken; the line is named.
    """
    header = next(lines, "").lstrip("\ufeff").rstrip("\r\n")
    delimiter = max(",;\t", key=header.count)
    names = [heading.strip().lower() for heading in header.split(delimiter)]
    names = [_HEADINGS.get(name, name) for name in names]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        msg = (
            f"{path}: no column {', '.join(missing)} in its first line; expected a GeoNames dump, or a CSV with the "
            "columns name, lat, lon and, optionally, kind, country, aliases, radius_m."
        )
        raise GazetteerError(msg)
    rows = csv.DictReader(lines, fieldnames=names, delimiter=delimiter)
    taken: set[str] = set()
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise broken(
                path, rows.line_num + 1, str(error), "cells with quotes around what holds a line break"
            ) from error
        if row is None:
            return
        if any(row.get(name) for name in names):
            yield _entry(path, rows.line_num + 1, row, country_code, taken)


def _entry(path: Path, line: int, row: dict[str, str], country_code: Callable[[str], str], taken: set[str]) -> Entry:
    cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    try:
        lat, lon = float(cells["lat"]), float(cells["lon"])
        radius_m = float(cells.get("radius_m") or 0)
    except ValueError as error:
        raise broken(path, line, str(error), "numbers in lat, lon and radius_m") from error
    if not (abs(lat) <= 90 and abs(lon) <= 180):  # noqa: PLR2004 - degrees
        raise broken(path, line, f"lat {lat}, lon {lon}", "degrees, latitude first (are they swapped?)")
    if not normalise(cells["name"]):
        raise broken(path, line, "no name", "a name in every row")
    kind = _kind(path, line, cells.get("kind", ""))
    country = cells.get("country", "")
    code = country_code(country) or _two_letters().get(country.upper(), "")
    if country and not code:
        raise broken(path, line, f"country {country!r}", "a country's English name or its ISO 3166-1 code")
    return Entry(
        id=_id(path, cells["name"], taken),
        name=cells["name"],
        kind=kind,
        feature_class={"settlement": "P", "admin": "A", "country": "A", "region": "L"}.get(kind, "S"),
        feature_code={"settlement": "PPL", "admin": "ADMD", "country": "PCLI", "region": "RGN"}.get(kind, ""),
        lon=lon,
        lat=lat,
        country_code=code,
        radius_m=radius_m or _RADIUS_M[kind],
        source=path.name,
        best=[alias.strip() for alias in re.split(r"[;|]", cells.get("aliases", "")) if alias.strip()],
        prominence=_PROMINENCE,
    )


@cache
def _two_letters() -> dict[str, str]:
    """Read the countries' codes of three letters: IRQ is IQ."""
    return {row["alpha3"]: row["alpha2"] for row in read_table("importing/country_codes.csv")}


def _kind(path: Path, line: int, kind: str) -> Kind:
    for known in KINDS:
        if (kind.lower() or "site") == known:
            return known
    raise broken(path, line, f"kind {kind!r}", "one of " + ", ".join(KINDS))


def _id(path: Path, name: str, taken: set[str]) -> str:
    """Make an id that is the same whenever the same file is added."""
    slug = re.sub(r"\W+", "-", f"{path.stem} {normalise(name)}".lower()).strip("-")
    number = 1
    while (place_id := f"user:{slug}" + (f"-{number}" if number > 1 else "")) in taken:
        number += 1
    taken.add(place_id)
    return place_id
