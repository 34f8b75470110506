"""Documents become reports: their main text, day, title, publisher and address; what is skipped is reported."""

import io
import json
import mailbox
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

import geo
from geo.report import Report

BODY = (
    "Gunmen opened fire on a checkpoint outside Baqubah on Tuesday night, killing two policemen, a medical source said.\n\n"
    "A third officer was taken to hospital with wounds to his legs, and the road was shut until morning, residents said.\n\n"
    "Nobody has said that they carried out the attack. The province has seen several such raids in the past month."
)
PARAGRAPHS = "".join(f"<p>{block}</p>" for block in BODY.split("\n\n"))
MENU = "<nav><ul><li><a href='/a'>Markets today</a></li><li><a href='/b'>Weather in Rome</a></li></ul></nav>"


def page(head: str = "", *, title: str = "Two policemen killed near Baqubah", body: str = PARAGRAPHS) -> str:
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head><title>{title} - Diyala Post</title>{head}</head><body>{MENU}"
        f"<article><h1>{title}</h1>{body}</article><footer>Terms of use</footer></body></html>"
    )


def read(path: Path) -> tuple[list[Report], list[str], list[str]]:
    problems: list[str] = []
    notes: list[str] = []
    reports = geo.read(path, on_problem=lambda problem: problems.append(str(problem)), on_note=notes.append)
    return reports, problems, notes


def test_a_page_gives_its_article_without_menu_and_footer(tmp_path: Path) -> None:
    head = "<meta property='article:published_time' content='2021-06-16T08:00:00+03:00'><meta property='og:site_name' content='Diyala Post'>"
    (tmp_path / "page.html").write_text(page(head), encoding="utf-8")
    [report], problems, notes = read(tmp_path / "page.html")
    assert not problems
    assert not notes
    assert "Markets today" not in report.text
    assert "Terms of use" not in report.text
    assert report.text.endswith(BODY[-60:])
    assert BODY.split("\n\n")[1] in report.text.split("\n\n")
    assert (report.published, report.publisher) == (date(2021, 6, 16), "Diyala Post")
    assert (report.title, report.language) == ("Two policemen killed near Baqubah", "en-GB")


def test_a_day_that_a_page_does_not_state_is_unknown_or_marked_as_a_guess(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(), encoding="utf-8")
    [report], _, notes = read(tmp_path / "page.html")
    assert report.published is None or any("guess" in note for note in notes)


def test_a_sidecar_counts_more_than_the_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(), encoding="utf-8")
    (tmp_path / "page.meta.json").write_text('{"published": "2021-06-20", "title": "My title"}', encoding="utf-8")
    [report], _, _ = read(tmp_path / "page.html")
    assert (report.published, report.title) == (date(2021, 6, 20), "My title")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_page_is_decoded_as_it_declares_itself(tmp_path: Path, encoding: str) -> None:
    stated = "windows-1252" if encoding == "windows-1252" else "utf-8"
    text = page(f"<meta charset='{stated}'>", body=PARAGRAPHS.replace("residents", "Café owners"))
    (tmp_path / "page.htm").write_bytes(text.encode(encoding))
    [report], _, _ = read(tmp_path / "page.htm")
    assert "Café owners" in report.text


def test_the_posts_of_a_live_blog_are_reports_with_their_own_days(tmp_path: Path) -> None:
    posts = [
        {
            "@type": "BlogPosting",
            "headline": f"Post {n}",
            "datePublished": f"2021-06-1{n}T10:00:00Z",
            "articleBody": BODY,
        }
        for n in (6, 7)
    ]
    blog = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "liveBlogUpdate": posts}
    (tmp_path / "live.html").write_text(
        page(f"<script type='application/ld+json'>{json.dumps(blog)}</script>"), encoding="utf-8"
    )
    reports, _, _ = read(tmp_path / "live.html")
    assert [report.published for report in reports] == [date(2021, 6, 16), date(2021, 6, 17)]
    assert [report.id for report in reports] == ["live.html:1", "live.html:2"]


def mail(*, html: bool = False, day: str = "Wed, 16 Jun 2021 23:30:00 +0300") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "Diyala Post <news@example.org>", "Two policemen killed", day
    message.set_content(page() if html else f"{BODY}\n\n-- \nUnsubscribe here\n", subtype="html" if html else "plain")
    return message


@pytest.mark.parametrize("html", [False, True])
def test_a_mail_gives_its_text_and_its_own_day(tmp_path: Path, *, html: bool) -> None:
    (tmp_path / "a.eml").write_bytes(mail(html=html).as_bytes())
    [report], problems, _ = read(tmp_path / "a.eml")
    assert not problems
    assert report.text.endswith("in the past month.")
    assert (report.published, report.publisher) == (date(2021, 6, 16), "Diyala Post")


