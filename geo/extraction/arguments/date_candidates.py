"""List the dates that a report mentions as candidates for the date of an incident; `event_date` chooses among them.

Every date in or near the sentences that mention an incident is a candidate; so is the last week before the report,
when none of them is. The features of each candidate are extracted here; their weights are in
data/models/event_date_weights.csv, learned by geo/training/stages/event_date.py.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.arguments.anniversaries import remembered_days
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.language.sentences import Sentence
from geo.extraction.mentions.attachment import beside_saying, is_of_another
from geo.extraction.mentions.event_mentions import EventMention, states_date
from geo.extraction.temporal import calendar
from geo.extraction.temporal.calendar import DaySpan
from geo.extraction.temporal.calendar_dates import SLIP
from geo.extraction.temporal.timex import DateMention
from geo.memo import Memo
from geo.tables import word_class

_MOST_MENTIONS: Final = 8  # later mentions of an incident seldom date it
_BEFORE, _AFTER = 4, 2  # sentences around the first mention whose dates are candidates
_OPENING: Final = 4  # sentences of a report that say when its story was
_RECENT: Final = timedelta(days=7)
_AHEAD: Final = frozenset({"planned", "threatened"})
_STEPS: Final[Sequence[tuple[float, str]]] = (
    (3.0, "touching"),
    (8.0, "close"),
    (14.0, "in the clause"),
    (30.0, "in the sentence"),
    (1e9, "far"),
)
_AGES: Final = (
    (0, "that day"), (1, "day before"), (3, "days before"), (7, "a week"), (31, "a month"), (62, "two months"),
    (365, "a year"),
)  # fmt: skip
_WIDTHS: Final = ((1, "one day"), (2, "two days"), (7, "a week"), (31, "a month"), (10**9, "wider"))
_LEADING: Final = word_class("before_date")
# Each source of a date, the surest first; a date with several sources has the surest.
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
_SORT_OF: Final = Memo[str, str](lambda words: next((name for name, form in _SORTS if form.search(words)), "other"))


@dataclass(slots=True)
class DateCandidate:
    """A stretch of days that may be meant, and what speaks for it."""

    first: date
    last: date
    precision: str
    source: str
    features: dict[str, float] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)  # offsets of its mentions

    def is_mentioned_in(self, sentence: Sentence) -> bool:
        """Return whether a sentence mentions it."""
        return any(sentence.start <= start < sentence.end for start in self.starts)

    def lies_in(self, days: DateMention) -> bool:
        """Return whether it is a part of a stretch of days."""
        return bool(days.first and days.last and days.first <= self.first and self.last <= days.last)


def list_date_candidates(
    annotated: AnnotatedReport, cluster: EventCluster, today: date | None, recent: date | None
) -> list[DateCandidate]:
    """List what may be the days of an incident, each once.

    Args:
        annotated: The report.
        cluster: The mentions of the incident.
        today: The day of the report.
        recent: First day of the last week before it: what remains when no date is meant.
    """
    looked_back = remembered_days(annotated, cluster.mentions[0], today)
    if looked_back is not None:
        return _only(looked_back, today)
    found: dict[tuple[date, date], DateCandidate] = {}
    ahead = any(mention.factuality.status in _AHEAD for mention in cluster.mentions)
    for written, source, features in _timexes(annotated, cluster):
        timex = written if ahead else _gone_by(written, today)
        if timex.first is None or timex.last is None:
            continue
        one = found.setdefault(
            (timex.first, timex.last), DateCandidate(timex.first, timex.last, timex.precision, source)
        )
        one.starts.append(written.start)
        one.source = min(one.source, source, key=SOURCES.index)
        for name, value in (features | _of_timex(annotated, timex, today)).items():
            one.features[name] = max(one.features.get(name, 0.0), value)
    # What the paragraph has just dated stays there, be it long ago: "... late last year. It answered with air strikes."
    if today is not None and recent is not None and not any(one.source == "paragraph" for one in found.values()):
        found.setdefault((recent, today), DateCandidate(recent, today, "week", "published")).features["published"] = 1.0
    candidates = _of_own_clause(annotated, cluster, _without_answered(annotated, cluster, list(found.values())))
    candidates = _to_come(candidates, today) if ahead and today is not None else candidates
    for one in candidates:
        one.features |= _of_days(one, today)
    _against_each_other(candidates)
    return candidates


def _without_answered(
    annotated: AnnotatedReport, cluster: EventCluster, found: list[DateCandidate]
) -> list[DateCandidate]:
    """Leave out the days of what an event answers: "struck on Monday in answer to a raid the day before"."""

    def is_answered(start: int) -> bool:
        at, sentence = annotated.words.at(start), annotated.sentence_at(start)
        beside = [one for one in cluster.mentions if one.sentence is sentence]
        triggers = annotated.triggers_within(
            sentence.first, at
        )  # none: "on Thursday they answered it with air strikes"
        others = any(all(one is not mention.trigger for mention in beside) for one in triggers)
        return others and all(annotated.is_across_answer(one.trigger, at, at + 1) for one in beside) and bool(beside)

    own = [one for one in found if not one.starts or not all(map(is_answered, one.starts))]
    return own if any(one.source in {"clause", "sentence"} for one in own) else found


def _to_come(candidates: list[DateCandidate], today: date) -> list[DateCandidate]:
    """Prefer a future date of its own sentence for a planned event, "a march for Tuesday"; never one long gone."""
    ahead = [one for one in candidates if one.source in {"clause", "sentence"} and one.last > today]
    recent = [one for one in candidates if today - one.last < _RECENT]
    return ahead or recent or [DateCandidate(today, today, "day", "published", {"published": 1.0})]


def _only(days: DaySpan, today: date | None) -> list[DateCandidate]:
    """Return the one stretch of days that an incident can be of; none where nobody can say."""
    if days.first is None or days.last is None:
        return []
    one = DateCandidate(days.first, days.last, days.precision, "sentence")
    one.features |= _of_days(one, today)
    return [one]


def _of_own_clause(
    annotated: AnnotatedReport, cluster: EventCluster, candidates: list[DateCandidate]
) -> list[DateCandidate]:
    """Prefer the date of the incident's own clause, even if it is only a year: "in 2011 a bomb killed two"."""
    own = [mention for mention in cluster.mentions[:_MOST_MENTIONS] if states_date(annotated, mention)]
    if not own or own[0].date is None:
        return candidates
    dated, first = own[0].date, own[0] is cluster.mentions[0]
    here = annotated.sentences[own[0].sentence.index]
    kept = [
        one
        for one in candidates
        if one.source in {"clause", "sentence"} and (not first or one.is_mentioned_in(here) or one.lies_in(dated))
    ]
    return kept or candidates


