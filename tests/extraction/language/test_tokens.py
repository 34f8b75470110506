from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.language.tokens import read_words, small


@given(st.text(max_size=200))
def test_every_word_is_where_its_offsets_say(text: str) -> None:
    words = read_words(text)
    assert len(words.low) == len(text)
    for index, word in enumerate(words.words):
        assert small(text[words.starts[index] : words.ends[index]]) == word
        assert words.at(words.starts[index]) == index


def test_abbreviations_and_great_numbers_are_single_words() -> None:
    assert read_words("U.S. troops, 1,200 of them").words == ["u.s.", "troops", ",", "1,200", "of", "them"]


def test_a_capital_whose_small_form_is_longer_moves_no_offset() -> None:
    assert small("İzmir: İKİ") == "İzmir: İkİ"
