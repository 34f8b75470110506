"""Decide on which days an incident can have happened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments.date_candidates import DateCandidate, list_date_candidates
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.coreference.event_relations import EventRelations
from geo.extraction.linear_model import LinearModel, odds, read_model, weigh

TABLE: Final = "models/event_date_weights.csv"
CHOSEN: Final = "chosen"
# News without a date is of the week before publication, as a rule.
RECENT: Final = timedelta(days=6)
# An answer follows what it answers within a week, as a rule.
ANSWER: Final = timedelta(days=7)
_WEAK: Final = frozenset({"published", "header", "elsewhere", "nothing"})


@dataclass(frozen=True, slots=True)
class EventDate:
    """The days on which something can have happened, and how that is known."""

    first: date | None
    last: date | None
    precision: str
    source: str  # one of date_candidates.SOURCES, or "answered" or "nothing"


def choose_event_date(annotated: AnnotatedReport, cluster: EventCluster) -> EventDate:
    """Choose the likeliest of the dates in and around the mentions, or the days before publication."""
    today = report_day(annotated)
    candidates = list_date_candidates(annotated, cluster, today, today - RECENT if today else None)
    if today is None:  # without a last week to weigh them against, only dates close by are taken
        candidates = [one for one in candidates if one.source != "elsewhere"]
    best = choose_date(candidates)
    if best is None:
        return EventDate(None, None, "unknown", "nothing")
    return EventDate(best.first, best.last, best.precision, best.source)


def choose_date(candidates: Sequence[DateCandidate], model: LinearModel | None = None) -> DateCandidate | None:
    """Return the likeliest candidate; of equals the first."""
    chosen = odds(model or read_model(TABLE), CHOSEN)
    return max(candidates, key=lambda one: weigh(chosen, one.features), default=None)


def relate_dates(own: Sequence[EventDate], relations: EventRelations, today: date | None) -> list[EventDate]:
    """Date incidents by each other where their own words leave the day open.

    Args:
        own: The date of each incident by its own words.
        relations: How the incidents lie to each other.
        today: The day of the report.
    """
    dates = list(own)
    for n, answered in relations.answers.items():
        dates[n] = after_answer(dates[n], dates[answered[0]], today)
    for n, other in relations.companions.items():
        dates[n] = with_companion(dates[n], dates[other])
    for n, other in relations.sequels.items():
        dates[n] = soon_after(dates[n], dates[other])
    for n, other in relations.predecessors.items():
        dates[n] = before_other(dates[n], dates[other])
    return dates


def after_answer(own: EventDate, answered: EventDate, today: date | None) -> EventDate:
    """Date an answer by what it answers: within a week of it, when nothing better is known."""
    if own.source not in _WEAK or answered.first is None or answered.last is None or answered.source in _WEAK:
        return own
    last = answered.last + ANSWER
    return EventDate(answered.first, min(last, today) if today else last, "range", "answered")


def with_companion(own: EventDate, other: EventDate) -> EventDate:
    """Date an incident introduced by "also" by the one before it, when nothing better is known."""
    if own.source not in _WEAK or other.first is None or other.source in _WEAK:
        return own
    return replace(other, source="paragraph")


def soon_after(own: EventDate, other: EventDate) -> EventDate:
    """Date what happened "hours later" on the day of the incident before it or the next, if nothing else dates it."""
    if own.source not in _WEAK or other.first is None or other.last is None or other.source in _WEAK:
        return own
    return EventDate(other.first, other.last + timedelta(days=1), "range", "paragraph")


def before_other(own: EventDate, other: EventDate) -> EventDate:
    """End a series that something else "came after" with that."""
    if own.last is None or other.first is None or other.first >= own.last or (own.first and own.first > other.first):
        return own
    return replace(own, last=other.first)


def report_day(annotated: AnnotatedReport) -> date | None:
    """Return the day on which the report was published, or filed."""
    return annotated.day
