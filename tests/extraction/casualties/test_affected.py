import pytest

from geo.extraction.casualties.affected import find_affected
from geo.extraction.casualties.people import PeopleOfText
from geo.extraction.entities.noun_phrases import find_phrases
from geo.extraction.language.tagged_text import tag_text


@pytest.mark.parametrize(
    ("text", "word", "people"),
    [
        ("Two clerks were killed.", "killed", "Two clerks"),
        ("The blast killed two clerks.", "killed", "two clerks"),
        ("The raid left two clerks dead.", "dead", "two clerks"),
        ("the death of two clerks", "death", "two clerks"),
        ("Two clerks died.", "died", "Two clerks"),
    ],
)
def test_the_same_two_are_affected_in_every_construction(text: str, word: str, people: str) -> None:
    tagged = tag_text(text)
    found = find_affected(PeopleOfText(tagged, find_phrases(tagged)), tagged.words.words.index(word))
    assert found is not None
    assert tagged.words.span(found.items[0].first, found.items[-1].stop) == people


def test_a_threat_to_kill_has_affected_nobody() -> None:
    tagged = tag_text("They threatened to kill two clerks.")
    assert find_affected(PeopleOfText(tagged, find_phrases(tagged)), tagged.words.words.index("kill")) is None


def test_the_number_of_people_killed_is_what_it_rose_to() -> None:
    text = "The number of people killed when gunmen opened fire at a concert rose to 133."
    tagged = tag_text(text)
    found = find_affected(PeopleOfText(tagged, find_phrases(tagged)), tagged.words.words.index("killed"))
    assert found is not None
    assert found.items[0].least == 133
