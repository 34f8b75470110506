"""Read each mention of an event in a report: what, when, where, who, how many, how sure.

A mention is one trigger with what stands around it. Several mentions make one incident
(`coreference`), so what a mention does not say stays open here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.casualties.casualty_mentions import CasualtyMention
from geo.extraction.entities.weapons import WeaponMention
from geo.extraction.language.clauses import is_one_clause
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.word_classes import any_in
from geo.extraction.mentions.attachment import nearest_casualties, nearest_date, nearest_place, nearest_weapon
from geo.extraction.mentions.attribution import find_attribution, find_lone_attribution, in_full
from geo.extraction.mentions.background import find_background
from geo.extraction.mentions.factuality import Factuality, find_factuality
from geo.extraction.mentions.participants import ARMED, Participant, find_participants, participants_of
from geo.extraction.mentions.roles import Roles, find_roles
from geo.extraction.mentions.trigger_filters import (
    BEFORE,
    Found,
    has_needs,
    holds_place,
    is_crowd_leaving,
    is_misfortune,
    is_source,
)
from geo.extraction.temporal.timex import DateMention
from geo.extraction.triggers import Trigger
from geo.geoparsing import Location
from geo.resources import read_table
from geo.tables import word_class
from geo.vocabulary import EVENT_TYPE_OF

# Words that say nothing of the means; a weapon beside them does.
_ANY_ATTACK: Final = "Attack"
_AIR_STRIKE: Final = "Air/drone strike"
_SHELLING: Final = "Shelling/artillery/missile attack"
_BY_AIR: Final = word_class("general_attack") | {"bomb", "bombard", "pound"}
_GENERAL: Final = word_class("general_attack")
_PART: Final = frozenset({"including", "among"})
_DEFINITE: Final = word_class("definite")
_ACCUSED: Final = ARMED | {"unknown"}
_VIOLENCE: Final = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
_DEED_REACH: Final = 4  # sentences from the last mention back to the deed that "claimed responsibility" is about
_BLAME_REACH: Final = 3  # sentences from a mention to "parents blamed separatists"


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
    governor: int  # index of the main verb of which it says what came of it; -1 without one
    describes: bool  # "two captured soldiers": it only describes somebody, and reports no deed of its own
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
        entry = self.trigger.entry
        shot = entry.sub_event_type == _ANY_ATTACK and entry.frame == "agent_patient" and not self.weapon
        by_air = self.trigger.part == "verb" and (shot or entry.sub_event_type == _SHELLING or entry.name in _BY_AIR)
        flown = self.weapon and self.weapon.weapon_class == "air" and any(one.kind == "state" for one in self.agents)
        if by_air and (flown or any(map(_flies, self.agents))):
            return _AIR_STRIKE  # "US planes bombed", "helicopters fired rockets at an office"
        if self.weapon and (entry.name in _GENERAL or self._is_by_weapon(self.weapon)):
            return _types_by_weapon().get(self.weapon.weapon_class, entry.sub_event_type)
        return entry.sub_event_type

    def _is_by_weapon(self, weapon: WeaponMention) -> bool:
        """Return whether the weapon is the subject: "a bomb killed five"."""
        killed = self.trigger.entry.sub_event_type == _ANY_ATTACK
        return killed and any(one.first < weapon.stop and weapon.first < one.stop for one in self.agents)

    @property
    def has_subject_only(self) -> bool:
        """Return whether the phrases read as patients are in fact the acting subject: "mourners marched in Basra"."""
        return self.trigger.entry.frame == "agent" and self.trigger.part == "verb" and not self.agents


def _flies(participant: Participant) -> bool:
    return any_in(participant.text.lower().split(), "aircraft")


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
    return _with_lone_attributions(annotated, mentions)


def _with_lone_attributions(annotated: AnnotatedReport, mentions: list[EventMention]) -> list[EventMention]:
    """Add to the last deed before it whom a sentence without a trigger blames: "Parents blamed separatists."."""
    with_mentions = {mention.sentence.index for mention in mentions}
    for place, mention in enumerate(mentions):
        following = mentions[place + 1].sentence.index if place + 1 < len(mentions) else len(annotated.sentences)
        here = mention.sentence
        if mention.blamed or mention.factuality.is_to_come or following == here.index:
            continue
        rest = replace(here, first=mention.trigger.stop)
        for sentence in [rest, *annotated.sentences[here.index + 1 : min(following, here.index + 1 + _BLAME_REACH)]]:
            if (sentence is not rest and sentence.index in with_mentions) or sentence.paragraph > here.paragraph + 1:
                break
            attribution = find_lone_attribution(annotated.words, annotated.tags, sentence)
            accused = [
                one for one in participants_of(annotated, attribution.blamed) if one.name or one.kind in _ACCUSED
            ]
            if accused:
                deed = _deed_before(mentions, place)
                mentions[deed] = replace(mentions[deed], blamed=tuple(accused))
                break
    return mentions


def _deed_before(mentions: Sequence[EventMention], place: int) -> int:
    """Choose whose perpetrator a sentence names: no arrest, no march, and nothing that a state did in answer."""
    last = mentions[place]
    for at in range(place, -1, -1):
        mention = mentions[at]
        if last.sentence.index - mention.sentence.index > _DEED_REACH:
            break
        by_state = any(one.kind == "state" for one in mention.agents)
        if EVENT_TYPE_OF.get(mention.sub_event_type) in _VIOLENCE and not by_state and not mention.blamed:
            return at
    return place


def _completed(trigger: Trigger, before: Sequence[EventMention]) -> Trigger:
    """Give "20 others launched" the type of the mention before."""
    last = next((mention for mention in reversed(before) if mention.sub_event_type), None)
    if last is None:
        return trigger
    return replace(trigger, entry=replace(trigger.entry, sub_event_type=last.sub_event_type))


def _read(annotated: AnnotatedReport, trigger: Trigger, sentence: Sentence) -> EventMention | None:
    words, tags = annotated.words, annotated.tags
    arguments = find_roles(annotated.text, trigger, sentence.first, sentence.stop)
    if is_misfortune(annotated, trigger, arguments, sentence) or is_source(annotated, trigger):
        return None
    weapon = nearest_weapon(annotated, trigger, sentence)
    agents, patients = find_participants(annotated, trigger, arguments)
    casualties = nearest_casualties(annotated, trigger, sentence)
    found = Found(sentence, patients, has_weapon=weapon is not None, has_casualty=bool(casualties))
    if not has_needs(annotated, trigger.entry.needs, found) or is_crowd_leaving(trigger, agents, patients):
        return None
    date, date_in_clause = nearest_date(annotated, trigger, sentence)
    place, place_in_clause = nearest_place(annotated, trigger, sentence)
    attribution = find_attribution(words, tags, trigger, sentence)
    accused = participants_of(annotated, attribution.blamed)
    blamed = tuple(one for one in accused if _can_act(annotated, one))
    saying = [one.speakers[0] for one in annotated.speech.within(sentence.first, sentence.stop)[:1]]
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
        governor=arguments.governor,
        describes=arguments.describes,
        date=date,
        date_in_clause=date_in_clause,
        place=place,
        place_in_clause=place_in_clause,
        casualties=casualties,
        weapon=weapon,
        blamed=blamed,
        sources=participants_of(annotated, [in_full(words, tags, one) for one in attribution.sources or saying]),
        attributed_status=attribution.status if blamed or not accused else "",
        background=find_background(annotated, trigger, place, (*agents, *patients), date, in_clause=date_in_clause),
    )


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


def _can_act(annotated: AnnotatedReport, participant: Participant) -> bool:
    """Return whether words may name who did it: no town does, "marched in Basra behind the coffins"."""
    return bool(participant.name or participant.kind or participant.sort) or not holds_place(annotated, participant)


def states_date(annotated: AnnotatedReport, mention: EventMention) -> bool:
    """Return whether a mention has a date in its clause, with no other verb nor a new clause between the two.

    Of what stands between commas only a part is skipped: "20 raids, including one in Kirkuk, over three months".
    """
    date, trigger = mention.date, mention.trigger
    if date is None or mention.factuality.meanings:
        return False
    first, stop = annotated.words.at(date.start), annotated.words.before(date.end)
    low, high = trigger.gap(first, stop)
    if stop <= trigger.first and trigger.part == "verb":
        high = max(low, annotated.text.verbs[trigger.first].first)  # "In 1981 the president | was shot"
    between = annotated.tags[low:high]
    part = any(word in _PART for word in annotated.words.words[low:high]) and trigger.stop <= first
    return is_one_clause(between) and (mention.date_in_clause or part)
