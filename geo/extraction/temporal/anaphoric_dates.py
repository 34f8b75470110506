"""Interpret dates that are counted from another: "the day before", "hours later", "a week after gunmen stormed it".

Each function reads the match of a pattern of `timex_rules` in its `DateContext`.
"""

import re
from datetime import timedelta

from geo.extraction.temporal import calendar
from geo.extraction.temporal.calendar import UNKNOWN, DaySpan
from geo.extraction.temporal.calendar_dates import DateContext
from geo.extraction.temporal.relative_dates import CLOCK, MADE_OF, VAGUE, counted, read_weekday

_OPENS_SENTENCE = frozenset({"", ".", "!", "?", ";", "\n"})
_SENTENCE_END = re.compile(r"[.!?;]\s|\n")


def _last_date(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Return the date that another is counted from: that of its sentence, be it of what somebody said, or the last."""
    if context.near and not _SENTENCE_END.search(found.string, context.near_end, found.start()):
        return context.near
    return context.last_date


def read_from_last_date(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "the day before", "two days later", "the same day": relative to the date before."""
    groups = found.groupdict()
    unit = groups.get("unit") or "day"
    base = (context.last_year if unit == "year" else None) or _last_date(found, context)
    how = (groups.get("how") or groups.get("end") or "").split()[-1:]
    sign = {"before": 1, "earlier": 1, "previous": 1, "prior": 1, "same": 0, "that": 0}.get("".join(how), -1)
    if base is None and context.today and sign >= 0:  # no reported event is later than the report
        base = calendar.day(context.today)
    if base is None or base.first is None:
        return UNKNOWN
    if unit in CLOCK or (base.precision != "day" and unit != "year"):
        return base
    number = " ".join((groups.get("n") or "a").split())
    count, unit = counted(number, unit) if number != "half a" or unit in MADE_OF else (1, unit)
    span = calendar.back(base.first, sign * count, "day" if unit == "night" else unit)
    late = span.first is not None and context.today is not None and span.first > context.today
    return UNKNOWN if late and not context.future else span


def read_before_what_follows(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "a week after gunmen stormed it": the day of the gunmen, counted from the date before in the sentence."""
    if found.string[max(0, found.start() - 3) : found.start()].rstrip(' "')[-1:] in _OPENS_SENTENCE:
        return UNKNOWN  # "A day after the air strike they shot down a jet": of the main clause
    base = _last_date(found, context) or (calendar.day(context.today) if context.today else None)
    number, unit = " ".join(found["n"].split()), found["unit"]
    if base is None or base.first is None or base.precision != "day" or (number == "half a" and unit not in MADE_OF):
        return UNKNOWN
    if unit in CLOCK:
        return calendar.days_between(base.first - timedelta(days=1), base.first)
    count, unit = counted(number, unit)
    if number in VAGUE:
        return UNKNOWN
    if unit == "week":  # a day more or less
        return calendar.days_between(*(base.first - timedelta(days=7 * count + slack) for slack in (1, -1)))
    return calendar.back(base.first, count, "day" if unit == "night" else unit)


def read_same_day(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "earlier in the day", "minutes later": the day of the date before; "hours later" may be the next."""
    base, today = _last_date(found, context), context.today
    if base is None or base.precision != "day" or base.first is None:
        return UNKNOWN if today is None else calendar.day(today)
    if found["unit"] != "hours" or not found[0].endswith(("later", "after")):
        return base
    last = base.first + timedelta(days=1)
    return calendar.days_between(base.first, min(last, today) if today else last)


def read_weekday_from_last_date(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "the following Sunday", "the previous Monday": the first one after or before the preceding date."""
    base = context.last_date
    if base is None or base.first is None or base.last is None:
        return UNKNOWN if context.today is None else read_weekday(found, context)
    number = calendar.WEEKDAYS[found["w"]]
    if found["how"] in {"previous", "prior"}:
        return calendar.day(calendar.weekday(base.first - timedelta(days=1), number))
    if found["how"] == "same":
        return calendar.day(calendar.weekday(base.last, number))
    when = calendar.weekday(base.last, number, future=True)
    return calendar.day(when)
