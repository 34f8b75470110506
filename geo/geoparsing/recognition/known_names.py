"""Find the names of the gazetteer among the words of a text."""

from collections.abc import Iterable
from functools import cache
from itertools import compress
from operator import attrgetter
from typing import Final

from geo.geoparsing.recognition.spans import CALENDAR, PARTICLES, Span, is_tied, joins
from geo.geoparsing.words.lexicon import COMMON_ZIPF, Word
from geo.geoparsing.words.names import Name, NameTable, Row, name_table
from geo.geoparsing.words.tokens import Tokens
from geo.resources import read_table
from geo.tables import word_class

LONGEST_NAME: Final = 7
_RARE_ZIPF: Final = 4.4
_KNOWN_PROMINENCE: Final = 4.8
_STARTS: Final = attrgetter("starts")
_LARGE: Final = frozenset("CUx")
_ARTICLES: Final = word_class("arabic_article")
_STATE: Final = "A.ADM1"
_POSTAL: Final = 2  # letters of "ME", "OH"
_POSTAL_COUNTRIES: Final = frozenset({"US", "CA", "AU"})
_CAMP: Final = "L.CMPRF"
# Behind a word for a people these make a tongue of it: "English language training".
_TONGUES: Final = word_class("language_noun")


def find_capitalised(tokens: Tokens) -> list[Span]:
    """Find names of the gazetteer in a text that writes names with capitals."""
    gaps = tokens.gaps
    return _names_from(
        tokens,
        [
            i
            for i, word in enumerate(tokens.words)
            if word.shape in _LARGE or (gaps[i + 1] == "-" and word.lower in _ARTICLES)
        ],
    )


def find_without_capitals(tokens: Tokens) -> list[Span]:
    """Find names of the gazetteer where capitals say nothing; common words begin none."""
    return _names_from(tokens, compress(range(len(tokens.words)), map(_STARTS, tokens.words)))


def _names_from(tokens: Tokens, starts: Iterable[int]) -> list[Span]:
    """Give the names that begin at the words `starts`, but not inside a longer one."""
    found: list[Span] = []
    names = name_table()
    reach = 0
    for i in starts:
        if i >= reach:
            last = _names_at(tokens, names, i, found)
            if last > i and "direction" not in tokens.words[i].roles:  # in "NORTHERN IRAQ" Iraq is named too
                reach = last + 1
    return found


def _means_a_place(word: Word, name: Name, *, flat: bool) -> bool:
    """Return whether a name of one word is worth a look.

    Months and weekdays are not, nor small letters alone; nor, where capitals say nothing, a common word
    that is a village somewhere.
    """
    if word.roles & CALENDAR or (not flat and word.shape == "C" and word.zipf > _RARE_ZIPF and _is_short_form(word)):
        return False  # "Car bombs": the country is CAR
    if flat and word.zipf > _RARE_ZIPF and name.demonym is None:
        return name.rows[0].prominence > _KNOWN_PROMINENCE
    return word.shape != "l" or word.starts


def _is_meant(tokens: Tokens, name: Name, first: int, last: int) -> bool:
    """Return whether words that are a name of the gazetteer may be meant so."""
    word, flat = tokens.words[last], tokens.flat
    if name.demonym is not None and _is_tongue(tokens, last):
        return False
    if first == last:
        return _means_a_place(word, name, flat=flat)
    if not flat and word.shape == "l" and word.nouns and not (name.rows and _is_site(name.rows[0])):
        return False  # "Anbar province" is Anbar, but "Mosul airport" is the airport
    return not _is_dressed(name)


def _is_short_form(word: Word) -> bool:
    """Return whether a word spelt in capitals is the short form of a country: "CAR", "US"."""
    return word.lower.upper() in _short_forms()


@cache
def _short_forms() -> frozenset[str]:
    aliases = (alias for row in read_table("gazetteer/countries.csv") for alias in row["aliases"].split(";"))
    return frozenset(alias for alias in aliases if alias.isupper() and alias.isalpha())


def is_postal(tokens: Tokens, i: int) -> bool:
    """Recognise the two letters of a state behind a town: "Gary, IN"."""
    word = tokens.words[i]
    if i == 0 or tokens.flat or word.shape != "U" or len(word.text) != _POSTAL or tokens.words[i - 1].shape != "C":
        return False
    return tokens.gaps[i] == ", " and bool(postal_rows(name_table()[word.key]))


def postal_rows(name: Name) -> tuple[Row, ...]:
    """Give the states and provinces that two letters stand for."""
    return tuple(row for row in name.rows if row.code == _STATE and row.country_code in _POSTAL_COUNTRIES)


def _is_site(row: Row) -> bool:
    return row.kind == "site" or row.code == _CAMP


def _is_tongue(tokens: Tokens, last: int) -> bool:
    """Distinguish the language in "English language training" from a people."""
    following = tokens.words[last + 1].lower if last + 1 < len(tokens.words) else ""
    return following in _TONGUES and tokens.gaps[last + 1] in {" ", "-"}


def _is_dressed(name: Name) -> bool:
    """Recognise "the Philippines" for "Philippines"; in "The Hague" the article belongs to the name."""
    return name.key.startswith("the ") and bool(name.rows) and not name.rows[0].key.startswith("the ")


def _names_at(tokens: Tokens, names: NameTable, i: int, found: list[Span]) -> int:
    """Add the names that begin at word `i`, the longest last; say where that ends."""
    words, gaps, flat = tokens.words, tokens.gaps, tokens.flat
    word = words[i]
    name = names["al" if gaps[i + 1] == "-" and word.lower in _ARTICLES else word.key]
    j, last = i, i
    while True:
        if name.known and _is_meant(tokens, name, i, j):
            found.append(Span(i, j, "demonym" if name.demonym else "name", name))
            last = j
        if not (name.extends or word.cut) or j + 1 >= len(words) or j - i >= LONGEST_NAME:
            return last
        if gaps[j + 1] != " " and not joins(tokens, j):
            return last
        key = name.key + "s" if word.cut else name.key  # "Queen Anne's County"
        j += 1
        word = words[j]
        if not (
            word.starts or word.nouns or word.zipf <= COMMON_ZIPF if flat else word.shape != "l" or word.nouns
        ) and (word.lower not in PARTICLES and word.lower not in _ARTICLES and not is_tied(tokens, j)):
            return last
        name = names[f"{key} {word.key}"]
