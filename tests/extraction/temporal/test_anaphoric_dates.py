from datetime import date

import pytest

from geo.extraction.language.tokens import read_words
from geo.extraction.temporal.timex import find_dates

WEDNESDAY = date(2024, 10, 2)


def dates(text: str) -> dict[str, tuple[str, str]]:
    """The dates of a report of 2 October 2024, a Wednesday, by their words."""
    found = find_dates(read_words(text), WEDNESDAY)
    return {text[one.start : one.end]: (str(one.first), str(one.last)) for one in found}


def test_an_hour_earlier_is_counted_from_the_main_date_of_the_sentence_before() -> None:
    found = dates(
        "Missiles fell on Tuesday, in revenge for a killing four days before. An hour earlier shots rang out."
    )
    assert found["four days before"] == ("2024-09-27", "2024-09-27")
    assert found["An hour earlier"] == ("2024-10-01", "2024-10-01")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("earlier in the day", ("2024-09-27", "2024-09-27")),
        ("minutes later", ("2024-09-27", "2024-09-27")),
        ("hours later", ("2024-09-27", "2024-09-28")),
        ("the same time", ("2024-09-27", "2024-09-27")),
    ],
)
def test_a_time_of_the_day_is_counted_from_when_things_happened_not_from_when_it_was_said(
    words: str, day: tuple[str, str]
) -> None:
    assert dates(f"Ten died on Friday, police said on Monday. Crowds marched {words}.")[words] == day


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("Bodies lay there on Tuesday, a week after gunmen came.", "a week after", ("2024-09-23", "2024-09-25")),
        (
            "Two were held, police said on Monday, two days after a bomb.",
            "two days after",
            ("2024-09-28", "2024-09-28"),
        ),
        ("It came a day after a suicide bomber struck.", "a day after", ("2024-10-01", "2024-10-01")),
        ("A day after the strike they shot down a jet.", "A day after", ("None", "None")),
    ],
)
def test_a_week_after_gunmen_came_dates_the_gunmen(text: str, words: str, day: tuple[str, str]) -> None:
    assert dates(text)[words] == day