def _gone_by(timex: DateMention, today: date | None) -> DateMention:
    """Read a day without its year as a past one, since the report describes what happened then."""
    first, last = timex.first, timex.last
    if today is None or first is None or last is None or first <= today + SLIP or not timex.is_yearless:
        return timex
    return replace(timex, first=calendar.year_before(first), last=calendar.year_before(last))


def _timexes(annotated: AnnotatedReport, cluster: EventCluster) -> Iterator[tuple[DateMention, str, dict[str, float]]]:
    """Return each date that may be meant, with where it stands."""
    own = {mention.sentence.index for mention in cluster.mentions[:_MOST_MENTIONS]}
    for mention in cluster.mentions[:_MOST_MENTIONS]:
        dates = _dates(annotated, mention.sentence.index)
        for timex in [one for one in dates if not is_of_another(annotated, mention.trigger, one, dates)]:
            features = _beside(annotated, mention, timex)
            features["of the first mention" if mention is cluster.mentions[0] else "of a later mention"] = 1.0
            close = timex is mention.date and mention.date_in_clause
            yield timex, "clause" if close else "sentence", features
    around = [one for one in _sentences_around(annotated, cluster.mentions[0]) if one[0] not in own]
    # Where the paragraph has gone on to another day, earlier dates no longer apply.
    dated = [index for index, where, _ in around if where == "paragraph" and _dates(annotated, index)]
    for index, where, features in around:
        if index >= min(dated, default=0):
            for timex in [one for one in _dates(annotated, index) if not one.dates_what_follows]:
                yield (
                    timex,
                    where,
                    features | {"in another sentence": 1.0} | _in_between(annotated, cluster.mentions[0], timex),
                )
    heads = {"heads the report": 1.0, "in another sentence": 1.0}
    yield from ((timex, "header", dict(heads)) for timex in annotated.dates if timex.is_header)


