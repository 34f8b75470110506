"""Interpret calendar dates: days, months and years.

Each function reads the match of a pattern of `timex_rules` in its `Context`; None means that it is no date.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from geo.extraction.temporal import calendar
from geo.extraction.temporal.calendar import NEVER, UNKNOWN, DaySpan
from geo.extraction.temporal.timex_patterns import NUMBERS, WEEKDAY

_NOON = 12
_MONTHS = 12
_LAST_YEAR = 2100
_NEWS = timedelta(days=7)  # of two readings of a date the one of the last week is meant
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_HALF_YEAR = timedelta(days=183)
SLIP = timedelta(days=3)  # a day or two after publication is a slip or a plan, not the year before
_WEEKDAY_BESIDE = re.compile(rf"\b(?P<w>{WEEKDAY})(?:,|\s|\(|the)*$")


@dataclass(slots=True)
class DateContext:
    """What a date is read against."""

    today: date | None  # the day of publication, or of the dateline
    last_date: DaySpan | None  # the date before this one
    future: bool  # the clause is about what is to come
    year: int | None  # the only year in the text, where there is no publication day
    header: DaySpan | None  # the month that heads the report
    header_end: int = 0  # offset at which that head ends
    last_year: DaySpan | None = None  # the last date before this one, even if only a year
    near: DaySpan | None = None  # the last date before this one, even if only of what somebody said
    near_end: int = 0  # offset at which that ends
    number_order: str | None = None  # "day" or "month": which stands first in 25/3/2021


Meaning = Callable[[re.Match[str], DateContext], DaySpan | None]


def month_of(name: str) -> int:
    """Return the number of a month by its name."""
    return calendar.MONTHS[name.rstrip(".")]


def number_of(text: str) -> int:
    """Return the number of "15th"."""
    digits = "".join(char for char in text if char.isdigit())
    return int(digits)


def part_of(text: str | None) -> str:
    """Return the part that words name: "early", "the end of"."""
    words = (text or "").split()
    if not words:
        return ""
    return {"end": "late", "beginning": "early", "start": "early", "middle": "mid"}.get(
        words[-2] if len(words) > 1 else "", words[0]
    )


def _nearest(context: DateContext, month: int, number: int | None) -> int | None:
    """Choose the year of a day or month without one: the latest that is not in the future."""
    header = context.header
    if header and header.first and header.last and header.first.month <= month <= header.last.month:
        return header.first.year
    if context.today is None:
        return context.year
    today = context.today
    when = calendar.exact(today.year, month, number or 1) or calendar.exact(today.year, month, 28)
    if when is None:
        return None
    if context.future:
        past = when < today if number else month < today.month
        ahead = calendar.exact(today.year + past, month, number or 1)
        # "Will the murderers of 16 November be punished?", asked in January, means the November gone by.
        if not (number and ahead and ahead - today > _HALF_YEAR):
            return today.year + past
    return today.year - 1 if when > today + SLIP else today.year


def day_of(context: DateContext, day: str, month: str, year: int | None) -> date | None:
    """Return the day of the calendar; without a year that of the nearest year."""
    number, name = number_of(day), month_of(month)
    which = _nearest(context, name, number) if year is None else year
    return None if which is None else calendar.exact(which, name, number)


def stated_year(found: re.Match[str], context: DateContext) -> int | None:
    """Read the year beside a day or a month, in figures or in words; None without one."""
    groups = found.groupdict()
    if groups.get("y"):
        return calendar.full_year(int(groups["y"].lstrip("'")))
    word = groups.get("year_word") or groups.get("year_end")
    if not word:
        return None
    if word in {"last", "this", "next"}:
        return context.today.year + {"last": -1, "next": 1}.get(word, 0) if context.today else None
    last = context.last_year.first if context.last_year else context.today
    return last.year + {"same": 0, "that": 0, "following": 1}.get(word, -1) if last else None


def or_unknown(context: DateContext, day: str, month: str) -> DaySpan | None:
    """Distinguish a day of an unknown year from one that never exists."""
    possible = calendar.exact(2000, month_of(month), number_of(day))
    return UNKNOWN if possible and context.today is None and context.year is None else NEVER


def read_one_day(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "5 November 2014", "November 5 last year"."""
    when = day_of(context, found["d"], found["m"], stated_year(found, context))
    return calendar.day(when) if when else or_unknown(context, found["d"], found["m"])


