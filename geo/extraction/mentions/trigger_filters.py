"""Decide which triggers report no event: accidents, crowds that only speak or leave, unmet needs of a trigger.

Sport, film, business and the like are left to the type "none" (`arguments.event_type`) and to `confidence`, which has
the last word: what stays below `pipeline.LEAST_CONFIDENCE` is not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.word_classes import any_in
from geo.extraction.mentions.participants import Participant
from geo.extraction.mentions.roles import Roles
from geo.extraction.triggers import Trigger
from geo.tables import word_class
from geo.vocabulary import CROWDS, EVENT_TYPE_OF

_MISFORTUNE_REACH: Final = 10  # words from "killed" to "in an earthquake"
_SUBJECT_REACH: Final = 6  # words of a sentence that may hold its subject
_AIRCRAFT: Final = "air"  # a class of weapons
_OF_THE_ARMED: Final = frozenset({"Change to group/activity", "Non-violent transfer of territory"})
_UNARMED: Final = frozenset({"protesters", "civilians", "civilian", "person"})
_BROUGHT_BY: Final = word_class("cause_preposition")
BEFORE: Final = "before"  # the type is that of the mention before; nothing else is needed
_ARMED: Final = frozenset({"state", "rebel", "militia", "gang", "unknown"})


def is_misfortune(annotated: AnnotatedReport, trigger: Trigger, arguments: Roles, sentence: Sentence) -> bool:
    """Return whether nature or an accident did it: "an earthquake killed eight", "killed in a collision"."""
    words = annotated.words.words
    agent_words = [word for chunk in arguments.agents for word in words[chunk.first : chunk.stop]]
    after = words[trigger.stop : min(sentence.stop, trigger.stop + _MISFORTUNE_REACH)]
    at = next((i for i, word in enumerate(after) if word in _BROUGHT_BY), len(after))
    illness = any_in(words[max(sentence.first, trigger.first - 1) : trigger.first], "illness") or any_in(
        agent_words, "illness"
    )
    if illness or any_in(agent_words, "misfortune") or any_in(after[at:], "misfortune"):
        return True
    weapons = within(annotated.weapons, sentence.start, sentence.end)
    if any_in(after[at:], "accident_verb") and all(one.weapon_class == _AIRCRAFT for one in weapons):
        return True  # "two officers died when their helicopter crashed"
    # "A cyclone struck the coast, killing 48": the subject of the sentence did it.
    stop = min(sentence.first + _SUBJECT_REACH, trigger.first)
    deeds = {at for one in annotated.triggers_within(sentence.first, stop) for at in range(one.first, one.stop)}
    before = [words[at] for at in range(sentence.first, stop) if at not in deeds]  # "tried to storm a post"
    led = (trigger.form == "ing" or arguments.shared) and any_in(before, "misfortune")
    return led and not weapons


def is_source(annotated: AnnotatedReport, trigger: Trigger) -> bool:
    """Return whether a noun for a crowd only names a source: "activists said", "according to protesters"."""
    if trigger.part != "noun" or EVENT_TYPE_OF.get(trigger.entry.sub_event_type) not in CROWDS:
        return False
    return annotated.speech.is_speaker(trigger.first, trigger.stop)


def is_crowd_leaving(trigger: Trigger, agents: Sequence[Participant], patients: Sequence[Participant]) -> bool:
    """Return whether the unarmed do what is news of the armed alone: "the crowd withdrew", "evacuation of people"."""
    if trigger.entry.sub_event_type not in _OF_THE_ARMED:
        return False
    led = not agents and trigger.part == "noun" and bool(patients) and all(one.kind in _UNARMED for one in patients)
    return led or (bool(agents) and all(one.kind in _UNARMED for one in agents))


@dataclass(frozen=True, slots=True)
class Found:
    """What a trigger's sentence holds."""

    sentence: Sentence
    patients: tuple[Participant, ...]
    has_weapon: bool
    has_casualty: bool


def has_needs(annotated: AnnotatedReport, needs: str, found: Found) -> bool:
    """Check all that is asked of the sentence, or of the trigger's object ("care@object+armed")."""
    return all(_has(annotated, need, found) for need in needs.split("+") if need and need != BEFORE)


def _has(annotated: AnnotatedReport, need: str, found: Found) -> bool:
    name, _, where = need.partition("@")
    sentence = found.sentence
    if name in {"weapon", "casualty"}:
        return found.has_weapon if name == "weapon" else found.has_casualty
    if name == "dated":
        return bool(within(annotated.dates, sentence.start, sentence.end))
    if name == "armed":
        return any(actor.kind in _ARMED for actor in within(annotated.actors, sentence.start, sentence.end))
    if (name == "people" and any(participant.sort in {"people", "name"} for participant in found.patients)) or (
        name == "terrain" and any(holds_place(annotated, participant) for participant in found.patients)
    ):
        return True
    words = annotated.words.words
    wanted = "civilian" if name == "people" else name
    if where == "object":
        return any(any_in(words[participant.first : participant.stop], wanted) for participant in found.patients)
    return any_in(words[sentence.first : sentence.stop], wanted)


def holds_place(annotated: AnnotatedReport, participant: Participant) -> bool:
    """Return whether the words of a participant name a place."""
    start, end = annotated.words.starts[participant.first], annotated.words.ends[participant.stop - 1]
    return any(location.kind == "place" for location in within(annotated.locations, start, end))
