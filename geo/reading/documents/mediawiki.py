"""Read MediaWiki dumps and wiki texts (mwparserfromhell): prose alone, no links, references, files, categories."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from geo.errors import InputError
from geo.extras import need
from geo.reading.decoding import decode
from geo.reading.documents.document import Document, OnNote, day_or_none, paragraphs

_END: Final = re.compile(
    r"^==+\s*(sources?|references?|see also|external links|related (?:news|articles)|further reading|notes)"
    r"\s*==+\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_MEDIA: Final = re.compile(r"^\s*:?\s*(file|image|category|media|template|portal|wikipedia|w)\s*:", re.IGNORECASE)
_DATES: Final = frozenset({"date", "published", "publish date", "dateline"})


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the articles (namespace 0) of a dump, or a file's one text."""
    with path.open("rb") as file:
        is_dump = b"<mediawiki" in file.read(4096)
    if not is_dump:
        text, day = plain(decode(path.read_bytes(), path))
        if text:
            yield Document(text=text, published=day)
        return
    yield from _of_dump(path, on_note)


def _of_dump(path: Path, on_note: OnNote) -> Iterator[Document]:
    from lxml import etree  # noqa: PLC0415

    language, site, others = "", "", 0
    try:
        for event, element in etree.iterparse(
            str(path), events=("start", "end"), huge_tree=True, resolve_entities=False
        ):
            tag = etree.QName(element).localname
            if event == "start":
                language = language or (element.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
            elif tag == "sitename":
                site = element.text or ""
            elif tag == "page":
                document = _of_page(element, site, language)
                others += document is None
                if document is not None:
                    yield document
                element.clear()
    except etree.XMLSyntaxError as error:
        msg = f"{path}: this dump is not whole ({error.msg}); what stands before is read."
        raise InputError(msg) from error
    if others:
        on_note(f"{others} of its pages are not articles")


def _of_page(page: Any, site: str, language: str) -> Document | None:
    fields = {key: page.xpath(f"string(*[local-name()='{key}'])") for key in ("title", "ns", "id")}
    if fields["ns"] not in ("", "0") or page.xpath("*[local-name()='redirect']"):
        return None
    wikitext = page.xpath("string((*[local-name()='revision'])[last()]/*[local-name()='text'])")
    text, day = plain(wikitext)
    if not text:
        return None
    return Document(
        text=text,
        title=fields["title"],
        published=day,
        publisher=site,
        language=language,
        name=fields["id"] or fields["title"],
    )


def plain(wikitext: str) -> tuple[str, date | None]:
    """Write wiki text as paragraphs; and the day that its `{{date|...}}` gives, if any."""
    need("mwparserfromhell", extra="wiki", purpose="A page of a wiki")
    import mwparserfromhell  # noqa: PLC0415

    end = _END.search(wikitext)
    code = mwparserfromhell.parse(wikitext[: end.start()] if end else wikitext)
    day = None
    for template in code.filter_templates():
        if str(template.name).strip().lower() in _DATES and template.params:
            day = day or day_or_none(str(template.params[0].value).strip())
    for link in code.filter_wikilinks():
        if _MEDIA.match(str(link.title)):
            _remove(code, link)
    for tag in code.filter_tags(matches=lambda node: str(node.tag).lower() in ("ref", "gallery", "table", "math")):
        _remove(code, tag)
    text = code.strip_code(normalize=True, collapse=True)
    blocks = [" ".join(block.split("\n")) for block in re.split(r"\n\s*\n", text)]
    return paragraphs(re.sub(r"^[*#:;]+\s*", "", block) for block in blocks), day


def _remove(code: Any, node: Any) -> None:
    try:
        code.remove(node)
    except ValueError:  # it went with what it stood in
        return
