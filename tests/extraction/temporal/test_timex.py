from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.language.tokens import read_words
from geo.extraction.temporal.timex import find_dates
from geo.vocabulary import DATE_PRECISIONS

FRIDAY = date(2022, 7, 15)


def read(text: str, published: date | None = FRIDAY) -> list[tuple[str, str, str, str]]:
    return [
        (text[found.start : found.end].lower(), str(found.first), str(found.last), found.precision)
        for found in find_dates(read_words(text), published)
    ]


def days(text: str, published: date | None = FRIDAY) -> list[tuple[str, str]]:
    return [(first, last) for _, first, last, _ in read(text, published)]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("Gunmen struck on Tuesday night.", "2022-07-12", "2022-07-12", "day"),
        ("Gunmen struck on Friday.", "2022-07-15", "2022-07-15", "day"),
        ("Gunmen struck last Friday.", "2022-07-08", "2022-07-08", "day"),
        ("late Thursday", "2022-07-14", "2022-07-14", "day"),
        ("Shells fell today.", "2022-07-15", "2022-07-15", "day"),
        ("THIS MORNING A BOMB WENT OFF", "2022-07-15", "2022-07-15", "day"),
        ("yesterday", "2022-07-14", "2022-07-14", "day"),
        ("LAST NIGHT", "2022-07-14", "2022-07-14", "day"),
        ("the day before yesterday", "2022-07-13", "2022-07-13", "day"),
        ("overnight", "2022-07-14", "2022-07-15", "range"),
        ("on 30 December", "2021-12-30", "2021-12-30", "day"),
        ("on December 30", "2021-12-30", "2021-12-30", "day"),
        ("Dec. 27", "2021-12-27", "2021-12-27", "day"),
        ("the 2nd of May", "2022-05-02", "2022-05-02", "day"),
        ("May 2, 2019", "2019-05-02", "2019-05-02", "day"),
        ("21 JAN 90.", "1990-01-21", "1990-01-21", "day"),
        ("2021-03-09", "2021-03-09", "2021-03-09", "day"),
        ("on 25/3/2021", "2021-03-25", "2021-03-25", "day"),
        ("on 3/25/2021", "2021-03-25", "2021-03-25", "day"),
        ("between 20 and 31 December", "2021-12-20", "2021-12-31", "range"),
        ("from 28 December to 3 January", "2021-12-28", "2022-01-03", "range"),
        ("December 28 to January 3", "2021-12-28", "2022-01-03", "range"),
        ("the night of 8-9 July", "2022-07-08", "2022-07-09", "range"),
        ("late last December", "2021-12-20", "2021-12-31", "range"),
        ("in early March", "2022-03-01", "2022-03-10", "range"),
        ("in March", "2022-03-01", "2022-03-31", "month"),
        ("in July", "2022-07-01", "2022-07-15", "month"),
        ("last July", "2021-07-01", "2021-07-31", "month"),
        ("last month", "2022-06-01", "2022-06-30", "month"),
        ("in May 2019", "2019-05-01", "2019-05-31", "month"),
        ("in 2014", "2014-01-01", "2014-12-31", "year"),
        ("last year", "2021-01-01", "2021-12-31", "year"),
        ("from 2014 to 2016", "2014-01-01", "2016-12-31", "range"),
        ("the invasion of 2003", "2003-01-01", "2003-12-31", "year"),
        ("this week", "2022-07-11", "2022-07-15", "week"),
        ("two weeks ago", "2022-06-27", "2022-07-03", "week"),
        ("three days ago", "2022-07-12", "2022-07-12", "day"),
        ("over the weekend", "2022-07-09", "2022-07-10", "range"),
        ("since March", "2022-03-01", "2022-07-15", "range"),
        ("over the past two weeks", "2022-07-01", "2022-07-15", "range"),
        ("in the summer of 2019", "2019-06-01", "2019-08-31", "season"),
        ("2019 May: a depot burned", "2019-05-01", "2019-05-31", "month"),
        ("May: 2019: a depot burned", "2019-05-01", "2019-05-31", "month"),
        ("On 8 and 9 May 2019: two depots burned", "2019-05-08", "2019-05-09", "range"),
        ("A bomb went off a few minutes ago.", "2022-07-15", "2022-07-15", "day"),
        ("He was shot hours ago.", "2022-07-14", "2022-07-15", "range"),
        ("Shots fell at 2230 [0230 GMT on 12 July].", "2022-07-11", "2022-07-12", "range"),
        ("Will the murderers of 16 February be tried?", "2022-02-16", "2022-02-16", "day"),
        ("There will be no peace after the murders of 16 February.", "2022-02-16", "2022-02-16", "day"),
    ],
)
def test_a_date_means_the_days_that_a_reader_takes_it_for(text: str, first: str, last: str, precision: str) -> None:
    assert [found[1:] for found in read(text)] == [(first, last, precision)]


