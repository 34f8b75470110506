"""Read each place of a report that tells of an incident: what, when, where, who, how many, how sure.

A telling is one trigger with what stands around it. Several tellings make one incident
(`coreference`), so what a telling does not say stays open here.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.extraction.actors import ActorMention
from geo.extraction.arguments import Arguments, find_arguments
from geo.extraction.attribution import find_attribution
from geo.extraction.blame import find_blame
from geo.extraction.casualties import CasualtyMention
from geo.extraction.dates import DateMention
from geo.extraction.neighbours import Run
from geo.extraction.phrases import Phrase
from geo.extraction.readings import Reading, Spanned, within
from geo.extraction.sentences import Sentence
from geo.extraction.status import Standing, find_standing
from geo.extraction.triggers import Trigger
from geo.extraction.weapons import WeaponMention
from geo.extraction.wordclasses import any_in, word_classes
from geo.geoparsing import Location

_ARMED: Final = frozenset({"state", "rebel", "militia", "gang", "unknown"})
FAR: Final = 60.0  # a date or place further than this, in steps, belongs to something else
IN_CLAUSE: Final = 14.0  # up to here it stands in the same clause, most likely
COUNTRY_STEP: Final = 10.0  # a town further off tells more than a country close by
_REPORTING_STEP: Final = 8.0  # a date beside "said" is when it was said, more likely than when it happened
_BETWEEN_STEP: Final = 20.0  # what stands beyond another trigger belongs to that one, more likely
_ACTING_STEP: Final = 60.0  # a government is no place
_ARMED_KINDS: Final = frozenset({"state", "rebel", "militia", "gang"})
# Nouns whose owner is the victim.
_DONE_TO: Final = frozenset(
    "murder assassination killing death kidnapping abduction slaying execution disappearance arrest rape".split()
)
_SINGULAR: Final = frozenset("he she him her it".split())
_PLURAL: Final = frozenset("they them".split())
_OBJECTS: Final = frozenset("him her them it".split())
_LOCATIVE: Final = frozenset(
    "in at near inside outside across throughout from to into within over around of between off , 's".split()
)
_NATIONS: Final = frozenset("us u.s. uk u.k. un u.n.".split())  # they stand for people where others would be places
_ELLIPTIC: Final = "before"  # in the table of triggers: the type is that of what was told before
_DEFINITE: Final = frozenset("the this that these those his her their its such said both same".split())


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """Somebody or something that a telling names, with what it is."""

    text: str  # the words, without article or number
    name: str | None  # the actor of the table that they name
    kind: str  # civilian, state, rebel, protesters, thing, ...; "" unknown
    country_code: str | None
    first: int  # word indices
    stop: int
    sort: str = ""  # people, body, thing, name


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
        """Give the sub-event type that the trigger alone suggests; "" for one that only refers back."""
        return self.trigger.entry.sub_event_type


def read_tellings(reading: Reading) -> list[Telling]:
    """Read every telling of a report, in text order."""
    tellings: list[Telling] = []
    taken: set[int] = set()
    for trigger in reading.triggers:
        sentence = reading.sentence_at(reading.words.starts[trigger.first])
        if sentence.is_dateline or sentence.is_headline or trigger.first in taken:
            continue
        if trigger.entry.needs == _ELLIPTIC:
            trigger = _completed(trigger, tellings)
        telling = _read(reading, trigger, sentence)
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
    weapon = _nearest_weapon(reading, trigger, sentence)
    agents, patients = _parties(reading, arguments.agents), _parties(reading, arguments.patients)
    if trigger.entry.frame == "naming":
        agents, patients = ((patients, ()) if any(map(_is_suspect, agents)) else ((), patients))
    elif trigger.part == "noun":
        agents, patients = _with_possessors(reading, trigger, arguments, agents, patients)
    else:
        agents, patients = resolve_pronouns(reading, trigger, arguments, agents, patients)
    casualties = _casualties(reading, trigger, sentence)
    if not _has_needs(reading, trigger, sentence, weapon is not None, patients, bool(casualties)):
        return None
    date, date_near = _date(reading, trigger, sentence)
    place, place_near = _place(reading, trigger, sentence)
    blame = find_blame(words, tags, trigger, sentence)
    saying = find_attribution(words, tags, sentence)
    return Telling(
        trigger,
        sentence,
        find_standing(words, tags, trigger, sentence.first, sentence.stop),
        _is_definite(reading, trigger, arguments),
        words.words[trigger.stop - 1].endswith("s") and trigger.part == "noun",
        agents,
        patients,
        arguments.relative,
        arguments.shared,
        date,
        date_near,
        place,
        place_near,
        casualties,
        weapon,
        _parties(reading, blame.doers),
        _parties(reading, blame.sayers or ((saying,) if saying else ())),
        blame.status,
    )


def _with_possessors(
    reading: Reading, trigger: Trigger, arguments: Arguments, agents: tuple[Party, ...], patients: tuple[Party, ...]
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Sort who stands before a noun: "the priests' murder" was done to them, "the guerrilla attack" by them."""
    for party in _parties(reading, arguments.possessors):
        struck = party.sort == "thing" or (trigger.entry.name in _DONE_TO and party.kind not in _ARMED_KINDS)
        if struck and not patients:
            patients = (party,)
        elif not struck and not agents:
            agents = (party,)
    return agents, patients


