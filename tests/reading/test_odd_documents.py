"""Documents as programs and people save them: the day, language, paragraphs and text that the contract asks for."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reading.test_documents import BODY, PARAGRAPHS, page, read

LINES = BODY.split("\n\n")
NEXT = "<aside><a href='/r'>Another story</a> <time datetime='2019-01-01'>1 Jan 2019</time></aside>"
TIME = "<time datetime='2021-06-16'>16 June 2021</time>"


def linked(data: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


# page, the day that is read, whether it is said to be a guess
DAYS = {
    "with a time zone": (page("<meta property='article:published_time' content='2021-06-16T23:30:00-05:00'>"), "2021-06-16", False),
    "schema.org, changed later": (page(linked({"@type": "NewsArticle", "datePublished": "2021-06-16", "dateModified": "2022-01-01"})), "2021-06-16", False),
    "in a graph": (page(linked({"@graph": [{"@type": "Organization"}, {"@type": ["NewsArticle"], "datePublished": "2021-06-16T08:00:00Z"}]})), "2021-06-16", False),
    "the address": (page("<link rel='canonical' href='https://example.org/2021/06/16/two-killed'>"), "2021-06-16", False),
    "Dublin Core": (page("<meta name='DC.date.issued' content='2021-06-16'>"), "2021-06-16", False),
    "its own time and an older story's": (page(body=TIME + PARAGRAPHS + NEXT), "2021-06-16", False),
    "an older story's time first": (page(body=NEXT + TIME + PARAGRAPHS), "2021-06-16", False),
    "only what is seen": (page(body=f"<div class='date'>16 June 2021</div>{PARAGRAPHS}"), "2021-06-16", True),
    "only a change": (page("<meta property='article:modified_time' content='2022-01-01'>"), "2022-01-01", True),
    "never": (page("<meta property='article:published_time' content='1970-01-01T00:00:00Z'>"), "None", False),
    "a day to come": (page("<meta property='article:published_time' content='2199-06-16'>"), "None", False),
    "a copyright": (page(body=f"{PARAGRAPHS}<p>Copyright 2023</p>"), "None", False),
    "none": (page(), "None", False),
}  # fmt: skip


@pytest.mark.parametrize(("text", "day", "guessed"), DAYS.values(), ids=DAYS)
def test_the_day_of_a_page_is_the_one_that_it_states(tmp_path: Path, text: str, day: str, *, guessed: bool) -> None:
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    [report], _, notes = read(tmp_path / "a.html")
    assert (str(report.published), any("guess" in note for note in notes)) == (day, guessed)


TABLE = f"<table><tr><td><ul><li><a href='/'>Home</a></li></ul></td><td>{PARAGRAPHS}</td></tr></table>"
TEXTS = {
    "a template in Arabic": page().replace("lang='en-GB'", "dir='rtl' lang='ar'"),
    "below the bar of an archive": page(body=f"<div id='wm-ipp-base'>1,234 captures</div>{PARAGRAPHS}"),
    "in cells that lay out": page(body=TABLE),
    "between advertisements": page(body=PARAGRAPHS.replace("<p>", "<div class='ad'><span>ADVERTISEMENT</span></div><p>")),
    "for scripts alone": f"<!DOCTYPE html><html><head>{linked({'@type': 'NewsArticle', 'articleBody': BODY})}</head><body></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_paragraphs_of_a_page_stay_apart_and_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    [report], _, _ = read(tmp_path / "a.html")
    assert [line for line in report.text.split("\n\n") if not line.startswith("Two policemen killed near")] == LINES


def test_a_page_in_another_language_is_still_refused(tmp_path: Path) -> None:
    french = (
        "Des hommes armés ont ouvert le feu sur un poste de contrôle, tuant deux policiers, selon une source médicale. "
    )
    (tmp_path / "a.html").write_text(page(body=f"<p>{french * 4}</p>").replace("en-GB", "fr"), encoding="utf-8")
    reports, [problem], _ = read(tmp_path / "a.html")
    assert not reports
    assert "language 'fr'" in problem


JSON = {
    "JSON Feed": {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": PARAGRAPHS, "date_published": "2021-06-16T01:00:00+03:00"}]},
    "an API of news": {"status": "ok", "articles": [{"title": "T", "content": BODY, "publishedAt": "2021-06-16T01:00:00Z", "source": {"id": None, "name": "Post"}}]},
    "an API of posts": {"data": [{"id": "1", "text": BODY, "created_at": "2021-06-16T22:00:00.000Z"}], "meta": {"result_count": 1}},
}  # fmt: skip


@pytest.mark.parametrize("content", JSON.values(), ids=JSON)
def test_json_of_feeds_and_apis_is_read_with_its_day(tmp_path: Path, content: object) -> None:
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    [report], _, _ = read(tmp_path / "a.json")
    assert (report.text, str(report.published)) == (BODY, "2021-06-16")
    assert report.publisher in {"", "Post"}


def test_lines_of_json_call_their_fields_as_tables_do(tmp_path: Path) -> None:
    rows = [{"body": BODY, "pub_date": "2021-06-16", "headline": "T"}, {"content": BODY, "created_at": 1623801600}]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    reports, problems, _ = read(tmp_path / "a.jsonl")
    assert [str(report.published) for report in reports] == ["2021-06-16", "2021-06-16"]
    assert ([report.title for report in reports], problems) == (["T", ""], [])


def test_an_ampersand_is_no_markup(tmp_path: Path) -> None:
    item = f"<item><title>T</title><description><![CDATA[{BODY}\n\nAT&amp;T said so.]]></description></item>"
    (tmp_path / "a.rss").write_text(
        f"<?xml version='1.0'?><rss version='2.0'><channel>{item}</channel></rss>", encoding="utf-8"
    )
    [report], _, _ = read(tmp_path / "a.rss")
    assert report.text.split("\n\n") == [*LINES, "AT&T said so."]


def record(address: str, text: str) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + text.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_an_archive_that_ends_within_a_page_says_so_and_gives_the_others(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    longer = "".join(f"<p>{n}: {line}</p>" for n in range(90) for line in LINES)
    packed = pack(record("https://example.org/a", page())) + pack(record("https://example.org/b", page(body=longer)))
    (tmp_path / "a.warc.gz").write_bytes(packed[:-200] if pack is gzip.compress else packed[:-2000])
    reports, [problem], _ = read(tmp_path / "a.warc.gz")
    assert reports[0].text.endswith(LINES[-1])
    assert "the page https://example.org/b is cut off" in problem
