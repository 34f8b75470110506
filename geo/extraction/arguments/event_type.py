"""Decide which ACLED sub-event type an incident is, and what it was done with.

The trigger suggests one; the words around it, the weapon, and who stands on which side
decide. How much each weighs is learned (data/models/event_type_weights.csv). Some types name
their means: no air strike without anything that flies, no suicide bomb without a bomber. What
such a type requires is in data/events/type_requirements.csv.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.linear_model import read_model
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.mentions.participants import ARMED
from geo.memo import Memo, remember
from geo.resources import read_table
from geo.tables import word_classes
from geo.vocabulary import CROWDS, EVENT_TYPE_OF, SUB_EVENT_TYPES

TABLE: Final = "models/event_type_weights.csv"
SUBJECTS: Final = ("disaster", "accident", "crime", "diplomacy")  # classes of language/word_classes.csv
NONE: Final = "none"  # the class of what is no incident
_MOST_MENTIONS: Final = 4  # later mentions of an incident add little to its type
_NEAR: Final = 12  # words from the trigger that count in full
_FAR_VALUE: Final = 0.5
_ENDINGS: Final = ("ings", "ing", "ied", "ies", "edly", "ed", "es", "s", "ers", "er")
_SHORTEST_STEM: Final = 3
_LITTLE: Final = "(little)"
_CLASH: Final = "Armed clash"
_OVERTAKEN: Final = "Non-state actor overtakes territory"
_PROTESTERS: Final = "protesters"
_BATTLES: Final = "Battles"
_RIOTS: Final = frozenset({"Violent demonstration", "Mob violence"})
_KILLING: Final = frozenset({"kill", "shoot", "open fire", "gun down"})
_POLICED: Final = frozenset({"Protest with intervention", "Excessive force against protesters"})
_OF_CROWDS: Final = frozenset({"firearm", "blade", "blunt", "arson", "grenade"})  # classes that a crowd may have
_UNARMED: Final = frozenset({"person", "civilian", "civilians", "protesters"})


def type_probabilities(annotated: AnnotatedReport, cluster: EventCluster) -> dict[str, float]:
    """Return the probability of each sub-event type, and of "none", for the mentions of one incident."""
    found = read_model(TABLE).probabilities(type_features(annotated, cluster.mentions))
    without = ruled_out(annotated, cluster.mentions)
    left = sum(value for kind, value in found.items() if kind not in without)
    return {kind: 0.0 if kind in without else value / left for kind, value in found.items()} if left else found


def best_type(probabilities: dict[str, float]) -> str:
    """Name the likeliest type."""
    return max(SUB_EVENT_TYPES, key=lambda kind: probabilities.get(kind, 0.0))


def type_features(annotated: AnnotatedReport, mentions: Iterable[EventMention]) -> dict[str, float]:
    """Extract the features of the type: triggers, weapons, parties, and the words of their sentences."""
    words: dict[str, float] = {}
    features: dict[str, float] = {}
    first = list(mentions)[:_MOST_MENTIONS]
    for mention in [one for one in first if one.sub_event_type] or first:
        features |= _structure(mention)
        features |= subjects(annotated, mention)
        _add_words(annotated, mention, words)
    length = math.sqrt(sum(value * value for value in words.values())) or 1.0
    features |= {f"word {name}": value / length for name, value in words.items()}
    return features


def subjects(annotated: AnnotatedReport, mention: EventMention) -> dict[str, float]:
    """Note what else a mention's sentence may be about: nature, accidents, crime, diplomacy."""
    words = set(annotated.words.words[mention.sentence.first : mention.sentence.stop])
    shares = {name: len(words & word_classes()[name]) / 2 for name in SUBJECTS}
    return {f"about {name}": min(1.0, share) for name, share in shares.items() if share}


def _structure(mention: EventMention) -> dict[str, float]:
    entry = mention.trigger.entry
    kind = mention.sub_event_type or "any"
    features = {f"trigger {entry.name}": 1.0, f"type {kind}": 0.5 + entry.strength / 2}
    weapon = mention.weapon.weapon_class if mention.weapon else "no"
    agents = {participant.kind or "unknown" for participant in mention.agents} or {"no"}
    patients = {participant.kind or "unknown" for participant in mention.patients} or {"no"}
    patients |= {f"casualty {found.kind}" for found in mention.casualties if found.kind}
    features[f"weapon {weapon}"] = 1.0
    features[f"weapon {weapon}, type {kind}"] = 0.5
    for agent in sorted(agents):
        features[f"by {agent}"] = 0.7
        features[f"by {agent}, type {kind}"] = 0.5
    for patient in sorted(patients):
        features[f"to {patient}"] = 0.7
        features[f"to {patient}, type {kind}"] = 0.5
    for meaning in sorted(mention.factuality.meanings):
        features[f"status {meaning}"] = 0.5
    return features


def _add_words(annotated: AnnotatedReport, mention: EventMention, words: dict[str, float]) -> None:
    """Add the stems of the mention's sentence, alone and in pairs, with how near they are."""
    before = ""
    skip = _named(annotated, mention)
    first, stop = mention.sentence.first, mention.sentence.stop
    near, far = mention.trigger.first - _NEAR, mention.trigger.first + _NEAR
    stems = list(map(_STEMS.__getitem__, annotated.words.words[first:stop]))
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
    return frozenset(word for name in names for word in classes[name]) - classes["typing"]


