"""Estimate the probability that an incident is real and its arguments are right.

A linear model over named features, its weights in data/models/confidence_weights.csv, made by
geo/training/stages/confidence.py. What it learns is what an analyst looks for: a definite
day and place, a named victim, a plain past tense; and what puts one off: "terrorism must be
condemned", a court case, an anniversary.
"""

import math
from collections.abc import Sequence
from functools import cache
from math import fsum
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments.event_date import report_day
from geo.extraction.arguments.event_type import NONE, SUBJECTS, stem
from geo.extraction.drafts import IncidentDraft
from geo.extraction.linear_model import odds, read_model, weigh
from geo.extraction.mentions.event_mentions import EventMention
from geo.tables import word_classes
from geo.vocabulary import EVENT_TYPE_OF

TABLE: Final = "models/confidence_weights.csv"
RIGHT: Final = "right"
_YEAR: Final = 365  # days; an older event is history
_PLACES: Final = ((1, "first"), (3, "early"), (8, "middle"), (10**9, "late"))
# Violence between and by the armed is news as such: no prior for or against its types, which would be that of the sets.
_CORE: Final = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
_LENT: Final = 0.75  # share of its confidence that an incident passes on to linked ones
TOPICAL: Final = ("sentence on ", "beside ", "opening on ", "title on ", "report on ")  # how features of topics begin
_MOST_AGAINST: Final = 1.15  # log-odds: the most that the topics of a report count against a clear clause
_CLAUSE: Final = "clause"
CAPITALS: Final = "in capitals"
_OPENING: Final = 60  # words of a report that say what it is about
_WINDOW: Final = 6  # words around a trigger that are looked at


def estimate_confidence(draft: IncidentDraft) -> float:
    """Return the probability that the incident is right."""
    weights, features = odds(read_model(TABLE), RIGHT), features_of_draft(draft)
    sure = weigh(weights, features)
    if draft.when.source == draft.where.source == _CLAUSE and any(one.patients for one in draft.cluster.mentions):
        # A clause that says what, whom, where and when stands in however long a report on something else.
        topical = {name: features[name] for name in features if name.removeprefix(f"{CAPITALS}, ").startswith(TOPICAL)}
        against = fsum([weights[name] * value for name, value in topical.items() if name in weights])
        sure += max(0.0, -_MOST_AGAINST - against)
    return 1 / (1 + math.exp(-sure))


def weigh_confidence(drafts: Sequence[IncidentDraft]) -> list[float]:
    """Return how sure each incident of a report is, with what the others lend it."""
    return propagate_confidence(drafts, [estimate_confidence(draft) for draft in drafts])


def propagate_confidence(drafts: Sequence[IncidentDraft], own: Sequence[float]) -> list[float]:
    """Raise the confidence of linked incidents: "it retaliated with air strikes" is nearly as sure as what it answers.

    Args:
        drafts: The incidents of one report.
        own: The confidence of each by itself.
    """
    lent, before = list(own), None
    while lent != before:  # along chains: the answer to an answer
        before = lent
        lent = [
            max([value, *(_LENT * before[other] for other in draft.linked)])
            for draft, value in zip(drafts, before, strict=True)
        ]
    return lent


def features_of_draft(draft: IncidentDraft) -> dict[str, float]:
    """Extract the features of a draft."""
    features: dict[str, float] = {}
    _of_mentions(draft, features)
    _of_slots(draft, features)
    _of_kind(draft, features)
    _of_subject(draft, features)
    _of_report(draft, features)
    _of_headline(draft, features)
    features |= draft.annotated.topics.features(draft.cluster.mentions[0].sentence.index)
    if draft.annotated.is_in_capitals:
        # Wire copy in capitals is written in its own style: the evidence for an incident has other weights there.
        features |= {f"{CAPITALS}, {name}": value for name, value in features.items()} | {CAPITALS: 1.0}
    return features


def _of_mentions(draft: IncidentDraft, features: dict[str, float]) -> None:
    mentions = draft.cluster.mentions
    first, strongest = mentions[0], max(mentions, key=lambda t: t.trigger.entry.strength)
    features["strength"] = strongest.trigger.entry.strength
    features[f"trigger {strongest.trigger.entry.name}"] = 1.0
    features[f"form {first.trigger.part} {first.trigger.form}"] = 1.0
    features["mentions"] = min(1.0, len(mentions) / 5)
    features["mentioned once"] = float(len(mentions) == 1)
    features["mentioned in several sentences"] = float(len({t.sentence.index for t in mentions}) > 1)
    features["first definite"] = float(first.definite)
    features["all plural"] = float(all(t.plural for t in mentions))
    for meaning in {meaning for t in mentions for meaning in t.factuality.meanings}:
        share = sum(meaning in t.factuality.meanings for t in mentions) / len(mentions)
        features[f"mentions {meaning}"] = share
    features["no mention asserted"] = float(not any(t.factuality.is_asserted for t in mentions))
    features["passive verb"] = float(first.trigger.form == "past" and bool(first.patients))
    _words_around(draft.annotated, first, features)


