"""Read each mention of an event in a report: what, when, where, who, how many, how sure.

A mention is one trigger with what stands around it. Several mentions make one incident
(`coreference`), so what a mention does not say stays open here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.casualties.casualty_mentions import CasualtyMention
from geo.extraction.entities.weapons import WeaponMention
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.word_classes import any_in
from geo.extraction.mentions.attachment import nearest_casualties, nearest_date, nearest_place, nearest_weapon
from geo.extraction.mentions.attribution import find_attribution, in_full
from geo.extraction.mentions.background import find_background
from geo.extraction.mentions.factuality import Factuality, find_factuality
from geo.extraction.mentions.participants import Participant, find_participants, participants_of
from geo.extraction.mentions.roles import Roles, find_roles
from geo.extraction.temporal.timex import DateMention
from geo.extraction.triggers import Trigger
from geo.geoparsing import Location
from geo.resources import read_table
from geo.tables import word_class
from geo.vocabulary import EVENT_TYPE_OF

# Words that say nothing of the means; a weapon beside them does.
_GENERAL: Final = word_class("general_attack")
_MISFORTUNE_REACH: Final = 10  # words from "killed" to "in an earthquake"
_SUBJECT_REACH: Final = 6  # words of a sentence that may hold its subject
_CHANGE: Final = "Change to group/activity"  # of the armed
_UNARMED: Final = frozenset({"protesters", "civilians", "civilian", "person"})
_CROWDS: Final = frozenset({"Protests", "Riots"})
_BROUGHT_BY: Final = word_class("cause_preposition")
_DEFINITE: Final = word_class("definite")
BEFORE: Final = "before"  # the type is that of the mention before; nothing else is needed
_ARMED: Final = frozenset({"state", "rebel", "militia", "gang", "unknown"})


@dataclass(frozen=True, slots=True, eq=False)
class EventMention:
    """One trigger with what the report says around it."""

    trigger: Trigger
    sentence: Sentence
    factuality: Factuality
    definite: bool  # "the attack": perhaps mentioned before
    plural: bool
    agents: tuple[Participant, ...]
    patients: tuple[Participant, ...]
    relative: bool  # "that killed": its subject is another trigger
    shared: bool  # ", killing two": its subject is that of another trigger
    date: DateMention | None
    date_in_clause: bool
    place: Location | None
    place_in_clause: bool
    casualties: tuple[CasualtyMention, ...]
    weapon: WeaponMention | None
    blamed: tuple[Participant, ...]  # who is held to have done it
    sources: tuple[Participant, ...]  # who says so
    attributed_status: str  # the status that an attribution gives; "" without one
    background: str = ""  # of a war, a year, a day long ago: see `background`

    @property
    def sub_event_type(self) -> str:
        """Return the sub-event type that the trigger and its weapon suggest; "" for one that only refers back."""
        if self.weapon and self.trigger.entry.name in _GENERAL:
            return _types_by_weapon().get(self.weapon.weapon_class, self.trigger.entry.sub_event_type)
        return self.trigger.entry.sub_event_type

    @property
    def has_subject_only(self) -> bool:
        """Return whether the phrases read as patients are in fact the acting subject: "mourners marched in Basra"."""
        return self.trigger.entry.frame == "agent" and self.trigger.part == "verb" and not self.agents


@cache
def _types_by_weapon() -> Mapping[str, str]:
    """Read class of weapon -> the sub-event type of an attack with it."""
    return {row["class"]: row["sub_event_type"] for row in read_table("events/weapon_types.csv")}


def find_event_mentions(annotated: AnnotatedReport) -> list[EventMention]:
    """Read every mention of a report, in text order."""
    mentions: list[EventMention] = []
    taken: set[int] = set()
    for trigger in annotated.triggers:
        sentence = annotated.sentence_at(annotated.words.starts[trigger.first])
        if sentence.is_dateline or sentence.is_headline or trigger.first in taken:
            continue
        whole = _completed(trigger, mentions) if trigger.entry.needs == BEFORE else trigger
        mention = _read(annotated, whole, sentence)
        if mention is not None:
            taken.update(range(trigger.first, trigger.stop))
            mentions.append(mention)
    return mentions


def _completed(trigger: Trigger, before: Sequence[EventMention]) -> Trigger:
    """Give "20 others launched" the type of the mention before."""
    last = next((mention for mention in reversed(before) if mention.sub_event_type), None)
    if last is None:
        return trigger
    return replace(trigger, entry=replace(trigger.entry, sub_event_type=last.sub_event_type))


def _read(annotated: AnnotatedReport, trigger: Trigger, sentence: Sentence) -> EventMention | None:
    words, tags = annotated.words, annotated.tags
    arguments = find_roles(annotated.text, trigger, sentence.first, sentence.stop)
    if _is_misfortune(annotated, trigger, arguments, sentence) or _is_source(annotated, trigger):
        return None
    weapon = nearest_weapon(annotated, trigger, sentence)
    agents, patients = find_participants(annotated, trigger, arguments)
    casualties = nearest_casualties(annotated, trigger, sentence)
    found = Found(sentence, patients, has_weapon=weapon is not None, has_casualty=bool(casualties))
    if not has_needs(annotated, trigger.entry.needs, found) or _is_crowd_leaving(trigger, agents):
        return None
    date, date_in_clause = nearest_date(annotated, trigger, sentence)
    place, place_in_clause = nearest_place(annotated, trigger, sentence)
    attribution = find_attribution(words, tags, trigger, sentence)
    accused = participants_of(annotated, attribution.blamed)
    blamed = tuple(one for one in accused if _can_act(annotated, one))
    saying = annotated.speech.within(sentence.first, sentence.stop)[:1]
    speakers = [in_full(words, tags, one) for one in attribution.sources or [one.speakers[0] for one in saying]]
    return EventMention(
        trigger=trigger,
        sentence=sentence,
        factuality=find_factuality(annotated.text, trigger, sentence.first, sentence.stop),
        definite=_is_definite(annotated, trigger, arguments),
        plural=words.words[trigger.stop - 1].endswith("s") and trigger.part == "noun",
        agents=agents,
        patients=patients,
        relative=arguments.relative,
        shared=arguments.shared,
        date=date,
        date_in_clause=date_in_clause,
        place=place,
        place_in_clause=place_in_clause,
        casualties=casualties,
        weapon=weapon,
        blamed=blamed,
        sources=participants_of(annotated, speakers),
        attributed_status=attribution.status if blamed or not accused else "",
        background=find_background(words, sentence, date, annotated.day, in_clause=date_in_clause),
    )


def _is_misfortune(annotated: AnnotatedReport, trigger: Trigger, arguments: Roles, sentence: Sentence) -> bool:
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
    # "A cyclone struck the coast, killing 48": the subject of the sentence did it.
    stop = min(sentence.first + _SUBJECT_REACH, trigger.first)
    deeds = {at for one in annotated.triggers_within(sentence.first, stop) for at in range(one.first, one.stop)}
    before = [words[at] for at in range(sentence.first, stop) if at not in deeds]  # "tried to storm a post"
    led = (trigger.form == "ing" or arguments.shared) and any_in(before, "misfortune")
    return led and not any(sentence.start <= weapon.start < sentence.end for weapon in annotated.weapons)


def _is_source(annotated: AnnotatedReport, trigger: Trigger) -> bool:
    """Return whether a noun for a crowd only names a source: "activists said", "according to protesters"."""
    if trigger.part != "noun" or EVENT_TYPE_OF.get(trigger.entry.sub_event_type) not in _CROWDS:
        return False
    return annotated.speech.is_speaker(trigger.first, trigger.stop)


def _is_crowd_leaving(trigger: Trigger, agents: Sequence[Participant]) -> bool:
    """Return whether the unarmed do what is news of the armed alone: "the crowd withdrew"."""
    return trigger.entry.sub_event_type == _CHANGE and bool(agents) and all(one.kind in _UNARMED for one in agents)


def _is_definite(annotated: AnnotatedReport, trigger: Trigger, arguments: Roles) -> bool:
    """Return whether a noun is definite: "the attack", "that attack", "his murder"."""
    if trigger.part != "noun":
        if arguments.passive and annotated.tags[trigger.first - 1 : trigger.first] == ",":
            return True  # "the town, bombed on Wednesday"
        return "the" in annotated.words.words[trigger.first : trigger.stop]
    at = trigger.first - 1
    floor = max(0, trigger.first - 6)
    while at > floor and annotated.tags[at] in "n-'#":
        at -= 1
    return annotated.words.words[at] in _DEFINITE or "'" in annotated.tags[at : trigger.first]


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
        name == "terrain" and any(_holds_place(annotated, participant) for participant in found.patients)
    ):
        return True
    words = annotated.words.words
    wanted = "civilian" if name == "people" else name
    if where == "object":
        return any(any_in(words[participant.first : participant.stop], wanted) for participant in found.patients)
    return any_in(words[sentence.first : sentence.stop], wanted)


def _can_act(annotated: AnnotatedReport, participant: Participant) -> bool:
    """Return whether words may name who did it: no town does, "marched in Basra behind the coffins"."""
    return bool(participant.name or participant.kind or participant.sort) or not _holds_place(annotated, participant)


def _holds_place(annotated: AnnotatedReport, participant: Participant) -> bool:
    start, end = annotated.words.starts[participant.first], annotated.words.ends[participant.stop - 1]
    return any(location.kind == "place" for location in within(annotated.locations, start, end))
