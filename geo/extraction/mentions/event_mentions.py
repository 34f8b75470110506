"""Read each place of a report that tells of an incident: what, when, where, who, how many, how sure.

A telling is one trigger with what stands around it. Several tellings make one incident
(`coreference`), so what a telling does not say stays open here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.extraction.annotations import Reading
from geo.extraction.casualties.casualty_mentions import CasualtyMention
from geo.extraction.entities.weapons import WeaponMention
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.word_classes import any_in
from geo.extraction.mentions.attachment import nearest_casualties, nearest_date, nearest_place, nearest_weapon
from geo.extraction.mentions.attribution import find_attribution
from geo.extraction.mentions.blame import find_blame
from geo.extraction.mentions.factuality import Standing, find_standing
from geo.extraction.mentions.needs import BEFORE, Found, has_needs
from geo.extraction.mentions.participants import Party, parties_of, read_sides
from geo.extraction.mentions.roles import Arguments, find_arguments
from geo.extraction.temporal.timex import DateMention
from geo.extraction.triggers import Trigger
from geo.geoparsing import Location

# Words that say nothing of the means; a weapon beside them does.
_GENERAL: Final = frozenset("strike hit target attack raid assault".split())
_BY_WEAPON: Final = {
    "air": "Air/drone strike",
    "artillery": "Shelling/artillery/missile attack",
    "ied": "Remote explosive/landmine/IED",
    "landmine": "Remote explosive/landmine/IED",
    "suicide": "Suicide bomb",
    "grenade": "Grenade",
    "chemical": "Chemical weapon",
}
_MISFORTUNE_REACH: Final = 10  # words from "killed" to "in an earthquake"
_BROUGHT_BY: Final = frozenset("in by from during when".split())
_DEFINITE: Final = frozenset("the this that these those his her their its such said both same".split())


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """One trigger with what the report says around it."""

    trigger: Trigger
    sentence: Sentence
    standing: Standing
    definite: bool  # "the attack": perhaps told before
    plural: bool
    agents: tuple[Party, ...]
    patients: tuple[Party, ...]
    relative: bool  # "that killed": its subject is another trigger
    shared: bool  # ", killing two": its subject is that of another trigger
    date: DateMention | None
    date_in_clause: bool
    place: Location | None
    place_in_clause: bool
    casualties: tuple[CasualtyMention, ...]
    weapon: WeaponMention | None
    doers: tuple[Party, ...]  # who is held to have done it
    sayers: tuple[Party, ...]  # who says so, or tells of it
    blame: str  # the status that the blame gives; "" without

    @property
    def kind(self) -> str:
        """Give the sub-event type that the trigger and its weapon suggest; "" for one that only refers back."""
        if self.weapon and self.trigger.entry.name in _GENERAL:
            return _BY_WEAPON.get(self.weapon.weapon_class, self.trigger.entry.sub_event_type)
        return self.trigger.entry.sub_event_type


def read_tellings(reading: Reading) -> list[Telling]:
    """Read every telling of a report, in text order."""
    tellings: list[Telling] = []
    taken: set[int] = set()
    for trigger in reading.triggers:
        sentence = reading.sentence_at(reading.words.starts[trigger.first])
        if sentence.is_dateline or sentence.is_headline or trigger.first in taken:
            continue
        whole = _completed(trigger, tellings) if trigger.entry.needs == BEFORE else trigger
        telling = _read(reading, whole, sentence)
        if telling is not None:
            taken.update(range(trigger.first, trigger.stop))
            tellings.append(telling)
    return tellings


def _completed(trigger: Trigger, before: Sequence[Telling]) -> Trigger:
    """Give "20 others launched" the type of what was told last."""
    last = next((telling for telling in reversed(before) if telling.kind), None)
    if last is None:
        return trigger
    return replace(trigger, entry=replace(trigger.entry, sub_event_type=last.kind))


def _read(reading: Reading, trigger: Trigger, sentence: Sentence) -> Telling | None:
    words, tags = reading.words, reading.tags
    arguments = find_arguments(words, tags, trigger, sentence.first, sentence.stop)
    if _is_misfortune(reading, trigger, arguments, sentence):
        return None
    weapon = nearest_weapon(reading, trigger, sentence)
    agents, patients = read_sides(reading, trigger, arguments)
    casualties = nearest_casualties(reading, trigger, sentence)
    found = Found(sentence, patients, has_weapon=weapon is not None, has_casualty=bool(casualties))
    if not has_needs(reading, trigger.entry.needs, found):
        return None
    date, date_in_clause = nearest_date(reading, trigger, sentence)
    place, place_in_clause = nearest_place(reading, trigger, sentence)
    blame = find_blame(words, tags, trigger, sentence)
    saying = find_attribution(words, tags, sentence)
    return Telling(
        trigger=trigger,
        sentence=sentence,
        standing=find_standing(words, tags, trigger, sentence.first, sentence.stop),
        definite=_is_definite(reading, trigger, arguments),
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
        doers=parties_of(reading, blame.doers),
        sayers=parties_of(reading, blame.sayers or ((saying,) if saying else ())),
        blame=blame.status,
    )


def _is_misfortune(reading: Reading, trigger: Trigger, arguments: Arguments, sentence: Sentence) -> bool:
    """Say whether nature or an accident did it: "an earthquake killed eight", "killed in a collision"."""
    words = reading.words.words
    doers = [word for run in arguments.agents for word in words[run.first : run.stop]]
    after = words[trigger.stop : min(sentence.stop, trigger.stop + _MISFORTUNE_REACH)]
    at = next((i for i, word in enumerate(after) if word in _BROUGHT_BY), len(after))
    return any_in(doers, "misfortune") or any_in(after[at:], "misfortune")


def _is_definite(reading: Reading, trigger: Trigger, arguments: Arguments) -> bool:
    """Say whether a noun is told as known: "the attack", "that attack", "his murder"."""
    if trigger.part != "noun":
        if arguments.passive and reading.tags[trigger.first - 1 : trigger.first] == ",":
            return True  # "the town, bombed on Wednesday"
        return "the" in reading.words.words[trigger.first : trigger.stop]
    at = trigger.first - 1
    floor = max(0, trigger.first - 6)
    while at > floor and reading.tags[at] in "n-'#":
        at -= 1
    return reading.words.words[at] in _DEFINITE or "'" in reading.tags[at : trigger.first]
