"""Make first- and second-level divisions, each placed by the settlements in it."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any, Final

import numpy as np

from geo.gazetteer.consistency import find_misplaced
from geo.gazetteer.curated import division_points, split
from geo.gazetteer.entry import Entry
from geo.gazetteer.extent import middle, reach_m, thinned
from geo.gazetteer.normalise import normalise
from geo.gazetteer.sources import read_divisions, read_english_divisions, read_memberships

# Words that say what sort of division it is; news writes them or not.
_GENERIC: Final = re.compile(
    r"(?:,? (?:province|governorate|region|oblast[’']?|district|department|state|prefecture|county|kra[iy]|krai"
    r"|autonomous okrug|autonomous region|republic|division|canton|voivodeship|parish|municipality|emirate"
    r"|sheng|shi|zizhiqu|län|oblastʼ|vilayəti|respublika|special region|city))+$"
    r"|^(?:(?:free and sovereign state|province|"
    r"governorate|department|departamento|región|region|republic|state|muhafazat|mintaqat|provincia|"
    r"wilaya|wilāyat|republika|distrito|estado|département) (?:of |del? (?:la |los )?|du |de l')?)",
    re.IGNORECASE,
)
_ENGLISH: Final = re.compile(
    r"^[\x20-\x7e\u00c0-\u024f’-]+ (?:Province|Governorate|Oblast|Region|Krai|Republic|State|Autonomous Okrug)$"
)
_FOREIGN: Final = re.compile(r"oblast|respublik|kray|okrug|\b(?:al|as|ash|an|ad|ar|at|az)\b ", re.IGNORECASE)
_MAIN: Final = 0.1  # share of the people of a division that its main town has
_NICKNAME: Final = 0.4  # below this likeness to the official name an English name is a nickname


def without_generic(name: str) -> str:
    """Take "Province", "Oblast" and their like off a name; the name itself when nothing else is left."""
    return _GENERIC.sub("", name).strip() or name


def make_divisions(settlements: dict[str, Entry]) -> list[Entry]:
    """Make the divisions that have settlements in them, and note for these where they lie.

    Args:
        settlements: By id; `admin1` and `admin2` are filled in.

    Returns:
        One entry per division, ids of GeoNames.
    """
    divisions = read_divisions()
    members: dict[int, dict[str, Entry]] = defaultdict(dict)
    for number, inside in read_memberships().items():
        entry = settlements.get(f"geonames:{number}")
        if entry is None:
            continue
        for n in _with_parents(inside, divisions):
            members[n][entry.id] = entry
            if divisions[n]["level"] == 1:
                entry.admin1 = divisions[n]["id"]
            elif divisions[n]["level"] == 2:  # noqa: PLR2004
                entry.admin2 = divisions[n]["id"]
    _move(settlements, members, divisions)
    english, points = read_english_divisions(), division_points()
    made = []
    for n, division in divisions.items():
        if members.get(n):
            entry = _division(division, members[n].values(), divisions)
            _name(entry, division, english.get(division["iso"], []))
            _place(entry, points.get(division["code"]))
            _behind_its_town(entry, members[n].values())
            made.append(entry)
    return made


def _move(
    settlements: dict[str, Entry], members: dict[int, dict[str, Entry]], divisions: dict[int, dict[str, Any]]
) -> None:
    """Put settlements that lie elsewhere than they are said to into the divisions around their points."""
    number_of = {division["id"]: n for n, division in divisions.items()}
    for entry_id, nearest in find_misplaced(settlements.values()).items():
        entry = settlements[entry_id]
        for old, new in ((entry.admin1, nearest.admin1), (entry.admin2, nearest.admin2)):
            if old:
                members[number_of[old]].pop(entry_id, None)
            if new:
                members[number_of[new]][entry_id] = entry
        entry.admin1, entry.admin2 = nearest.admin1, nearest.admin2


def _behind_its_town(division: Entry, members: Iterable[Entry]) -> None:
    """Let the town come first where a division has the name of its main town: "Donetsk", "New York"."""
    keys = {normalise(name) for name in (division.name, *division.best)}
    large = (town for town in members if town.population >= _MAIN * division.population)
    for town in large:
        if keys & {normalise(name) for name in (town.name, *town.best, *town.names)}:
            division.prominence = min(division.prominence, town.prominence - 0.1)


def _with_parents(inside: list[int], divisions: dict[int, dict[str, Any]]) -> set[int]:
    return {n for n in (*inside, *(divisions[n]["parent"] for n in inside)) if n}


def _division(division: dict[str, Any], members: Iterable[Entry], divisions: dict[int, dict[str, Any]]) -> Entry:
    points = np.array([(m.lon, m.lat) for m in members], "f8")
    people = sum(m.population for m in members if m.feature_code != "PPLX")
    even = thinned(points)
    lon, lat = middle(even[:, 0], even[:, 1])
    level = division["level"] or 2
    parent = divisions.get(division["parent"])
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
        radius_m=round(reach_m(lon, lat, even[:, 0], even[:, 1])),
        source="GeoNames",
        names=list(division["names"]),
        # the town comes before the division that has its name
        prominence=max(math.log10(max(people, 100)) - 0.5 * level, 3.6 - level / 2),
    )


def _name(entry: Entry, division: dict[str, Any], english: list[str]) -> None:
    """Show a first-level division by its English name, and find it with and without "Province"."""
    if division["level"] != 1:
        return
    own = without_generic(entry.name.split(",")[0])
    spelled = [without_generic(name) for name in entry.names if _ENGLISH.match(name)]
    # iso3166-2 has nicknames too, "Albion" for England
    english = [name for name in english if _likeness(name, own) >= _NICKNAME]
    entry.names += [without_generic(name.split(",")[0]) for name in entry.names]
    entry.best += [entry.name, own, *spelled, *english, *map(without_generic, english)]
    if not own.isascii() or _FOREIGN.search(entry.name):
        entry.name = max([*spelled, *english], key=lambda name: _likeness(name, own), default=own)
    else:
        entry.name = own


def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, normalise(name), normalise(other)).ratio()


def _place(entry: Entry, row: dict[str, str] | None) -> None:
    if row is not None:
        entry.lon, entry.lat = float(row["lon"]), float(row["lat"])
        entry.name = row["name"]
        entry.best += [row["name"], *split(row["aliases"])]
