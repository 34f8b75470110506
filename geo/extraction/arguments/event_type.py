"""Decide which ACLED sub-event type an incident is.

The trigger suggests one; the words around it, the weapon, and who stands on which side
decide. How much each weighs is learned (data/models/event_type_weights.csv, made by
tests/evaluation/train_kinds.py).
"""

import math
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from geo.extraction.annotations import Reading
from geo.extraction.arguments.means import ruled_out
from geo.extraction.coreference.clusters import Group
from geo.extraction.language.word_classes import word_classes
from geo.extraction.linear_model import read_model
from geo.extraction.mentions.event_mentions import Telling
from geo.remembering import Remembered
from geo.vocabulary import SUB_EVENT_TYPES

TABLE: Final = "models/event_type_weights.csv"
SUBJECTS: Final = ("disaster", "accident", "crime", "diplomacy")  # classes of language/word_classes.csv
NONE: Final = "none"  # the class of what is no incident
_MOST_TELLINGS: Final = 4  # later tellings of an incident add little to its type
_NEAR: Final = 12  # words from the trigger that count in full
_FAR_VALUE: Final = 0.5
_ENDINGS: Final = ("ings", "ing", "ied", "ies", "edly", "ed", "es", "s", "ers", "er")
_SHORTEST_STEM: Final = 3
_LITTLE: Final = "(little)"


def kind_probabilities(reading: Reading, group: Group) -> dict[str, float]:
    """Give the probability of each sub-event type, and of "none", for the tellings of one incident."""
    found = read_model(TABLE).probabilities(kind_features(reading, group.tellings))
    without = ruled_out(reading, group.tellings)
    left = sum(value for kind, value in found.items() if kind not in without)
    return {kind: 0.0 if kind in without else value / left for kind, value in found.items()} if left else found


def best_kind(probabilities: dict[str, float]) -> str:
    """Name the likeliest type."""
    return max(SUB_EVENT_TYPES, key=lambda kind: probabilities.get(kind, 0.0))


def kind_features(reading: Reading, tellings: Iterable[Telling]) -> dict[str, float]:
    """Observe what bears on the type: triggers, weapons, parties, and the words of their sentences."""
    words: dict[str, float] = {}
    features: dict[str, float] = {}
    for telling in list(tellings)[:_MOST_TELLINGS]:
        features |= _structure(telling)
        features |= subjects(reading, telling)
        _add_words(reading, telling, words)
    length = math.sqrt(sum(value * value for value in words.values())) or 1.0
    features |= {f"word {name}": value / length for name, value in words.items()}
    return features


def subjects(reading: Reading, telling: Telling) -> dict[str, float]:
    """Note what else a telling's sentence may be about: nature, accidents, crime, diplomacy."""
    words = set(reading.words.words[telling.sentence.first : telling.sentence.stop])
    shares = {name: len(words & word_classes()[name]) / 2 for name in SUBJECTS}
    return {f"about {name}": min(1.0, share) for name, share in shares.items() if share}


def _structure(telling: Telling) -> dict[str, float]:
    entry = telling.trigger.entry
    kind = telling.kind or "any"
    seen = {f"trigger {entry.name}": 1.0, f"type {kind}": 0.5 + entry.strength / 2}
    weapon = telling.weapon.weapon_class if telling.weapon else "no"
    agents = {party.kind or "unknown" for party in telling.agents} or {"no"}
    patients = {party.kind or "unknown" for party in telling.patients} or {"no"}
    patients |= {f"casualty {found.kind}" for found in telling.casualties if found.kind}
    seen[f"weapon {weapon}"] = 1.0
    seen[f"weapon {weapon}, type {kind}"] = 0.5
    for agent in agents:
        seen[f"by {agent}"] = 0.7
        seen[f"by {agent}, type {kind}"] = 0.5
    for patient in patients:
        seen[f"to {patient}"] = 0.7
        seen[f"to {patient}, type {kind}"] = 0.5
    for meaning in telling.standing.meanings:
        seen[f"told {meaning}"] = 0.5
    return seen


def _add_words(reading: Reading, telling: Telling, words: dict[str, float]) -> None:
    """Add the stems of the telling's sentence, alone and in pairs, with how near they are."""
    before = ""
    skip = _named(reading, telling)
    first, stop = telling.sentence.first, telling.sentence.stop
    near, far = telling.trigger.first - _NEAR, telling.trigger.first + _NEAR
    stems = list(map(_STEMS.__getitem__, reading.words.words[first:stop]))
    for i in range(first, stop):
        stemmed = "" if i in skip else stems[i - first]
        if not stemmed:
            before = ""
            continue
        if stemmed is _LITTLE:
            continue
        value = 1.0 if near <= i <= far else _FAR_VALUE
        if words.get(stemmed, 0.0) < value:
            words[stemmed] = value
        if before:
            pair = f"{before} {stemmed}"
            if words.get(pair, 0.0) < value:
                words[pair] = value
        before = stemmed


@cache
def _little() -> frozenset[str]:
    classes = word_classes()
    names = ("determiner", "preposition", "subordinator", "conjunction", "pronoun", "auxiliary", "reporting", "count")
    kept = frozenset("no against not without while".split())
    return frozenset(word for name in names for word in classes[name]) - kept


def _named(reading: Reading, telling: Telling) -> set[int]:
    """List the words that are part of a name or a date: the type must not hang on them."""
    start, end = telling.sentence.start, telling.sentence.end
    spans = [
        (found.start, found.end)
        for finds in (reading.locations, reading.dates)
        for found in finds
        if start <= found.start < end
    ]
    spans += [(found.start, found.end) for found in reading.actors if start <= found.start < end and found.known]
    return {i for begin, stop in spans for i in range(reading.words.at(begin), reading.words.before(stop))}


def _counted(word: str) -> str:
    """Give what counts of a word: its stem, `_LITTLE` of a little word, "" where it is none."""
    if not word[0].isalpha():
        return ""
    return _LITTLE if word in _little() else stem(word)


_STEMS: Final = Remembered(_counted)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Cut the common endings of a word, so that its forms count as one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending) + ("y" if ending in ("ied", "ies") else "")
            break
    if len(word) > _SHORTEST_STEM + 1 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM + 1 else word
