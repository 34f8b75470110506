import pytest

from geo.extraction.annotations import annotate
from geo.extraction.language.tagged_text import TaggedText, find_source
from geo.report import Report


def tag_text(text: str) -> TaggedText:
    return annotate(Report(id="r", text=text)).text


def speakers(text: str) -> list[str]:
    tagged = tag_text(text)
    return [tagged.words.span(one.first, one.stop) for saying in tagged.speech.sayings for one in saying.speakers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two bakers died, officials said.", ["officials"]),
        ("According to the police, two bakers died.", ["the police"]),
        ("A bomb killed two bakers, said the mayor.", ["the mayor"]),
        ("Officials of the ministry said on Monday that two bakers died.", ["Officials of the ministry"]),
        ("Gunmen killed two bakers and a spokesman said so.", ["a spokesman"]),
        ("Two bakers were reported killed.", []),
        ("Two bakers died.", []),
    ],
)
def test_who_says_it_is_the_subject_of_the_verb_of_saying(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


def test_a_phrase_that_only_speaks_is_known_as_a_speaker() -> None:
    tagged = tag_text("Activists said that rebels attacked the town.")
    assert tagged.speech.is_speaker(0, 1)
    assert not tagged.speech.is_speaker(tagged.words.words.index("rebels"), tagged.words.words.index("rebels") + 1)


def test_a_word_of_reporting_is_found_beside_a_date() -> None:
    tagged = tag_text("The army said on Monday that it attacked.")
    assert tagged.speech.is_reporting_within(0, 4)
    assert not tagged.speech.is_reporting_within(4, 8)


def test_the_source_of_a_count_ends_at_the_next_clause() -> None:
    tagged = tag_text("Two died but others survived, doctors said.")
    assert find_source(tagged, 0, 2) == ""
    tagged = tag_text("Two died, doctors said.")
    assert find_source(tagged, 0, 2) == "doctors"
