"""Look names up in the embedded gazetteer and the user's own."""

import os
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from geo import resources
from geo.gazetteer.index import Index
from geo.gazetteer.names import map_array, values_of
from geo.gazetteer.normalise import normalise
from geo.gazetteer.parts import bearing_of, middle_of_people, part_of_circle, part_of_settlements
from geo.gazetteer.place import KINDS, Kind, Place
from geo.gazetteer.sound import sound

_MEMO: Final = 1 << 16
_NONE: Final = (1 << 32) - 1


class Gazetteer:
    """Places by name, from one or several indexes; rows count through all of them."""

    def __init__(self, indexes: Sequence[Index], words: Path | None = None) -> None:
        """Join indexes; of two places with one id, the one in the later index counts."""
        self._indexes = list(indexes)
        self._starts = np.cumsum([0, *(index.size for index in indexes)]).tolist()
        self.place = lru_cache(_MEMO)(self._place)
        self.row_of = lru_cache(_MEMO)(self._row_of)
        self._part_of = lru_cache(1024)(self._find_part)
        self.peopled = lru_cache(1024)(self._peopled)
        self._words = words

    def find(self, name: str) -> list[Place]:
        """Find the places that `name` may mean, the best known first; [] when there are none."""
        return [self.place(row) for row in self.find_rows(name)]

    def find_rows(self, name: str) -> Sequence[int]:
        """Find rows as `find` does: an article may be left out or added."""
        key = normalise(name)
        for variant in (key, key.removeprefix("the "), key.removeprefix("al "), f"al {key}", f"the {key}"):
            if rows := self.rows(variant):
                return rows
        return ()

    def sounding_rows(self, name: str) -> Sequence[int]:
        """Find rows of places that `name` may be another hearing of ("Maree" for "Mari'"); best known first.

        Only places where names are transliterated have them. To be asked last: what sounds alike
        is often not the same.
        """
        heard = sound(normalise(name))
        if not heard:
            return ()
        return self._joined([index.sounding_rows(heard) for index in self._indexes])

    def rows(self, key: str) -> Sequence[int]:
        """Give the rows of exactly this key, best known first; empty when nothing has it."""
        if len(self._indexes) == 1:
            return self._indexes[0].rows(key)
        return self._joined([index.rows(key) for index in self._indexes])

    def _joined(self, found: Sequence[Sequence[int]]) -> Sequence[int]:
        """Join the rows of several indexes, best known first; each keeps its own order."""
        queues = [deque(start + row for row in rows) for start, rows in zip(self._starts, found, strict=False)]
        newest: dict[str, int] = {}
        while queues := [queue for queue in queues if queue]:
            row = max(queues, key=lambda queue: self.prominence_of(queue[0])).popleft()
            place_id = self.place_id(row)
            newest[place_id] = max(row, newest.get(place_id, row))
        return tuple(newest.values())

    def extends(self, key: str) -> bool:
        """Say whether some longer name goes on after the words of `key`."""
        if len(self._indexes) == 1:
            return self._indexes[0].extends(key)
        return any(index.extends(key) for index in self._indexes)

    def _at(self, row: int) -> tuple[Index, int, int]:
        """Say in which index a row lies, where in it, and where that index starts."""
        n = 0
        while row >= self._starts[n + 1]:
            n += 1
        return self._indexes[n], row - self._starts[n], self._starts[n]

    def _value(self, column: str, row: int) -> Any:
        index, at, _ = self._at(row)
        return index.values[column][at]

    def _column(self, name: str) -> NDArray[Any]:
        parts = [index.columns[name] for index in self._indexes]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    @cached_property
    def lon(self) -> NDArray[np.float64]:
        """Longitudes of all rows, degrees."""
        return self._column("lon")

    @cached_property
    def lat(self) -> NDArray[np.float64]:
        """Latitudes of all rows, degrees."""
        return self._column("lat")

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        """Kinds of all rows, as positions in `KINDS`."""
        return self._column("kind")

    @cached_property
    def population(self) -> NDArray[np.uint32]:
        """People of all rows, 0 when unknown."""
        return self._column("population")

    @cached_property
    def prominence(self) -> NDArray[np.float32]:
        """How well known each row is: about log10 of the people whom it concerns."""
        return self._column("prominence")

    @cached_property
    def radius_m(self) -> NDArray[np.float32]:
        """Reach of all rows in metres."""
        return self._column("radius_m")

    def numbers(self) -> NDArray[np.uint32]:
        """GeoNames numbers of all rows, 0 for places of other sources."""
        return self._column("number")

    def prominence_of(self, row: int) -> float:
        """Say how well known a row is."""
        prominence: float = self._value("prominence", row)
        return prominence

    def place_id(self, row: int) -> str:
        """Give the id of a row."""
        index, at, _ = self._at(row)
        return index.label(at)[1]

    def name(self, row: int) -> str:
        """Give the main name of a row."""
        index, at, _ = self._at(row)
        return index.label(at)[0]

    def kind(self, row: int) -> Kind:
        """Give the kind of a row."""
        kind: Kind = KINDS[self._value("kind", row)]
        return kind

    def country_code(self, row: int) -> str:
        """Give the ISO 3166-1 alpha-2 code of a row, empty when it lies in no one country."""
        index, at, _ = self._at(row)
        code: str = index.lists["countries"][index.values["country"][at]]
        return code

    def feature_code(self, row: int) -> str:
        """Give GeoNames' class and code of a row, as "P.PPLC"."""
        index, at, _ = self._at(row)
        code: str = index.lists["features"][index.values["feature"][at]]
        return code

    def admin1_key(self, row: int) -> int:
        """Give the row of the first-level division that a row lies in, -1 when unknown."""
        return self._admin("admin1", row)

    def admin2_key(self, row: int) -> int:
        """Give the row of the second-level division that a row lies in, -1 when unknown."""
        return self._admin("admin2", row)

    def traits(self, row: int) -> tuple[str, Kind, str, str, int, int, float, float, float]:
        """Tell at once what telling places apart needs: quicker than one by one.

        Returns:
            The key of its main name, kind, feature code, country code, first- and second-level division
            (rows, -1 when unknown), prominence, longitude and latitude, as their own methods give them.
        """
        index, at, start = self._at(row)
        values, lists = index.values, index.lists
        admin1, admin2 = values["admin1"][at], values["admin2"][at]
        return (
            normalise(index.label(at)[0]),
            KINDS[values["kind"][at]],
            lists["features"][values["feature"][at]],
            lists["countries"][values["country"][at]],
            -1 if admin1 == _NONE else start + admin1,
            -1 if admin2 == _NONE else start + admin2,
            values["prominence"][at],
            values["lon"][at],
            values["lat"][at],
        )

    def _admin(self, level: str, row: int) -> int:
        index, at, start = self._at(row)
        admin: int = index.values[level][at]
        return -1 if admin == _NONE else start + admin

    def _place(self, row: int) -> Place:
        """Tell all that is known of a row."""
        index, at, _ = self._at(row)
        values = index.values
        name, place_id = index.label(at)
        feature_class, _, feature_code = index.lists["features"][values["feature"][at]].partition(".")
        code = index.lists["countries"][values["country"][at]]
        admin1, admin2 = values["admin1"][at], values["admin2"][at]
        return Place(
            id=place_id,
            name=name,
            kind=KINDS[values["kind"][at]],
            feature_class=feature_class,
            feature_code=feature_code,
            lon=values["lon"][at],
            lat=values["lat"][at],
            country_code=code,
            country=self.country_name(code),
            admin1="" if admin1 == _NONE else index.label(admin1)[0],
            admin2="" if admin2 == _NONE else index.label(admin2)[0],
            population=values["population"][at],
            radius_m=values["radius_m"][at],
            source=index.lists["sources"][values["source"][at]],
        )

    @cached_property
    def _countries(self) -> dict[str, int]:
        """Rows of the countries by code; they are the best known rows, so the search ends soon."""
        country = KINDS.index("country")
        rows: dict[str, int] = {}
        for start, index in zip(self._starts, self._indexes, strict=False):
            for at in np.flatnonzero(index.columns["kind"] == country).tolist():
                rows.setdefault(index.lists["countries"][index.columns["country"][at]], start + at)
        return rows

    def country_row(self, code: str) -> int | None:
        """Give the row of a country by its ISO 3166-1 alpha-2 code."""
        return self._countries.get(code)

    def country_name(self, code: str) -> str:
        """Give the English name of a country by its code, empty when there is none."""
        row = self._countries.get(code)
        if row is None:
            return ""
        index, at, _ = self._at(row)
        return index.label(at)[0]

    def country(self, code: str) -> Place:
        """Give a country by its ISO 3166-1 alpha-2 code.

        Raises:
            KeyError: If no country has the code.
        """
        return self.place(self._countries[code])

    def admin1_of(self, place: Place) -> Place | None:
        """Give the first-level division that a place lies in, None when unknown."""
        row = self.row_of(place.id)
        admin = -1 if row is None else self.admin1_key(row)
        return None if admin < 0 else self.place(admin)

    def _row_of(self, place_id: str) -> int | None:
        """Find the row of an id, None when nothing has it."""
        for start, index in reversed(list(zip(self._starts, self._indexes, strict=False))):
            if (row := index.row_of(place_id)) is not None:
                return int(start + row)
        return None

    def by_id(self, place_id: str) -> Place | None:
        """Find a place by its id, None when nothing has it."""
        row = self.row_of(place_id)
        return None if row is None else self.place(row)

    def part_of(self, place: Place, direction: str) -> Place:
        """Work out a part of a country, division or region: "northern" Iraq, "central" Mali.

        Args:
            place: What it is a part of.
            direction: In words, such as "north", "southeastern", "central".

        Returns:
            A region "northern Iraq" with its middle and the radius in metres of 90 % of it. Its id
            is the whole's with the bearing, "geonames:99237/0".

        Raises:
            ValueError: If the words name no direction.
        """
        return self._part_of(place, direction)

    def _find_part(self, place: Place, direction: str) -> Place:
        bearing = bearing_of(direction)
        rows = self._members(place)
        found = part_of_settlements(self.lon[rows], self.lat[rows], bearing)
        lon, lat, radius_m = found or part_of_circle(place.lon, place.lat, place.radius_m, bearing)
        return replace(
            place,
            id=f"{place.id}/{'middle' if bearing is None else round(bearing)}",
            name=f"{direction} {place.name}",
            kind="region",
            feature_class="L",
            feature_code="RGN",
            lon=round(lon, 4),
            lat=round(lat, 4),
            population=0,
            radius_m=round(radius_m),
            source="geo, from the settlements of " + place.source,
        )

    def _peopled(self, place: Place) -> Place:
        """Give a division with its point where its people are, and the reach from there."""
        rows = self._members(place)
        found = middle_of_people(self.lon[rows], self.lat[rows], self.population[rows].astype("f8"))
        if found is None:
            return place
        lon, lat, radius_m = found
        return replace(place, lon=round(lon, 4), lat=round(lat, 4), radius_m=round(radius_m))

    def _members(self, place: Place) -> NDArray[np.intp]:
        """Find the rows of the settlements of a country or division, in the embedded index."""
        index = self._indexes[0]
        columns = index.columns
        if place.kind == "country" and place.country_code in index.lists["countries"]:
            inside = columns["country"] == index.lists["countries"].index(place.country_code)
        elif place.kind == "admin" and (row := index.row_of(place.id)) is not None:
            inside = (columns["admin1"] == row) | (columns["admin2"] == row)
        else:
            return np.empty(0, np.intp)
        return np.flatnonzero(inside & (columns["kind"] == KINDS.index("settlement")))

    @cached_property
    def _zipf(self) -> tuple[marisa_trie.Trie, Sequence[int]]:
        folder = self._words
        assert folder is not None, "a gazetteer without a word list"
        trie = marisa_trie.Trie()
        trie.mmap(str(folder / "words.marisa"))
        return trie, values_of(map_array(folder / "words.npy"))

    def zipf(self, word: str) -> float:
        """Say how common a word is in English: log10 of its count in a billion words, 0 when unknown.

        "the" is 7.7, "reading" 4.9, "Mosul" 3.2. Source: wordfreq.
        """
        trie, counts = self._zipf
        number = trie.get(word.lower())
        return 0.0 if number is None else counts[number] / 25


def user_folder() -> Path:
    """Say where the user's own gazetteer lies: GEO_GAZETTEER, or the usual folder for such data."""
    own = os.environ.get("GEO_GAZETTEER")
    if own:
        return Path(own)
    import platformdirs  # noqa: PLC0415 - not needed where GEO_GAZETTEER says it

    return Path(platformdirs.user_data_dir("geo-incidents")) / "gazetteer"


@lru_cache(maxsize=1)
def embedded_gazetteer() -> Gazetteer:
    """Open the gazetteer that `geo` brings along, alone."""
    folder = resources.built_path("gazetteer")
    return Gazetteer([Index(folder)], words=folder)


@lru_cache(maxsize=1)
def open_gazetteer() -> Gazetteer:
    """Open the embedded gazetteer together with what the user has added; opened once.

    Raises:
        GazetteerError: If an index is missing or of another version.
    """
    added = user_folder()
    parts = sorted(added.glob("[!.]*/part-*")) if added.is_dir() else []
    if not parts:
        return embedded_gazetteer()
    folder = resources.built_path("gazetteer")
    return Gazetteer([Index(folder), *map(Index, parts)], words=folder)
