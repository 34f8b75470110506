"""List everybody and everything that the mentions of an incident name, with what speaks for each as its victim.

Grammar says who stands beside a trigger; where it is silent, or says too much, the sort of noun, its place in the
sentence and how often it is named decide. `victims` weighs them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.entities.actors import find_bodies
from geo.extraction.entities.participant_names import (
    content_words,
    is_empty,
    is_mere,
    is_place,
    is_weapon,
    parts_of,
    tidy,
)
from geo.extraction.language.chunks import NounPhrase, takes_no_part
from geo.extraction.mentions.attachment import is_beyond_opening
from geo.extraction.mentions.background import is_meanwhile
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.mentions.participants import Participant
from geo.extraction.spatial.scenes import is_in_dateline
from geo.extraction.triggers import Trigger
from geo.memo import remember
from geo.tables import word_class, word_classes

PART: Final = "part of a total"  # "27 children" of "305 people, including 27 children"
SORTS: Final = ("name", "people", "body", "thing", "unknown")
_FIRST: Final = attrgetter("first")
_NEAR: Final = (3, 8, 16)  # words from a trigger: bounds of what is near
_OFTEN: Final = 4  # mentions of a noun in a report, from which on it does not matter how many
_UPON: Final = word_class("upon")
_OWN_REACH: Final = 8  # words to the nearest trigger of the incident, from which on one before may be the nearer
_OTHER_REACH: Final = 10  # words behind another incident's trigger
_LONG: Final = 7  # words of a name, from which on it does not matter how many


@dataclass(slots=True)
class VictimCandidate:
    """Somebody or something that an incident's mentions name."""

    name: str
    words: frozenset[str]
    person: bool
    body: str  # the table's name
    features: set[str]  # what was observed of its mentions
    describes: frozenset[str] = frozenset()  # the words of the person by name that it describes


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class _Named:
    """One mention of a candidate."""

    name: str
    person: bool
    body: str
    features: list[str]
    describes: str = ""  # the person by name who stands before it, "Adam, a dentist"; of an owner what is owned


def list_victim_candidates(annotated: AnnotatedReport, cluster: EventCluster) -> list[VictimCandidate]:
    """List everybody and everything that the mentions of an incident name, with their features."""
    found: dict[frozenset[str], VictimCandidate] = {}
    for row in _all_named(annotated, cluster):
        words = content_words(row.name)
        if not words:
            continue
        candidate = found.setdefault(words, VictimCandidate(row.name, words, row.person, row.body, set()))
        candidate.person, candidate.body = candidate.person or row.person, candidate.body or row.body
        candidate.features.update(row.features)
        candidate.describes = candidate.describes or content_words(row.describes)
    event = max(cluster.types, key=cluster.types.count) if cluster.types else "unknown"
    for candidate in found.values():
        candidate.features.update(f"event {event} / {sort}" for sort in SORTS if f"sort {sort}" in candidate.features)
        candidate.features.update(_of_name(annotated, candidate))
    return list(found.values())


_RolesAt = dict[int, list[tuple[str, int]]]  # by word: the roles of phrases around it, and their ends


def _all_named(annotated: AnnotatedReport, cluster: EventCluster) -> Iterator[_Named]:
    """List what grammar finds, then every noun phrase of the sentences that mention an incident."""
    roles: _RolesAt = {}
    happened = [mention for mention in cluster.mentions if not mention.factuality.is_to_come] or cluster.mentions
    for mention in happened:
        for role, some in _roles(mention):
            for one in some:
                for at in range(one.first, one.stop):
                    roles.setdefault(at, []).append((role, one.stop))
    by_sentence: dict[int, list[EventMention]] = {}
    for mention in happened:
        yield from _by_grammar(annotated, mention)
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    for mentions in by_sentence.values():
        sentence = mentions[0].sentence
        before: NounPhrase | None = None
        source: NounPhrase | None = None
        for phrase in _phrases_within(annotated, sentence.first, sentence.stop):
            if _is_source(annotated, phrase, source):
                source = phrase
            elif phrase.sort != "number" and not _is_outside(annotated, phrase, mentions):
                around = _around(annotated, phrase, mentions, roles)
                apposed = _name(annotated, before) if before and _is_apposed(annotated, before, phrase) else ""
                yield _Named(_name(annotated, phrase), phrase.sort == "name", "", around, apposed)
            before = phrase


