"""Read cells of tables of nobody's format: days, numbers of people, countries, words for types."""

import itertools
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any, Final

import pandas as pd

from geo.importing.countries import country_code
from geo.importing.days import SERIAL_0, SERIALS, Days, month_of, year_of
from geo.incidents.contract.written_days import day_in
from geo.publication import publication_day
from geo.resources import read_table
from geo.tabular.angles import both
from geo.tabular.roles import plain
from geo.vocabulary import EVENT_TYPE_OF, EVENT_TYPES

Range = tuple[int | None, int | None]
LOOKED_AT: Final = 20  # cells of a column
_MONTH: Final = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<month2>\d{1,2})[-/.](?P<year2>\d{4})")
_BETWEEN: Final = re.compile(r"\s+(?:-|–|—|to|until|bis|hasta|au)\s+|(?<=\d{4}-\d\d-\d\d)\s*(?:/|–|—)\s*(?=\d{4})")
_YEAR: Final = re.compile(r"(\d{4})(?:\.0)?")
_TWO_DECIMALS: Final = re.compile(r"\d\.\d+\D+\d+\.\d")  # "1,200" is a number of people
_NUMBER: Final = r"(\d{1,3}(?:[, \u00a0\u202f']\d{3})+|\d+)(?:[.,]0+)?"
_ABOUT: Final = r"~|≈|about|approx\.?|approximately|around|circa|ca\.?|c\.|unos|unas|environ|etwa"
_RANGE: Final = re.compile(rf"{_NUMBER}\s*(?:-|–|—|to|a|à|bis|/)\s*{_NUMBER}")
_LEAST: Final = re.compile(rf"(?:at least|min\.?|>=|≥|al menos|au moins|mindestens)\s*{_NUMBER}|{_NUMBER}\s*\+")
_MOST: Final = re.compile(rf"(?:up to|at most|max\.?|<=|≤|hasta|jusqu'à|bis zu)\s*{_NUMBER}")
_NOTHING: Final = frozenset({"", "-", "–", "?", "n/a", "na", "nan", "nat", "none", "null", "unknown", "unk", "n.a."})


def says_nothing(cell: Any) -> bool:
    """Recognise a cell in which nothing is said."""
    return cell is None or cell is pd.NaT or cell is pd.NA or str(cell).strip().lower() in _nothing()


@cache
def _nothing() -> frozenset[str]:
    words = (row["words"].lower() for row in read_table("importing/unknown_words.csv") if row["how"] == "whole")
    return _NOTHING | frozenset(words)


def are_positions(column: "pd.Series[Any]") -> bool:
    """Recognise a column of "33.3 44.4 30 4.5", which names no place, whatever it is called."""
    stated = [cell for cell in column.head(LOOKED_AT).to_numpy(dtype=object) if not says_nothing(cell)]
    return bool(stated) and all(
        isinstance(cell, str) and _TWO_DECIMALS.search(cell) and isinstance(both(cell, comma=False), tuple)
        for cell in stated
    )


def once_each(cells: "pd.Series[Any]", read: Callable[[Any], Any]) -> list[Any]:
    """Read every cell, each different one once; None where a cell says nothing."""
    made: dict[Any, Any] = {}
    results: list[Any] = []
    for cell in cells.to_numpy(dtype=object):
        if says_nothing(cell):
            results.append(None)
            continue
        if cell not in made:
            made[cell] = read(cell)
        results.append(made[cell])
    return results


def days(order: str | None) -> Callable[[Any], Days | None]:
    """Make what reads a day, a month or a year; it gives None for what is none or may be two."""
    return partial(_days, order=order)


def _days(cell: Any, *, order: str | None) -> Days | None:
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return day, day, "day"
    text = str(cell).strip()
    for read in (_year, _month, partial(_day, order=order)):
        try:
            found = read(text)
        except (ValueError, OverflowError):
            continue
        if found is not None:
            return found
    return _span(text, order)


