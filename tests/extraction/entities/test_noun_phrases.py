import pytest

from geo.extraction.entities.noun_phrases import find_phrases
from geo.extraction.language.tagged_text import tag_text


@pytest.mark.parametrize(
    ("text", "phrase", "sort", "least", "most"),
    [
        ("at least four young farmers", "at least four young farmers", "people", 4, None),
        ("a 12-year-old girl", "a 12-year-old girl", "people", 1, 1),
        ("three of its soldiers", "three of its soldiers", "people", 3, 3),
        ("a family of six", "a family", "body", 6, 6),
        ("the police station", "the police station", "thing", None, None),
        ("General Adam Farouk", "General Adam Farouk", "name", 1, 1),
    ],
)
def test_a_phrase_is_grown_from_its_noun(
    text: str, phrase: str, sort: str, least: int | None, most: int | None
) -> None:
    tagged = tag_text(text)
    found = find_phrases(tagged)[0]
    assert tagged.words.span(found.first, found.stop) == phrase
    assert (found.sort, found.least, found.most) == (sort, least, most)


def test_a_number_alone_may_stand_for_people_but_a_year_may_not() -> None:
    assert [one.sort for one in find_phrases(tag_text("two were killed"))] == ["number"]
    assert find_phrases(tag_text("it was founded in 1994")) == ()
