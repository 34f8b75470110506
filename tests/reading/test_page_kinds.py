"""Lists of headlines, errors and walls are no reports and are skipped with the reason; short reports stay."""

from pathlib import Path

import pytest

import geo
from geo.errors import InputError
from geo.reading.documents.page_notices import reason_against
from geo.reading.documents.teasers import without_teasers
from tests.reading.gold_kinds import BRIEF, HEADLINES, cards, no_reports, page, short_reports


@pytest.mark.parametrize(("content", "word"), [pytest.param(text, word, id=name) for name, text, word in no_reports()])
def test_a_page_without_a_report_is_skipped_with_its_reason(tmp_path: Path, content: str, word: str) -> None:
    (tmp_path / "page.html").write_text(content, encoding="utf-8")
    notes: list[str] = []
    problems: list[InputError] = []
    assert geo.read(tmp_path, on_note=notes.append, on_problem=problems.append) == []
    [note] = notes
    assert note.startswith("skipped ")
    assert word in note
    assert not problems
    with pytest.raises(InputError, match=word):
        geo.read(tmp_path / "page.html")


@pytest.mark.parametrize(
    ("content", "words"), [pytest.param(text, words, id=name) for name, text, words in short_reports()]
)
def test_a_short_report_is_read(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "page.html").write_text(content, encoding="utf-8")
    [report] = geo.read(tmp_path / "page.html")
    assert words in report.text


@pytest.mark.parametrize("name", ["brief above teasers", "brief above teasers without a box", "metadata of an article"])
def test_teasers_of_other_stories_are_no_part_of_a_report(tmp_path: Path, name: str) -> None:
    [content] = [text for called, text, _ in short_reports() if called == name]
    (tmp_path / "page.html").write_text(content, encoding="utf-8")
    [report] = geo.read(tmp_path / "page.html")
    assert not [line for headline in HEADLINES for line in headline if line in report.text]


def test_a_digest_whose_headlines_link_keeps_them() -> None:
    digest = page("Digest", "<main>" + cards("<h3><a href='/a{n}'>{head}</a></h3><p>{line}</p>") + "</main>")
    assert without_teasers(digest) == (digest, False)


def test_three_cards_are_too_few_to_be_teasers() -> None:
    assert not without_teasers(page("Brief", f"<p>{BRIEF}</p>" + cards("<div><a href='/{n}'>{head}</a></div>", 3)))[1]


def test_a_long_text_under_the_title_of_an_error_is_a_report() -> None:
    assert reason_against(["Access denied"], f"{BRIEF}\n\n" * 5, teasers=False) == ""
    assert reason_against(["Access denied"], BRIEF, teasers=False)
