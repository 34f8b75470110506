import pytest

from geo.extraction.temporal.calendar_dates import month_of, number_of, number_order


@pytest.mark.parametrize(("text", "order"), [("on 25/3/2021", "day"), ("on 3/25/2021", "month"), ("on 3/4/2021", None)])
def test_the_order_of_day_and_month_shows_where_one_is_above_twelve(text: str, order: str | None) -> None:
    assert number_order(text) == order


def test_a_month_is_known_misspelt_and_abbreviated() -> None:
    assert month_of("febuary") == month_of("feb.") == month_of("february") == 2


def test_an_ordinal_has_a_number() -> None:
    assert number_of("15th") == 15
