"""Describe the name of a span: what it may mean, how common its words are, who is called so."""

from collections.abc import Hashable
from typing import Any, Final

from geo.geoparsing.recognition.spans import Span
from geo.geoparsing.words.lexicon import ROLES, Word, bearers, zipf_step
from geo.geoparsing.words.names import Name
from geo.geoparsing.words.tokens import Tokens

_MOST_WORDS: Final = 3  # longer names are not distinguished
_MOST_ROWS: Final = 5
_MOST_COUNTRIES: Final = 4
_LONGEST: Final = 6  # letters


def name_key(tokens: Tokens, span: Span) -> Hashable:
    """Look at the name itself and its words."""
    words = tokens.words
    return span.source, span.name, words[span.first], words[span.last], span.last - span.first, span.noun


def name_features(key: Any) -> list[str]:
    """Say what a name is and how common its words are."""
    source, name, first, last, longer, noun = key
    many = min(longer, _MOST_WORDS)
    features = [f"source={source}", f"size={name.size}", f"words={many}", f"source={source}:words={many}"]
    if noun:
        features += [f"noun={noun}", f"noun:source={source}"]
    if source in {"name", "demonym"}:
        features += _longer(name, first, last) if longer else _single(name, first)
        return features + _places(name)
    features += [f"thing:zipf={zipf_step(first.zipf)}", f"thing:last={zipf_step(last.zipf)}"]
    features += [f"thing:first={role}" for role in first.roles & ROLES]
    return [*features, f"thing:given={bearers(first.given)}", f"thing:surname={bearers(last.surname)}"]


def _single(name: Name, word: Word) -> list[str]:
    size, zipf = name.size, zipf_step(word.zipf)
    given, surname = bearers(word.given), bearers(word.surname)
    features = [f"zipf={zipf}", f"size={size}:zipf={zipf}", f"given={given}", f"surname={surname}"]
    features += [
        f"size={size}:given={given}",
        f"size={size}:surname={surname}",
        f"length={min(len(word.lower), _LONGEST)}",
    ]
    return features + [f"is={role}" for role in word.roles]


def _longer(name: Name, first: Word, last: Word) -> list[str]:
    given, surname = bearers(first.given), bearers(last.surname)
    features = [f"longer:zipf={zipf_step(min(first.zipf, last.zipf))}", f"longer:given={given}", f"longer:{name.size}"]
    features += [f"longer:surname={surname}:given={given}"]
    features += [f"first={role}" for role in first.roles] + [f"last={role}" for role in last.roles]
    return features + ([f"lastnoun={last.lower}"] if last.nouns else [])


def _places(name: Name) -> list[str]:
    """Describe the places that the name may mean."""
    if not name.rows or name.demonym:
        return []
    best = name.rows[0]
    main = best.key == name.key
    features = [
        f"code={best.code}:{name.size}",
        f"main={main}",
        f"main={main}:{name.size}",
        f"ambiguous={min(len(name.rows), _MOST_ROWS)}",
    ]
    countries = len({row.country_code for row in name.rows})
    return [*features, f"countries={min(countries, _MOST_COUNTRIES)}"]
