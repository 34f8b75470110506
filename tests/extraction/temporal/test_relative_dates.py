from datetime import date

import pytest

from geo.extraction.language.tokens import read_words
from geo.extraction.temporal.timex import find_dates

WEDNESDAY = date(2021, 6, 9)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It happened yesterday.", date(2021, 6, 8), date(2021, 6, 8)),
        ("It happened on Monday.", date(2021, 6, 7), date(2021, 6, 7)),
        ("It happened last Monday.", date(2021, 6, 7), date(2021, 6, 7)),
        ("It happened two days ago.", date(2021, 6, 7), date(2021, 6, 7)),
        ("It happened last month.", date(2021, 5, 1), date(2021, 5, 31)),
        ("It happened early this month.", date(2021, 6, 1), date(2021, 6, 9)),
        ("It happened at the end of last month.", date(2021, 5, 20), date(2021, 5, 31)),
        ("It happened late last year.", date(2020, 9, 1), date(2020, 12, 31)),
        ("He was jailed for a 2014 attack.", date(2014, 1, 1), date(2014, 12, 31)),
        ("It happened two Mondays ago.", date(2021, 5, 31), date(2021, 5, 31)),
        ("It happened over the weekend.", date(2021, 6, 5), date(2021, 6, 6)),
    ],
)
def test_a_relative_date_is_counted_from_publication(text: str, first: date, last: date) -> None:
    (found,) = find_dates(read_words(text), WEDNESDAY)
    assert (found.first, found.last) == (first, last)
