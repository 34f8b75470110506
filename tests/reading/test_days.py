"""The day of a web page is the one on which its article was published, whatever other days stand on the page."""

from datetime import date

import pytest

from geo.reading.documents.html import documents_in
from tests.reading.gold_days import DAY, STORY, TITLE, page, pages, time


@pytest.mark.parametrize(
    ("content", "url", "day"), [pytest.param(text, url, day, id=name) for name, text, url, day in pages()]
)
def test_the_day_is_that_of_publication(content: str, url: str, day: date | None) -> None:
    [document] = documents_in(content, url=url, on_note=lambda _: None)
    assert document.published == day


def test_a_day_that_the_page_states_is_no_guess() -> None:
    notes: list[str] = []
    stated = page(f"<article>{TITLE}{time('2021-05-03')}{STORY}</article>")
    assert next(documents_in(stated, on_note=notes.append)).published == DAY
    assert not notes
    words = page(f"<article>{TITLE}<span class='date'>May 3, 2021</span>{STORY}</article>")
    assert next(documents_in(words, on_note=notes.append)).published == DAY
    assert "a guess" in notes[0]