def _words_around(annotated: AnnotatedReport, mention: EventMention, features: dict[str, float]) -> None:
    """Note the common words beside the first trigger; names are left out."""
    begin = max(mention.sentence.first, mention.trigger.first - _WINDOW)
    stop = min(mention.sentence.stop, mention.trigger.stop + _WINDOW)
    words, known = annotated.words.words, _known_words()
    for i in range(begin, stop):
        if annotated.tags[i] in "#T" or mention.trigger.first <= i < mention.trigger.stop:
            continue
        if words[i] in known:
            features[f"near {stem(words[i])}"] = 1.0
    for word in filter(_event_words().__contains__, words[mention.sentence.first : mention.sentence.stop]):
        features[f"sentence {stem(word)}"] = 1.0


@cache
def _known_words() -> frozenset[str]:
    """Return the words that may count: common ones, never a name."""
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
    return frozenset(word for name in names for word in classes[name]) | _event_words()


@cache
def _event_words() -> frozenset[str]:
    return word_classes()["context"]


def _of_slots(draft: IncidentDraft, features: dict[str, float]) -> None:
    cluster, when, where = draft.cluster, draft.when, draft.where
    features[f"date from {when.source}"] = 1.0
    features[f"date to the {when.precision}"] = 1.0
    today = report_day(draft.annotated)
    if today and when.last and when.source != "published":
        features["date years ago"] = float((today - when.last).days > _YEAR)
    features[f"place from {where.source}"] = 1.0
    if where.location:
        features[f"place {where.location.geo_precision}"] = 1.0
        features["place confidence"] = where.location.confidence
    for side, participants in (
        ("by", [p for t in cluster.mentions for p in (*t.agents, *t.blamed)]),
        ("to", [p for t in cluster.mentions for p in t.patients]),
    ):
        features[f"{side} somebody"] = float(bool(participants))
        features[f"{side} a body known"] = float(any(p.name for p in participants))
        for kind in {p.kind or p.sort or "words" for p in participants}:
            features[f"{side} {kind}"] = 1.0
        features[f"{side} a name"] = float(any(p.sort == "name" for p in participants))
    features["killed"] = float(bool(draft.own.killed.least))
    features["killed definite"] = float(
        draft.own.killed.least is not None and draft.own.killed.least == draft.own.killed.most
    )
    features["wounded"] = float(bool(draft.own.wounded.least))
    stated = [
        draft.when.source in {"clause", "sentence"},
        draft.where.source in {"clause", "sentence"},
        any(t.patients for t in cluster.mentions),
        any(t.agents or t.blamed for t in cluster.mentions),
        bool(draft.own.killed.least or draft.own.wounded.least),
    ]
    features[f"says {sum(stated)} of five"] = 1.0
    features["many killed"] = float((draft.own.killed.least or 0) > 50)  # noqa: PLR2004 -- sums of years, mostly
    features["weapon"] = float(any(t.weapon for t in cluster.mentions))
    # That somebody denies it is sure where the words are; the models saw no such row.
    refuted = draft.own.status == "denied" and any("refuted" in t.factuality.meanings for t in draft.cluster.mentions)
    features[f"status {'reported' if refuted else draft.own.status}"] = 1.0


def _of_kind(draft: IncidentDraft, features: dict[str, float]) -> None:
    if EVENT_TYPE_OF[draft.sub_event_type] not in _CORE:
        features[f"type {draft.sub_event_type}"] = 1.0
        features[f"event {EVENT_TYPE_OF[draft.sub_event_type]}"] = 1.0
        features[f"date from {draft.when.source}, type {draft.sub_event_type}"] = 1.0
    features["type sure"] = draft.own.type_probabilities.get(draft.sub_event_type, 0.0)
    features["type none"] = draft.own.type_probabilities.get(NONE, 0.0)


def _of_subject(draft: IncidentDraft, features: dict[str, float]) -> None:
    """Note what else the report may be about: nature, accidents, crime, diplomacy."""
    words = draft.annotated.words.words
    sentence = draft.cluster.mentions[0].sentence
    own = set(words[sentence.first : sentence.stop])
    every = set(words[:_OPENING])
    for name in SUBJECTS:
        members = word_classes()[name]
        features[f"about {name}"] = min(1.0, len(own & members) / 2)
        features[f"report about {name}"] = min(1.0, len(every & members) / 3)
    if not own & word_classes()["hostile"]:  # "the blast tore through a fertilizer plant": nobody did it
        features["accident without a sign of intent"] = features["about accident"]


def _of_headline(draft: IncidentDraft, features: dict[str, float]) -> None:
    """Note what the headline has of the incident: a deed of its kind, its place."""
    annotated = draft.annotated
    title = annotated.report.title
    if not title:
        features["no headline"] = 1.0
        return
    kinds = annotated.title_types
    if not kinds:
        features["headline without a deed"] = 1.0
    else:
        features["headline of such a deed" if kinds & draft.cluster.kinds else "headline of another deed"] = 1.0
    if draft.where.location and draft.where.location.name.split(",")[0].lower() in title.lower():
        features["headline names the place"] = 1.0


def _of_report(draft: IncidentDraft, features: dict[str, float]) -> None:
    index = draft.cluster.mentions[0].sentence.index
    body = sum(not sentence.is_dateline for sentence in draft.annotated.sentences)
    features["comes " + next(name for most, name in _PLACES if index <= most)] = 1.0
    features["how far down"] = min(1.0, index / max(1, body))
    features["answers"] = float(bool(draft.answers))
