import pytest

from geo.extraction.language.sentences import find_sentences
from geo.extraction.language.tokens import read_words
from geo.reading.paragraphs import readable


def sentences(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_sentences(read_words(readable(text)))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gen. Luis Mora was hurt. Nobody died.", 2),
        ("GEN. LUIS MORA WAS HURT. NOBODY DIED.", 2),
        ("The blast hit St. Mark's school at 5 p.m. on Monday.", 1),
        ('"We saw smoke." A baker said so.', 2),
        ("Who did it? The police do not know!", 2),
        ("The road costs 2.5 million a year.", 1),
    ],
)
def test_a_sentence_ends_at_its_full_stop_and_not_at_an_abbreviation(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_dateline_is_a_sentence_of_its_own() -> None:
    text = "QUITO, 4 MAY 90 (RADIO QUITO) -- [TEXT] A BOMB EXPLODED. NOBODY WAS HURT."
    found = find_sentences(read_words(text))
    assert [sentence.is_dateline for sentence in found] == [True, False, False]
    assert text[found[1].start : found[1].end] == "A BOMB EXPLODED."


def test_a_headline_is_known_by_its_missing_full_stop() -> None:
    body = "A bomb went off on Monday. Two people died. Police came. Nobody was held. Shops closed."
    found = find_sentences(read_words(f"Bomb kills two in market\n{body}"))
    assert found[0].is_headline
    assert not any(sentence.is_headline for sentence in found[1:])


def test_a_text_without_full_stops_is_still_cut() -> None:
    assert len(sentences("and then " * 400)) > 3


def test_sentences_cover_every_word_in_order() -> None:
    words = read_words("One. Two three! Four")
    found = find_sentences(words)
    assert [sentence.first for sentence in found] == [0, *(sentence.stop for sentence in found[:-1])]
    assert found[-1].stop == len(words.words)
