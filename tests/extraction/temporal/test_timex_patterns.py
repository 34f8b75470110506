import re

import pytest

from geo.extraction.temporal.timex_patterns import DAY, MONTH, NUMBERS, WEEKDAY, YEAR


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(MONTH, "september"), (MONTH, "sept."), (MONTH, "febuary"), (WEEKDAY, "friday"), (DAY, "3rd"), (YEAR, "1997")],
)
def test_each_part_of_a_date_has_a_pattern(pattern: str, text: str) -> None:
    assert re.fullmatch(pattern, text)


def test_a_version_number_is_no_date() -> None:
    assert NUMBERS.match("3/4/2021")
    assert not NUMBERS.match("1.2.3.4")
