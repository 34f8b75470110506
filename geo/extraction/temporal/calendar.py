"""Count days, weeks, months and seasons.

Every answer is a `Span`: the first and the last day that are meant, and how precise that is.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from geo.tables import calendar_words

MONTHS = {**calendar_words("month"), **calendar_words("misspelt month")}
WEEKDAYS = calendar_words("weekday")
# Northern seasons by their first month: the papers that `geo` reads are mostly written there.
SEASONS = calendar_words("season")
_PIVOT = 50  # a year of two digits from here on is of the last century
_EARLY, _MID = 10, 20  # last days of the first and the second part of a month
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The first and the last day that are meant; both None when nobody can say."""

    first: date | None
    last: date | None
    precision: str


UNKNOWN = DaySpan(None, None, "unknown")
NEVER = DaySpan(None, None, "never")  # written like a day, but there is none (30 February)


def day(when: date) -> DaySpan:
    """Mean a single day."""
    return DaySpan(when, when, "day")


def days_between(first: date, last: date) -> DaySpan:
    """Mean a stretch of days, in either order."""
    first, last = min(first, last), max(first, last)
    return DaySpan(first, last, "range" if first != last else "day")


def full_year(year: int) -> int:
    """Return a year of two digits its century."""
    return year if year > 99 else year + (1900 if year >= _PIVOT else 2000)  # noqa: PLR2004


def exact(year: int, month: int, number: int) -> date | None:
    """Return a day of the calendar, or None for one that there is not (30 February)."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month(year: int, number: int, part: str = "") -> DaySpan:
    """Mean a month, or its early, middle or late part."""
    last = calendar.monthrange(year, number)[1]
    first, until = {"early": (1, _EARLY), "mid": (_EARLY + 1, _MID), "late": (_MID, last)}.get(part, (1, last))
    return DaySpan(date(year, number, first), date(year, number, until), "range" if part else "month")


def year(number: int, part: str = "") -> DaySpan:
    """Mean a year, or its early, middle or late part."""
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    until = calendar.monthrange(number, last)[1]
    return DaySpan(date(number, first, 1), date(number, last, until), "range" if part else "year")


def season(number: int, name: str) -> DaySpan:
    """Mean a season of the north that begins in a year; a winter reaches into the next."""
    first = SEASONS[name]
    end_year, last = (number + 1, 2) if first == 12 else (number, first + 2)  # noqa: PLR2004
    until = calendar.monthrange(end_year, last)[1]
    return DaySpan(date(number, first, 1), date(end_year, last, until), "season")


def year_before(when: date) -> date:
    """Return the same day of the year before; for a leap day the one before it."""
    return exact(when.year - 1, when.month, when.day) or when - timedelta(days=366)


def week(when: date, weeks: int = 0) -> DaySpan:
    """Mean the week, Monday to Sunday, of a day, or one some weeks from it."""
    monday = when - timedelta(days=when.weekday()) + timedelta(weeks=weeks)
    return DaySpan(monday, monday + timedelta(days=6), "week")


def weekend(when: date, *, future: bool = False) -> DaySpan:
    """Mean the weekend that touches a day, or else the last (the next) one."""
    if future:
        saturday = when + timedelta(days=(_SATURDAY - when.weekday()) % 7)
    else:
        saturday = when - timedelta(days=(when.weekday() - _SATURDAY) % 7)
    return DaySpan(saturday, saturday + timedelta(days=1), "range")


def weekday(when: date, number: int, *, future: bool = False) -> date:
    """Return the latest such weekday on or before a day, or the next one after it."""
    if future:
        return when + timedelta(days=(number - when.weekday() - 1) % 7 + 1)
    return when - timedelta(days=(when.weekday() - number) % 7)


def shift_months(when: date, months: int) -> tuple[int, int]:
    """Return the year and the month some months from a day."""
    total = when.year * 12 + when.month - 1 + months
    return total // 12, total % 12 + 1


def back(when: date, count: int, unit: str) -> DaySpan:
    """Mean so many days, weeks, months or years before a day; negative is after it."""
    try:
        if unit in {"day", "night"}:
            return day(when - timedelta(days=count))
        if unit == "week":
            return week(when, -count)
    except OverflowError:
        return UNKNOWN
    if unit == "month":
        return month(*shift_months(when, -count))
    return year(max(1, min(9998, when.year - count)))


def since(when: date, count: int, unit: str) -> DaySpan:
    """Mean the stretch of the last so many days, weeks, months or years up to a day."""
    length = {"day": 1, "night": 1, "week": 7, "month": 31, "year": 366}[unit] * min(count, 5000)
    try:
        return days_between(when - timedelta(days=length), when)
    except OverflowError:
        return UNKNOWN
