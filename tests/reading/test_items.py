"""One file may hold several reports: a daily with dated or titled items, a live blog; an article is never parted."""

from datetime import date
from pathlib import Path

import pytest
from docx import Document as Word

import geo
from geo.report import Report

TEXTS = (
    "Gunmen opened fire on a checkpoint outside Baqubah on Tuesday, killing two policemen, a medical source said.",
    "Mortar shells hit the market of Taiz in Yemen on Wednesday, killing three people, residents said on the phone.",
    "A car bomb exploded near the governor's office in Kirkuk on Thursday and wounded five guards.",
)
TITLES = ("Iraq: checkpoint attacked", "Yemen: market hit", "Iraq: bomb in Kirkuk")
DAYS = tuple(date(2024, 3, day) for day in (12, 13, 14))
WRITTEN = tuple(f"{day.day} March 2024" for day in DAYS)
STATED = "<meta property='article:published_time' content='2024-03-15T08:00:00Z'>"


def page(title: str, body: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<main><h1>{title}</h1>{body}</main><footer><p>Terms of use</p></footer></body></html>"
    )


def read(path: Path, text: str) -> list[Report]:
    path.write_text(text, encoding="utf-8")
    return geo.read(path)


def items(form: str) -> str:
    rows = zip(TITLES, WRITTEN, DAYS, TEXTS, strict=True)
    return "".join(form.format(title=title, written=written, iso=day, text=text) for title, written, day, text in rows)


DAILIES = {
    "titles and days": page("Humanitarian update", items("<h2>{title}</h2><p>{written}</p><p>{text}</p>")),
    "times": page("Situation", items("<section><h3>{title}</h3><time datetime='{iso}'>{written}</time><p>{text}</p></section>")),
    "days as headings": page("Situation", items("<h2>{written}</h2><h3>{title}</h3><p>{text}</p>")),
    "days in titles": page("Situation", items("<h2>{title}, {written}</h2><p>{text}</p>")),
    "live": page("Live: the war", items("<div class='live-post'><time datetime='{iso}T10:00:00Z'></time><h3>{title}</h3><p>{text}</p></div>")),
}  # fmt: skip


@pytest.mark.parametrize("text", DAILIES.values(), ids=DAILIES)
def test_the_items_of_a_page_are_reports_with_their_own_days(tmp_path: Path, text: str) -> None:
    reports = read(tmp_path / "daily.html", text)
    assert [report.published for report in reports] == list(DAYS)
    assert [report.id for report in reports] == [f"daily.html:{n}" for n in (1, 2, 3)]
    assert [
        report.title.removesuffix(f", {written}") for report, written in zip(reports, WRITTEN, strict=True)
    ] == list(TITLES)
    for report, own in zip(reports, TEXTS, strict=True):
        assert report.text.endswith(own)
        assert not any(other in report.text for other in TEXTS if other != own)


def test_incidents_of_a_daily_have_the_days_and_words_of_their_item(tmp_path: Path) -> None:
    reports = {report.id: report for report in read(tmp_path / "daily.html", DAILIES["titles and days"])}
    incidents = geo.extract(list(reports.values()))
    days = {row["place_name"]: row["date_start"].date() for _, row in incidents.iterrows()}
    assert days["Baqubah"] == date(2024, 3, 12)
    assert days["Kirkuk"] == date(2024, 3, 14)
    for evidence in incidents["evidence"]:
        for span in evidence:
            assert reports[span["report_id"]].text[span["start"] : span["end"]] == span["text"]


def test_a_live_blog_with_clocks_alone_counts_its_days_over_midnight(tmp_path: Path) -> None:
    posts = "".join(
        f"<article><h2><time>{clock}</time> {title}</h2><p>{text}</p></article>"
        for clock, title, text in zip(("01:20", "00:15", "23:40"), TITLES, TEXTS, strict=True)
    )
    head = "<meta property='article:modified_time' content='2024-03-12T01:20:00Z'>"
    reports = read(tmp_path / "live.html", page("As it happened: fighting in Iraq", posts, head))
    assert [report.published for report in reports] == [date(2024, 3, 12), date(2024, 3, 12), date(2024, 3, 11)]
    assert [report.title for report in reports] == list(TITLES)


def test_a_digest_is_parted_at_its_headings_and_has_one_day(tmp_path: Path) -> None:
    text = page("UN Daily News Brief", items("<h2>{title}</h2><p>{text}</p>"), STATED)
    reports = read(tmp_path / "daily.html", text)
    assert [report.title for report in reports] == list(TITLES)
    assert {report.published for report in reports} == {date(2024, 3, 15)}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("log.txt", "{written}\n\n{text}\n\n"),
        ("log.md", "## {written}\n\n{text}\n\n"),
        ("log.txt", "{title}\n{written}\n{text}\n\n"),
    ],
)
def test_a_log_in_plain_text_is_parted_at_its_days(tmp_path: Path, name: str, form: str) -> None:
    text = f"Incident log\n\n{items(form)}"
    reports = read(tmp_path / name, text)
    assert [report.published for report in reports] == list(DAYS)
    assert all(report.text in text for report in reports)


def test_a_word_document_is_parted_at_headings_with_days(tmp_path: Path) -> None:
    book = Word()
    book.add_heading("Weekly log", 0)
    for written, text in zip(WRITTEN, TEXTS, strict=True):
        book.add_heading(written, 2)
        book.add_paragraph(text)
    book.save(str(tmp_path / "log.docx"))
    assert [report.published for report in geo.read(tmp_path / "log.docx")] == list(DAYS)


ARTICLE = "".join(f"<p>{text} {text}</p>" for text in TEXTS)
WHOLE = {
    "subheadings": page("Three attacks in a week", items("<h2>{title}</h2><p>{text}</p>"), STATED),
    "a timeline below": page("How the week went", ARTICLE + "<h2>Timeline</h2>" + items("<p>{written}</p><p>{text}</p>"), STATED),
    "other stories and comments": page(
        "Live fire kills two",
        f"<article>{ARTICLE}</article>"
        + items("<div class='related'><time datetime='{iso}'></time><h3>{title}</h3><p>{text}</p></div>")
        + items("<div class='comment'><time datetime='{iso}'></time><p>{text}</p></div>"),
        STATED,
    ),
    "a day of publication and one of change": page("Two killed", f"<p>{WRITTEN[0]}</p>{ARTICLE}<p>{WRITTEN[1]}</p>", STATED),
}  # fmt: skip


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_an_article_stays_whole(tmp_path: Path, text: str) -> None:
    assert [report.id for report in read(tmp_path / "article.html", text)] == ["article"]


def test_an_article_in_plain_text_stays_whole(tmp_path: Path) -> None:
    timeline = "\n\n".join(f"{written}\n\n{text}" for written, text in zip(WRITTEN, TEXTS, strict=True))
    [report] = read(tmp_path / "a.txt", f"How the week went\n\n{' '.join(TEXTS * 3)}\n\n{timeline}\n")
    assert report.text.startswith("How the week went")
