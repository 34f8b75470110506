"""Find the dates in a report, and the days that they can mean.

A weekday in the past is the latest one on or before publication; "the day before" is relative to the
date before it; a day that does not exist is no date. Where nobody says when the report was published,
weekdays and relative dates stay open.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from geo.extraction.language.tokens import Words
from geo.extraction.temporal.anaphoric_dates import read_before_what_follows
from geo.extraction.temporal.calendar import NEVER, WEEKDAYS, DaySpan
from geo.extraction.temporal.calendar_dates import DateContext, number_order
from geo.extraction.temporal.timex_patterns import HEADER
from geo.extraction.temporal.timex_rules import DIGITS, RULES, DateRule
from geo.memo import Memo
from geo.tables import word_classes

# "SAN SALVADOR, 3 JAN 90 --", "BAGHDAD, March 12 (Reuters) -", "KABUL (AP) --": what follows a dateline's date
_AFTER_DATELINE = re.compile(
    r"[^\S\n]*(?:\([^)\n]{0,60}\)[^\S\n]*|\[[^\]\n]{0,60}\][^\S\n]*)*(?:--|[-–—:](?=\s)|\[text\])", re.IGNORECASE
)
_DATELINE_REACH = 250
_HEAD_LINES = 3  # before a dateline
_AHEAD = re.compile(
    r"\b(?:will|shall|to be held|scheduled|due|plans? to|planned for|planning|going to|expected|set for|ahead of|"
    r"upcoming|announced an?|called for|calls for|calling for|call for)\b"
    r"(?!.*\b(?:said|told|announced|reported|killed|died|attacked)\b)",
)
_AHEAD_AFTER = re.compile(r"[^.;\n]{0,40}\b(?:will|shall)\b")
# What is held "for Tuesday" is held then, and lies ahead.
_FOR = re.compile(
    r"\b(?:march|marches|rally|rallies|protests?|demonstrations?|strikes?|elections?|talks|vote|meeting|walkout|sit-in|"
    r"trial|hearing|funeral|planned|scheduled|slated|billed) for (?:early |late |on )*$"
)
_CLAUSE = 90  # characters before a date in which a word may put it into the future
_SENTENCE = 200  # characters before a date in which "the worst since" may stand


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text, and the days that it can mean."""

    start: int  # offset of the first character
    end: int  # offset one past the last character
    first: date | None  # first possible day; None when nobody can say
    last: date | None
    precision: str  # vocabulary.DATE_PRECISIONS
    anaphoric: bool = False  # relative to the date before ("the day before")
    is_dateline: bool = False  # says when the report was filed
    is_header: bool = False  # heads the report ("April 2021: ..."): dates whatever follows
    is_yearless: bool = False  # a day and a month whose year is a guess
    dates_what_follows: bool = False  # "a week after | gunmen stormed it": of no event before it


def find_dates(words: Words, published: date | None = None) -> list[DateMention]:
    """Find every date of a text, in text order.

    Args:
        words: Of a readable text (`geo.reading.paragraphs.readable`), in any case.
        published: The day of publication; without it the day of the dateline counts.

    Returns:
        Mentions that do not overlap; offsets into the text.
    """
    places = _candidates(words)
    if not places:
        return []
    context = DateContext(published, None, future=False, year=None, header=None)
    head = HEADER.match(words.low)
    context.header_end = head.end() if head else 0
    context.number_order = number_order(words.low)
    if published is None:
        context.year = _only_year(words)
    found: list[DateMention] = []
    end = -1
    for start, rules in places:
        if start < end:
            continue
        mention = _read(words, start, rules, context)
        if mention is None:
            continue
        end = mention.end
        if mention.precision == NEVER.precision:
            continue
        if mention.precision == "unknown" and found and mention.start - found[-1].end <= 2 and not found[-1].anaphoric:  # noqa: PLR2004
            continue
        aside = _is_of_saying(words, start) or any(_is_counted_aside(words.low, one, mention) for one in found[-1:])
        aside = aside or _COMPARED.search(words.low, max(0, start - _SENTENCE), start) is not None
        found.append(mention)
        if mention.precision == "day" and not mention.is_dateline:
            context.near, context.near_end = DaySpan(mention.first, mention.last, "day"), mention.end
        if not aside:
            _remember(mention, context, is_open=words.low.startswith("since", mention.start))
    return _joined(_without_doubled(found, words.text), words.low)