def read_two_days(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "20-31 December", "1, 3 and 5 July", "from 28 December to 3 January", "December 28 to January 3"."""
    groups, year = found.groupdict(), stated_year(found, context)
    last = day_of(context, found["d2"], groups.get("m2") or found["m"], year)
    first = day_of(context, found["d"], found["m"], year)
    if first is None or last is None:
        return or_unknown(context, found["d"], found["m"])
    if first > last and groups.get("m2"):
        first = calendar.exact(first.year - 1, first.month, first.day) or first
    return calendar.days_between(first, last)


_BESIDE = 30  # characters in which a weekday stands before its date


def read_numeric(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read 3/4/2020: the day first or the month first; where nothing shows which, from the one to the other.

    A weekday beside it shows it, another such date of the report of which but one reading is a day, and the day of
    publication: the reported event is past, and news appears within the week.
    """
    one, two, year = int(found["a"]), int(found["b"]), calendar.full_year(int(found["y"]))
    readings = {order: calendar.exact(year, *_ordered(one, two, order)) for order in ("day", "month")}
    whens = {order: when for order, when in readings.items() if when}
    if context.number_order in whens:
        return calendar.day(whens[context.number_order])
    weekday = _WEEKDAY_BESIDE.search(found.string, max(0, found.start() - _BESIDE), found.start())
    named = [when for when in whens.values() if weekday and when.weekday() == calendar.WEEKDAYS[weekday["w"]]]
    stated = named if len(named) == 1 else list(whens.values())
    if context.today and not context.future:
        stated = [when for when in stated if when <= context.today] or stated
        fresh = [when for when in stated if timedelta() <= context.today - when <= _NEWS]
        stated = fresh if len(set(fresh)) == 1 else stated
    return calendar.days_between(min(stated), max(stated)) if stated else None


def _ordered(one: int, two: int, order: str) -> tuple[int, int]:
    """Give month and day of two numbers, the day or the month first."""
    return (two, one) if order == "day" else (one, two)


def number_order(text: str) -> str | None:
    """Return whether a text writes the day or the month first in 25/3/2021, where its numbers show one of the two."""
    orders = {
        "day" if int(found["a"]) > _MONTHS else "month"
        for found in NUMBERS.finditer(text)
        if (int(found["a"]) > _MONTHS) != (int(found["b"]) > _MONTHS)
    }
    return orders.pop() if len(orders) == 1 else None


def read_compact(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read 20141125, and the date-time group 251430ZNOV14."""
    if found.groupdict().get("mm"):
        when = calendar.exact(int(found["y"]), int(found["mm"]), int(found["d"]))
        return calendar.day(when) if when else None
    return read_one_day(found, context)


def read_one_month(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "in June 2011", "late last December"."""
    groups = found.groupdict()
    number, part = month_of(found["m"]), part_of(groups.get("part"))
    year = stated_year(found, context)
    if year:
        return calendar.month(year, number, part)
    how, today = groups.get("how") or "", context.today
    if how == "last" and today and number == today.month:
        return calendar.month(today.year - 1, number, part)
    ahead = DateContext(today, None, how == "next" or context.future, context.year, None if how else context.header)
    which = _nearest(ahead, number, None)
    return UNKNOWN if which is None else calendar.month(which, number, part)


def read_two_months(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "from March to May 2019"."""
    year = found["y"] or _nearest(context, month_of(found["m2"]), None)
    if year is None:
        return UNKNOWN
    last = calendar.month(int(year), month_of(found["m2"]))
    before = int(year) - (month_of(found["m"]) > month_of(found["m2"]))
    first = calendar.month(int(found["y1"] or before), month_of(found["m"]))
    return calendar.days_between(first.first or date.min, last.last or date.max)


def read_decade(found: re.Match[str], _: DateContext) -> DaySpan | None:
    """Read "in the 1990s", "the early '80s"."""
    first, part = calendar.full_year(int(found["y"].lstrip("'"))), part_of(found["part"])
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return calendar.days_between(date(first + low, 1, 1), date(first + high, 12, 31))


def read_century(found: re.Match[str], _: DateContext) -> DaySpan | None:
    """Read "in the 19th century"."""
    last = 100 * number_of(found["c"])
    return calendar.days_between(date(last - 99, 1, 1), date(last, 12, 31)) if 0 < last <= _LAST_YEAR else None


def read_share(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "the first half of July", "the second week of June 2019", "the third quarter of 2020"."""
    groups = found.groupdict()
    whole = read_one_month(found, context) if groups.get("m") else calendar.year(int(groups["y"]))
    if whole is None or whole.first is None or whole.last is None:
        return UNKNOWN
    parts = {"half": 2, "third": 3, "quarter": 4, "week": 4}[found["share"]]
    number = parts if found["nth"] == "last" else _NTH.get(found["nth"]) or int(found["nth"])
    if number > parts:
        return whole
    if not groups.get("m"):
        months = 12 // parts
        last = calendar.month(whole.first.year, number * months).last
        return calendar.days_between(date(whole.first.year, (number - 1) * months + 1, 1), last or whole.last)
    length = (whole.last - whole.first).days + 1
    step = 7 if found["share"] == "week" else -(-length // parts)
    first = whole.first + timedelta(days=step * (number - 1))
    if found["nth"] == "last":
        first = whole.last - timedelta(days=step - 1)
    return calendar.days_between(first, min(first + timedelta(days=step - 1), whole.last))


def read_years(found: re.Match[str], _: DateContext) -> DaySpan | None:
    """Read "in 2011", "from 2014 to 2016", "2014-16"."""
    groups = found.groupdict()
    first, part = int(found["y"]), part_of(groups.get("part"))
    second = groups.get("y2")
    if not second:
        return calendar.year(first, part)
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)  # noqa: PLR2004
    return calendar.days_between(date(first, 1, 1), date(max(first, last), 12, 31)) if last >= first else None


def read_clock_gmt(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "0230 GMT on 12 January": there it may be the day before, or after, by the clocks of the place."""
    when = day_of(context, found["d"], found["m"], stated_year(found, context))
    if when is None:
        return or_unknown(context, found["d"], found["m"])
    if int(found["hour"]) < _NOON:
        return calendar.days_between(when - timedelta(days=1), when)
    return calendar.day(when)


def read_iso(found: re.Match[str]) -> DaySpan | None:
    """Read 2014-11-25."""
    when = calendar.exact(int(found["y"]), int(found["m"]), int(found["d"]))
    return calendar.day(when) if when else None
