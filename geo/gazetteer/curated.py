"""Lay the tables of data/ over what the packages hold.

A row is the same thing as an entry that is there already when it gives its id (`id` or
`same_as`), or when it is a division or settlement of the same name in the same country; its
names, and its point and reach where it has them, then go over the entry's. Any other row is
a new place.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final

from geo import resources
from geo.errors import GazetteerError
from geo.gazetteer.entry import Entry
from geo.gazetteer.normalise import normalise
from geo.gazetteer.place import KINDS, Kind

TABLES: Final = tuple(
    f"gazetteer/places_{name}.csv" for name in ("regions", "nature", "bases", "camps", "sites", "towns", "former")
)
# GeoNames' class of each feature code that the tables use; S (spot) for the rest.
_CLASSES: Final = {
    "A": "ADM1 ADM2 ADM1H ADMD PCLH",
    "P": "PPL PPLX PPLC",
    "H": "OCN SEA GULF BAY STRT CHN CNL LK LKS STM DLTA SHOL RF SWMP FLLS",
    "L": "CONT RGN PRK RESN MILB NVB CMPRF OILF GASF",
    "T": "MTS MT HLL VLC VAL PLN PLAT DSRT PEN ISL ISLS ISTH PASS CAPE CNYN BCH GLCR",
    "V": "FRST",
}
_CLASS_OF: Final = {code: letter for letter, codes in _CLASSES.items() for code in codes.split()}
_ALIKE: Final = 0.78  # likeness of two spellings of one name
_TOWN: Final = 500_000  # people; more have spellings enough of their own
_BY_DEG: Final = 0.06  # how far apart two tables put one village
_LEAST, _MOST = 4.0, 8.0  # prominence of a curated place, by its reach


class Known:
    """The entries that are there already, by id and by name."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index entries by id, and by (country, class, key) for divisions and settlements."""
        self.by_id: dict[str, Entry] = {}
        self._named: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
        self._cells: dict[tuple[str, float, float], list[Entry]] = defaultdict(list)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Add an entry, or replace the one of its id."""
        self.by_id[entry.id] = entry
        if entry.feature_class in "AP":
            for key in {normalise(name) for name in (entry.name, *entry.best, *entry.names)}:
                self._named[entry.country_code, entry.feature_class, key].append(entry)

    def named(self, name: str, country_code: str, feature_class: str, feature_code: str = "") -> Entry | None:
        """Find the best known entry of a name in a country; divisions only of the level asked for."""
        found = [
            entry
            for entry in self._named.get((country_code, feature_class, normalise(name)), ())
            if feature_class == "P" or entry.feature_code == feature_code or not feature_code
        ]
        return max(found, key=lambda entry: entry.prominence, default=None)

    def alike(self, row: dict[str, str]) -> Entry | None:
        """Find the settlement close by that has the row's name in another spelling."""
        lon, lat = float(row["lon"]), float(row["lat"])
        keys = [normalise(name) for name in (row["name"], *split(row["aliases"]))]
        best, likeness = None, _ALIKE
        for entry in self._around(row["country_code"], round(lon, 1), round(lat, 1)):
            if entry.population > _TOWN:
                continue
            for name in (entry.name, *entry.best, *entry.names):
                ratio = max(SequenceMatcher(None, normalise(name), key).ratio() for key in keys)
                if ratio > likeness and abs(entry.lon - lon) < _BY_DEG and abs(entry.lat - lat) < _BY_DEG:
                    best, likeness = entry, ratio
        return best

    def _around(self, country_code: str, lon: float, lat: float) -> list[Entry]:
        if not self._cells:
            for entry in self.by_id.values():
                if entry.feature_class == "P":
                    self._cells[entry.country_code, round(entry.lon, 1), round(entry.lat, 1)].append(entry)
        steps = (-0.1, 0.0, 0.1)
        cells = ((country_code, round(lon + x, 1), round(lat + y, 1)) for x in steps for y in steps)
        return [entry for cell in cells for entry in self._cells.get(cell, ())]


def add_curated(known: Known) -> None:
    """Lay every table over the known entries.

    Raises:
        GazetteerError: If a row names nothing that is known and has no coordinates of its own.
    """
    for table in TABLES:
        for row in resources.read_table(table):
            _lay(row, known, table)
    for row in resources.read_table("gazetteer/place_aliases.csv"):
        feature_class = "P" if row["kind"] == "settlement" else "A"
        spellings = [row["name"], *split(row["aliases"])]
        found = (known.named(name, row["country_code"], feature_class) for name in spellings)
        entry = next(filter(None, found), None)
        if entry is None:
            what = f"{row['kind']} {row['name']!r} in {row['country_code']}"
            msg = f"data/gazetteer/place_aliases.csv: no {what}; correct the row."
            raise GazetteerError(msg)
        entry.best += spellings


