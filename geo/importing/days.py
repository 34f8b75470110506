"""Say on which days other people's rows happened, and how precisely that is known.

What a code of precision means is in the codebooks: ACLED's day of a week is its middle, GDELT puts "last
month" exactly 30 or 31 days before the report.
"""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.importing.source import Source, distinct
from geo.incidents.contract.schema import DAY, TEXT, typed
from geo.tabular import Dataset

Days = tuple[date | None, date | None, str]
UNKNOWN: Final[Days] = (None, None, "unknown")
WORDS: Final = ("%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y")
_NUMBERS: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T].*)?")
HALF_WEEK: Final = timedelta(days=3)
DECEMBER: Final = 12
SERIALS: Final = range(25_569, 73_051)  # days of a spreadsheet, counted from 1899-12-30: 1970 to 2099
SERIAL_0: Final = date(1899, 12, 30)


def days_of(source: Source) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Give first day, last day and precision of each row; rows with a day that is none are rejected."""
    columns, make = RULES[source.dataset.days]
    day_first = source.settled.day_first if source.settled else is_day_first(source.dataset, orders_of(source))

    def safely(*cells: str | None) -> Days | str:
        try:
            days: Days = make(*cells, day_first=day_first)
        except ValueError as error:
            return str(error)
        return days

    codes, found = distinct([source.text(name) for name in columns], safely)
    wrong = {n: day for n, day in enumerate(found) if isinstance(day, str)}
    for row in np.flatnonzero(np.isin(codes, list(wrong))) if wrong else ():
        source.reject(int(row), wrong[codes[row]])
    days = [UNKNOWN if isinstance(day, str) else day for day in found]
    first, last, precision = (list(part) for part in zip(*days, strict=True)) if days else ([], [], [])
    columns_made = typed(first, DAY), typed(last, DAY), typed(precision, TEXT)
    first_day, last_day, how = (column.take(codes).reset_index(drop=True) for column in columns_made)
    return first_day, last_day, how


def orders_of(source: Source) -> dict[str, bool]:
    """Say which columns of days have the day first: those in which the first number of 03/04/2020 passes 12 once."""
    orders = {}
    for name in RULES[source.dataset.days][0]:
        found = [_NUMBERS.fullmatch(text) for text in pd.unique(source.text(name).dropna())]
        for part in (1, 2):
            if any(numbers and int(numbers[part]) > DECEMBER for numbers in found):
                orders[name] = part == 1
                break
    return orders


def is_day_first(dataset: Dataset, orders: Mapping[str, bool]) -> bool:
    """Say which number is the day in a table: the first column decides that says so, else what is usual."""
    names = RULES[dataset.days][0]
    return next((orders[name] for name in names if name in orders), dataset.day_first)


def parse_day(text: str, *, day_first: bool) -> date:
    """Read a day: ISO with or without a time, 20200311, "11 March 2020", 11/03/2020.

    Raises:
        ValueError: If it is none.
    """
    bare = text.strip()
    iso = re.match(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$", bare)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if re.fullmatch(r"\d{8}", bare):
            return date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
        numbers = _NUMBERS.fullmatch(bare)
        if numbers:
            day, month = (numbers[1], numbers[2]) if day_first else (numbers[2], numbers[1])
            year = int(numbers[3])
            return date(year if year > 99 else 2000 + year, int(month), int(day))  # noqa: PLR2004
    except ValueError:
        msg = f"{bare!r} is not a calendar date"
        raise ValueError(msg) from None
    if re.fullmatch(r"\d{5}", bare) and int(bare) in SERIALS:
        return SERIAL_0 + timedelta(days=int(bare))
    for form in WORDS:
        try:
            return datetime.strptime(bare, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    msg = f"{bare!r} is not a date; expected one such as 2020-03-11"
    raise ValueError(msg)


def month_of(day: date) -> Days:
    """Give the calendar month that a day lies in."""
    last = calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=last), "month"


def year_of(day: date) -> Days:
    """Give the calendar year that a day lies in."""
    return date(day.year, 1, 1), date(day.year, 12, 31), "year"


def week_around(day: date) -> Days:
    """Give the week whose middle a day is."""
    return day - HALF_WEEK, day + HALF_WEEK, "week"


def _day(text: str | None, *, day_first: bool) -> Days:
    if text is None:
        return UNKNOWN
    day = parse_day(text, day_first=day_first)
    return day, day, "day"


def _week(text: str | None, *, day_first: bool) -> Days:
    """Tables that count by week name its first day."""
    if text is None:
        return UNKNOWN
    day = parse_day(text, day_first=day_first)
    return day, day + 2 * HALF_WEEK, "week"


def _acled(text: str | None, precision: str | None, *, day_first: bool) -> Days:
    if text is None:
        return UNKNOWN
    day = parse_day(text, day_first=day_first)
    code = (precision or "1").removesuffix(".0")
    if code not in ("1", "2", "3"):
        msg = f"time_precision is {precision!r}; expected 1, 2 or 3"
        raise ValueError(msg)
    return {"1": (day, day, "day"), "2": week_around(day), "3": month_of(day)}[code]


def _ucdp(start: str | None, end: str | None, precision: str | None, *, day_first: bool) -> Days:
    if start is None and end is None:
        return UNKNOWN
    first = parse_day(start or end or "", day_first=day_first)
    last = parse_day(end or start or "", day_first=day_first)
    if last < first:
        msg = f"date_end {last} lies before date_start {first}"
        raise ValueError(msg)
    code = (precision or "").removesuffix(".0")
    if code == "4":
        return first, last, "month" if (first, last) == month_of(first)[:2] else "range"
    if code == "5":
        return first, last, "year" if (first, last) == year_of(first)[:2] else "range"
    return first, last, {"1": "day" if first == last else "range", "3": "week"}.get(code, "range")


def _gdelt(text: str | None, added: str | None, *, day_first: bool) -> Days:
    if text is None:
        return UNKNOWN
    day = parse_day(text, day_first=day_first)
    ago = (parse_day(added[:8], day_first=day_first) - day).days if added else 0
    if ago == 7:  # noqa: PLR2004 - "last week"
        return week_around(day)
    if ago in (30, 31):
        return month_of(day)
    return year_of(day) if ago in (365, 366) else (day, day, "day")


def _gtd(*cells: str | None, day_first: bool) -> Days:
    year, month, day, extended, resolution = cells
    numbers = [int(float(part or 0)) for part in (year, month, day)]
    if not numbers[0]:
        return UNKNOWN
    if not numbers[1]:
        return year_of(date(numbers[0], 1, 1))
    if not numbers[2]:
        return month_of(date(numbers[0], numbers[1], 1))
    first = date(*numbers)
    if extended and float(extended) == 1 and resolution:
        last = parse_day(resolution, day_first=day_first)
        if last > first:
            return first, last, "range"
    return first, first, "day"


RULES: Final[dict[str, tuple[tuple[str, ...], Callable[..., Any]]]] = {
    "day": (("_day",), _day),
    "week": (("_day",), _week),
    "acled": (("event_date", "time_precision"), _acled),
    "ucdp": (("date_start", "date_end", "date_prec"), _ucdp),
    "gdelt": (("sqldate", "dateadded"), _gdelt),
    "gtd": (("iyear", "imonth", "iday", "extended", "resolution"), _gtd),
}
