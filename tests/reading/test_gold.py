"""How well the text of web pages and of printed reports is found, against articles whose every word is known."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import geo
from tests.reading.gold_pages import STORIES, f1, gold, pages
from tests.reading.gold_sites import sites


def found_in(path: Path, story: tuple[str, ...]) -> float:
    """How well the text read from a file agrees with the story, with its headline or without."""
    text = "\n".join(report.text for report in geo.read(path))
    return max(f1(text, gold(story)), f1(text, f"{story[0]}\n{gold(story)}"))


def test_forty_five_pages_give_their_articles(tmp_path: Path) -> None:
    scores = {}
    for name, page, story in (*pages(), *sites()):
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
        scores[name] = found_in(tmp_path / f"{name}.html", story)
    assert len(scores) == 45
    assert sum(scores.values()) / len(scores) > 0.985
    assert min(scores.values()) > 0.95


def test_every_site_states_its_day_and_is_read_in_the_language_of_its_text(tmp_path: Path) -> None:
    for name, page, _ in sites():
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    reports = geo.read(tmp_path)
    assert {(str(report.published), report.language) for report in reports} == {("2021-05-03", "en")}
    assert len(reports) == 15


LAYOUTS = {
    "letter": "p { margin: 0 0 10pt }",
    "two columns": "main { columns: 2; column-gap: 24pt }",
    "three columns": "main { columns: 3; column-gap: 18pt; font-size: 9pt }",
    "justified": "main { columns: 2; text-align: justify; hyphens: auto }",
    "indented": "p { margin: 0; text-indent: 14pt }",
    "large": "main { font-size: 16pt; line-height: 1.6 }",
    "narrow": "main { width: 260pt; hyphens: auto }",
    "serif": "main { font-family: serif; columns: 2 }",
    "boxed": "h2 { border: 1px solid; padding: 4pt; background: #ddd }",
    "tight": "main { font-size: 8pt; line-height: 1.1; columns: 2; column-gap: 12pt }",
}
HEAD = "<div style='font-size:8px;width:100%;text-align:center'>Orlev Monitoring Group - Weekly bulletin</div>"
FOOT = "<div style='font-size:8px;width:100%;text-align:center'>Page <span class=pageNumber></span> of <span class=totalPages></span></div>"


def printed(browser: Browser, folder: Path) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """Print each story in each layout, twice over so that it fills pages."""
    page = browser.new_page()
    for layout, style in LAYOUTS.items():
        for number, story in enumerate(STORIES):
            longer = (*story, *(STORIES[number - 1][1:] if layout != "large" else ()))
            body = "".join(
                f"<h2>{block[2:]}</h2>" if block.startswith("# ") else f"<p>{block.lstrip('*> ')}</p>"
                for block in longer[1:]
            )
            page.set_content(
                f"<html lang=en><style>{style}</style><body><h1>{story[0]}</h1><main>{body}</main></body></html>"
            )
            path = folder / f"{layout} {number}.pdf"
            margin = {"top": "60px", "bottom": "60px", "left": "50px", "right": "50px"}
            options = {"display_header_footer": True, "header_template": HEAD, "footer_template": FOOT}
            page.pdf(path=path, format="A4", margin=margin, **options)
            yield path.stem, path, longer
    page.close()


@pytest.mark.client
def test_thirty_printed_reports_give_their_text(browser: Browser, tmp_path: Path) -> None:
    scores = {name: found_in(path, story) for name, path, story in printed(browser, tmp_path)}
    assert len(scores) == 30
    assert sum(scores.values()) / len(scores) > 0.97
    assert min(scores.values()) > 0.9