def _is_suspect(party: Party) -> bool:
    """Say whether those named are who did it, not to whom it was done."""
    return party.kind in {"rebel", "militia", "gang"} or any_in(party.text.lower().split(), "suspect")


def resolve_pronouns(
    reading: Reading, trigger: Trigger, arguments: Arguments, agents: tuple[Party, ...], patients: tuple[Party, ...]
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Put those for whom "he", "them", "it" stands where the report has but the pronoun."""
    words, tags = reading.words, reading.tags
    before = trigger.first - 1
    while before >= 0 and tags[before] in "AR":
        before -= 1
    subject = words.get(before) if before >= 0 and tags[before] == "N" else ""
    follows = words.get(trigger.stop)
    if subject and arguments.passive and not patients:
        patients = _antecedent(reading, before, subject)
    elif subject and not agents:
        agents = _antecedent(reading, before, subject)
    if not patients and follows in _OBJECTS and tags[trigger.stop + 1 : trigger.stop + 2] not in {"n", "-"}:
        patients = _antecedent(reading, reading.sentence_at(words.starts[trigger.first]).first, follows)
    return agents, patients


def _antecedent(reading: Reading, at: int, pronoun: str) -> tuple[Party, ...]:
    """Find who was told last before a pronoun, in its sentence or the one before: one for "he", several for "they"."""
    if pronoun not in _SINGULAR | _PLURAL:
        return ()
    here = reading.sentence_at(reading.words.starts[at])
    floor = reading.sentences[max(0, here.index - 1)].first  # the sentence before, at most
    told = [
        phrase
        for phrase in reading.phrases
        if floor <= phrase.first
        and phrase.stop <= at
        and phrase.sort in {"people", "name", "body"}
        and (phrase.sort == "body" or phrase.least is None or phrase.least > 1) == (pronoun in _PLURAL)
    ]
    if not told:
        return ()
    best = max(told, key=lambda phrase: (phrase.first >= here.first, phrase.sort == "name", phrase.first))
    found = _party(reading, Run(best.first, best.stop, best.head))
    return (found,) if found else ()


def _parties(reading: Reading, runs: tuple[Run, ...]) -> tuple[Party, ...]:
    return tuple(party for run in runs if (party := _party(reading, run)) is not None)


def _party(reading: Reading, run: Run) -> Party | None:
    """Say what a run of words names: an actor of the table, people, or a thing."""
    words = reading.words
    start, end = words.starts[run.first], words.ends[run.stop - 1]
    actor = _actor_within(reading, start, end)
    phrase = _phrase_within(reading.phrases, run)
    known = actor if actor and actor.known else None
    first = run.first
    while first < run.stop - 1 and (reading.tags[first] in "DRP[]\"'" or words.words[first] in word_classes()["count"]):
        first += 1
    text = words.text[words.starts[first] : end]
    if reading.tags[first] == "#" and first == run.stop - 1:
        return None
    kind = actor.kind if actor else phrase.kind if phrase else ""
    return Party(
        " ".join(text.split()),
        known.name if known else None,
        kind,
        actor.country_code if actor else None,
        run.first,
        run.stop,
        phrase.sort if phrase else "body" if actor else "",
    )


def _actor_within(reading: Reading, start: int, end: int) -> ActorMention | None:
    """Give the actor that words name: one of the table before any other, the last before the first."""
    found = within(reading.actors, start, end)
    return max(reversed(found), key=lambda actor: actor.known, default=None)


def _phrase_within(phrases: Sequence[Phrase], run: Run) -> Phrase | None:
    """Give the known noun phrase of a run: the one with its head, or else the first."""
    at = bisect_left(phrases, run.first, key=lambda phrase: phrase.head)
    first: Phrase | None = None
    while at < len(phrases) and phrases[at].head < run.stop:
        if phrases[at].head == run.head:
            return phrases[at]
        first = first or phrases[at]
        at += 1
    return first


def _nearest_weapon(reading: Reading, trigger: Trigger, sentence: Sentence) -> WeaponMention | None:
    found = within(reading.weapons, sentence.start, sentence.end)
    return min(found, key=lambda item: reading.distance(trigger.first, trigger.stop, item), default=None)


def _casualties(reading: Reading, trigger: Trigger, sentence: Sentence) -> tuple[CasualtyMention, ...]:
    """List the counts of the trigger's sentence that are nearer to it than to any other trigger."""
    others = [other for other in reading.triggers if sentence.first <= other.first < sentence.stop]
    mine: list[CasualtyMention] = []
    for found in within(reading.casualties, sentence.start, sentence.end):
        nearest = min(others, key=lambda other: reading.distance(other.first, other.stop, found))
        if nearest.first == trigger.first:
            mine.append(found)
    return tuple(mine)


def _date(reading: Reading, trigger: Trigger, sentence: Sentence) -> tuple[DateMention | None, bool]:
    """Choose the date of a telling: the nearest of its sentence, what stands beside "said" last."""
    best: DateMention | None = None
    least = FAR
    for date in within(reading.dates, sentence.start, sentence.end):
        if date.is_dateline or date.first is None:
            continue
        steps = reading.distance(trigger.first, trigger.stop, date)
        if _beside_saying(reading, date):
            steps += _REPORTING_STEP
        steps += _belongs_elsewhere(reading, trigger, date)
        if steps < least:
            best, least = date, steps
    return best, best is not None and least < IN_CLAUSE


def _beside_saying(reading: Reading, date: DateMention) -> bool:
    """Say whether a date stands beside a word of saying: "said on Monday", "today announced"."""
    said = word_classes()["reporting"]
    first, stop = reading.words.at(date.start), reading.words.before(date.end)
    around = (*reading.words.words[max(0, first - 2) : first], *reading.words.words[stop : stop + 2])
    return any(word in said for word in around)


def _place(reading: Reading, trigger: Trigger, sentence: Sentence) -> tuple[Location | None, bool]:
    """Choose the place of a telling: the nearest of its sentence that is a place, not a nationality."""
    best: Location | None = None
    least, near = FAR, FAR
    for location in within(reading.locations, sentence.start, sentence.end):
        if location.kind != "place":
            continue
        apart = steps = reading.distance(trigger.first, trigger.stop, location)
        if location.geo_precision == "country":
            steps += COUNTRY_STEP
        if stands_for_people(reading, location, trigger.first):
            steps += _ACTING_STEP
        steps += _belongs_elsewhere(reading, trigger, location)
        if steps < least:
            best, least, near = location, steps, apart
    return best, best is not None and near < IN_CLAUSE


def _belongs_elsewhere(reading: Reading, trigger: Trigger, found: Spanned) -> float:
    """Say how many steps further off a find is for standing beyond a noun that tells of another incident."""
    at = reading.words.at(found.start)
    low, high = (trigger.stop, at) if at >= trigger.stop else (at, trigger.first)
    between = [other for other in reading.triggers if low <= other.first < high and other.part == "noun"]
    if between and trigger.part == "noun" and "A" in reading.tags[low : between[0].first]:
        return FAR  # "the response to the killing was an attack on ..."
    return _BETWEEN_STEP * len(between)


def stands_for_people(reading: Reading, location: Location, at: int = -1) -> bool:
    """Say whether a country or a city stands for its government or people: "Washington denied", "US troops".

    Args:
        reading: The report.
        location: What may be a place.
        at: Index of the trigger that it may be the place of: in "Iraq bombing" the country is one.
    """
    first, stop = reading.words.at(location.start), reading.words.before(location.end)
    after = reading.tags[stop : stop + 1]
    before = first - 1
    while before >= 0 and reading.tags[before] in "D-":
        before -= 1
    if location.geo_precision == "country":
        if after in {"n", "-", "'"}:  # "US troops", "Iran's officials"; but "Iraq bombing"
            return stop != at or reading.words.words[first] in _NATIONS
        return before < 0 or reading.words.words[before] not in _LOCATIVE
    return after in {"V", "A", "C", "'"} and not (before >= 0 and reading.tags[before] in "PC")


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


def _has_needs(
    reading: Reading,
    trigger: Trigger,
    sentence: Sentence,
    has_weapon: bool,
    patients: tuple[Party, ...],
    has_casualty: bool,
) -> bool:
    """Check all that the table of triggers asks of the sentence, or of the trigger's object ("care@object+armed")."""
    return all(
        _has(reading, need, sentence, has_weapon, patients, has_casualty)
        for need in trigger.entry.needs.split("+")
        if need and need != _ELLIPTIC
    )


def _has(
    reading: Reading,
    need: str,
    sentence: Sentence,
    has_weapon: bool,  # noqa: FBT001
    patients: tuple[Party, ...],
    has_casualty: bool,  # noqa: FBT001
) -> bool:
    needs, _, where = need.partition("@")
    if needs in ("weapon", "casualty"):
        return has_weapon if needs == "weapon" else has_casualty
    if needs == "armed":
        return any(actor.kind in _ARMED for actor in within(reading.actors, sentence.start, sentence.end))
    if needs == "people" and any(party.sort in ("people", "name") for party in patients):
        return True
    if needs == "terrain" and any(_holds_place(reading, party) for party in patients):
        return True
    words = reading.words.words
    if where == "object":
        spans = [words[party.first : party.stop] for party in patients]
        return any(any_in(span, "civilian" if needs == "people" else needs) for span in spans)
    return any_in(words[sentence.first : sentence.stop], needs)


def _holds_place(reading: Reading, party: Party) -> bool:
    start, end = reading.words.starts[party.first], reading.words.ends[party.stop - 1]
    return any(location.kind == "place" for location in within(reading.locations, start, end))
