import pytest
from hypothesis import given
from hypothesis import strategies as st
from text_to_num import text2num

from geo.extraction.language.quantities import find_quantities
from geo.extraction.language.tokens import read_words


def read(text: str) -> list[tuple[str, int | None, int | None]]:
    words = read_words(text)
    return [(words.span(found.first, found.stop), found.least, found.most) for found in find_quantities(words)]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("at least 14 villagers", 14, None),
        ("over a dozen recruits", 13, None),
        ("more than 40", 41, None),
        ("no fewer than nine", 9, None),
        ("some 85 miners", 85, 85),
        ("up to 60", None, 60),
        ("as many as thirty", None, 30),
        ("fewer than ten", None, 9),
        ("between 3 and 8 men", 3, 8),
        ("two or three boys", 2, 3),
        ("4-6 lorries", 4, 6),
        ("50 or more", 50, None),
        ("dozens of herders", 12, None),
        ("hundreds of families", 100, None),
        ("tens of thousands", 10_000, None),
        ("several hundred", 300, None),
        ("two dozen", 24, 24),
        ("half a dozen", 6, 6),
        ("a couple of nurses", 2, 2),
        ("SEVENTY-TWO", 72, 72),
        ("three hundred and nineteen", 319, 319),
        ("2,450 homes", 2450, 2450),
        ("1.5 million", 1_500_000, 1_500_000),
        ("no survivors", 0, 0),
    ],
)
def test_a_number_keeps_its_least_and_its_most(text: str, least: int | None, most: int | None) -> None:
    assert [found[1:] for found in read(text)] == [(least, most)]


def test_two_numbers_side_by_side_stay_two() -> None:
    assert [least for _, least, _ in read("killing six and wounding seven")] == [6, 7]


def test_ordinals_and_decimals_count_nobody() -> None:
    assert read("the 3rd brigade took 9mm rounds and 3.7 kilos") == []


def test_four_digits_may_be_a_year() -> None:
    words = read_words("in 1994 about 1994 people")
    assert [found.bare_year for found in find_quantities(words)] == [True, True]
    assert not find_quantities(read_words("at least 1994 people"))[0].bare_year


UNITS = "eight five four nine one seven six three two".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


@given(
    tens=st.sampled_from(TENS),
    unit=st.sampled_from(UNITS),
    hundreds=st.sampled_from([*UNITS, ""]),
    capitals=st.booleans(),
)
def test_every_number_in_words_is_read_as_its_value(*, tens: str, unit: str, hundreds: str, capitals: bool) -> None:
    phrase = (f"{hundreds} hundred and " if hundreds else "") + f"{tens}-{unit}"
    written = phrase.upper() if capitals else phrase
    wanted = text2num(phrase.replace("-", " "), "en")
    assert read(f"they lost {written} men") == [(written, wanted, wanted)]


@given(st.lists(st.sampled_from([*UNITS, *TENS, "at", "least", "dozen", "hundred", "of", "a", "-", "and", "to", "7"])))
def test_least_is_never_above_most(parts: list[str]) -> None:
    words = read_words(" ".join(parts))
    for found in find_quantities(words):
        assert 0 <= found.first < found.stop <= len(words.words)
        assert found.least is None or found.most is None or found.least <= found.most