@pytest.mark.parametrize(
    "text",
    [
        "in 9 October Avenue",
        "the 14 July Bridge",
        "on 30 February",
        "2021-02-30",
        "31 June 2020",
        "the march 99 men made",
        "it may be",
        "he sat",
    ],
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert read(text) == []


def test_the_day_before_is_counted_from_the_last_date() -> None:
    found = find_dates(read_words("The army said on Thursday that it avenged an ambush the day before."), FRIDAY)
    assert [(str(one.first), one.anaphoric) for one in found] == [("2022-07-14", False), ("2022-07-13", True)]


def test_two_days_later_is_counted_from_the_last_date() -> None:
    assert days("The bridge fell on 3 July. Two days later the ferry sank.")[1] == ("2022-07-05", "2022-07-05")


@pytest.mark.parametrize(("how", "first"), [("following", "2022-07-10"), ("previous", "2022-07-03")])
def test_the_following_sunday_comes_after_the_last_date(how: str, first: str) -> None:
    assert days(f"He was shot on 7 July. The {how} Sunday his house was burned.")[1] == (first, first)


def test_three_years_later_is_counted_from_the_last_year() -> None:
    assert days("In 2014 shots were fired at the embassy. A bomb went off there 3 years later.")[1][0] == "2017-01-01"


def test_what_came_later_than_no_date_has_no_day() -> None:
    assert days("He was freed two days later.") == [("None", "None")]


def test_a_month_at_the_head_dates_what_follows() -> None:
    found = find_dates(
        read_words("May 2021: On Monday a clinic was shelled. The following day it closed."), date(2021, 6, 5)
    )
    assert found[0].is_header
    assert (str(found[0].first), str(found[0].last), found[0].precision) == ("2021-05-01", "2021-05-31", "month")
    assert all(
        date(2021, 5, 1) <= one.first and one.last <= date(2021, 5, 31) for one in found if one.first and one.last
    )


@pytest.mark.parametrize(
    "text",
    [
        "TEGUCIGALPA, 4 MAY 89 (ACAN-EFE) -- [TEXT] A BOMB WENT OFF YESTERDAY.",
        "KABUL, May 4 (Agency) - A bomb went off yesterday.",
    ],
)
def test_a_dateline_says_when_the_report_was_filed(text: str) -> None:
    dateline, day = find_dates(read_words(text), date(1989, 5, 4))
    assert dateline.is_dateline
    assert not day.is_dateline
    assert day.first == date(1989, 5, 3)


def test_a_dateline_stands_in_for_the_day_of_publication() -> None:
    assert days("LIMA, 12 FEB 90 -- TWO TOWERS WERE BLOWN UP YESTERDAY.", None)[1] == ("1990-02-11", "1990-02-11")


def test_without_any_day_of_publication_a_weekday_stays_open() -> None:
    assert [found[1:] for found in read("A convoy was hit on Sunday, and again on 4 May.", None)] == [
        ("None", "None", "unknown"),
        ("None", "None", "unknown"),
    ]


def test_the_only_year_that_a_text_states_is_that_of_its_dates() -> None:
    assert ("2018-05-04", "2018-05-04") in days("In 2018 there was war. On 4 May the town fell.", None)


@pytest.mark.parametrize(
    ("text", "first"), [("Talks will open on Monday.", "2022-07-18"), ("next Tuesday", "2022-07-19")]
)
def test_what_is_to_come_lies_ahead(text: str, first: str) -> None:
    assert days(text)[0][0] == first


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_letters_large_or_small_give_the_same_dates(change: object) -> None:
    text = "On Tuesday, 3 days after the raid of 20 June 2022, shells fell last night."
    assert callable(change)
    assert days(change(text)) == days(text)


WORDS = (
    "on last next late early in since the day before 3 31 30 February march May 2020 90 of monday Friday and to - ago two "
    "weeks months past several between this night yesterday , . : year over dec 2-3"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.none() | st.dates(date(1985, 1, 1), date(2030, 1, 1)))
def test_no_words_break_the_reading_of_dates(parts: list[str], published: date | None) -> None:
    text = " ".join(parts)
    end = 0
    for found in find_dates(read_words(text), published):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        assert found.precision in DATE_PRECISIONS
        assert (found.first is None) == (found.last is None) == (found.precision == "unknown")
        assert found.first is None or found.last is None or found.first <= found.last


@given(st.dates(date(1985, 1, 1), date(2030, 1, 1)), st.integers(0, 200))
def test_a_day_written_in_full_is_that_day_whenever_it_is_published(day: date, later: int) -> None:
    text = f"A market burned on {day.day} {day:%B} {day.year}."
    assert days(text, day + timedelta(days=later)) == [(str(day), str(day))]


@given(st.dates(date(1985, 1, 1), date(2030, 1, 1)), st.integers(0, 6))
def test_a_weekday_of_the_past_is_the_latest_one(published: date, number: int) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[number]
    ((first, last),) = days(f"A market burned on {name}.", published)
    day = date.fromisoformat(first)
    assert first == last
    assert day.weekday() == number
    assert published - timedelta(days=6) <= day <= published


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("on 30 June last year", "2021-06-30", "2021-06-30", "day"),
        ("on August 14 last year", "2021-08-14", "2021-08-14", "day"),
        ("on 3 May of the previous year", "2021-05-03", "2021-05-03", "day"),
        ("last year's 12 December", "2021-12-12", "2021-12-12", "day"),
        ("on 14-07-2022.", "2022-07-14", "2022-07-14", "day"),
        ("on 14/07/22.", "2022-07-14", "2022-07-14", "day"),
        ("on 14.07.22.", "2022-07-14", "2022-07-14", "day"),
        ("20220714", "2022-07-14", "2022-07-14", "day"),
        ("14JUL2022", "2022-07-14", "2022-07-14", "day"),
        ("141030ZJUL22", "2022-07-14", "2022-07-14", "day"),
        ("141030Z JUL 22", "2022-07-14", "2022-07-14", "day"),
        ("on March 9,1991.", "1991-03-09", "1991-03-09", "day"),
        ("on 2, 4 and 9 June", "2022-06-02", "2022-06-09", "range"),
        ("on June 2, 4 and 9, 2019", "2019-06-02", "2019-06-09", "range"),
        ("overnight Monday to Tuesday", "2022-07-11", "2022-07-12", "range"),
        ("overnight into Tuesday", "2022-07-11", "2022-07-12", "range"),
        ("late Monday and early Tuesday", "2022-07-11", "2022-07-12", "range"),
        ("Monday night into Tuesday", "2022-07-11", "2022-07-12", "range"),
        ("on Monday, Wednesday and Thursday", "2022-07-11", "2022-07-14", "range"),
        ("between late April and early May", "2022-04-20", "2022-05-10", "range"),
        ("from December 2019 to 5 January 2020", "2019-12-01", "2020-01-05", "range"),
        ("since Monday", "2022-07-11", "2022-07-15", "range"),
        ("since 3 May", "2022-05-03", "2022-07-15", "range"),
        ("Monday last week", "2022-07-04", "2022-07-04", "day"),
        ("last week's Tuesday", "2022-07-05", "2022-07-05", "day"),
        ("on Tuesday two weeks ago", "2022-06-28", "2022-06-28", "day"),
        ("two Mondays ago", "2022-07-04", "2022-07-04", "day"),
        ("the Sunday before last", "2022-07-03", "2022-07-03", "day"),
        ("a week ago Sunday", "2022-07-03", "2022-07-03", "day"),
        ("weeks ago", "2022-06-03", "2022-07-08", "range"),
        ("three years ago", "2019-01-01", "2019-12-31", "year"),
        ("a decade ago", "2011-01-01", "2013-12-31", "range"),
        ("half a century ago", "1967-01-01", "1977-12-31", "range"),
        ("in the 1980s", "1980-01-01", "1989-12-31", "range"),
        ("in the late 1980s", "1987-01-01", "1989-12-31", "range"),
        ("in the 20th century", "1901-01-01", "2000-12-31", "range"),
        ("early 2019", "2019-01-01", "2019-04-30", "range"),
        ("the 2005 bombings", "2005-01-01", "2005-12-31", "year"),
        ("the second week of May 2020", "2020-05-08", "2020-05-14", "range"),
        ("the third quarter of 2020", "2020-07-01", "2020-09-30", "range"),
        ("the week ending 9 July", "2022-07-03", "2022-07-09", "week"),
        ("on the 12th.", "2022-07-12", "2022-07-12", "day"),
        ("summer 2019", "2019-06-01", "2019-08-31", "season"),
        ("on Good Friday", "2022-04-15", "2022-04-15", "day"),
        ("over Easter", "2022-04-15", "2022-04-18", "range"),
        ("on Christmas Eve", "2021-12-24", "2021-12-24", "day"),
        ("Thanksgiving Day 2019", "2019-11-28", "2019-11-28", "day"),
        ("on the first day of Eid al-Adha 2019", "2019-08-12", "2019-08-15", "range"),
        ("during Ramadan", "2022-04-02", "2022-05-01", "range"),
    ],
)
def test_a_date_is_read_in_the_shapes_that_reports_give_it(text: str, first: str, last: str, precision: str) -> None:
    assert [found[1:] for found in read(text)] == [(first, last, precision)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 03/05/2021", "2021-03-05", "2021-05-03"),  # nothing shows which of the two it is
        ("on Monday, 03/05/2021", "2021-05-03", "2021-05-03"),
        ("on 03/05/2021, after the raid of 25/04/2021", "2021-05-03", "2021-05-03"),
        ("on 03/05/2021, after the raid of 04/25/2021", "2021-03-05", "2021-03-05"),
        ("on 07/12/2022", "2022-07-12", "2022-07-12"),  # the other is to come
        ("on 10/07/2022", "2022-07-10", "2022-07-10"),
    ],
)
def test_a_day_in_figures_is_one_day_only_where_something_shows_which(text: str, first: str, last: str) -> None:
    assert days(text)[0] == (first, last)


@pytest.mark.parametrize("text", ["at the Christmas market", "the 1500 houses", "the Easter procession route"])
def test_a_feast_in_a_name_is_no_day(text: str) -> None:
    assert read(text) == []


def test_what_is_called_for_a_weekday_lies_ahead() -> None:
    assert days("Unions called a march for Tuesday.") == [("2022-07-19", "2022-07-19")]


def test_recent_hours_are_those_before_the_report() -> None:
    assert days("Two people were hurt in recent hours.") == [("2022-07-14", "2022-07-15")]
