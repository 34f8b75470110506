from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.temporal import calendar


def test_a_winter_reaches_into_the_next_year() -> None:
    assert calendar.season(2019, "winter").last == date(2020, 2, 29)


@pytest.mark.parametrize(("part", "first", "last"), [("early", 1, 10), ("mid", 11, 20), ("late", 20, 31), ("", 1, 31)])
def test_a_month_has_three_parts(part: str, first: int, last: int) -> None:
    span = calendar.month(2021, 5, part)
    assert (span.first, span.last) == (date(2021, 5, first), date(2021, 5, last))


def test_the_year_before_a_leap_day_has_none() -> None:
    assert calendar.year_before(date(2020, 2, 29)) == date(2019, 2, 28)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_the_latest_weekday_is_within_the_week(when: date, number: int) -> None:
    found = calendar.weekday(when, number)
    assert found.weekday() == number
    assert 0 <= (when - found).days < 7


def test_thirty_february_is_no_day() -> None:
    assert calendar.exact(2021, 2, 30) is None