def _is_outside(annotated: AnnotatedReport, phrase: NounPhrase, mentions: Sequence[EventMention]) -> bool:
    """Return whether a phrase cannot be a victim: "none of its planes", or the victim of another event."""
    words, first = annotated.words, phrase.first
    if (
        "none" in words.words[max(0, first - 3) : first + 1]
        or is_meanwhile(annotated, phrase)
        or takes_no_part(words, first, phrase.stop)
        or is_in_dateline(annotated, first, phrase.stop)
    ):
        return True
    if any(one.trigger.first <= phrase.head < one.trigger.stop for one in mentions):
        return True  # "a general strike"
    if any(phrase.stop == one.trigger.first and _is_active(annotated, one) for one in mentions):
        return True  # "its fighters fired the rockets"
    own, sentence = {one.trigger.first for one in mentions}, mentions[0].sentence
    if any(
        other.first not in own and _belongs_to(annotated, phrase, other)
        for other in annotated.triggers_within(sentence.first, sentence.stop)
    ):
        return True  # "the answer to the killing of Diaz was a missile attack"
    behind = annotated.triggers_within(max(sentence.first, first - _OTHER_REACH), first)
    if min(_apart(one, phrase) for one in mentions) > _OWN_REACH and any(other.first not in own for other in behind):
        return True  # "stormed the embassy after funerals for men who died in air strikes": no air strike on it
    beyond = all(is_beyond_opening(annotated, one.trigger, first) for one in mentions)
    return beyond or all(annotated.is_across_answer(one.trigger, first, phrase.stop) for one in mentions)


def _is_active(annotated: AnnotatedReport, mention: EventMention) -> bool:
    """Return whether a verb says what its subject did to others."""
    trigger = mention.trigger
    acts = trigger.part == "verb" and trigger.entry.frame == "agent_patient" and not mention.has_subject_only
    return acts and bool(mention.agents) and not annotated.text.verbs[trigger.first].is_passive


def _belongs_to(annotated: AnnotatedReport, phrase: NounPhrase, other: Trigger) -> bool:
    """Return whether a trigger names who was affected: "the Diaz killing", "a raid on depots", "killed two clerks"."""
    words, at = annotated.words.words, phrase.first - (annotated.tags[max(0, phrase.first - 1)] == "D")
    if other.part == "noun":
        upon = other.stop < at and words[other.stop] in _UPON and not annotated.tags[other.stop + 1 : at].strip("Dn")
        return phrase.stop == other.first or upon  # "the bombings of the drug lord | Pablo Escobar"
    return other.stop == at and not annotated.text.verbs[other.first].is_passive


def _is_source(annotated: AnnotatedReport, phrase: NounPhrase, before: NounPhrase | None) -> bool:
    """Return whether a phrase is only the source of the statement.

    "According to the mayor", and the name behind that, "Ana Diaz"; "the mayor, Ana Diaz, first said".
    """
    if phrase.sort != "number" and annotated.speech.is_speaker(phrase.first, phrase.stop):
        return True  # a house that speaks, too, stands for people: "the White House said"
    words = annotated.words.words
    return before is not None and phrase.sort == "name" and words[before.stop : phrase.first] == [","]


def _is_apposed(annotated: AnnotatedReport, before: NounPhrase, phrase: NounPhrase) -> bool:
    """Return whether a phrase says who the person before it is: "Adam, a dentist"."""
    one = phrase.sort == "people" and phrase.least == phrase.most == 1 and before.sort == "name"
    return one and annotated.words.words[before.stop : phrase.first] == [","]


def _roles(mention: EventMention) -> tuple[tuple[str, tuple[Participant, ...]], ...]:
    return (("patient", mention.patients), ("agent", mention.agents), ("doer", mention.blamed),
            ("sayer", mention.sources))  # fmt: skip


def _by_grammar(annotated: AnnotatedReport, mention: EventMention) -> Iterator[_Named]:
    """List those that grammar makes the victims of a mention."""
    trigger = mention.trigger
    for place, participant in enumerate(() if mention.has_subject_only else mention.patients):
        if annotated.speech.is_speaker(participant.stop - 1, participant.stop):
            continue
        if annotated.is_across_answer(mention.trigger, participant.first, participant.stop) or (
            place and annotated.words.words[participant.first : participant.first + 2] == ["one", "of"]
        ):  # the latter only says what those before it are: "the union, one of the largest of the country"
            continue
        person, sort = participant.sort == "name", participant.sort or "unknown"
        features = [
            f"patient of {trigger.part}",
            f"patient of {trigger.entry.frame or 'plain'}",
            f"patient {sort}",
            f"patient {'later' if place else 'first'}",
            f"sort {sort}",
            f"kind {participant.kind or 'unknown'}",
            "known body" if participant.name else "no known body",
        ]
        describes = _described(annotated, mention, place)
        for part, name in enumerate(parts_of(participant.text, person=person)):
            yield _Named(name, person, participant.name or "", [*features, f"part {min(part, 2)}"], describes)
        if sort == "thing":
            yield from _owners(annotated, participant)
    for casualty in mention.casualties:
        if casualty.who and casualty.least != 0:
            person, kind = casualty.kind == "person", casualty.kind or "unknown"
            for name in parts_of(casualty.who, person=person):
                features = [f"casualty {casualty.effect}", f"casualty / kind {kind}"]
                yield _Named(name, person, "", [*features, PART] if casualty.part_of_total else features)


