"""Know the columns of nobody's format by what people call them (data/importing/plain_columns.csv)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from geo.resources import read_table

GENERIC: Final = "generic"
TOTALS: Final = "totals"  # what the first cell of a row says that sums up the others
# No bracket within the brackets: of a hundred thousand that never close, each is tried once.
_UNIT: Final = re.compile(r"(?<!\s)\s*[\[(][^\[\]()]*[\])]$")
_NOT_WORDS: Final = re.compile(r"[^\w]+|_")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def without_unit(name: str) -> str:
    """Leave out what stands in brackets at the end of a column's name: "Latitude [°]"."""
    return _UNIT.sub("", name.strip()) or name


@cache
def plain(name: str) -> str:
    """Write a name in small letters without accents, units in brackets or groups before a "/", blanks between words."""
    last = without_unit(name.strip().lstrip("\ufeff")).rsplit("/", 1)[-1] or name
    bare = unicodedata.normalize("NFKD", _CAMEL.sub(" ", last).lower())
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(_NOT_WORDS.sub(" ", letters).split())


@cache
def _rows() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        row["role"]: (row["says"], tuple(map(plain, row["names"].split(";"))))
        for row in read_table("importing/plain_columns.csv")
    }


def names_of(role: str) -> tuple[str, ...]:
    """Give what people call the columns of a role, in order of preference, as `plain` writes it."""
    return _rows()[role][1]


def roles() -> tuple[str, ...]:
    """Name the roles that columns may have."""
    return tuple(role for role in _rows() if role not in {GENERIC, TOTALS})


def meaning(role: str) -> str:
    """Say what the columns of a role hold."""
    return _rows()[role][0]


@cache
def _bare(name: str) -> str:
    """Leave out the words that many names hold: "number of people killed" is "killed"."""
    generic = names_of(GENERIC)
    return " ".join(word for word in name.split() if word not in generic)


def column_of(role: str, names: Iterable[str]) -> str | None:
    """Find the column of a role among the names of a header; exactly called so before nearly so."""
    spelled: dict[str, str] = {}
    bare: dict[str, str] = {}
    for name in names:
        spelled.setdefault(plain(name), name)
        bare.setdefault(_bare(plain(name)), name)
    wanted = names_of(role)
    exact = (spelled[name] for name in wanted if name in spelled)
    nearly = (bare[_bare(name)] for name in wanted if _bare(name) and _bare(name) in bare)
    return next(exact, None) or next(nearly, None)


def columns_by_role(names: Sequence[str], wanted: Iterable[str]) -> dict[str, str]:
    """Find the columns of several roles; a column has one role, the first that wants it."""
    left = list(names)
    found = {}
    for role in wanted:
        column = column_of(role, left)
        if column is not None:
            found[role] = column
            left.remove(column)
    return found