def test_a_mailbox_gives_a_report_for_each_mail(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "in.mbox")
    for day in ("Wed, 16 Jun 2021 23:30:00 +0300", "Thu, 17 Jun 2021 08:00:00 +0300"):
        box.add(mail(day=day))
    box.close()
    reports, _, _ = read(tmp_path / "in.mbox")
    assert [report.published for report in reports] == [date(2021, 6, 16), date(2021, 6, 17)]


def test_items_of_a_feed_that_have_a_summary_alone_are_read_and_counted(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>Item {n}</title><description>{BODY}</description><pubDate>Wed, 16 Jun 2021 0{n}:00:00 GMT</pubDate></item>"
        for n in (1, 2)
    )
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Diyala Post</title>{items}</channel></rss>"
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    reports, _, notes = read(tmp_path / "feed.xml")
    assert [report.title for report in reports] == ["Item 1", "Item 2"]
    assert any("2 of its items have a summary alone" in note for note in notes)


def test_a_book_gives_its_chapters(tmp_path: Path) -> None:
    chapter = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>One</h1>{PARAGRAPHS}</body></html>"
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<dc:title>A year in Diyala</dc:title><dc:language>en</dc:language></metadata><manifest>"
        "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>"
    )
    with zipfile.ZipFile(tmp_path / "book.epub", "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml", "<container><rootfiles><rootfile full-path='O/p.opf'/></rootfiles></container>"
        )
        archive.writestr("O/p.opf", package)
        archive.writestr("O/a.xhtml", chapter)
    [report], _, _ = read(tmp_path / "book.epub")
    assert report.title == "A year in Diyala"
    assert report.text.split("\n\n")[1:] == BODY.split("\n\n")


def test_a_table_of_articles_is_reports_and_one_of_incidents_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'when,headline,content\n2021-06-16,Shooting,"{BODY}"\n', encoding="utf-8")
    [report], _, _ = read(tmp_path / "a.csv")
    assert report.title == "Shooting"
    assert report.text == BODY
    (tmp_path / "b.csv").write_text("name,lat,lon\nx,33,44\n", encoding="utf-8")
    _, problems, _ = read(tmp_path / "b.csv")
    assert "a table of incidents" in problems[0]


def test_what_is_passed_over_in_a_folder_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "events.csv").write_text("name,lat,lon\nx,33,44\n", encoding="utf-8")
    reports, problems, notes = read(tmp_path)
    assert len(reports) == 1
    assert not problems
    stated = "\n".join(notes)
    for part in ("photo.png: a picture", "old.doc: an old office file", "events.csv: a table of incidents"):
        assert part in stated


def broken(kind: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("nothing.txt", "x")
    return {"empty": b"", "cut": buffer.getvalue()[:30], "other": b"%PDF-1.4 \n cut", "noise": bytes(range(256)) * 9}[
        kind
    ]


@pytest.mark.parametrize("kind", ["empty", "cut", "other", "noise"])
@pytest.mark.parametrize(
    "suffix",
    [".html", ".pdf", ".docx", ".epub", ".eml", ".mbox", ".rss", ".warc", ".json", ".js", ".csv", ".xlsx", ".mhtml"],
)
def test_a_broken_document_is_one_sentence_and_the_rest_is_read(tmp_path: Path, suffix: str, kind: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(broken(kind))
    (tmp_path / "b.txt").write_text(BODY, encoding="utf-8")
    problems: list[str] = []
    reports = geo.read(
        [tmp_path / f"a{suffix}", tmp_path / "b.txt"], on_problem=lambda problem: problems.append(str(problem))
    )
    assert "b" in [report.id for report in reports]
    if len(reports) == 1:
        assert len(problems) == 1
        assert "\n" not in problems[0]
        assert f"a{suffix}" in problems[0]


def test_a_word_document_with_one_broken_part_is_refused_in_words(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types")
        archive.writestr("word/document.xml", "<w:document")
    reports, problems, _ = read(tmp_path / "a.docx")
    assert not reports
    assert "expected Word documents" in problems[0]


def test_a_record_that_is_longer_than_a_web_archive_says_is_reported(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page()}".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nContent-Type: application/http\r\nContent-Length: {len(answer) - 9}\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(head.encode() + answer + b"\r\n\r\n")
    reports, _, notes = read(tmp_path / "a.warc")
    assert len(reports) == 1
    assert "a record in it is not as long as it says" in notes[0]
    assert capfd.readouterr().err == ""


def test_hidden_reports_and_sidecars_without_a_report_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "a.meta.json").write_text("{}", encoding="utf-8")
    (tmp_path / "b.meta.json").write_text("{}", encoding="utf-8")
    (tmp_path / ".draft.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    reports, _, notes = read(tmp_path)
    assert len(reports) == 1
    assert ".draft.txt: hidden" in notes[0]
    assert "b.meta.json: describes a report that is not there" in notes[1]
    assert len(notes) == 2
