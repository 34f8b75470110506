"""Find places that are described, not named: "this capital", "the country's north"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Final

from geo.gazetteer import Place, open_gazetteer
from geo.geoparsing.location.spatial_relations import SpatialRelation, directions
from geo.geoparsing.words.separators import GAPS
from geo.geoparsing.words.tokens import Tokens
from geo.tables import word_class

_BEST_KNOWN: Final = 20_000  # rows among which the capitals are
_THE: Final = frozenset({"the", "this", "country's", "nation's"})
_COUNTRIES: Final = frozenset({"country's", "nation's"})
_CITY: Final = frozenset({"city"})
_PARTS: Final = word_class("part_of_country")
# Words behind "the capital" that make another thing of it, or name it.
_OTHERWISE: Final = word_class("after_other_capital")


@dataclass(frozen=True, slots=True)
class Described:
    """Words that mean a place of the country that the report is about."""

    first: int  # words
    last: int
    place: Place
    relation: SpatialRelation


@cache
def capitals() -> Mapping[str, Place]:
    """Find the capital of every country, by its code."""
    gazetteer = open_gazetteer()
    rows = range(min(_BEST_KNOWN, len(gazetteer.lon)))
    found: dict[str, Place] = {}
    for row in rows:
        if gazetteer.feature_code(row) == "P.PPLC":
            found.setdefault(gazetteer.country_code(row), gazetteer.place(row))
    return found


def find_described(
    tokens: Tokens, country_code: str, named: set[int], countries: Mapping[int, str]
) -> Iterator[Described]:
    """Find the places that a report about a country describes.

    Args:
        tokens: The words of the report.
        country_code: Of the country that the report is about; "" where none is known.
        countries: Codes of the countries that words name, "Somalia", "Kenyan".
        named: Words of toponyms; a description beside one only describes that.

    Yields:
        Places in the order of the text.
    """
    words = tokens.words
    describing = _describing()
    for i in compress(range(len(words)), [word.lower in describing for word in words]):
        lower = words[i].lower
        if i == 0:
            continue
        if lower == "capital" and (code := countries.get(i - 1) or _of_country(tokens, i, countries)):
            capital = capitals().get(code)
            if capital and (i - 1 not in countries or not _is_otherwise(tokens, i, i, named - {i - 1})):
                yield Described(i, i, capital, SpatialRelation(i))
        elif lower == "capital" and _before(tokens, i) in _THE:
            last = i + 1 if i + 1 < len(words) and words[i + 1].lower in _CITY and _close(tokens, i + 1) else i
            capital = capitals().get(country_code)
            if capital and not _is_otherwise(tokens, i - 1, last, named):
                yield Described(i - 1, last, capital, SpatialRelation(i - 1))
        elif lower in directions() and _before(tokens, i) in _COUNTRIES and open_gazetteer().country_row(country_code):
            first = i - 2 if i > 1 and words[i - 2].lower == "the" else i - 1
            last = i + 1 if i + 1 < len(words) and words[i + 1].lower in _PARTS else i
            relation = SpatialRelation(first, "part", directions()[lower], direction=lower)
            yield Described(first, last, open_gazetteer().country(country_code), relation)


def _of_country(tokens: Tokens, i: int, countries: Mapping[int, str]) -> str:
    """Give the country of "the capital of Somalia"; "" of other words."""
    of = i + 2 < len(tokens.words) and tokens.words[i + 1].lower == "of"
    return countries.get(i + 2, "") if of else ""


@cache
def _describing() -> frozenset[str]:
    return frozenset(directions()) | {"capital"}


def _before(tokens: Tokens, i: int) -> str:
    """Give the word before, with its "'s"."""
    return tokens.words[i - 1].text.lower() if _close(tokens, i) else ""


def _close(tokens: Tokens, i: int) -> bool:
    return GAPS[tokens.gaps[i]] == "space"


def _is_otherwise(tokens: Tokens, first: int, last: int, named: set[int]) -> bool:
    """Distinguish "the capital, Baghdad" and "capital punishment" from the capital."""
    following = tokens.words[last + 1].lower if last + 1 < len(tokens.words) else ""
    return following in _OTHERWISE or last + 1 in named or first - 1 in named
