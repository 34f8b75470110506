"""Bind the mentions that grammar makes one: "an attack that killed two, wounding five others"."""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.coreference.event_relations import answer_between
from geo.extraction.coreference.pair_features import are_related
from geo.extraction.language.clauses import opens_relative_clause
from geo.extraction.mentions.background import DATED, TOTAL
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.mentions.participants import ARMED
from geo.tables import word_class
from geo.vocabulary import EVENT_TYPE_OF

_WITHIN: Final = re.compile(r"(?:R*|n)P[DPnR#'\"-]{0,8}")
_IN: Final = word_class("event_preposition")
_ANY_ATTACK: Final = "Attack"  # the type of words that may mean any deed
_BATTLES: Final = "Battles"
_BY_BATTLE: Final = frozenset({"after", "following", "heavy", "fierce", "in", "amid"})
_ORDER: Final = frozenset({"after", "before"})
_UNITS: Final = word_class("time_unit")
_TOLLS: Final = word_class("toll")
_OPENING: Final = 4  # words of a sentence
_PROTESTERS: Final = "protesters"  # a kind of participant
_CASUALTIES: Final = word_class("casualty_trigger")
_WHEN_REACH: Final = 25  # words in "killed two people ... when a bomb exploded"


def group_by_clause(annotated: AnnotatedReport, mentions: Sequence[EventMention]) -> list[EventCluster]:
    """Bind mentions that grammar makes one: "an attack that killed two, wounding five others"."""
    units: list[EventCluster] = []
    before, own = None, None
    for mention in mentions:
        beside = takewhile(lambda one: one.last.sentence is mention.sentence, reversed(units))  # noqa: B023
        governing = next((one for one in beside if _governs(annotated, one, mention)), None)
        if governing is not None:
            own = governing
        elif own is None or before is None or not _is_one_clause(annotated, before, mention):
            own = EventCluster()
            units.append(own)
        own.add(mention)
        before = mention
    return units


def _governs(annotated: AnnotatedReport, unit: EventCluster, mention: EventMention) -> bool:
    """Return whether the main verb of ", killing two" is of a unit, or its subject is.

    "A car hit people leaving a rally, killing two"; "explosions tore through a rally, killing 80".
    """
    verb = mention.governor
    if verb < 0:
        return False
    return any(
        (one.trigger.first <= verb < one.trigger.stop and one.background == mention.background)
        or _is_subject(annotated, one, mention)
        for one in unit.mentions
    )


def _is_one_clause(annotated: AnnotatedReport, one: EventMention, other: EventMention) -> bool:
    party = (
        _is_battle_for(annotated, one, other)
        or _is_subject(annotated, one, other)
        or _is_named_as(annotated, one, other)
        or _is_crowd_of(one, other)
        or _is_crowd_of(other, one)
    )
    subject = one.sentence is other.sentence and party
    between = slice(one.trigger.stop, other.trigger.first)
    tags, words = annotated.tags[between], annotated.words.words[between]
    inside = other.trigger.part == "noun" and _WITHIN.fullmatch(tags) is not None and words[tags.index("P")] in _IN
    inside = inside and (tags[0] != "n" or words[0] == "dead")  # "shot dead in an attack"
    # "jets struck the town, where a raid killed two last year"; not "last July, 22 died when the police opened fire"
    backgrounds = {one.background, other.background}
    times = len(backgrounds) > 1 and not inside
    dated = DATED in backgrounds and (one.date is not other.date or "when" not in words)
    times = times and (TOTAL in backgrounds or dated)
    apart = one.sentence is not other.sentence or times or are_distinct_deeds(annotated, one, other)
    if (times and TOTAL in backgrounds) or (not subject and (apart or answer_between(annotated, one, other))):
        return False
    relative = "." not in tags and opens_relative_clause(words)  # "the shelling of a town, in which 25 were killed"
    if subject or other.relative or other.shared or relative or _is_object(one, other, tags):
        return True
    counts = _counts_dead(one)
    related = are_related(one.sub_event_type, other.sub_event_type) and one.trigger.part == "verb"
    if not (related or counts):
        return False
    if other.trigger.part == "noun":
        return inside
    return tags.endswith("C") or ("when" in words and len(words) < _WHEN_REACH)


def _is_battle_for(annotated: AnnotatedReport, one: EventMention, other: EventMention) -> bool:
    """Return whether a noun only says how a place was taken: "recaptured the town after fighting"."""
    how = annotated.words.get(other.trigger.first - 1) in _BY_BATTLE and not (other.agents or other.patients)
    battles = all(EVENT_TYPE_OF.get(mention.sub_event_type) == _BATTLES for mention in (one, other))
    return (
        battles and how and (other.trigger.part == "noun" or other.trigger.form == "ing") and one.trigger.part == "verb"
    )


