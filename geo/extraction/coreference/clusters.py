"""Gather what the tellings of one incident say together."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Final

from geo.extraction.language.word_classes import word_classes
from geo.extraction.mentions.event_mentions import Telling
from geo.geoparsing import Location

_EMPTY_WORDS: Final = frozenset(
    "the a an of and in at on for by to from with his her their its other others another man men woman women people "
    "person persons member members group leader leaders target targets site sites position positions area areas "
    "place places attack attacks multiple several various many some first second third force forces militia "
    "militias military army police troop troops  largest component components largely associated held security "
    "government part funeral funerals".split()
)


@dataclass(slots=True, eq=False)
class Group:
    """The tellings that are taken for one incident, in text order, and what they say."""

    tellings: list[Telling] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    triggers: set[str] = field(default_factory=set)
    days: list[tuple[date, date]] = field(default_factory=list)
    places: list[Location] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    killed: set[int] = field(default_factory=set)

    def add(self, telling: Telling) -> None:
        """Take one more telling in."""
        self.tellings.append(telling)
        self.triggers.add(telling.trigger.entry.name)
        if telling.kind:
            self.kinds.append(telling.kind)
        if telling.date and telling.date_in_clause and telling.date.first and telling.date.last:
            self.days.append((telling.date.first, telling.date.last))
        if telling.place:
            self.places.append(telling.place)
        self.people |= people_words(telling)
        self.persons |= person_words(telling)
        self.actors |= {party.name for party in telling.agents if party.name}
        self.killed |= {found.least for found in telling.casualties if found.effect == "killed" and found.least}

    @property
    def last(self) -> Telling:
        """Give the telling that came last."""
        return self.tellings[-1]


def people_words(telling: Telling) -> set[str]:
    """List the telling words of whom or what it happened to."""
    return {word for party in telling.patients for word in _words(party.text)}


def person_words(telling: Telling) -> set[str]:
    """List the words of the persons by name to whom it happened."""
    return {word for party in telling.patients if party.sort == "name" for word in _words(party.text)}


@lru_cache(maxsize=1024)  # a telling is taken in by its unit, then by its incident
def _words(text: str) -> frozenset[str]:
    words = ("".join(filter(str.isalnum, word)) for word in text.lower().split())
    return frozenset(word.removesuffix("s") for word in words if len(word) > 2 and word not in _little())  # noqa: PLR2004 -- letters


@cache
def _little() -> frozenset[str]:
    return word_classes()["preposition"] | _EMPTY_WORDS
