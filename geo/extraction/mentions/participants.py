"""Identify the participants of a trigger: what their words name, and what a pronoun refers to."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.entities.actors import ActorMention
from geo.extraction.language.chunks import NounPhrase, is_owner
from geo.extraction.language.word_classes import any_in
from geo.extraction.mentions.roles import CARRIED_OUT, Roles
from geo.extraction.triggers import Trigger
from geo.tables import word_class, word_classes

ARMED: Final = frozenset({"state", "rebel", "militia", "gang"})
# Nouns whose owner is the victim.
_DONE_TO: Final = word_class("done_to_owner")
_RANK_REACH: Final = 4  # words from "France's deadliest" to the deed
_CARRIER_REACH: Final = 6  # words from "retaliated" to "strikes"
_THE: Final = frozenset({"the", "this", "that"})
_GROUP_NOUNS: Final = word_class("group_noun")
_GROUP_REACH: Final = 2  # sentences before "the group" that may name it
_VEHICLE: Final = "vehicle"
_SINGULAR: Final = word_class("singular_pronoun")
_PLURAL: Final = word_class("plural_pronoun")
POSSESSIVES: Final = frozenset({"its", "their"})
_OBJECTS: Final = word_class("object_pronoun")
_HEAD: Final = attrgetter("head")

AgentsAndPatients = tuple[tuple["Participant", ...], tuple["Participant", ...]]  # who did it, to whom


@dataclass(slots=True, eq=False)  # not frozen: that would triple the time of making one
class Participant:
    """Somebody or something that a mention names, with what it is."""

    text: str  # the words, without article or number
    name: str | None  # the actor of the table that they name
    kind: str  # civilian, state, rebel, protesters, thing, ...; "" unknown
    country_code: str | None
    first: int  # word indices
    stop: int
    sort: str = ""  # people, body, thing, name
    least: int | None = None  # how many people, at least


def find_participants(annotated: AnnotatedReport, trigger: Trigger, arguments: Roles) -> AgentsAndPatients:
    """Return agents and patients of a trigger, by its roles."""
    near = [
        _without_owner(annotated, one)
        for n, one in enumerate(arguments.agents)
        if (one.first < trigger.first or not annotated.is_across_answer(trigger, one.first, one.stop))
        and not (one.first < trigger.first and is_owner(annotated.words, one.first))
        and not (n and annotated.speech.is_speaker(one.first, one.stop))  # "by police, the ambulance service said"
    ]
    agents, patients = participants_of(annotated, near), participants_of(annotated, arguments.patients)
    agents = _with_owners(annotated, agents)
    if trigger.entry.frame == "naming":
        return (patients, ()) if any(map(_is_suspect, agents)) else ((), patients)
    if trigger.part == "noun":
        return _with_possessors(annotated, trigger, arguments, agents, patients)
    return _with_antecedents(annotated, trigger, arguments, agents, patients)


def _without_owner(annotated: AnnotatedReport, chunk: NounPhrase) -> NounPhrase:
    """Cut whose a thing is from it: "radios | used by the militia blew up" accuses nobody."""
    owned = annotated.words.words[chunk.head + 1 : chunk.head + 2]
    return NounPhrase(chunk.first, chunk.head + 1, chunk.head) if any_in(owned, "owned") else chunk


def _with_possessors(
    annotated: AnnotatedReport,
    trigger: Trigger,
    arguments: Roles,
    agents: tuple[Participant, ...],
    patients: tuple[Participant, ...],
) -> AgentsAndPatients:
    """Sort who stands before a noun: "the priests' murder" was done to them, "the guerrilla attack" by them."""
    own = annotated.words.words[trigger.first : trigger.stop]
    if any_in(own, "crowd") or any_in(own, "crowd_member"):  # "angry demonstrators" act themselves
        first = arguments.possessors[0].first if arguments.possessors else trigger.first
        return participants_of(annotated, (NounPhrase(first, trigger.stop, trigger.stop - 1),)), patients
    ranked = any(_is_rank(word) for word in annotated.words.words[max(0, trigger.first - _RANK_REACH) : trigger.first])
    for participant in participants_of(annotated, arguments.possessors):
        if ranked and participant.kind == "state":
            continue  # "France's deadliest attack"
        if participant.kind == _VEHICLE and _is_weapon(annotated, participant):
            continue  # "a helicopter attack" is one with helicopters
        struck = participant.sort == "thing" or (trigger.entry.name in _DONE_TO and participant.kind not in ARMED)
        if struck and not patients:
            patients = (participant,)
        elif not struck and not agents:
            agents = (participant,)
    if not any(participant.kind for participant in agents):
        agents = _who_carried_out(annotated, trigger) or agents
    return agents, patients


def _is_rank(word: str) -> bool:
    """Return whether a word ranks a deed among others: "deadliest", "worst"."""
    return (word.endswith("iest") and len(word) > 5) or word in word_classes()["superlative"]  # noqa: PLR2004 -- letters


def _is_weapon(annotated: AnnotatedReport, participant: Participant) -> bool:
    """Return whether the words of a participant are a weapon's."""
    start, end = annotated.words.starts[participant.first], annotated.words.ends[participant.stop - 1]
    return any(weapon.start < end and start < weapon.end for weapon in annotated.weapons)


