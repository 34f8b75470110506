import pytest

from geo.extraction.casualties.count_scope import is_over_period, is_whole
from geo.extraction.language.tagged_text import tag_text


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Ten people were killed in all.", True),
        ("A total of ten people were killed.", True),
        ("The death toll rose to ten.", True),
        ("Ten people were killed.", False),
    ],
)
def test_a_count_may_be_of_all(text: str, *, whole: bool) -> None:
    tagged = tag_text(text)
    first = tagged.words.words.index("ten")
    assert is_whole(tagged, first, first + 1) is whole


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("Ten people were killed in the past two years.", True),
        ("Ten people were killed on Monday.", False),
    ],
)
def test_a_count_over_years_is_not_that_of_one_incident(text: str, *, over: bool) -> None:
    tagged = tag_text(text)
    assert is_over_period(tagged, 0, 4) is over