def _candidates(words: Words) -> list[tuple[int, tuple[DateRule, ...]]]:
    """Find where a date can begin, with the rules that may read it."""
    return [
        (start, some.rules)
        for start, some in zip(words.starts, map(_RULES_OF.__getitem__, words.words), strict=True)
        if some is not None and (some.any is None or some.any.match(words.low, start))
    ]


class _Rules(NamedTuple):
    """The rules that may read a date which begins with a word."""

    rules: tuple[DateRule, ...]
    any: re.Pattern[str] | None  # matches where one of many does: "the" begins a date once in seventy times


def _rules_of(word: str) -> _Rules | None:
    if word not in RULES:
        return _Rules(DIGITS, None) if word[0].isdigit() else None
    rules = RULES[word]
    patterns = [_GROUP.sub("(?:", rule.pattern.pattern) for rule in rules]
    return _Rules(rules, re.compile("|".join(patterns)) if len(rules) >= _MANY else None)


_GROUP: Final = re.compile(r"\(\?P<\w+>")
_MANY: Final = 7  # rules
_RULES_OF: Final = Memo(_rules_of)


def _read(words: Words, start: int, rules: tuple[DateRule, ...], context: DateContext) -> DateMention | None:
    for rule in rules:
        match = rule.pattern.match(words.low, start)
        if match is None:
            continue
        context.future = _is_ahead(words.low, start, match.end())
        span = NEVER if _names(words, match.end()) else rule.meaning(match, context)
        if span is None:
            continue
        dateline = (
            start < _DATELINE_REACH
            and span.precision in {"day", "unknown"}
            and bool(
                _AFTER_DATELINE.match(words.low, match.end())
                and words.low[:start].count("\n") < _HEAD_LINES
                and "." not in words.low[:start].rstrip()[-1:]
            )
        )
        header = start < context.header_end
        span = _not_later(span, context, header=header, has_month=_has_month(match))
        return DateMention(start, match.end(), span.first, span.last, span.precision,
                           rule.anaphoric, dateline and not header, header, _lacks_year(match),
                           rule.meaning is read_before_what_follows)  # fmt: skip
    return None


def _names(words: Words, end: int) -> bool:
    """Return whether a date is part of a name: "9 October Avenue", "the 14 July Bridge"."""
    following = words.at(end)
    beside = following < len(words.words) and not words.text[end : words.starts[following]].strip()
    return beside and words.words[following] in word_classes()["named_by_date"]


def _is_ahead(low: str, start: int, end: int) -> bool:
    """Return whether the clause is about what is to come."""
    before = low[max(0, start - _CLAUSE) : start]
    cut = max(before.rfind("."), before.rfind(";"), before.rfind("\n")) + 1
    clause = before[cut:]
    if _AHEAD.search(clause) or (_FOR.search(clause) and not low.startswith(("'s", "’s"), end)):
        return True
    return clause.strip() in {"", "on"} and _AHEAD_AFTER.match(low, end) is not None


def _has_month(match: re.Match[str]) -> bool:
    """Return whether a date stands for itself: by a month or a year, not "overnight" or "this week"."""
    groups = match.groupdict()
    return bool(groups.get("m") or groups.get("y"))


