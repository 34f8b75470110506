"""Choose, among the dates that a report tells, the one on which an incident happened.

Every date in or near the sentences that tell of an incident may be its day; so may the last week before the report,
when none of them is. What speaks for each is observed here and weighed by data/models/event_date_weights.csv, made by
tests/evaluation/train_when.py.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from geo.extraction.annotations import Reading, within
from geo.extraction.coreference.clusters import Group
from geo.extraction.linear_model import LinearModel, odds, read_model, weigh
from geo.extraction.mentions.attachment import beside_saying
from geo.extraction.mentions.event_mentions import Telling
from geo.extraction.temporal import calendar
from geo.extraction.temporal.timex import DateMention
from geo.extraction.temporal.timex_rules import SLIP

TABLE: Final = "models/event_date_weights.csv"
CHOSEN: Final = "chosen"
_MOST_TELLINGS: Final = 8  # later tellings of an incident seldom date it
_BEFORE, _AFTER = 4, 2  # sentences around the first telling whose dates may be meant
_OPENING: Final = 4  # sentences of a report that say when its story was
_AHEAD: Final = frozenset({"planned", "threatened"})
_STEPS: Final = ((3.0, "touching"), (8.0, "close"), (14.0, "in the clause"), (30.0, "in the sentence"), (1e9, "far"))
_AGES: Final = (
    (0, "that day"),
    (1, "day before"),
    (3, "days before"),
    (7, "a week"),
    (31, "a month"),
    (62, "two months"),
    (365, "a year"),
)
_WIDTHS: Final = ((1, "one day"), (2, "two days"), (7, "a week"), (31, "a month"), (10**9, "wider"))
_LEADING: Final = frozenset(
    "since until till by from after before of on in at during for over between this the".split()
)
# Each source of a date, the surest first; what is told in several ways is told in the surest.
SOURCES: Final = ("clause", "sentence", "paragraph", "header", "elsewhere", "published")
_SORTS: Final = (
    ("this day", re.compile(r"\b(?:today|tonight|this|minutes?|moments?)\b")),
    ("last night", re.compile(r"\b(?:yesterday|last (?:night|evening)|overnight)\b")),
    ("weekday", re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")),
    ("so long ago", re.compile(r"\bago\b")),
    ("stretch", re.compile(r"\b(?:last|past|recent|since|previous)\b")),
    ("from another", re.compile(r"\b(?:later|earlier|following|after|before|same|next)\b")),
    (
        "calendar",
        re.compile(r"\d|january|february|march|april|may|june|july|august|september|october|november|december"),
    ),
)


@dataclass(slots=True)
class Candidate:
    """A stretch of days that may be meant, and what speaks for it."""

    first: date
    last: date
    precision: str
    source: str
    seen: dict[str, float] = field(default_factory=dict)


def choose_date(candidates: Sequence[Candidate], model: LinearModel | None = None) -> Candidate | None:
    """Give the likeliest candidate; of equals the first."""
    chosen = odds(model or read_model(TABLE), CHOSEN)
    return max(candidates, key=lambda one: weigh(chosen, one.seen), default=None)


def find_candidates(reading: Reading, group: Group, today: date | None, recent: date | None) -> list[Candidate]:
    """List what may be the days of an incident, each once.

    Args:
        reading: The report.
        group: The tellings of the incident.
        today: The day of the report.
        recent: First day of the last week before it: what remains when no date is meant.
    """
    found: dict[tuple[date, date], Candidate] = {}
    ahead = any(telling.standing.status in _AHEAD for telling in group.tellings)
    for told, source, seen in _mentions(reading, group):
        mention = told if ahead else _gone_by(told, today)
        if mention.first is None or mention.last is None:
            continue
        one = found.setdefault(
            (mention.first, mention.last), Candidate(mention.first, mention.last, mention.precision, source)
        )
        one.source = min(one.source, source, key=SOURCES.index)
        for name, value in (seen | _of_mention(reading, mention, today)).items():
            one.seen[name] = max(one.seen.get(name, 0.0), value)
    # What the paragraph has just dated stays there, be it long ago: "... late last year. It answered with air strikes."
    if today is not None and recent is not None and not any(one.source == "paragraph" for one in found.values()):
        found.setdefault((recent, today), Candidate(recent, today, "week", "published")).seen["published"] = 1.0
    candidates = list(found.values())
    for one in candidates:
        one.seen |= _of_days(one, today)
    _against_each_other(candidates)
    return candidates


def _gone_by(mention: DateMention, today: date | None) -> DateMention:
    """Read a day without its year as one gone by, since what is told of it has happened."""
    first, last = mention.first, mention.last
    if today is None or first is None or last is None or first <= today + SLIP or not mention.is_yearless:
        return mention
    return replace(mention, first=calendar.year_before(first), last=calendar.year_before(last))


def _mentions(reading: Reading, group: Group) -> Iterator[tuple[DateMention, str, dict[str, float]]]:
    """Give each date that may be meant, with where it stands."""
    own = {telling.sentence.index for telling in group.tellings[:_MOST_TELLINGS]}
    for telling in group.tellings[:_MOST_TELLINGS]:
        for mention in _dates(reading, telling.sentence.index):
            seen = _beside(reading, telling, mention)
            seen["of the first telling" if telling is group.tellings[0] else "of a later telling"] = 1.0
            close = mention is telling.date and telling.date_in_clause
            yield mention, "clause" if close else "sentence", seen
    around = [one for one in _sentences_around(reading, group.tellings[0]) if one[0] not in own]
    # Where the paragraph has gone on to another day, those told before it are over.
    standing = [index for index, where, _ in around if where == "paragraph" and _dates(reading, index)]
    for index, where, seen in around:
        if index >= min(standing, default=0):
            for mention in _dates(reading, index):
                yield mention, where, seen | {"told apart": 1.0} | _in_between(reading, group.tellings[0], mention)
    for mention in reading.dates:
        if mention.is_header:
            yield mention, "header", {"heads the report": 1.0, "told apart": 1.0}


def _sentences_around(reading: Reading, first: Telling) -> Iterator[tuple[int, str, dict[str, float]]]:
    """Give the sentences that may hold the date of what a telling tells without one."""
    at = first.sentence.index
    for index in (*range(max(0, at - _BEFORE), at), *range(at + 1, min(len(reading.sentences), at + _AFTER + 1))):
        same = reading.sentences[index].paragraph == first.sentence.paragraph
        where = "paragraph" if same and at - 2 <= index < at else "elsewhere"
        yield index, where, {f"{'same' if same else 'other'} paragraph, {index - at:+d}": 1.0}
    for index in [sentence.index for sentence in reading.sentences if not sentence.is_dateline][:_OPENING]:
        yield index, "elsewhere", {"in the opening": 1.0}


def _in_between(reading: Reading, first: Telling, mention: DateMention) -> dict[str, float]:
    """Note whether the report has gone on to other days before it tells of the incident."""
    if mention.start > first.sentence.start:
        return {}
    between = [one for one in within(reading.dates, mention.end, first.sentence.start) if one.first]
    if not between:
        return {"the last date before": 1.0}
    older = any(one.last and mention.first and one.last < mention.first for one in between)
    return {"an older date between": 1.0} if older else {"another date between": 1.0}


def _dates(reading: Reading, index: int) -> list[DateMention]:
    sentence = reading.sentences[index]
    return [one for one in within(reading.dates, sentence.start, sentence.end) if not one.is_dateline and one.first]


def _beside(reading: Reading, telling: Telling, mention: DateMention) -> dict[str, float]:
    """Note how a date stands to a trigger of its sentence."""
    trigger = telling.trigger
    steps = reading.distance(trigger.first, trigger.stop, mention)
    at = reading.words.at(mention.start)
    low, high = (trigger.stop, at) if at >= trigger.stop else (at, trigger.first)
    others = sum(low <= other.first < high for other in reading.triggers)
    seen = {
        "told with it": 1.0,
        next(name for most, name in _STEPS if steps <= most): 1.0,
        "before the trigger" if at < trigger.first else "after the trigger": 1.0,
        f"trigger {trigger.entry.name}": 1.0,
        "the telling's own" if mention is telling.date else "not the telling's own": 1.0,
    }
    if mention is telling.date and telling.date_in_clause:
        seen["the clause's own"] = 1.0
    if others:
        seen["beyond another trigger"] = 1.0
    if not telling.kind:
        seen["the trigger refers back"] = 1.0
    if telling.definite:
        seen["told as known"] = 1.0
    if telling.standing.meanings:
        seen["not told plainly"] = 1.0
    return seen


def _of_mention(reading: Reading, mention: DateMention, today: date | None) -> dict[str, float]:
    """Note in what words a date is told."""
    words = " ".join(reading.words.low[mention.start : mention.end].split())
    sort = next((name for name, pattern in _SORTS if pattern.search(words)), "other")
    before = reading.words.get(reading.words.at(mention.start) - 1)
    opening = words.split()[0] if words.split()[0] in _LEADING else before if before in _LEADING else "no"
    seen = {f"told as {sort}": 1.0, f"after {opening}": 1.0}
    if beside_saying(reading, mention):
        seen["beside saying"] = 1.0
    if mention.anaphoric:
        seen["leans on another"] = 1.0
    if today and mention.first and mention.first > today:
        seen["to come"] = 1.0
    return seen


def _of_days(one: Candidate, today: date | None) -> dict[str, float]:
    """Note how wide a stretch of days is, and how long ago."""
    width = (one.last - one.first).days + 1
    seen = {f"to the {one.precision}": 1.0, next(name for most, name in _WIDTHS if width <= most): 1.0}
    if today is not None:
        age = max(0, (today - one.last).days)
        how_old = next((name for most, name in _AGES if age <= most), "old")
        seen[how_old] = 1.0
        seen[f"{how_old}, {one.source}"] = 1.0
    seen[f"from {one.source}"] = 1.0
    return seen


def _against_each_other(candidates: Sequence[Candidate]) -> None:
    """Note whether a wider stretch holds a narrower one, and whether the report heads with a date."""
    headed = any(one.source == "header" for one in candidates)
    for one in candidates:
        inside = [
            other for other in candidates
            if other is not one and one.first <= other.first and other.last <= one.last and other.source != "published"
        ]  # fmt: skip
        if inside:
            one.seen["holds another"] = 1.0
        if headed:
            one.seen[f"from {one.source}, under a head"] = 1.0
