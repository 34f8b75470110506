"""Keep of actors, weapons and sources only what names no place: bodies everybody knows, and plain words.

"Okhmatdyt children's hospital" in the column of targets gives away the place to anybody who can search. What a text
gives away cannot be listed, so it is the other way round: only known words may stay.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.extraction.language.inflection import inflect
from geo.tables import actors, countries, demonyms, people, weapons, word_classes

NAMED: Final = ("actor1", "actor2", "weapon", "attribution")
PLACES: Final = ("place_name", "place_text", "admin1")
# Classes of data/language/word_classes.csv that hold no names and no facilities.
PLAIN_CLASSES: Final = frozenset(
    {"determiner", "preposition", "conjunction", "opening_number", "generic_force", "describing", "describing_weapon",
     "civilian", "rebel", "force", "workers"}
)  # fmt: skip
BETWEEN: Final = re.compile(r";\s*")  # the parts of a cell
WORD: Final = re.compile(r"[^\W_]+")
NO_COUNT: Final = re.compile(r"\d\.\d|\d{5}|°")  # rather a coordinate or an address
POSSESSIVE: Final = re.compile(r"['’]s\b")


def discreet(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Empty the parts of actors, weapon and attribution that may reveal the place.

    A part stays when it is a body of data/events/actors.csv, or consists of plain words alone (people, weapons,
    countries, nationalities, numbers), and shares no word with the names of its place and province but plain ones.

    Args:
        incidents: The contract's table with its places still named.

    Returns:
        A copy.
    """
    table = incidents.copy(deep=False)
    for name in NAMED:
        used = [name, *PLACES]
        seen = table[used].astype(object).where(table[used].notna(), "")
        kinds = seen.drop_duplicates()
        kept = {row: _kept(row[0], row[1:]) for row in kinds.itertuples(index=False, name=None)}
        cells = [kept[row] for row in seen.itertuples(index=False, name=None)]
        table[name] = pd.Series(pd.array(cells, dtype=table[name].dtype), index=table.index)
    return table


def _kept(cell: str, places: Iterable[str]) -> str | None:
    place_words = {word for place in places for word in words_of(place)} - plain_words()
    parts = [
        part for part in BETWEEN.split(cell) if part and is_discreet(part) and place_words.isdisjoint(words_of(part))
    ]
    return "; ".join(parts) or None


def is_discreet(part: str) -> bool:
    """Return whether a text is a known body's name, or plain words alone; "soldiers (Known Body)" is both."""
    before, bracket, within = part.removesuffix(")").partition(" (")
    return (
        part in known_bodies()
        or (plain_words().issuperset(words_of(part)) and not NO_COUNT.search(part))
        or (bool(bracket) and within in known_bodies() and is_discreet(before))
    )


def words_of(text: str) -> list[str]:
    """Give the words of a text without case, accents, possessive endings and numbers in figures."""
    plain = unicodedata.normalize("NFKD", POSSESSIVE.sub("", text)).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return [word for word in WORD.findall(letters) if not word.isdigit()]


@cache
def known_bodies() -> frozenset[str]:
    """Give the names of data/events/actors.csv."""
    return frozenset(actor.name for actor in actors())


@cache
def plain_words() -> frozenset[str]:
    """Give the words that name people, weapons, countries, nationalities and numbers."""
    texts: list[Any] = ["s"]
    texts += [form for row in people() for form in (row.noun, row.plural)]
    texts += [word for name in PLAIN_CLASSES for word in word_classes()[name]]
    texts += [country.name for country in countries()]
    texts += [row.word for row in demonyms() if not row.place]
    for row in weapons():
        texts += [row.weapon, *inflect(row.weapon.split()[-1])]
    return frozenset(word for text in texts for word in words_of(text))