def _described(annotated: AnnotatedReport, mention: EventMention, place: int) -> str:
    """Name the person that a later patient only describes: "Ana Diaz, the head of a union and mayor, was shot"."""
    words, named = annotated.words.words, ""
    for one, other in pairwise(mention.patients[: place + 1]):
        between = [word for word in words[one.stop : other.first] if word not in word_classes()["determiner"]]
        title = other.sort == "people" and not other.text.split(" of ", maxsplit=1)[0].endswith("s")
        begun = (
            one.sort == "name" and between == [","] and words[other.first] in {"the", "a", "an", "its", "his", "her"}
        )
        named = (named or tidy(one.text)) if title and (begun or (named and between == ["and"])) else ""
    return named


def _owners(annotated: AnnotatedReport, participant: Participant) -> Iterator[_Named]:
    """Name the groups that own what was struck: "weapons depots of Kataib Hezbollah"."""
    tokens = annotated.words.words[participant.first : participant.stop]
    of = participant.first + (tokens.index("of") if "of" in tokens else len(tokens))
    for found in find_bodies(annotated.words, of + 1, participant.stop):
        if found.kind in {"rebel", "militia", "gang"}:
            yield _Named(
                found.name,
                participant.sort == "name",
                found.name,
                ["owner", f"kind {found.kind}", "sort body", "known body"],
                tidy(participant.text),
            )


def _phrases_within(annotated: AnnotatedReport, first: int, stop: int) -> Sequence[NounPhrase]:
    begin = bisect_left(annotated.phrases, first, key=_FIRST)
    return annotated.phrases[begin : bisect_left(annotated.phrases, stop, begin, key=_FIRST)]


def _name(annotated: AnnotatedReport, phrase: NounPhrase) -> str:
    stop = phrase.tail if phrase.sort == "thing" or phrase.least == 1 else phrase.stop
    return tidy(annotated.words.span(phrase.first, stop))


def _around(
    annotated: AnnotatedReport, phrase: NounPhrase, mentions: Sequence[EventMention], roles: _RolesAt
) -> list[str]:
    """Extract the features of a phrase and of the words around it."""
    words = annotated.words
    mention = min(mentions, key=lambda one: _apart(one, phrase))
    step = sum(_apart(mention, phrase) > bound for bound in _NEAR)
    side = "before" if phrase.first < mention.trigger.first else "after"
    features = [
        f"sort {phrase.sort}",
        f"kind {phrase.kind or 'unknown'}",
        f"head {words.words[phrase.head].removesuffix('s')}" if phrase.sort != "name" else "head of name",
        f"before {annotated.text.word_or_class(phrase.first - 1)}",
        f"after {annotated.text.word_or_class(phrase.stop)}",
        f"opener {annotated.tags[phrase.first]}",
        "counted" if phrase.counted else "not counted",
        f"{side} trigger {step}",
        f"{side} {mention.trigger.part} {step}",
    ]
    at_head = roles.get(phrase.head, ())
    features += [f"in {role}{' head' if phrase.stop == stop else ''}" for role, stop in at_head]
    actors = within(annotated.actors, words.starts[phrase.first], words.ends[phrase.stop - 1])
    features += [f"known {actor.kind}" for actor in actors if actor.known]
    return features


def _apart(mention: EventMention, phrase: NounPhrase) -> int:
    trigger = mention.trigger
    return trigger.first - phrase.stop if phrase.first < trigger.first else phrase.first - trigger.stop


def _of_name(annotated: AnnotatedReport, candidate: VictimCandidate) -> list[str]:
    """Extract the features of a name by itself."""
    often = annotated.frequencies[candidate.name.rpartition(" ")[2].lower()]
    features = [
        f"often {min(often, _OFTEN)}",
        f"length {min(candidate.name.count(' ') + 1, _LONG)}",
        "person" if candidate.person else "no person",
    ]
    return features if candidate.person else [*features, *_dull(candidate.name)]


@remember
def _dull(name: str) -> tuple[str, ...]:
    """Return in which ways a name is unspecific."""
    ways = (("place", is_place), ("weapon", is_weapon), ("mere", is_mere), ("empty", is_empty))
    return tuple(f"name is {way}" for way, holds in ways if holds(name))
