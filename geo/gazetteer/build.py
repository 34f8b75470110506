"""Build the embedded gazetteer from the packages that are required for the build."""

import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import marisa_trie
import numpy as np

from geo.gazetteer.entry import Entry, settlement_prominence
from geo.gazetteer.extent import middle, reach_m
from geo.gazetteer.index import write_index
from geo.gazetteer.keys import keys_of
from geo.gazetteer.normalise import normalise
from geo.gazetteer.sources import (
    read_airfields,
    read_countries,
    read_divisions,
    read_memberships,
    read_settlements,
)

INPUTS: Final = ("geo/gazetteer/*.py", "geo/errors.py", "data/places*.csv", "data/countries.csv", "pyproject.toml")
_COMMON: Final = 1.5  # zipf below which a word counts as unknown


def build(out: Path) -> None:
    """Write the index and the word list into the folder `out`."""
    settlements = {entry.id: entry for entry in read_settlements()}
    divisions = _divisions(settlements)
    countries = _countries(settlements.values())
    places = [*settlements.values(), *divisions, *countries, *read_airfields()]
    write_index(out, {entry.id: entry for entry in places}.values(), keys_of)
    write_words(out)


def _points(members: Iterable[Entry]) -> tuple[Any, Any]:
    points = np.array([(m.lon, m.lat) for m in members], dtype="f8").reshape(-1, 2)
    return points[:, 0], points[:, 1]


def _divisions(settlements: dict[str, Entry]) -> list[Entry]:
    """Make the divisions, each placed by the settlements in it."""
    divisions = read_divisions()
    members: dict[int, list[Entry]] = defaultdict(list)
    for number, inside in read_memberships().items():
        entry = settlements.get(f"geonames:{number}")
        if entry is None:
            continue
        for n in inside:
            level = divisions[n]["level"]
            members[n].append(entry)
            if level == 1:
                entry.admin1 = divisions[n]["id"]
            elif level == 2:  # noqa: PLR2004
                entry.admin2 = divisions[n]["id"]
                members[divisions[n]["parent"]].append(entry)
                entry.admin1 = entry.admin1 or divisions[divisions[n]["parent"]]["id"]
    return [_division(division, members[n], divisions) for n, division in divisions.items() if members.get(n)]


def _division(division: dict[str, Any], members: list[Entry], divisions: dict[int, dict[str, Any]]) -> Entry:
    unique = list({m.id: m for m in members}.values())
    lon, lat = middle(*_points(unique))
    people = sum(m.population for m in unique)
    parent = divisions.get(division["parent"])
    level = division["level"] or 3
    return Entry(
        id=division["id"],
        name=division["name"],
        kind="admin",
        feature_class="A",
        feature_code=f"ADM{level}",
        lon=round(lon, 5),
        lat=round(lat, 5),
        country_code=division["country"],
        admin1=division["id"] if level == 1 else parent["id"] if parent else "",
        population=people,
        radius_m=round(reach_m(lon, lat, *_points(unique))),
        source="GeoNames",
        names=division["names"],
        prominence=math.log10(max(people, 100)) - 0.4 * level,
    )


def _countries(settlements: Iterable[Entry]) -> list[Entry]:
    """Make the countries, and raise their capitals above other towns."""
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in settlements:
        members[entry.country_code].append(entry)
    countries = []
    for code, country in read_countries().items():
        inside = members[code]
        if not inside:
            continue
        lon, lat = middle(*_points(inside))
        _raise_capital(country["capital"], inside)
        countries.append(
            Entry(
                id=f"geonames:{country['geonameid']}",
                name=country["name"],
                kind="country",
                feature_class="A",
                feature_code="PCLI",
                lon=round(lon, 4),
                lat=round(lat, 4),
                country_code=code,
                population=country["population"],
                radius_m=round(reach_m(lon, lat, *_points(inside), area_km2=country["areakm2"])),
                source="GeoNames",
                names=country["names"],
                prominence=4 + math.log10(max(country["population"], 100)),
            )
        )
    return countries


def _raise_capital(name: str, inside: list[Entry]) -> None:
    wanted = normalise(name)
    named = [m for m in inside if wanted in {normalise(n) for n in (m.name, *m.names)}]
    if named:
        capital = max(named, key=lambda m: m.population)
        capital.feature_code = "PPLC"
        capital.prominence = settlement_prominence(capital.population, "PPLC")


def write_words(out: Path) -> None:
    """Write how common English words are, from wordfreq, as a byte of 25ths of zipf."""
    import wordfreq  # noqa: PLC0415 - needed for the build alone

    zipf = {
        word: wordfreq.zipf_frequency(word, "en", wordlist="large")
        for word in wordfreq.iter_wordlist("en", wordlist="large")
    }
    kept = {word: z for word, z in zipf.items() if z >= _COMMON and word.isalpha()}
    trie = marisa_trie.Trie(kept)
    counts = np.zeros(len(kept), "u1")
    for word, z in kept.items():
        counts[trie[word]] = round(z * 25)
    trie.save(str(out / "words.marisa"))
    np.save(out / "words.npy", counts)