def _lacks_year(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return bool(groups.get("d") and groups.get("m") and not groups.get("y"))


def _not_later(span: DaySpan, context: DateContext, *, header: bool, has_month: bool) -> DaySpan:
    """Cut off the days after publication, and hold to the month that heads the report."""
    first, last, head = span.first, span.last, context.header
    if first is None or last is None:
        return span
    if head and not header and head.first and head.last and (last < head.first or first > head.last):
        if not has_month:
            return head
        if span.precision in {"month", "year", "range", "season"}:
            return span
        return span if abs((first - head.last).days) > 62 else head  # noqa: PLR2004
    today = context.today
    if today and not context.future and first <= today < last:
        return DaySpan(first, today, span.precision)
    return span


def _is_of_saying(words: Words, start: int) -> bool:
    """Return whether a day is only when somebody spoke: "the ministry said on Monday"."""
    at = words.at(start)
    return not word_classes()["speaking"].isdisjoint(words.words[max(0, at - 2) : at])


def _is_counted_aside(low: str, before: DateMention, mention: DateMention) -> bool:
    """Return whether a day counted from another stands in its sentence: what comes next counts from the first again.

    "On Tuesday they avenged a killing two days before. An hour later ..." goes on on Tuesday.
    """
    between = low[before.end : mention.start]
    return mention.anaphoric and not (
        before.anaphoric or before.is_dateline or before.is_header or ". " in between or "\n" in between
    )


_COMPARED = re.compile(
    r"\b(?:worst|first|most|[a-z]+est)\b[^.]*\bsince\b[^.]*$"
)  # "the worst since a man killed 26 in 2012"


def _remember(mention: DateMention, context: DateContext, *, is_open: bool) -> None:
    """Keep a date for those that are counted from it; what has gone on "since May" is no day to count from."""
    span = DaySpan(mention.first, mention.last, mention.precision)
    if mention.is_header:
        context.header = span
    if mention.is_dateline and mention.first and context.today is None:
        context.today = mention.first
    if mention.first is None or mention.is_dateline or is_open:
        return
    if mention.precision in {"day", "week", "month", "range"}:
        context.last_date = span
    context.last_year = span


_YEARS = re.compile(r"(?<![\d,.$-])(?:19|20)\d\d(?![\d,-])")


def _only_year(words: Words) -> int | None:
    years = set(_YEARS.findall(words.low))
    return int(years.pop()) if len(years) == 1 else None


def _without_doubled(found: list[DateMention], text: str) -> list[DateMention]:
    """Drop a weekday that stands right beside the day it belongs to: "Wednesday, 3 January"."""
    kept: list[DateMention] = []
    for mention in found:
        previous = kept[-1] if kept else None
        beside = previous is not None and not text[previous.end : mention.start].strip(" ,[(")
        if previous is not None and beside and text[previous.start : previous.end].lower() in _WEEKDAYS:
            kept.pop()
        kept.append(mention)
    return kept


_FROM = re.compile(r"\b(?:between|from|overnight)\s+(?:the\s+)?$")
_UNTIL = re.compile(r"\s*,?\s*(?:to|and|until|till|through|up to|-|–|—)\s*(?:the\s+)?")


def _joined(found: list[DateMention], low: str) -> list[DateMention]:
    """Make one stretch of "between late May and early June", "from 28 December 2019 to Friday"."""
    joined: list[DateMention] = []
    for mention in found:
        before = joined[-1] if joined else None
        if before and _is_end_of(before, mention, low):
            first, last = before.first, mention.last
            if first and last and first > last and _FULL_YEAR.search(low[mention.start : mention.end]):
                first = first.replace(day=min(first.day, 28)).replace(year=last.year - (first.month > last.month))
            if first and last and first <= last:
                joined[-1] = replace(before, end=mention.end, first=first, last=last, precision="range")
                continue
        joined.append(mention)
    return joined


def _is_end_of(begun: DateMention, mention: DateMention, low: str) -> bool:
    """Return whether a date is the end of a range that begins with the one before it."""
    is_range = begun.first and mention.last and not (begun.is_dateline or begun.is_header or mention.anaphoric)
    opened = _FROM.search(low, max(0, begun.start - _FROM_REACH), begun.start) or _OPENED.match(low, begun.start)
    return bool(is_range and opened and _UNTIL.fullmatch(low, begun.end, mention.start))


_FROM_REACH = 24
_OPENED = re.compile(r"(?:between|from)\b")
_FULL_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_WEEKDAYS = frozenset(name for name in WEEKDAYS if name.endswith("day"))
