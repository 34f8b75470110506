"""Say under which keys an entry is found: its names, and the ways in which news writes them."""

from collections.abc import Iterable, Iterator
from typing import Final

from geo.gazetteer.entry import Entry
from geo.gazetteer.normalise import normalise

# Where names are transliterated from Arabic, articles come and go.
ARABIC: Final = frozenset("AE BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split())
_ARTICLES: Final = frozenset("al el ul ad adh ar as ash at ath az an".split())
_LONGEST: Final = 80
_WELL_KNOWN: Final = 4.99  # prominence; "Geneva" still is Genève and not Geneva, Illinois
_OTHER: Final = 1.5
_OTHER_COUNTRY: Final = 5.0  # "Granada" is Spanish for Grenada
_OWN: Final = 6.0  # the White House, and not Casablanca; but no city of a million that has this very name
_THINGS: Final = frozenset({"site", "region", "other"})


def keys_of(entry: Entry) -> dict[str, float]:
    """Give the keys of all names of an entry, each with its rank among the places of that name.

    "Victoria" is also a name of Hong Kong, but hardly anyone means it: by a name that is not
    among its best, a place comes after well-known places of that very name. A thing of the tables
    comes first by its own name.
    """
    others = _keys(entry.names, entry.country_code)
    best = _keys((entry.name, *entry.best), entry.country_code)
    behind = _OTHER_COUNTRY if entry.kind == "country" else _OTHER
    lower = min(entry.prominence, max(entry.prominence - behind, _WELL_KNOWN))
    ranks = dict.fromkeys(others, lower) | dict.fromkeys(best, entry.prominence)
    if entry.id.startswith("geo:") and entry.kind in _THINGS:
        ranks[normalise(entry.name)] = max(entry.prominence, _OWN)
    return ranks


def _keys(names: Iterable[str], country_code: str) -> set[str]:
    keys = {normalise(name) for name in names}
    if country_code in ARABIC:
        keys |= {variant for key in keys if key.isascii() for variant in _articles(key)}
    return {key for key in keys if 1 < len(key) <= _LONGEST}


def _articles(key: str) -> Iterator[str]:
    """Write an Arabic name's articles as "al", and leave out those inside."""
    words = key.split()
    if not words[1:]:
        return
    yield " ".join("al" if word in _ARTICLES else word for word in words)
    yield " ".join([words[0], *(word for word in words[1:] if word not in _ARTICLES)])
    if words[0] in _ARTICLES:
        yield "al " + " ".join(word for word in words[1:] if word not in _ARTICLES)
        yield " ".join(word for word in words[1:] if word not in _ARTICLES)
