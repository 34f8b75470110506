"""Read the main text of a web page, without menus, adverts and comments (trafilatura).

The day is the one that the page states. On 218 pages of trafilatura's gold its own settings name a wrong day for
43 of 185; with `original_date` and without an extensive search, 21; what nothing in the page confirms is marked.
"""

import codecs
import logging
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, Final

from geo.errors import InputError
from geo.reading.documents.document import Document, NoReportsError, OnNote, day_or_none, paragraphs
from geo.reading.documents.html_day import page_day
from geo.reading.documents.html_layout import is_bare, without_layout_tables, without_marks
from geo.reading.documents.live import listed_paragraphs, live_posts
from geo.reading.documents.markup import language_of
from geo.reading.documents.page_notices import reason_against
from geo.reading.documents.teasers import without_teasers
from geo.reading.language import is_english

_CHARSET: Final = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_XML_ENCODING: Final = re.compile(rb"""<\?xml[^>]+encoding\s*=\s*["']([A-Za-z0-9_.-]+)""")
_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What archives put above a page.
NO_ARTICLE: Final = ("//*[starts-with(@id, 'wm-ipp')]",)
FEWEST_WORDS: Final = 60  # of an article that may be the page's own


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the article of a saved page, or the posts of a live blog."""
    try:
        found = list(documents_in(path.read_bytes(), on_note=on_note))
    except NoReportsError as reason:
        msg = f"{path}: {reason}."
        raise NoReportsError(msg) from reason
    if not found:
        msg = f"{path}: no article in this page; is it a list of links, or does a script fetch its text?"
        raise InputError(msg)
    yield from found


def documents_in(data: bytes | str, *, url: str = "", on_note: OnNote) -> Iterator[Document]:
    """Yield what a page holds; nothing when there is no main text.

    Raises:
        NoReportsError: With the reason alone, if the page is an error, a wall or a list of headlines.
    """
    text = data if isinstance(data, str) else decode_page(data)
    posts = live_posts(text, url)
    if posts:
        yield from posts
        return
    text, teasers = without_teasers(text)
    document = article(text, url=url)
    if document is None and not teasers:
        return
    title, body = (document.title, document.text) if document else ("", "")
    reason = reason_against((title, _title_of(text)), body, teasers=teasers)
    if reason or document is None:
        raise NoReportsError(reason)
    if document.guessed_day:
        on_note(f"{document.published} is a guess at its day: no metadata, time or address of the page confirms it")
    yield document


def _title_of(page: str) -> str:
    found = _TITLE.search(page)
    return unescape(found[1]).strip() if found else ""


def decode_page(data: bytes) -> str:
    """Decode a page as it declares itself, else as UTF-8, else as Windows-1252."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    stated = _CHARSET.search(data[:4096]) or _XML_ENCODING.search(data[:256])
    declared = stated[1].decode("ascii").lower() if stated else "utf-8"
    names = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "utf-8", "utf-16": "utf-8"}
    for encoding in (names.get(declared, declared), "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def article(text: str, *, url: str = "") -> Document | None:
    """Take the main text and what the page says about itself; None when there is no main text."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    text = without_layout_tables(text)
    found = _extracted(text, url)
    if found is None:
        return None
    alone = _one_article(text)
    inner = _extracted(alone, url) if alone else None
    # teasers that stand round the one article of a page are at times taken for a part of it
    chosen = inner if inner and _begins_in(inner.text, found.text) else found
    address = found.url or url
    published, stated = page_day(text, day_or_none(found.date), address)
    body = paragraphs(without_marks(chosen.text.split("\n")))
    return Document(
        text=listed_paragraphs(text, body),
        headings=_headings(chosen.body),
        title=" ".join((found.title or "").split()),
        published=published,
        publisher=found.sitename or "",
        url=address,
        language=_language(text, body),
        guessed_day=published is not None and not stated,
    )


def _language(page: str, body: str) -> str:
    """Give the language that the page states, unless its template alone is in another than its text."""
    stated = language_of(page)
    return "en" if stated and not stated.lower().startswith("en") and is_english(body) else stated


def _extracted(text: str, url: str) -> Any:
    """Let trafilatura read a page; None when it finds no text."""
    import trafilatura  # noqa: PLC0415 - takes a second to load

    days = {"original_date": True, "extensive_search": False}
    try:
        found: Any = trafilatura.bare_extraction(
            text, url=url or None, with_metadata=True, include_comments=False, date_extraction_params=days,
            prune_xpath=list(NO_ARTICLE), favor_recall=is_bare(text),
        )  # fmt: skip
    except (ValueError, TypeError, RecursionError):
        return None
    return found if found is not None and (found.text or "").strip() else None


def _headings(body: Any) -> frozenset[str]:
    """Give the headings below the title of what trafilatura found."""
    marked = body.iter("head") if body is not None else ()
    return frozenset(" ".join("".join(one.itertext()).split()) for one in marked if one.get("rend") != "h1")


def _one_article(text: str) -> str | None:
    """Give a page with nothing but its one <article>; None where it has none, several, or hardly a word in it."""
    from lxml import etree, html  # noqa: PLC0415

    if text.lower().count("<article") != 1:
        return None
    try:
        [found] = html.fromstring(text).findall(".//article")
    except (ValueError, etree.LxmlError):  # a declaration of an encoding, or nothing to parse
        return None
    if len(found.text_content().split()) < FEWEST_WORDS:
        return None
    return f"<html><body>{html.tostring(found, encoding='unicode', with_tail=False)}</body></html>"


def _begins_in(inner: str, whole: str) -> bool:
    """Return whether the first paragraph of a text is one of another's: else a teaser was the one article."""
    first = max(inner.split("\n")[:3], key=len)
    return first in whole
