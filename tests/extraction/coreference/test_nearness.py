from datetime import date

import pytest

from geo.extraction.annotations import annotate
from geo.extraction.coreference.nearness import Nearness, alike_spans, compare_places, days_conflict, days_overlap
from geo.report import Report


@pytest.mark.parametrize(
    ("text", "nearness"),
    [
        ("A bomb hit Mosul, and again Mosul.", Nearness.SAME),
        ("Iraq was shaken when a bomb hit Mosul.", Nearness.WITHIN),
        ("Bombs hit Mosul and Basra.", Nearness.OTHER),
    ],
)
def test_two_places_are_one_or_one_in_the_other_or_apart(text: str, nearness: Nearness) -> None:
    one, other = annotate(Report(id="r", text=text)).locations
    assert compare_places(one, other) is nearness


def test_two_nights_are_a_conflict_and_one_is_not() -> None:
    monday, tuesday, friday = ((date(2021, 6, day),) * 2 for day in (7, 8, 11))
    assert not days_conflict(monday, tuesday)
    assert days_conflict(monday, friday)
    assert days_overlap(monday, (date(2021, 6, 1), date(2021, 6, 30)))


def test_a_day_is_not_like_nine_years() -> None:
    assert not alike_spans((date(2021, 6, 7),) * 2, (date(2012, 1, 1), date(2021, 12, 31)))
