"""Archives, dumps and documents as programs pack them: as a whole, zipped, with changes that were tracked."""

import bz2
import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

import geo

TEXT = (
    "Gunmen opened fire on a checkpoint outside Baqubah on Tuesday night, killing two policemen, a medical source said."
)
MORE = "A third officer was taken to hospital, and the road was shut until morning, residents told reporters."
PAGE = f"<html lang='en'><head><title>T</title></head><body><h1>Two policemen killed</h1><p>{TEXT}</p><p>{MORE}</p></body></html>".encode()


def record(kind: str, url: str, mime: str, content: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-06-16T00:00:00Z\r\n"
    return f"{head}Content-Type: {mime}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n\r\n"


def warc(*, packed: bool = False) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    records = (
        record("warcinfo", "a", "application/warc-fields", b"software: test\r\n"),
        record("response", "http://a.example/1", "application/http; msgtype=response", answer),
        record("resource", "http://a.example/2", "text/html", PAGE),
    )
    return b"".join(gzip.compress(one) if packed else one for one in records)


def wacz() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc(packed=True))
        archive.writestr("datapackage.json", "{}")
    return made.getvalue()


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "a.warc": warc,
    "a.warc.gz": lambda: warc(packed=True),
    "whole.warc.gz": lambda: gzip.compress(warc()),
    "a.wacz": wacz,
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_web_archives_are_read_however_they_are_packed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(ARCHIVES[name]())
    reports = geo.read(tmp_path)
    assert [report.url for report in reports] == ["http://a.example/1", "http://a.example/2"]
    assert all(TEXT in report.text for report in reports)


WIKITEXT = f"'''Gunmen''' fled {{{{convert|5|km|mi}}}} north on {{{{date|15 June 2021}}}}, {{{{lang|ar|police}}}} said.\n\n{TEXT}"
DUMP = (
    "<mediawiki xmlns='http://www.mediawiki.org/xml/export-0.11/' xml:lang='en'><siteinfo><sitename>News</sitename></siteinfo>"
    f"<page><title>Attack</title><ns>0</ns><id>1</id><revision><text>{WIKITEXT}</text></revision></page></mediawiki>"
).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("dump.xml", DUMP), ("dump.xml.bz2", bz2.compress(DUMP)), ("dump.xml.gz", gzip.compress(DUMP))],
)
def test_dumps_are_read_as_they_are_published(tmp_path: Path, name: str, content: bytes) -> None:
    pytest.importorskip("mwparserfromhell")
    (tmp_path / name).write_bytes(content)
    [report] = geo.read(tmp_path)
    assert report.text == f"Gunmen fled 5 km north on 15 June 2021, police said.\n\n{TEXT}"
    assert report.published == date(2021, 6, 15)


def run(text: str, name: str = "w:t") -> object:
    made, words = OxmlElement("w:r"), OxmlElement(name)
    words.text = text
    made.append(words)
    return made


def boxed(name: str, *inside: object) -> object:
    made = OxmlElement(name)
    for one in inside:
        made.append(one)
    return made


def test_a_document_is_read_with_its_changes_accepted_and_its_boxes_opened(tmp_path: Path) -> None:
    book = docx.Document()
    paragraph = book.add_paragraph("Baqubah: ")._p
    paragraph.append(boxed("w:ins", run(TEXT)))
    paragraph.append(boxed("w:del", run("Ten people died.", "w:delText")))
    paragraph.append(boxed("w:moveFrom", run("It moved.")))
    body = book.element.body
    body.insert(1, boxed("w:sdt", boxed("w:sdtContent", boxed("w:p", run(MORE)))))
    box = boxed("w:p", boxed("w:r", boxed("w:pict", boxed("w:txbxContent", boxed("w:p", run("In the box."))))))
    body.insert(2, box)
    book.save(tmp_path / "a.docx")
    [report] = geo.read(tmp_path / "a.docx")
    assert report.text == f"Baqubah: {TEXT}\n\n{MORE}\n\nIn the box."


@pytest.mark.parametrize(
    "day",
    [
        "Mittwoch, 16. Juni 2021",
        "mié, 16 jun 2021 10:00:00 +0200",
        "الأربعاء، 16 يونيو 2021",
        "Wed, 16 Jun 2021 24:00:00 GMT",
    ],
)
def test_days_of_feeds_are_read_in_other_languages(tmp_path: Path, day: str) -> None:
    item = f"<item><title>T</title><description>{TEXT}</description><pubDate>{day}</pubDate></item>"
    (tmp_path / "a.rss").write_text(
        f"<rss version='2.0'><channel><title>P</title>{item}</channel></rss>", encoding="utf-8"
    )
    [report] = geo.read(tmp_path / "a.rss")
    assert report.published == date(2021, 6, 16)


def test_a_day_of_a_feed_in_either_order_says_nothing(tmp_path: Path) -> None:
    item = f"<item><title>T</title><description>{TEXT}</description><pubDate>05/06/2021</pubDate></item>"
    (tmp_path / "a.rss").write_text(
        f"<rss version='2.0'><channel><title>P</title>{item}</channel></rss>", encoding="utf-8"
    )
    assert geo.read(tmp_path / "a.rss")[0].published is None


def test_a_mail_that_names_no_encoding_is_read_as_what_it_is(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "T"
    body = f"{TEXT} It happened near the café."
    (tmp_path / "a.eml").write_bytes(message.as_bytes() + b"\n" + body.encode("cp1252"))
    (tmp_path / "b.eml").write_bytes(message.as_bytes() + b"\n" + body.encode())
    assert [report.text for report in geo.read(tmp_path)] == [body, body]
