"""Interpret relative dates: days, weeks, months and years from the day of the report or from another date.

Each function reads the match of a pattern of `timex_rules` in its `Context`; None means that it is no date.
"""

import re
from datetime import date, timedelta

from geo.extraction.temporal import calendar
from geo.extraction.temporal.calendar import NEVER, UNKNOWN, DaySpan
from geo.extraction.temporal.calendar_dates import (
    DateContext,
    Meaning,
    day_of,
    number_of,
    or_unknown,
    part_of,
    read_one_day,
    read_one_month,
    stated_year,
)
from geo.tables import calendar_words

VAGUE = calendar_words("vague count")
COUNT_WORDS = {**calendar_words("count"), **VAGUE}
# Units that are counted in others.
MADE_OF = {"decade": (10, "year"), "centur": (100, "year"), "fortnight": (2, "week")}
_ROUND = 10  # "30 years ago" is rounded to so many years
CLOCK = frozenset({"moment", "minute", "hour"})


def read_weekday(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "on Monday", "last Friday", "next Tuesday"."""
    number, today, how = calendar.WEEKDAYS[found["w"]], context.today, found["how"] or ""
    if today is None:
        return UNKNOWN
    if how.startswith("next") or (context.future and how != "last"):
        return calendar.day(calendar.weekday(today, number, future=True))
    when = calendar.weekday(today, number)
    return calendar.day(when - timedelta(days=7) if how == "last" and when == today else when)


def read_weekday_of_week(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "Monday last week", "on Tuesday two weeks ago", "last week's Friday"."""
    groups, today = found.groupdict(), context.today
    if today is None:
        return UNKNOWN
    if groups.get("n"):
        back = _count(groups["n"])
    else:
        back = {"last": 1, "previous": 1, "past": 1, "next": -1, "coming": -1}.get(groups["how"], 0)
    monday = calendar.week(today, -back).first
    return calendar.day(monday + timedelta(days=calendar.WEEKDAYS[found["w"]])) if monday else UNKNOWN


def read_weekdays_back(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "two Mondays ago", "the Friday before last"."""
    groups, today = found.groupdict(), context.today
    if today is None:
        return UNKNOWN
    count = _count(groups["n"]) if groups.get("n") else 2
    when = calendar.weekday(today - timedelta(days=1), calendar.WEEKDAYS[found["w"]])
    return calendar.day(when - timedelta(weeks=count - 1))


def read_weekdays(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "Monday and Tuesday", "Monday, Wednesday and Friday", "the night from Tuesday to Wednesday"."""
    today = context.today
    if today is None:
        return UNKNOWN
    last = calendar.weekday(today, calendar.WEEKDAYS[found["w2"]], future=context.future)
    return calendar.days_between(calendar.weekday(last, calendar.WEEKDAYS[found["w"]]), last)


def read_night_to(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "overnight into Wednesday": from the evening before."""
    span = read_weekday(found, context)
    return calendar.days_between(span.first - timedelta(days=1), span.first) if span and span.first else span


def read_ordinal(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "on the 15th", "the 3rd of last month": the latest such day."""
    today, number = context.today, number_of(found["d"])
    if today is None:
        return UNKNOWN
    base = (
        context.last_date.first
        if found["how"] in {"same", "that"} and context.last_date and context.last_date.first
        else today
    )
    back = 1 if found["how"] in {"last", "previous"} or (not found["how"] and number > today.day) else 0
    when = calendar.exact(*calendar.shift_months(base, -back), number)
    return calendar.day(when) if when else NEVER


def read_last_years_day(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "last year's 12 December", "last year on 12 December"."""
    year = context.today.year - 1 if context.today else None
    when = day_of(context, found["d"], found["m"], year)
    return calendar.day(when) if when else or_unknown(context, found["d"], found["m"])


def read_week_before(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "a week ago Sunday": the Sunday before the last one."""
    today = context.today
    return (
        UNKNOWN
        if today is None
        else calendar.day(calendar.weekday(today, calendar.WEEKDAYS[found["w"]]) - timedelta(days=7))
    )


def read_week_of(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "the week of 5 July", "the week ending 25 July", "the weekend of 3 May"."""
    when = day_of(context, found["d"], found["m"], stated_year(found, context))
    if when is None:
        return or_unknown(context, found["d"], found["m"])
    if found["unit"] == "weekend":
        return calendar.weekend(when)
    if found["how"] in {"ending", "to"}:
        return DaySpan(when - timedelta(days=6), when, "week")
    if found["how"] in {"beginning", "starting"}:
        return DaySpan(when, when + timedelta(days=6), "week")
    return calendar.week(when)


def days_from_today(shift: int, until: int | None = None) -> Meaning:
    """Make the meaning of "today", "yesterday", "overnight": days before or after publication."""

    def meaning(_: re.Match[str], context: DateContext) -> DaySpan | None:
        if context.today is None:
            return UNKNOWN
        first = context.today + timedelta(days=shift)
        return (
            calendar.day(first)
            if until is None
            else calendar.days_between(first, context.today + timedelta(days=until))
        )

    return meaning


def read_relative_unit(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "last month", "this week", "next year", "over the weekend"."""
    today, how, unit = context.today, found["how"], found["unit"]
    if today is None:
        return UNKNOWN
    steps = {"last": 1, "past": 1, "previous": 1, "next": -1, "coming": -1}.get(how, 0)
    if unit == "weekend":
        return calendar.weekend(today, future=steps < 0 or context.future)
    if unit == "week":
        return calendar.week(today, -steps)
    if unit == "month":
        return calendar.month(*calendar.shift_months(today, -steps))
    return calendar.year(today.year - steps)


def read_part_of_unit(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "early this month", "at the beginning of the month", "late last year"."""
    today, part = context.today, part_of(found["part"])
    if today is None:
        return UNKNOWN
    back = int(found["how"] == "last")
    if found["unit"] == "month":
        return calendar.month(*calendar.shift_months(today, -back), part)
    return calendar.year(today.year - back, part)


def read_season(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "last winter", "in the summer of 2019"."""
    stated, today = found["y"], context.today
    if stated:
        return calendar.season(int(stated), found["season"])
    if today is None:
        return UNKNOWN
    span = calendar.season(today.year, found["season"])
    back = span.first is not None and (span.first > today or (found["how"] == "last" and (span.last or today) >= today))
    return calendar.season(today.year - 1, found["season"]) if back else span


def _count(text: str) -> int:
    words = " ".join(text.split())
    return COUNT_WORDS.get(words) or int(words)


def counted(text: str, unit: str) -> tuple[int, str]:
    """Return a count in days, weeks, months or years: "half a century" is 50 years."""
    times, made_of = MADE_OF.get(unit, (1, unit))
    return (times // 2, made_of) if text == "half a" and times > 1 else (_count(text) * times, made_of)


def _hours(today: date, count: int, unit: str) -> DaySpan:
    """Mean the last so many hours; minutes are of the day itself."""
    if unit != "hour":
        return calendar.day(today)
    return calendar.days_between(today - timedelta(days=-(-count // 24)), today)


def read_ago(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "two years ago", "weeks ago", "half a century ago"."""
    today, unit = context.today, found["unit"]
    if today is None:
        return UNKNOWN
    number = " ".join((found["n"] or "few").split())
    if unit in CLOCK:
        return _hours(today, COUNT_WORDS.get(number, 3) if number == "half a" else _count(number), unit)
    if number == "half a" and unit not in MADE_OF:
        return calendar.since(today, 7 if unit == "year" else 1, "month")
    count, unit = counted(number, unit)
    if number in VAGUE:  # some while ago: not this week what was "weeks ago"
        wide = calendar.since(today, 2 * count, unit)
        least = calendar.since(today, count // COUNT_WORDS[number], unit).first
        return calendar.days_between(wide.first, least) if wide.first and least else wide
    if unit == "year" and count >= _ROUND and count % _ROUND == 0:
        slack = min(count // _ROUND, 5)
        around = calendar.back(today, count + slack, unit), calendar.back(today, count - slack, unit)
        return calendar.days_between(around[0].first or today, around[1].last or today)
    return calendar.back(today, count, unit)


def read_past_stretch(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "over the past several months", "in recent weeks", "the last 24 hours"."""
    today, unit = context.today, found["unit"]
    if today is None:
        return UNKNOWN
    number = " ".join((found["n"] or "").split())
    if unit in CLOCK:
        return _hours(today, 3 if number in {"", "half a"} else _count(number), unit)
    count, unit = counted(number or "few", unit) if number != "half a" or unit in MADE_OF else (1, unit)
    return calendar.since(today, count, unit)


def read_since(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "since September", "since Monday": from its beginning until publication."""
    groups = found.groupdict()
    begun = (
        read_weekday(found, context) if groups.get("w")
        else read_one_day(found, context) if groups.get("d")
        else read_one_month(found, context) if groups.get("m")
        else calendar.year(int(groups["y"]))
    )  # fmt: skip
    if begun is None or begun.first is None:
        return UNKNOWN
    return calendar.days_between(begun.first, max(context.today or begun.last or begun.first, begun.first))
