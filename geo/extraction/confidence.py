"""Say how sure it is that an incident is one, and told right.

A linear model over named observations, its weights in data/models/confidence_weights.csv, made by
tests/evaluation/train_confidence.py. What it learns is what an analyst looks for: a definite
day and place, a named victim, a plain past tense; and what puts one off: "terrorism must be
condemned", a court case, an anniversary.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.annotations import Reading
from geo.extraction.arguments.casualty_counts import Count
from geo.extraction.arguments.event_date import When, report_day
from geo.extraction.arguments.event_place import Where
from geo.extraction.arguments.event_type import NONE, SUBJECTS, stem
from geo.extraction.coreference.clusters import Group
from geo.extraction.language.word_classes import word_classes
from geo.extraction.linear_model import odds, read_model, weigh
from geo.extraction.mentions.event_mentions import Telling
from geo.vocabulary import EVENT_TYPE_OF

TABLE: Final = "models/confidence_weights.csv"
RIGHT: Final = "right"
_YEAR: Final = 365  # days; what is older is told as history
_PLACES: Final = ((1, "first"), (3, "early"), (8, "middle"), (10**9, "late"))
# Violence between and by the armed is news as such: no prior for or against its types, which would be that of the sets.
_CORE: Final = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
_LENT: Final = 0.75  # of its confidence an incident lends to those told by it
_OPENING: Final = 60  # words of a report that say what it is about
_WINDOW: Final = 6  # words around a trigger that are looked at


@dataclass(frozen=True, slots=True)
class Draft:
    """An incident on its way: what was decided of it so far."""

    reading: Reading
    group: Group
    kinds: dict[str, float]  # probability by sub-event type, and of "none"
    kind: str
    when: When
    where: Where
    killed: Count
    wounded: Count
    status: str
    total: int  # incidents that the report was taken to tell of
    answers: tuple[int, ...] = ()  # which of them it answers
    linked: tuple[int, ...] = ()  # which of them the report tells it by: answers, "came after"
    beside: Group | None = None  # told just before as one more of the same: "also"


def estimate_confidence(draft: Draft) -> float:
    """Give the probability that the incident is right."""
    return 1 / (1 + math.exp(-weigh(odds(read_model(TABLE), RIGHT), observe(draft))))


def weigh_confidence(drafts: Sequence[Draft]) -> list[float]:
    """Say how sure each incident of a report is, with what the others lend it."""
    return lend_confidence(drafts, [estimate_confidence(draft) for draft in drafts])


def lend_confidence(drafts: Sequence[Draft], own: Sequence[float]) -> list[float]:
    """Lift incidents that are told by others: "it retaliated with air strikes" is as sure as what it answers, nearly.

    Args:
        drafts: The incidents of one report.
        own: The confidence of each by itself.
    """
    lent = list(own)
    for _ in drafts:  # along chains: the answer to an answer
        lent = [
            max([value, *(_LENT * lent[other] for other in draft.linked)])
            for draft, value in zip(drafts, lent, strict=True)
        ]
    return lent


def observe(draft: Draft) -> dict[str, float]:
    """Observe what bears on whether an incident is one and told right."""
    seen: dict[str, float] = {}
    _of_telling(draft, seen)
    _of_slots(draft, seen)
    _of_kind(draft, seen)
    _of_subject(draft, seen)
    _of_report(draft, seen)
    if seen["short report"]:  # a note or a few lines: what tells right from wrong there is not what does in a story
        seen |= {f"{name}, in a short report": value for name, value in seen.items()}
    return seen


def _of_telling(draft: Draft, seen: dict[str, float]) -> None:
    tellings = draft.group.tellings
    first, strongest = tellings[0], max(tellings, key=lambda t: t.trigger.entry.strength)
    seen["strength"] = strongest.trigger.entry.strength
    seen[f"trigger {strongest.trigger.entry.name}"] = 1.0
    seen[f"form {first.trigger.part} {first.trigger.form}"] = 1.0
    seen["tellings"] = min(1.0, len(tellings) / 5)
    seen["told once"] = float(len(tellings) == 1)
    seen["told in several sentences"] = float(len({t.sentence.index for t in tellings}) > 1)
    seen["first definite"] = float(first.definite)
    seen["all plural"] = float(all(t.plural for t in tellings))
    for meaning in {meaning for t in tellings for meaning in t.standing.meanings}:
        share = sum(meaning in t.standing.meanings for t in tellings) / len(tellings)
        seen[f"told {meaning}"] = share
    seen["all untold"] = float(not any(t.standing.is_told for t in tellings))
    seen["passive verb"] = float(first.trigger.form == "past" and bool(first.patients))
    _words_around(draft.reading, first, seen)


def _words_around(reading: Reading, telling: Telling, seen: dict[str, float]) -> None:
    """Note the common words beside the first trigger; names are left out."""
    begin = max(telling.sentence.first, telling.trigger.first - _WINDOW)
    stop = min(telling.sentence.stop, telling.trigger.stop + _WINDOW)
    for i in range(begin, stop):
        word = reading.words.words[i]
        if reading.tags[i] in "#T" or telling.trigger.first <= i < telling.trigger.stop:
            continue
        if word in _known_words():
            seen[f"near {stem(word)}"] = 1.0
    for i in range(telling.sentence.first, telling.sentence.stop):
        if reading.words.words[i] in _telling_words():
            seen[f"sentence {stem(reading.words.words[i])}"] = 1.0


@cache
def _known_words() -> frozenset[str]:
    """Give the words that may count: common ones, never a name."""
    names = (
        "determiner",
        "preposition",
        "subordinator",
        "auxiliary",
        "negation",
        "reporting",
        "light",
        "adverb",
        "pronoun",
    )
    classes = word_classes()
    return frozenset(word for name in names for word in classes[name]) | _telling_words()


@cache
def _telling_words() -> frozenset[str]:
    return word_classes()["context"]


def _of_slots(draft: Draft, seen: dict[str, float]) -> None:
    group, when, where = draft.group, draft.when, draft.where
    seen[f"date from {when.source}"] = 1.0
    seen[f"date to the {when.precision}"] = 1.0
    today = report_day(draft.reading)
    if today and when.last and when.source != "published":
        seen["date years ago"] = float((today - when.last).days > _YEAR)
    seen[f"place from {where.source}"] = 1.0
    if where.location:
        seen[f"place {where.location.geo_precision}"] = 1.0
        seen["place confidence"] = where.location.confidence
    for side, parties in (
        ("by", [p for t in group.tellings for p in (*t.agents, *t.doers)]),
        ("to", [p for t in group.tellings for p in t.patients]),
    ):
        seen[f"{side} somebody"] = float(bool(parties))
        seen[f"{side} a body known"] = float(any(p.name for p in parties))
        for kind in {p.kind or p.sort or "words" for p in parties}:
            seen[f"{side} {kind}"] = 1.0
        seen[f"{side} a name"] = float(any(p.sort == "name" for p in parties))
    seen["killed"] = float(bool(draft.killed.least))
    seen["killed definite"] = float(draft.killed.least is not None and draft.killed.least == draft.killed.most)
    seen["wounded"] = float(bool(draft.wounded.least))
    seen["many killed"] = float((draft.killed.least or 0) > 50)  # noqa: PLR2004 -- sums of years, mostly
    seen["weapon"] = float(any(t.weapon for t in group.tellings))
    seen[f"status {draft.status}"] = 1.0


def _of_kind(draft: Draft, seen: dict[str, float]) -> None:
    if EVENT_TYPE_OF[draft.kind] not in _CORE:
        seen[f"type {draft.kind}"] = 1.0
        seen[f"event {EVENT_TYPE_OF[draft.kind]}"] = 1.0
        seen[f"date from {draft.when.source}, type {draft.kind}"] = 1.0
    seen["type sure"] = draft.kinds.get(draft.kind, 0.0)
    seen["type none"] = draft.kinds.get(NONE, 0.0)


def _of_subject(draft: Draft, seen: dict[str, float]) -> None:
    """Note what else the report may be about: nature, accidents, crime, diplomacy."""
    words = draft.reading.words.words
    sentence = draft.group.tellings[0].sentence
    own = set(words[sentence.first : sentence.stop])
    every = set(words[:_OPENING])
    for name in SUBJECTS:
        members = word_classes()[name]
        seen[f"about {name}"] = min(1.0, len(own & members) / 2)
        seen[f"report about {name}"] = min(1.0, len(every & members) / 3)
    if not own & word_classes()["hostile"]:  # "the blast tore through a fertilizer plant": nobody did it
        seen["accident without a sign of intent"] = seen["about accident"]


def _of_report(draft: Draft, seen: dict[str, float]) -> None:
    index = draft.group.tellings[0].sentence.index
    body = sum(not sentence.is_dateline for sentence in draft.reading.sentences)
    seen["comes " + next(name for most, name in _PLACES if index <= most)] = 1.0
    seen["how far down"] = min(1.0, index / max(1, body))
    seen["answers"] = float(bool(draft.answers))
    seen["only one"] = float(draft.total == 1)
    seen["one of many"] = float(draft.total > 6)  # noqa: PLR2004
    seen["long report"] = float(body > 25)  # noqa: PLR2004
    seen["short report"] = float(body <= 4)  # noqa: PLR2004
