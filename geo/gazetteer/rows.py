"""Read the rows of one or several indexes: rows count through all of them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.gazetteer.index import Index
from geo.gazetteer.normalise import normalise
from geo.gazetteer.place import KINDS, Kind
from geo.memo import remember

MOST_ROWS: Final = 1 << 16  # remembered of each kind
NONE: Final = (1 << 32) - 1  # the division of a row that lies in none


class Rows:
    """What the indexes say of each row, column by column."""

    def __init__(self, indexes: Sequence[Index]) -> None:
        """Join indexes; of two rows with one id, the one in the later index counts."""
        self._indexes = list(indexes)
        self._starts = np.cumsum([0, *(index.size for index in indexes)]).tolist()
        self.row_of = remember(self._row_of, MOST_ROWS)

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
        """How well known each row is: about log10 of the people who are concerned."""
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
        """Give at once what distinguishing places needs: quicker than one by one.

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
            -1 if admin1 == NONE else start + admin1,
            -1 if admin2 == NONE else start + admin2,
            values["prominence"][at],
            values["lon"][at],
            values["lat"][at],
        )

    def _admin(self, level: str, row: int) -> int:
        index, at, start = self._at(row)
        admin: int = index.values[level][at]
        return -1 if admin == NONE else start + admin

    def _row_of(self, place_id: str) -> int | None:
        """Find the row of an id, None when nothing has it."""
        for start, index in reversed(list(zip(self._starts, self._indexes, strict=False))):
            if (row := index.row_of(place_id)) is not None:
                return int(start + row)
        return None

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
