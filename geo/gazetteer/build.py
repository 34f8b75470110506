"""Build the embedded gazetteer from the packages that are required for the build."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import marisa_trie
import numpy as np

from geo.gazetteer.curated import Known, add_curated, country_points, split
from geo.gazetteer.divisions import make_divisions
from geo.gazetteer.entry import Entry, settlement_prominence
from geo.gazetteer.extent import distances_m, reach_m, thinned
from geo.gazetteer.index import write_index
from geo.gazetteer.keys import keys_of
from geo.gazetteer.normalise import normalise
from geo.gazetteer.sources import read_airfields, read_countries, read_country_names, read_settlements

_MODULES: Final = (
    "build",
    "consistency",
    "curated",
    "divisions",
    "dumps",
    "entry",
    "extent",
    "index",
    "keys",
    "names",
    "normalise",
    "place",
)
INPUTS: Final = (
    *(f"geo/gazetteer/{name}.py" for name in (*_MODULES, "sound", "sources")),
    *("data/gazetteer/*.csv", "pyproject.toml"),
)
_COUNTRY: Final = 4.0  # added to the prominence of countries: they come before any town of their name
_NEAR_M: Final = 60_000
_COMMON: Final = 1.5  # zipf below which a word counts as unknown


def build(out: Path, say: Callable[[str], None]) -> None:
    """Write the index and the word list into the folder `out`; `say` is called with the part that begins."""
    say("settlements")
    settlements = {entry.id: entry for entry in read_settlements()}
    say("divisions")
    divisions = make_divisions(settlements)
    countries = _countries(settlements.values())
    say("names")
    known = Known([*settlements.values(), *divisions, *countries, *read_airfields()])
    add_curated(known)
    _locate(known.by_id.values())
    say("index")
    write_index(out, known.by_id.values(), keys_of)
    write_words(out)


def _countries(settlements: Iterable[Entry]) -> list[Entry]:
    """Make the countries, and raise their capitals above other towns."""
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in settlements:
        members[entry.country_code].append(entry)
    known = read_countries()
    spoken = read_country_names(known)
    countries = []
    for row in country_points():
        country = known[row["code"]]
        inside = members[row["code"]]
        _raise_capital(country["capital"], inside)
        entry = _country(row, country, inside)
        entry.best = [country["name"], *split(row["aliases"])]
        entry.names = [*country["names"], *spoken[row["code"]]]
        countries.append(entry)
    return countries


def _country(row: dict[str, str], country: dict[str, Any], inside: list[Entry]) -> Entry:
    lon, lat = float(row["lon"]), float(row["lat"])
    even = thinned(np.array([(m.lon, m.lat) for m in inside], "f8").reshape(-1, 2))
    return Entry(
        id=f"geonames:{country['geonameid']}",
        name=row["name"],
        kind="country",
        feature_class="A",
        feature_code="PCLI",
        lon=lon,
        lat=lat,
        country_code=row["code"],
        population=country["population"],
        radius_m=round(reach_m(lon, lat, even[:, 0], even[:, 1], area_km2=country["areakm2"])),
        source="GeoNames",
        prominence=_COUNTRY + math.log10(max(country["population"], 100)),
    )


def _locate(entries: Iterable[Entry]) -> None:
    """Put sites and curated settlements into the divisions of the nearest settlement of their country."""
    towns: dict[str, list[Entry]] = defaultdict(list)
    homeless = []
    for entry in entries:
        if entry.kind == "settlement" and entry.admin1:
            towns[entry.country_code].append(entry)
        elif entry.kind in {"site", "settlement"}:
            homeless.append(entry)
    points = {code: np.array([(t.lon, t.lat) for t in inside], "f8") for code, inside in towns.items()}
    for entry in homeless:
        if entry.country_code in points:
            around = points[entry.country_code]
            distances = distances_m(entry.lon, entry.lat, around[:, 0], around[:, 1])
            nearest = int(distances.argmin())
            if distances[nearest] <= _NEAR_M:
                town = towns[entry.country_code][nearest]
                entry.admin1, entry.admin2 = town.admin1, town.admin2


def _raise_capital(name: str, inside: list[Entry]) -> None:
    wanted = normalise(name)
    named = [m for m in inside if wanted == normalise(m.name)]
    named = named or [m for m in inside if wanted in {normalise(n) for n in m.names}]
    if named:
        capital = max(named, key=lambda m: m.population)
        capital.feature_code = "PPLC"
        capital.prominence = settlement_prominence(capital.population, "PPLC")


def write_words(out: Path) -> None:
    """Write how common English words are, from wordfreq, as a byte of 25ths of zipf."""
    import wordfreq  # noqa: PLC0415 - needed for the build alone

    # one by one, zipf_frequency() would take each word apart again
    frequencies = wordfreq.get_frequency_dict("en", wordlist="large")
    zipf = {word: round(wordfreq.freq_to_zipf(f), 2) for word, f in frequencies.items() if word.isalpha()}
    kept = {word: z for word, z in zipf.items() if z >= _COMMON}
    trie = marisa_trie.Trie(kept)
    counts = np.zeros(len(kept), "u1")
    for word, z in kept.items():
        counts[trie[word]] = round(z * 25)
    trie.save(str(out / "words.marisa"))
    np.save(out / "words.npy", counts)
