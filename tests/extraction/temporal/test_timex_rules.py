import pytest

from geo.extraction.temporal.timex_patterns import HEADER
from geo.extraction.temporal.timex_rules import DIGITS, RULES


@pytest.mark.parametrize("word", ["monday", "yesterday", "last", "the", "january", "overnight", "two", "easter"])
def test_rules_are_found_by_the_first_word_of_a_date(word: str) -> None:
    assert RULES[word]


def test_a_date_in_figures_is_read_by_the_rules_of_digits() -> None:
    assert any(rule.pattern.match("25 november 2014") for rule in DIGITS)


def test_a_month_and_a_colon_head_a_report() -> None:
    assert HEADER.match("april 2021: two clinics were shelled")
    assert not HEADER.match("in april two clinics were shelled")
