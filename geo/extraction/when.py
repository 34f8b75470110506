"""Decide on which days an incident can have happened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from geo.extraction.dates import DateMention
from geo.extraction.groups import Group
from geo.extraction.readings import Reading, within
from geo.extraction.tellings import Telling

# News without a date is of the last week before it is told, as a rule.
RECENT: Final = timedelta(days=6)
# An answer follows what it answers within a week, as a rule.
ANSWER: Final = timedelta(days=7)
_WEAK: Final = frozenset({"published", "header", "nothing"})
_NARROW: Final = {"day": 3.0, "week": 2.0, "range": 1.5, "month": 1.0, "season": 0.5, "year": 0.3, "unknown": 0.0}


@dataclass(frozen=True, slots=True)
class When:
    """The days on which something can have happened, and how that is known."""

    first: date | None
    last: date | None
    precision: str
    source: str  # clause, sentence, paragraph, answered, header, published, nothing


def find_when(reading: Reading, group: Group) -> When:
    """Take the date from the tellings, else from what stands before them, else from the day of publication."""
    told = [telling for telling in group.tellings if telling.date is not None]
    if told:
        best = max(told, key=_worth)
        assert best.date is not None
        head = _header(reading)
        if head is not None and not best.date.is_header and (best is not group.tellings[0] or not best.date_in_clause):
            return _when(head, "header")  # "May 2021: A boy was hurt, who died on 10 May."
        return _when(best.date, "clause" if best.date_in_clause else "sentence")
    before = _told_before(reading, group.tellings[0])
    if before is not None:
        return _when(before, "header" if before.is_header else "paragraph")
    today = report_day(reading)
    if today is None:
        return When(None, None, "unknown", "nothing")
    return When(today - RECENT, today, "week", "published")


def after_answer(own: When, answered: When, today: date | None) -> When:
    """Date an answer by what it answers: within a week of it, when nothing better is known."""
    if own.source not in _WEAK or answered.first is None or answered.last is None or answered.source in _WEAK:
        return own
    last = answered.last + ANSWER
    return When(answered.first, min(last, today) if today else last, "range", "answered")


def with_companion(own: When, other: When) -> When:
    """Date what is "also" told by what it is told beside, when nothing better is known."""
    if own.source not in _WEAK or other.first is None or other.source in _WEAK:
        return own
    return replace(other, source="paragraph")


def soon_after(own: When, other: When) -> When:
    """Date what happened "hours later" on the day of what was told last or the next, when nothing better is known."""
    if own.source not in _WEAK or other.first is None or other.last is None or other.source in _WEAK:
        return own
    return When(other.first, other.last + timedelta(days=1), "range", "paragraph")


def before_other(own: When, other: When) -> When:
    """End a series that something else "came after" with that."""
    if own.last is None or other.first is None or other.first >= own.last or (own.first and own.first > other.first):
        return own
    return replace(own, last=other.first)


def _header(reading: Reading) -> DateMention | None:
    """Find the date that heads the report, and dates what it tells."""
    return next((found for found in reading.dates if found.is_header and found.first), None)


def _worth(telling: Telling) -> float:
    """Say how well a telling dates its incident; of equals the first one told does (`max` keeps it)."""
    assert telling.date is not None
    in_clause, new = 3.0 * telling.date_in_clause, 0.5 * (not telling.definite)
    return _NARROW[telling.date.precision] + in_clause + new


def _when(mention: DateMention, source: str) -> When:
    return When(mention.first, mention.last, mention.precision, source)


def _told_before(reading: Reading, telling: Telling) -> DateMention | None:
    """Find the date that the sentences just before leave standing, or that heads the report."""
    at = telling.sentence.index
    for index in range(at - 1, max(-1, at - 3), -1):
        sentence = reading.sentences[index]
        if sentence.paragraph != telling.sentence.paragraph:
            break
        dates = [found for found in within(reading.dates, sentence.start, sentence.end) if _dates_events(found)]
        if dates:
            return dates[-1]
    headers = [
        found for found in reading.dates if found.is_header and found.first and found.start < telling.sentence.end
    ]
    return headers[-1] if headers else None


def _dates_events(found: DateMention) -> bool:
    return found.first is not None and not found.is_dateline and found.precision in {"day", "week", "month", "range"}


def report_day(reading: Reading) -> date | None:
    """Give the day on which the report was published, or filed."""
    if reading.report.published:
        return reading.report.published
    filed: Sequence[DateMention] = [found for found in reading.dates if found.is_dateline and found.last]
    return filed[0].last if filed else None