def _named(annotated: AnnotatedReport, mention: EventMention) -> set[int]:
    """List the words that are part of a name or a date: the type must not hang on them."""
    start, end = mention.sentence.start, mention.sentence.end
    spans = [(found.start, found.end) for found in within(annotated.locations, start, end)]
    spans += [(found.start, found.end) for found in within(annotated.dates, start, end)]
    spans += [(found.start, found.end) for found in within(annotated.actors, start, end) if found.known]
    return {i for begin, stop in spans for i in range(annotated.words.at(begin), annotated.words.before(stop))}


def _counted(word: str) -> str:
    """Return what counts of a word: its stem, `_LITTLE` of a little word, "" where it is none."""
    if not word[0].isalpha():
        return ""
    return _LITTLE if word in _little() else stem(word)


_STEMS: Final = Memo(_counted)


@remember
def stem(word: str) -> str:
    """Cut the common endings of a word, so that its forms count as one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending) + ("y" if ending in ("ied", "ies") else "")
            break
    if len(word) > _SHORTEST_STEM + 1 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM + 1 else word


@dataclass(frozen=True, slots=True)
class Means:
    """What supports a type."""

    weapons: frozenset[str]  # classes of events/weapons.csv
    words: frozenset[str]


@cache
def _table() -> Mapping[str, Means]:
    table: dict[str, Means] = {}
    for row in read_table("events/type_requirements.csv"):
        known = table.get(row["sub_event_type"], Means(frozenset(), frozenset()))
        table[row["sub_event_type"]] = Means(
            known.weapons | frozenset(row["weapons"].split()), known.words | frozenset(row["words"].split())
        )
    return table


def ruled_out(annotated: AnnotatedReport, mentions: Sequence[EventMention]) -> frozenset[str]:
    """List the types that an incident cannot be of, going by its mentions."""
    kinds = {mention.sub_event_type for mention in mentions}
    weapons = {mention.weapon.weapon_class for mention in mentions if mention.weapon}
    sentences = {mention.sentence.index: mention.sentence for mention in mentions}.values()
    words = {word for sentence in sentences for word in annotated.words.words[sentence.first : sentence.stop]}
    without = {
        kind
        for kind, means in _table().items()
        if kind not in kinds and means.weapons.isdisjoint(weapons) and means.words.isdisjoint(words)
    }
    if (_CLASH not in kinds and _are_unarmed(mentions)) or _is_with_a_crowd(mentions):
        without.add(_CLASH)
    if any(map(_is_by_own_state, mentions)):
        without.add(_OVERTAKEN)
    if _are_killed_by_state(mentions):
        without |= _RIOTS
    return frozenset(without)


def _are_killed_by_state(mentions: Sequence[EventMention]) -> bool:
    """Say whether forces killed protesters of whom no mention says that they were violent: no riot for "unrest"."""
    acted = any(mention.sub_event_type in _RIOTS and mention.agents for mention in mentions)
    return not acted and any(
        {one.kind for one in mention.patients} == {_PROTESTERS}
        and {one.kind for one in mention.agents} == {"state"}
        and mention.trigger.entry.name in _KILLING
        for mention in mentions
    )


def _is_by_own_state(mention: EventMention) -> bool:
    """Say whether the army, or whose country it is, takes a place: that is no non-state actor."""
    here = mention.place.country_code if mention.place else None
    return EVENT_TYPE_OF.get(mention.sub_event_type) == _BATTLES and any(
        one.kind == "state" and (one.country_code is None or one.country_code == here) for one in mention.agents
    )


def _are_unarmed(mentions: Sequence[EventMention]) -> bool:
    """Return whether all victims are unarmed, as far as the report says who they are."""
    struck = {participant.kind for mention in mentions for participant in mention.patients}
    struck |= {found.kind for mention in mentions for found in mention.casualties if found.kind}
    return bool(struck & _UNARMED) and not struck & ARMED


def _is_with_a_crowd(mentions: Sequence[EventMention]) -> bool:
    """Return whether protesters are one side, and nobody armed but the state's forces the other."""
    sides = {one.kind for mention in mentions for one in (*mention.agents, *mention.patients)}
    return _PROTESTERS in sides and sides.isdisjoint(ARMED - {"state"})


def choose_weapon(cluster: EventCluster, sub_event_type: str) -> str | None:
    """Return the weapon in the fewest words that a mention has for it; one that supports the type before any other.

    Args:
        cluster: The mentions of one incident.
        sub_event_type: Of the incident; a crowd has what a crowd can carry, and no tear gas.
    """
    found = [mention.weapon for mention in cluster.mentions if mention.weapon]
    if EVENT_TYPE_OF.get(sub_event_type) in CROWDS and sub_event_type not in _POLICED:
        found = [weapon for weapon in found if weapon.weapon_class in _OF_CROWDS]
    means = _table().get(sub_event_type)
    fitting = [weapon for weapon in found if means and weapon.weapon_class in means.weapons] or found
    return min((" ".join(weapon.text.split()) for weapon in fitting), key=len, default=None)
