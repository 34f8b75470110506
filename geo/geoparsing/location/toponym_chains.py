"""Join the toponyms that name one place with what it lies in: "San Luis, San Miguel Department, El Salvador"."""

from typing import Final

from geo.gazetteer import Place
from geo.geoparsing.toponyms import Parsed, Toponym
from geo.geoparsing.words.separators import GAPS

_LONGEST_LINK: Final = 3  # words between a place and what it lies in
CONTAINERS: Final = frozenset({"admin", "country", "region"})


def chain_end(parsed: Parsed, n: int) -> int:
    """Find the last toponym of the places that contain toponym `n`: "San Luis, San Miguel Department, El Salvador"."""
    last = n
    while last + 1 < len(parsed.toponyms) and _is_within(parsed, last, last + 1):
        last += 1
    return last


def _is_within(parsed: Parsed, n: int, m: int) -> bool:
    inner, outer = parsed.toponyms[n], parsed.toponyms[m]
    if inner.kind == "nationality" or outer.kind == "nationality" or outer.located is None:
        return False
    here, there = parsed.found[n].span, parsed.found[m].span
    words, gaps = parsed.tokens.words, parsed.tokens.gaps
    between_words = words[here.last + 1 : there.first]
    if len(between_words) > _LONGEST_LINK or any(
        GAPS[gaps[i]] in {"stop", "end", "quote"} for i in range(here.last + 1, there.first + 1)
    ):
        return False
    if between_words and between_words[0].lower == "the":
        return False  # "in Mandalay region, the Myanmar military"
    if not all(word.lower in {"in", "the", "of"} or word.nouns or "direction" in word.roles for word in between_words):
        return False
    if not between_words and GAPS[gaps[there.first]] not in {"comma", "open"}:
        return False
    return _contains(outer.located, inner)


def _contains(outer: Place, inner: Toponym) -> bool:
    """Return whether a place can contain what a toponym means."""
    if outer.kind not in CONTAINERS and inner.place is not None:
        return False
    if inner.place is None:
        return True
    if outer.kind == "country":
        return inner.place.kind != "country" and inner.place.country_code == outer.country_code
    if outer.kind == "region" and not outer.country_code:
        return inner.place.kind in {"settlement", "site"}
    return inner.place.country_code == outer.country_code and outer.name in {inner.place.admin1, inner.place.admin2}


def anchor_of(chain: list[Toponym]) -> Place | None:
    """Give the finest known place of a chain."""
    if chain[0].place is not None:
        return chain[0].place
    for toponym in chain[1:]:
        if toponym.place is not None:
            return toponym.place
    return chain[0].container


def stated_admin1(containers: list[Toponym]) -> str | None:
    """Name the first-level division that the report states, if it does."""
    places = (toponym.place for toponym in containers)
    return next((place.name for place in places if place is not None and place.feature_code == "ADM1"), None)
