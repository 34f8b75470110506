"""Look up the places that a name may mean, with the features that rank them."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.geoparsing.words.demonyms import Demonym, demonyms
from geo.memo import Memo

# Names of more places than this mean one of the best known.
MOST_ROWS: Final = 12
MOST_NAMES: Final = 200_000
_MOST_PROMINENT: Final = 8


@dataclass(slots=True, eq=False)
class Row:
    """A place of the gazetteer with what ranking compares; one object per row."""

    row: int
    key: str  # of its main name
    kind: str
    code: str  # GeoNames' class and code, "P.PPLC"
    country_code: str
    admin1: int
    admin2: int
    prominence: float
    lon: float
    lat: float


@dataclass(slots=True, eq=False)
class Name:
    """A key with the places it may mean; one object per key."""

    key: str
    rows: tuple[Row, ...]  # best known first
    demonym: Demonym | None
    extends: bool
    known: bool  # it names anything at all
    size: str  # the kind and the prominence of the best known place


def _read_row(row: int) -> Row:
    """Read what ranking needs of one row of the gazetteer."""
    return Row(row, *open_gazetteer().traits(row))


def _look_up(key: str) -> Name:
    """Look up everything about a name."""
    gazetteer = open_gazetteer()
    numbers = gazetteer.rows(key)
    rows = tuple(map(row_table().__getitem__, numbers[:MOST_ROWS])) if numbers else ()
    demonym = demonyms().get(key)
    extends = gazetteer.extends(key) or key in _longer_demonyms()
    known = bool(rows) or demonym is not None
    return Name(key, rows, demonym, extends, known, _size(rows, demonym))


def _size(rows: tuple[Row, ...], demonym: Demonym | None) -> str:
    """Sort names by the best known place that they may mean."""
    if demonym:
        return "people" if demonym.people else "demonym"
    if not rows:
        return "none"
    best = rows[0]
    return best.kind if best.kind == "country" else f"{best.kind[:3]}{min(_MOST_PROMINENT, int(best.prominence))}"


RowTable = Memo[int, Row]
NameTable = Memo[str, Name]


def row_table() -> RowTable:
    """Give the one table of rows of the gazetteer in use; a gazetteer with new places begins a new one."""
    return _TABLES[open_gazetteer()][0]


def name_table() -> NameTable:
    """Give the one table of names of the gazetteer in use, likewise."""
    return _TABLES[open_gazetteer()][1]


_TABLES: Final[Memo[Gazetteer, tuple[RowTable, NameTable]]] = Memo(
    lambda _: (Memo(_read_row, MOST_NAMES), Memo(_look_up, MOST_NAMES)), most=1
)


@cache
def _longer_demonyms() -> frozenset[str]:
    """Give the words with which demonyms of several words begin."""
    return frozenset(key.rsplit(" ", n)[0] for key in demonyms() for n in range(1, key.count(" ") + 1))