def _with_owners(annotated: AnnotatedReport, agents: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Put who has them for "its own drones", "their artillery", "its fighters"; nobody where it is not stated."""
    words, named = annotated.words, []
    for one in agents:
        at = next((i for i in range(max(0, one.first - 1), one.stop) if words.words[i] in POSSESSIVES), None)
        if at is None or one.name or (one.sort in {"people", "name"} and one.kind not in ARMED):
            named.append(one)
            continue
        sentence = annotated.sentence_at(words.starts[one.first])
        speakers = [saying.speakers[0] for saying in annotated.speech.within(sentence.first, at)[:1]]
        named += participants_of(annotated, speakers) or _antecedent(annotated, at, "it")
    return tuple(named)


def _who_carried_out(annotated: AnnotatedReport, trigger: Trigger) -> tuple[Participant, ...]:
    """Resolve "it" in "it retaliated with air strikes": the subject of the sentence before."""
    words, tags = annotated.words, annotated.tags
    for i in range(trigger.first - 1, max(0, trigger.first - _CARRIER_REACH), -1):
        if words.words[i] in CARRIED_OUT and tags[i - 1] == "N" and words.words[i - 1] in {"it", "they"}:
            here = annotated.sentence_at(words.starts[i])
            for saying in annotated.speech.within(here.first, i)[:1]:  # "the group said that it carried out the attack"
                if speakers := participants_of(annotated, saying.speakers[:1]):
                    return speakers
            before = annotated.sentences[max(0, here.index - 1)]
            bodies = [found for found in within(annotated.actors, before.start, here.start) if found.kind in ARMED]
            for found in bodies[:1]:
                first, stop = found.first, found.stop
                return participants_of(annotated, (NounPhrase(first, stop, stop - 1),))
    return ()


def _is_suspect(participant: Participant) -> bool:
    """Return whether those named are the perpetrators, not the victims."""
    return participant.kind in {"rebel", "militia", "gang"} or any_in(participant.text.lower().split(), "suspect")


def _with_antecedents(
    annotated: AnnotatedReport,
    trigger: Trigger,
    arguments: Roles,
    agents: tuple[Participant, ...],
    patients: tuple[Participant, ...],
) -> AgentsAndPatients:
    """Resolve "he", "them" and "it" where the report has only the pronoun."""
    words, tags = annotated.words, annotated.tags
    before = annotated.text.verbs[trigger.first].first - 1
    subject = words.get(before) if before >= 0 and tags[before] == "N" else ""
    follows = words.get(trigger.stop)
    if subject and arguments.passive and not patients:
        patients = _antecedent(annotated, before, subject)
    elif subject and not agents:
        agents = _antecedent(annotated, before, subject)
    if not patients and follows in _OBJECTS and tags[trigger.stop] == "N":
        patients = _antecedent(annotated, trigger.first, follows, but=agents)
    return agents, patients


def _antecedent(
    annotated: AnnotatedReport, at: int, pronoun: str, but: Sequence[Participant] = ()
) -> tuple[Participant, ...]:
    """Find the antecedent of a pronoun, in its sentence or the one before: one person for "he", several for "they"."""
    if pronoun not in _SINGULAR | _PLURAL:
        return ()
    here = annotated.sentence_at(annotated.words.starts[at])
    floor = annotated.sentences[max(0, here.index - 1)].first  # the sentence before, at most
    start, end = annotated.words.starts[floor], annotated.words.starts[at]
    bodies = [one for one in within(annotated.actors, start, end) if one.known and one.kind in ARMED]
    antecedents = [
        phrase
        for phrase in (*annotated.phrases, *(NounPhrase(a.first, a.stop, a.stop - 1, "body") for a in bodies))
        if floor <= phrase.first
        and phrase.stop <= at
        and phrase.sort in {"people", "name", "body"}
        and _agrees(phrase, pronoun)
        and not any(one.first <= phrase.head < one.stop for one in but)
    ]
    if not antecedents:
        return ()
    best = max(antecedents, key=lambda phrase: (phrase.first >= here.first, phrase.sort == "name", phrase.first))
    found = _participant(annotated, NounPhrase(best.first, best.stop, best.head))
    return (found,) if found else ()


def _agrees(phrase: NounPhrase, pronoun: str) -> bool:
    """Return whether a pronoun may stand for a phrase: "it" for a body, "he" for one person, "they" for either."""
    if pronoun == "it":
        return phrase.sort == "body"
    return (phrase.sort == "body" or phrase.least is None or phrase.least > 1) == (pronoun in _PLURAL)


def participants_of(annotated: AnnotatedReport, chunks: Sequence[NounPhrase]) -> tuple[Participant, ...]:
    """Say what each of several runs of words names."""
    return tuple(participant for chunk in chunks if (participant := _participant(annotated, chunk)) is not None)


def _participant(annotated: AnnotatedReport, chunk: NounPhrase) -> Participant | None:
    """Say what a run of words names: an actor of the table, people, or a thing."""
    words = annotated.words
    start, end = words.starts[chunk.first], words.ends[chunk.stop - 1]
    actor = _actor_within(annotated, start, end)
    phrase = _phrase_within(annotated.phrases, chunk)
    known = actor if actor and actor.known else None
    first = chunk.first
    while first < chunk.stop - 1 and (
        annotated.tags[first] in "DRP[]\"'-" or words.words[first] in word_classes()["count"]
    ):
        first += 1
    text = words.text[words.starts[first] : end]
    if annotated.tags[first] == "#" and first == chunk.stop - 1:
        return None
    if actor is None and phrase is None:
        country = next((found for found in within(annotated.locations, start, end) if found.country_code), None)
        if country is not None and country.geo_precision == "country":  # "Iran's immediate response"
            return Participant(text, country.country, "state", country.country_code, chunk.first, chunk.stop, "body")
    known = known or _group_meant(annotated, chunk)
    kind = known.kind if known else actor.kind if actor else phrase.kind if phrase else ""
    found = known or actor
    return Participant(
        " ".join(text.split()),
        known.name if known else None,
        kind,
        found.country_code if found else None,
        chunk.first,
        chunk.stop,
        phrase.sort if phrase else "body" if actor else "",
        phrase.least if phrase else None,
    )


def _group_meant(annotated: AnnotatedReport, chunk: NounPhrase) -> ActorMention | None:
    """Resolve "the group", "the group's fighters": the one armed group that the sentences just before name, if one."""
    words = annotated.words.words
    definite = words[chunk.first] in _THE or words[chunk.first - 1 : chunk.first] == ["the"]
    at = chunk.first + (words[chunk.first] in _THE)  # "the armed group", "the other group" are others
    owner = annotated.tags[at + 1 : at + 2] == "'" and at + 1 < chunk.head
    if not definite or annotated.words.get(at) not in _GROUP_NOUNS or not (owner or at == chunk.head == chunk.stop - 1):
        return None
    here = annotated.sentence_at(annotated.words.starts[chunk.first])
    floor = annotated.sentences[max(0, here.index - _GROUP_REACH)].start
    known = [one for one in within(annotated.actors, floor, annotated.words.starts[chunk.first]) if one.known]
    groups = {one.name: one for one in known if one.kind in ARMED - {"state"}}
    return next(iter(groups.values())) if len(groups) == 1 else None


def _actor_within(annotated: AnnotatedReport, start: int, end: int) -> ActorMention | None:
    """Return the actor that words name: one of the table before any other, the last before the first."""
    found = within(annotated.actors, start, end)
    return max(reversed(found), key=lambda actor: actor.known, default=None)


def _phrase_within(phrases: Sequence[NounPhrase], chunk: NounPhrase) -> NounPhrase | None:
    """Return the known noun phrase of a run: the one with its head, or else the first."""
    at = bisect_left(phrases, chunk.first, key=_HEAD)
    first: NounPhrase | None = None
    while at < len(phrases) and phrases[at].head < chunk.stop:
        if phrases[at].head == chunk.head:
            return phrases[at]
        first = first or phrases[at]
        at += 1
    return first