def _is_crowd_of(crowd: EventMention, deed: EventMention) -> bool:
    """Return whether a trigger is the crowd that a deed names: "the police clashed with protesters"."""
    first = crowd.trigger.first
    parties = (*deed.agents, *deed.patients)
    return any(one.kind == _PROTESTERS and one.first <= first < one.stop for one in parties)


def _counts_dead(one: EventMention) -> bool:
    """Return whether a mention is a number of dead, that of what follows: "the number of dead from a car bomb"."""
    return not one.sub_event_type and one.trigger.entry.frame == "patient"


def _is_object(one: EventMention, other: EventMention, between: str) -> bool:
    """Return whether a noun is what a verb is about: "repulsed a rebel attack", "launched a raid"."""
    related = are_related(one.sub_event_type, other.sub_event_type)
    joined = "D" in between and not set(between) - set("Dn'-R")
    return one.trigger.part == "verb" and other.trigger.part == "noun" and related and joined


def _is_subject(annotated: AnnotatedReport, one: EventMention, other: EventMention) -> bool:
    """Return whether a noun is what the other did: "the strikes had killed", "shelling of the city killed"."""
    related = are_related(one.sub_event_type, other.sub_event_type)
    first, stop = one.trigger.first, one.trigger.stop
    chained = annotated.words.get(stop) == "of"
    heads = any(p.stop == stop or (chained and p.first <= first < stop < p.stop) for p in other.agents)
    return one.trigger.part == "noun" and related and heads


def _is_named_as(annotated: AnnotatedReport, one: EventMention, other: EventMention) -> bool:
    """Return whether a noun says what a deed is called: "killed two in what the police called a revenge attack"."""
    between = slice(one.trigger.stop, other.trigger.first)
    words, tags = annotated.words.words[between], annotated.tags[between]
    if other.trigger.part != "noun" or "what" not in words or "." in tags:
        return False
    at = words.index("what")
    rest = [tag for word, tag in zip(words[at + 1 :], tags[at + 1 :], strict=True) if word != "to"]  # "appeared to be"
    return "P" in tags[max(0, at - 1) : at] and not set(rest) - set("nDRVA'#-")


def are_distinct_deeds(annotated: AnnotatedReport, one: EventMention, other: EventMention) -> bool:
    """Return whether "after" stands between two deeds of which each has an agent or a type of its own.

    "Ten died after gunmen opened fire" is one deed: whoever only died did nothing.
    """
    between = annotated.words.words[one.trigger.stop : other.trigger.first]
    steps = zip(["", *between], between, between[1:], strict=False)
    if any(word in _ORDER and unit in _UNITS and before != "the" for before, unit, word in steps):
        # "shot 84 people, hours after a bomb killed seven"; not "an attack the day before on a base"
        return not _opens_with_toll(annotated, one)  # nor "the death toll rose to 24, a day after gunmen stormed"
    if _opens_with_order(annotated, one) and "," in annotated.tags[one.trigger.stop : other.trigger.first]:
        return True
    if "after" not in between or one.trigger.entry.name in _CASUALTIES:
        return False
    if one.agents and other.trigger.entry.name in _CASUALTIES and other.patients and not other.agents:
        return "by" not in annotated.words.words[other.trigger.stop : other.trigger.stop + 1]  # "fired after one died"
    mine, theirs = ({agent.name or agent.text: agent.kind in ARMED for agent in some.agents} for some in (one, other))
    if not mine.keys().isdisjoint(theirs) or not (one.trigger.entry.sub_event_type or any(mine.values())):
        return False
    does = other.trigger.part == "verb" and any(theirs.values())
    answered = any(mine.values()) and other.sub_event_type not in {"", _ANY_ATTACK, one.sub_event_type}
    return does or answered or not are_related(one.sub_event_type, other.sub_event_type)


def _opens_with_order(annotated: AnnotatedReport, mention: EventMention) -> bool:
    """Return whether a sentence first says after what a thing happened: "Hours after the attack, ..."."""
    first = mention.sentence.first
    if "," in annotated.tags[first : mention.trigger.first]:
        return False
    opening = annotated.words.words[first : min(first + _OPENING, mention.trigger.first)]
    return any(unit in _UNITS and word in _ORDER for unit, word in pairwise(opening))


def _opens_with_toll(annotated: AnnotatedReport, mention: EventMention) -> bool:
    """Return whether a sentence is of a count that grew: "the death toll from the attack rose to 24"."""
    tokens = annotated.words.words[mention.sentence.first : mention.trigger.stop + 1]
    return not _TOLLS.isdisjoint(tokens) or ("number" in tokens[:_OPENING] and mention.trigger.entry.frame == "patient")
