"""Paragraphs are put together again, and no character moves."""

from hypothesis import given
from hypothesis import strategies as st

from geo.reading.paragraphs import front_matter_end, readable

WRAPPED = """The convoy left the town at dawn and had reached the second bridge
when a mine went off under the leading truck. Two drivers were
hurt.

Nobody has said who laid it."""

SCANNED = """The convoy left the town at dawn and had reached the second bridge when a mine

went off under the leading truck, and the drivers of the two vehicles that followed it were

hurt by flying glass, officials in the provincial capital said on Tuesday evening after the

road had been cleared.

Nobody has said who laid it."""


def paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in readable(text).split("\n") if part.strip()]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_the_length_never_changes(text: str) -> None:
    assert len(readable(text)) == len(text)


@given(st.text(max_size=300))
def test_letters_and_digits_stay_where_they_were(text: str) -> None:
    for before, after in zip(text[front_matter_end(text) :], readable(text)[front_matter_end(text) :], strict=True):
        if before.isalnum():
            assert after == before


def test_wrapped_lines_are_joined_and_blank_lines_end_paragraphs() -> None:
    assert len(paragraphs(WRAPPED)) == 2
    assert "bridge when a mine" in paragraphs(WRAPPED)[0]


def test_blank_lines_inside_sentences_do_not_end_paragraphs() -> None:
    found = paragraphs(SCANNED)
    assert len(found) == 2
    assert found[1] == "Nobody has said who laid it."


def test_a_page_break_inside_a_sentence_is_a_space() -> None:
    text = "A line that is quite long and goes on to the margin of\nthe page and then\x0c continues here."
    assert paragraphs(text) == [
        "A line that is quite long and goes on to the margin of the page and then continues here."
    ]


def test_a_title_above_the_text_stays_a_paragraph_of_its_own() -> None:
    assert paragraphs("Bomb kills two in market\n\nA bomb went off on Monday.")[0] == "Bomb kills two in market"


def test_every_line_of_an_unwrapped_text_is_a_paragraph() -> None:
    one = "A long paragraph that nobody wrapped, with many words in it, so that it runs on and on. " * 3
    assert len(paragraphs(f"{one}\n{one}\n{one}")) == 3


def test_list_items_are_paragraphs() -> None:
    assert len(paragraphs("Two things happened in the town during the night of the feast:\n- a raid\n- a fire")) == 3


def test_windows_line_ends_are_one_break() -> None:
    assert paragraphs(WRAPPED.replace("\n", "\r\n")) == paragraphs(WRAPPED)


def test_front_matter_is_not_read_as_text() -> None:
    text = "---\ntitle: Bomb in Basra\n---\n\nA bomb went off."
    assert paragraphs(text) == ["A bomb went off."]
    assert readable(text).index("A bomb") == text.index("A bomb")