def split(aliases: str) -> list[str]:
    """Take a cell of aliases apart."""
    return [alias.strip() for alias in aliases.split(";") if alias.strip()]


def slug(name: str) -> str:
    """Make the part of an id that comes from a name."""
    return re.sub(r"\W+", "-", normalise(name)).strip("-")


def _lay(row: dict[str, str], known: Known, table: str) -> None:
    same = _same(row, known)
    if same is None and not row["lat"]:
        msg = f"data/{table}: {row['name']!r} names nothing known and has no lat and lon; give them."
        raise GazetteerError(msg)
    if same is None:
        new = _new(row)
        if new.id in known.by_id:
            msg = f"data/{table}: {row['name']!r} has the id of another row, {new.id}; give it one of its own."
            raise GazetteerError(msg)
        known.add(new)
        return
    same.best += [row["name"], *split(row["aliases"])]
    if same.kind == "admin" and "(" not in row["name"]:
        same.best.append(same.name)
        same.name = row["name"]
    if row["id"] or row.get("same_as"):  # the table's own thing: its name is the one to show
        same.best.append(same.name)
        same.name, same.feature_code = row["name"], row["feature_code"]
        same.feature_class = _CLASS_OF.get(row["feature_code"], "S")
        same.prominence = max(same.prominence, _LEAST + 0.5)
    if row["lat"]:
        same.lon, same.lat = float(row["lon"]), float(row["lat"])
    if row["radius_m"]:
        same.radius_m = float(row["radius_m"])
    if row["id"] and row["id"] != same.id:
        del known.by_id[same.id]
        same.id = row["id"]
        known.by_id[same.id] = same


def _same(row: dict[str, str], known: Known) -> Entry | None:
    """Find the entry that a row is about, if there is one already."""
    for place_id in (row["id"], row.get("same_as", "")):
        if place_id in known.by_id:
            return known.by_id[place_id]
    feature_class = _CLASS_OF.get(row["feature_code"], "S")
    if feature_class not in "AP" or row["feature_code"] in {"ADM1H", "ADMD", "PCLH"}:
        return None
    for name in (row["name"], *split(row["aliases"])):
        entry = known.named(name, row["country_code"], feature_class, row["feature_code"])
        if entry is not None and _near(entry, row):
            return entry
    return known.alike(row) if feature_class == "P" and row["lat"] else None


def _near(entry: Entry, row: dict[str, str]) -> bool:
    """Two towns of one name may lie far apart; then they are two."""
    if not row["lat"]:
        return True
    north = (entry.lat - float(row["lat"])) * 111
    east = (entry.lon - float(row["lon"])) * 111 * math.cos(math.radians(entry.lat))
    return math.hypot(north, east) < max(15.0, float(row["radius_m"]) / 1000)


def _new(row: dict[str, str]) -> Entry:
    radius_m = float(row["radius_m"])
    code = row["feature_code"]
    feature_class = _CLASS_OF.get(code, "S")
    return Entry(
        id=row["id"] or f"geo:{slug(row['name'])}",
        name=row["name"],
        kind=_kind(row, code),
        feature_class=feature_class,
        feature_code=code,
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        country_code=row["country_code"],
        radius_m=radius_m,
        source="geo",
        best=split(row["aliases"]),
        prominence=min(max(_LEAST + 0.3 + math.log10(radius_m / 1000), _LEAST), _MOST) + (code == "PCLH") * 2,
    )


def _kind(row: dict[str, str], code: str) -> Kind:
    if code in {"ADM1", "ADM2", "ADM1H", "ADMD"}:
        return "admin"
    return next(kind for kind in KINDS if kind == row["kind"])


def country_points() -> Iterator[dict[str, str]]:
    """Read the table of countries: name, point, further names."""
    return resources.read_table("gazetteer/countries.csv")


def division_points() -> dict[str, dict[str, str]]:
    """Read the table of first-level divisions, by GeoNames' code ("US.TX")."""
    return {row["code"]: row for row in resources.read_table("gazetteer/divisions.csv")}
