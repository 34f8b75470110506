"""Look up words for peoples (demonyms)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geo import tables
from geo.gazetteer import normalise


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for a people, and what it stands for."""

    word: str
    people: bool  # "Iraqis", not "Iraqi"
    country_code: str
    place: str  # named when the word stands for less or more than a country


@cache
def demonyms() -> Mapping[str, Demonym]:
    """Read the words for peoples, by key."""
    found: dict[str, Demonym] = {}
    for row in tables.demonyms():
        found.setdefault(normalise(row.word), Demonym(row.word, row.is_people, row.country_code, row.place))
    return found