def _sentences_around(annotated: AnnotatedReport, first: EventMention) -> Iterator[tuple[int, str, dict[str, float]]]:
    """Yield the sentences that may contain the date of a mention without one."""
    at = first.sentence.index
    for index in (*range(max(0, at - _BEFORE), at), *range(at + 1, min(len(annotated.sentences), at + _AFTER + 1))):
        same = annotated.sentences[index].paragraph == first.sentence.paragraph
        where = "paragraph" if same and at - 2 <= index < at else "elsewhere"
        features = {f"{'same' if same else 'other'} paragraph, {index - at:+d}": 1.0}
        if annotated.triggers_within(annotated.sentences[index].first, annotated.sentences[index].stop):
            features["before another deed" if index > at else "after another deed"] = 1.0
        yield index, where, features
    for index in [sentence.index for sentence in annotated.sentences if not sentence.is_dateline][:_OPENING]:
        yield index, "elsewhere", {"in the opening": 1.0}


def _in_between(annotated: AnnotatedReport, first: EventMention, timex: DateMention) -> dict[str, float]:
    """Note whether the report mentions other days before it comes to the incident."""
    if timex.start > first.sentence.start:
        return {}
    between = [one for one in within(annotated.dates, timex.end, first.sentence.start) if one.first]
    if not between:
        return {"the last date before": 1.0}
    older = any(one.last and timex.first and one.last < timex.first for one in between)
    return {"an older date between": 1.0} if older else {"another date between": 1.0}


def _dates(annotated: AnnotatedReport, index: int) -> list[DateMention]:
    sentence = annotated.sentences[index]
    return [one for one in within(annotated.dates, sentence.start, sentence.end) if not one.is_dateline and one.first]


def _beside(annotated: AnnotatedReport, mention: EventMention, timex: DateMention) -> dict[str, float]:
    """Note how a date stands to a trigger of its sentence."""
    trigger = mention.trigger
    steps = annotated.distance(trigger.first, trigger.stop, timex)
    at = annotated.words.at(timex.start)
    others = annotated.triggers_before(trigger, timex)
    features = {
        "in its sentence": 1.0,
        next(name for most, name in _STEPS if steps <= most): 1.0,
        "before the trigger" if at < trigger.first else "after the trigger": 1.0,
        f"trigger {trigger.entry.name}": 1.0,
        "the mention's own" if timex is mention.date else "not the mention's own": 1.0,
    }
    if timex is mention.date and mention.date_in_clause:
        features["the clause's own"] = 1.0
    if others:
        features["beyond another trigger"] = 1.0
    if not mention.sub_event_type:
        features["the trigger refers back"] = 1.0
    if mention.definite:
        features["introduced as known"] = 1.0
    if mention.factuality.meanings:
        features["not stated plainly"] = 1.0
    return features


def _of_timex(annotated: AnnotatedReport, timex: DateMention, today: date | None) -> dict[str, float]:
    """Note in what words a date is written."""
    words = " ".join(annotated.words.low[timex.start : timex.end].split())
    before = annotated.words.get(annotated.words.at(timex.start) - 1)
    opening = words.split()[0] if words.split()[0] in _LEADING else before if before in _LEADING else "no"
    features = {f"date form {_SORT_OF[words]}": 1.0, f"after {opening}": 1.0}
    if beside_saying(annotated, timex):
        features["beside saying"] = 1.0
    if timex.anaphoric:
        features["leans on another"] = 1.0
    if today and timex.first and timex.first > today:
        features["to come"] = 1.0
    return features


def _of_days(one: DateCandidate, today: date | None) -> dict[str, float]:
    """Note how wide a stretch of days is, and how long ago."""
    width = (one.last - one.first).days + 1
    features = {f"to the {one.precision}": 1.0, next(name for most, name in _WIDTHS if width <= most): 1.0}
    if today is not None:
        age = max(0, (today - one.last).days)
        how_old = next((name for most, name in _AGES if age <= most), "old")
        features[how_old] = 1.0
        features[f"{how_old}, {one.source}"] = 1.0
    features[f"from {one.source}"] = 1.0
    return features


def _against_each_other(candidates: Sequence[DateCandidate]) -> None:
    """Note whether a wider stretch holds a narrower one, and whether the report heads with a date."""
    headed = any(one.source == "header" for one in candidates)
    for one in candidates:
        inside = [
            other for other in candidates
            if other is not one and one.first <= other.first and other.last <= one.last and other.source != "published"
        ]  # fmt: skip
        if inside:
            one.features["holds another"] = 1.0
        if headed:
            one.features[f"from {one.source}, under a head"] = 1.0
