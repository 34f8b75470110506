"""Gather what the mentions of one incident say together."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.spatial.scenes import TOWNS
from geo.geoparsing import Location
from geo.memo import remember
from geo.tables import word_class, word_classes

_EMPTY_WORDS: Final = word_class("uninformative")
_MANY: Final = 8  # towns, from which on more of them say nothing


@dataclass(slots=True, eq=False)
class EventCluster:
    """The mentions that are taken for one incident, in text order, and what they say."""

    mentions: list[EventMention] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)  # indices of those that mention it, each once, ascending
    types: list[str] = field(default_factory=list)  # of each mention that has one
    kinds: set[str] = field(default_factory=set)
    triggers: set[str] = field(default_factory=set)
    days: dict[tuple[date, date], None] = field(default_factory=dict)  # each once, in text order
    places: list[Location] = field(default_factory=list)  # each once: a town may be named a thousand times
    towns: list[Location] = field(default_factory=list)  # of its own clauses, each once
    people: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    agent_kinds: set[str] = field(default_factory=set)  # kinds of those who act: state, rebel, ...
    killed: set[int] = field(default_factory=set)
    weapons: set[str] = field(default_factory=set)  # classes of what it was done with
    sorts: set[str] = field(default_factory=set)  # of those who were affected: person, name, thing
    countries: set[str] = field(default_factory=set)  # where its own clauses have it
    statuses: set[str] = field(default_factory=set)  # of what is asserted
    accused: dict[int, "EventCluster"] = field(default_factory=dict)  # of the report: who is blamed, by first word
    _spots: set[tuple[object, ...]] = field(default_factory=set)

    def add(self, mention: EventMention) -> None:
        """Take one more mention in."""
        self.mentions.append(mention)
        if mention.sentence.index not in self.sentences[-1:]:
            self.sentences.append(mention.sentence.index)
        self.triggers.add(mention.trigger.entry.name)
        if mention.factuality.is_asserted:
            self.statuses.add(mention.factuality.status)
        if mention.sub_event_type:
            self.types.append(mention.sub_event_type)
            self.kinds.add(mention.sub_event_type)
        if mention.date and mention.date_in_clause and mention.date.first and mention.date.last:
            self.days |= {(mention.date.first, mention.date.last): None}
        if mention.place:
            self._add_place(mention.place, in_clause=mention.place_in_clause)
        if mention.weapon:
            self.weapons.add(mention.weapon.weapon_class)
        self.sorts |= {participant.sort for participant in mention.patients}
        self.people |= people_words(mention)
        self.persons |= person_words(mention)
        self.actors |= {participant.name for participant in mention.agents if participant.name}
        self.agent_kinds |= {participant.kind for participant in mention.agents if participant.kind}
        self.killed |= {found.least for found in mention.casualties if found.effect == "killed" and found.least}

    def _add_place(self, place: Location, *, in_clause: bool) -> None:
        spot = (place.lon, place.lat, place.country_code, place.geo_precision, place.uncertainty_m)
        if spot not in self._spots:
            self._spots.add(spot)
            self.places.append(place)
        if in_clause and place.country_code:
            self.countries.add(place.country_code)
            if place.geo_precision in TOWNS and len(self.towns) < _MANY:
                self.towns.append(place)

    @property
    def last(self) -> EventMention:
        """Return the mention that came last."""
        return self.mentions[-1]

    @property
    def finest_days(self) -> list[tuple[date, date]]:
        """Return its spans of days; where one is a single day, no span that is longer."""
        return [span for span in self.days if span[0] == span[1]] or list(self.days)

    @property
    def place_words(self) -> set[str]:
        """Return the content words of its places, as the report names them."""
        return {word for place in self.places for word in _words(place.text)}

    def accused_of_another(self) -> set[int]:
        """List the words that name who is accused of another incident of the report."""
        return {at for at, cluster in self.accused.items() if cluster is not self}

    def sentences_to(self, index: int) -> int:
        """Count the sentences from the nearest of its own to another one; negative where the other comes first."""
        at = bisect_left(self.sentences, index)
        return min([index - own for own in reversed(self.sentences[max(at - 1, 0) : at + 1])], key=abs)


def people_words(mention: EventMention) -> set[str]:
    """List the content words of those who were affected."""
    return {word for participant in mention.patients for word in _words(participant.text)}


def person_words(mention: EventMention) -> set[str]:
    """List the words of the persons by name who were affected."""
    return {word for participant in mention.patients if participant.sort == "name" for word in _words(participant.text)}


def modifiers(annotated: AnnotatedReport, mention: EventMention) -> set[str]:
    """List the nouns straight before a noun that say which it is, "the Bali bombing"; of "was named as" its subject."""
    tags, stop = annotated.tags, mention.trigger.first
    while mention.trigger.entry.frame == "naming" and stop > mention.sentence.first and tags[stop - 1] in "AR":
        stop -= 1
    first = stop
    while first > mention.sentence.first and tags[first - 1] in "n-":
        first -= 1
    return set(_words(annotated.words.span(first, stop))) if first < stop else set()


@remember
def _words(text: str) -> frozenset[str]:
    words = ("".join(filter(str.isalnum, word)) for word in text.lower().split())
    return frozenset(word.removesuffix("s") for word in words if len(word) > 2 and word not in _little())  # noqa: PLR2004 -- letters


@cache
def _little() -> frozenset[str]:
    return word_classes()["preposition"] | _EMPTY_WORDS
