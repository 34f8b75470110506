import pytest

from geo.extraction.entities.coordination import find_coordinations
from geo.extraction.entities.noun_phrases import find_phrases
from geo.extraction.language.tagged_text import tag_text


def lists(text: str) -> list[tuple[int, int, int]]:
    tagged = tag_text(text)
    found = find_coordinations(tagged, [one for one in find_phrases(tagged) if one.sort != "thing"])
    return [(len(one.items), len(one.parts), len(one.asides)) for one in found]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("two soldiers and a civilian", (2, 0, 0)),
        ("twelve people, including three children", (1, 1, 0)),
        ("Ana Diaz, a dentist", (1, 0, 1)),
    ],
)
def test_a_list_has_members_parts_and_appositions(text: str, counts: tuple[int, int, int]) -> None:
    assert lists(text) == [counts]


def test_the_speaker_at_the_end_is_no_member_of_the_list() -> None:
    assert lists("The bomb killed two drivers and a cook, officials said.")[0] == (2, 0, 0)
