from geo.extraction.language.chunks import chunks_left, chunks_right
from geo.extraction.language.tagged_text import tag_text


def phrases(text: str, word: str, *, left: bool) -> list[str]:
    tagged = tag_text(text)
    words, at = tagged.words, tagged.words.words.index(word)
    found = (
        chunks_left(words, tagged.tags, at, 0) if left else chunks_right(words, tagged.tags, at + 1, len(words.words))
    )
    return [words.span(one.first, one.stop) for one in found]


def test_a_list_behind_a_verb_is_several_phrases() -> None:
    assert phrases("Gunmen shot a guard, a cook and two drivers.", "shot", left=False) == [
        "a guard",
        "a cook",
        "two drivers",
    ]


def test_a_prepositional_phrase_is_stepped_over_to_the_subject() -> None:
    assert phrases("Six nurses at the clinic were killed.", "killed", left=True) == ["Six nurses"]


def test_of_belongs_to_the_phrase_and_its_noun_stays_the_head() -> None:
    tagged = tag_text("Rebels burned the office of the mayor.")
    (found,) = chunks_right(tagged.words, tagged.tags, 2, 8)
    assert tagged.words.span(found.first, found.stop) == "the office of the mayor"
    assert tagged.words.words[found.head] == "office"


def test_a_date_that_opens_a_sentence_is_no_part_of_the_subject() -> None:
    assert phrases("In Kabul a bomb at the mosque killed five people.", "killed", left=True) == ["a bomb"]