def _span(text: str, order: str | None) -> Days | None:
    """Read "9 March - 2 April 2020", "2020-03-09/2020-03-11", "Q1 2020"."""
    quarter = re.fullmatch(r"(?i)Q([1-4])[ /-]?(\d{4})|(\d{4})[ /-]?Q([1-4])", text)
    if quarter:
        first = date(int(quarter[2] or quarter[3]), 3 * int(quarter[1] or quarter[4]) - 2, 1)
        return first, month_of(first.replace(month=first.month + 2))[1], "range"
    ends = _BETWEEN.split(text)
    if len(ends) != 2 or not all(re.search(r"[^\W\d]|\d{4}", end) for end in ends):  # noqa: PLR2004
        return None
    year = re.search(r"\d{4}", ends[1])
    if year and not re.search(r"\d{4}", ends[0]):
        ends[0] = f"{ends[0]} {year[0]}"
    days = []
    for end in ends:
        try:
            days.append(_day(end, order=order))
        except (ValueError, OverflowError):
            return None
    first_day, last_day = days
    if (
        first_day is None
        or last_day is None
        or first_day[0] is None
        or last_day[0] is None
        or first_day[0] > last_day[0]
    ):
        return None
    return first_day[0], last_day[0], "range"


def _year(text: str) -> Days | None:
    found = _YEAR.fullmatch(text)
    if found and 1000 <= int(found[1]) <= 2999:  # noqa: PLR2004 - years of the calendar
        return year_of(date(int(found[1]), 1, 1))
    number = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
    if number and int(number[1]) in SERIALS:
        day = SERIAL_0 + timedelta(days=int(number[1]))
        return day, day, "day"
    return None


def date_of_parts(parts: Sequence[Any]) -> str | None:
    """Write year, month and day of three cells as one date; without a day the month, without a month the year."""
    stated = [
        str(part).strip().removesuffix(".0") for part in itertools.takewhile(lambda p: not says_nothing(p), parts)
    ]
    if len(stated) > 1 and not stated[1].isdecimal():
        return " ".join(reversed(stated))  # the month is a word
    return "-".join(part.zfill(2) for part in stated) or None


def _month(text: str) -> Days | None:
    found = _MONTH.fullmatch(text)
    if found:
        return month_of(date(int(found["year"] or found["year2"]), int(found["month"] or found["month2"]), 1))
    for form in ("%B %Y", "%b %Y"):
        try:
            return month_of(datetime.strptime(text, form).date())  # noqa: DTZ007 - a month has no time zone
        except ValueError:
            continue
    return None


def _day(text: str, *, order: str | None) -> Days | None:
    numbers = re.match(r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})[ T]\d", text)  # a time of the day behind it
    try:
        day = day_in(numbers[1] if numbers else text, order)
    except ValueError:
        published = publication_day(text)
        if published is None:
            return None
        day = published
    return day, day, "day"


def people(cell: Any) -> Range | None:
    """Read a number of people: "3", "3-5", "at least 3", "10+", "1,200"; 0 says that none is known.

    Returns:
        Least and greatest; None for what is no number.
    """
    text = str(cell).strip().lower()
    exact = re.fullmatch(rf"(?:{_ABOUT})?\s*{_NUMBER}", text)
    if exact:
        number = _whole(exact[1])
        return number, number or None
    span = _RANGE.fullmatch(text)
    if span:
        low, high = sorted((_whole(span[1]), _whole(span[2])))
        return low, high
    least = _LEAST.fullmatch(text)
    if least:
        return _whole(least[1] or least[2]), None
    most = _MOST.fullmatch(text)
    return (None, _whole(most[1])) if most else None


def _whole(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


def country(cell: Any) -> str | None:
    """Find the ISO 3166-1 alpha-2 code of a name, or of a code of two, three or numeric letters."""
    text = str(cell).strip()
    kind = "numeric" if text.isdecimal() else "alpha3"
    if re.fullmatch("[A-Z]{2}", text):
        return text
    return country_code(kind, text if len(text) <= 3 else None, text)  # noqa: PLR2004


@cache
def _type_words() -> dict[str, tuple[str | None, str | None]]:
    words: dict[str, tuple[str | None, str | None]] = {plain(term): (term, None) for term in EVENT_TYPES}
    for row in read_table("importing/plain_types.csv"):
        sub = row["sub_event_type"] or None
        for word in row["words"].split(";"):
            words[plain(word)] = (EVENT_TYPE_OF[sub] if sub else row["event_type"], sub)
    return words | {plain(term): (EVENT_TYPE_OF[term], term) for term in EVENT_TYPE_OF}


def event_type(cell: Any) -> tuple[str | None, str | None] | None:
    """Find the type and sub-type that a whole cell means; None where it is no known word for one."""
    word, words = plain(str(cell)), _type_words()
    return words.get(word) or words.get(word.removesuffix("s"))
