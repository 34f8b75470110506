"""Look names up in the embedded gazetteer and the user's own."""

import os
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geo import resources
from geo.gazetteer.index import Index
from geo.gazetteer.normalise import normalise
from geo.gazetteer.parts import bearing_of, middle_of_people, part_of_circle, part_of_settlements
from geo.gazetteer.place import KINDS, Place
from geo.gazetteer.rows import MOST_ROWS, NONE, Rows
from geo.gazetteer.sound import sound
from geo.gazetteer.word_frequencies import WordFrequencies
from geo.memo import Memo, remember


class Gazetteer(Rows):
    """Places by name, from one or several indexes."""

    def __init__(self, indexes: Sequence[Index], words: Path | None = None) -> None:
        """Join indexes; of two places with one id, the one in the later index counts."""
        super().__init__(indexes)
        self.place = remember(self._place, MOST_ROWS)
        self.peopled = remember(self._peopled)
        self._parts = Memo(self._find_part)
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

    def _place(self, row: int) -> Place:
        """Return all that is known of a row."""
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
            admin1="" if admin1 == NONE else index.label(admin1)[0],
            admin2="" if admin2 == NONE else index.label(admin2)[0],
            population=values["population"][at],
            radius_m=values["radius_m"][at],
            source=index.lists["sources"][values["source"][at]],
        )

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
        return self._parts[place, direction]

    def _find_part(self, asked: tuple[Place, str]) -> Place:
        place, direction = asked
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
    def _frequencies(self) -> WordFrequencies:
        folder = self._words
        assert folder is not None, "a gazetteer without a word list"
        return WordFrequencies(folder)

    def zipf(self, word: str) -> float:
        """Say how common a word is in English, as `WordFrequencies.zipf` does."""
        return self._frequencies.zipf(word)


def user_folder() -> Path:
    """Say where the user's own gazetteer lies: GEO_GAZETTEER, or the usual folder for such data."""
    own = os.environ.get("GEO_GAZETTEER")
    if own:
        return Path(own)
    import platformdirs  # noqa: PLC0415 - not needed where GEO_GAZETTEER says it

    return Path(platformdirs.user_data_dir("geo-incidents")) / "gazetteer"


@cache
def embedded_gazetteer() -> Gazetteer:
    """Open the gazetteer that `geo` brings along, alone."""
    folder = resources.built_path("gazetteer")
    return Gazetteer([Index(folder)], words=folder)


@cache
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
