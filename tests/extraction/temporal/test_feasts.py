from datetime import date

from geo.extraction.language.tokens import read_words
from geo.extraction.temporal.feasts import feasts
from geo.extraction.temporal.timex import find_dates


def test_easter_moves_with_the_moon() -> None:
    easter = feasts()["easter sunday"].in_year(2019)
    assert easter is not None
    assert easter.first == date(2019, 4, 21)


def test_christmas_in_a_report_of_january_is_the_last_one() -> None:
    (found,) = find_dates(read_words("Gunmen raided the village on Christmas Day."), date(2021, 1, 9))
    assert (found.first, found.last) == (date(2020, 12, 25), date(2020, 12, 25))
