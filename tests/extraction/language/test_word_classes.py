import pytest

from geo.extraction.language.tagged_text import tag_text
from geo.extraction.language.word_classes import any_in


@pytest.mark.parametrize(
    ("text", "word", "letter"),
    [
        ("The army attacked.", "the", "D"),
        ("They were killed.", "were", "A"),
        ("He fled to Basra.", "to", "P"),
        ("about 200 people", "about", "R"),
        ("foreign-owned farms", "owned", "n"),
        ("he shot her three times", "her", "N"),
        ("He tried to help.", "help", "V"),
        ("She stood at a bus stop and waited.", "stop", "n"),
        ("A building that was burned", "building", "n"),
        ("The remaining soldiers left.", "remaining", "V"),
    ],
)
def test_a_word_is_classed_by_itself_and_by_what_stands_before_it(text: str, word: str, letter: str) -> None:
    tagged = tag_text(text)
    assert tagged.tags[tagged.words.words.index(word)] == letter


def test_a_class_is_looked_up_by_name() -> None:
    assert any_in(["the", "earthquake"], "misfortune")
    assert not any_in(["the", "ambush"], "misfortune")
