"""Say under which keys an entry is found: its names, and the ways in which news writes them."""

from collections.abc import Iterator
from typing import Final

from geo.gazetteer.entry import Entry
from geo.gazetteer.normalise import normalise

# Where names are transliterated from Arabic, articles come and go.
ARABIC: Final = frozenset("AE BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split())
_ARTICLES: Final = frozenset("al el ul ad adh ar as ash at ath az an".split())
_LONGEST: Final = 80


def keys_of(entry: Entry) -> set[str]:
    """Give the keys of all names of an entry."""
    keys = {normalise(name) for name in (entry.name, *entry.names)}
    if entry.country_code in ARABIC:
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
