"""Read MediaWiki dumps and wiki texts (mwparserfromhell): prose alone, no links, references, files, categories."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import IO, Any, Final

from geo.errors import InputError
from geo.extras import need
from geo.reading.decoding import decode, unpacked
from geo.reading.documents.document import Document, OnNote, day_or_none, paragraphs
from geo.resources import read_table

_END: Final = re.compile(
    r"^==+\s*(sources?|references?|see also|external links|related (?:news|articles)|further reading|notes)"
    r"\s*==+\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_MEDIA: Final = re.compile(r"^\s*:?\s*(file|image|category|media|template|portal|wikipedia|w)\s*:", re.IGNORECASE)
_DATES: Final = frozenset({"date", "published", "publish date", "dateline"})


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the articles (namespace 0) of a dump, or a file's one text."""
    with unpacked(path) as file:
        is_dump = b"<mediawiki" in file.read(4096)
    if not is_dump:
        text, day = plain(decode(path.read_bytes(), path))
        if text:
            yield Document(text=text, published=day)
        return
    yield from _of_dump(path, on_note)


def _of_dump(path: Path, on_note: OnNote) -> Iterator[Document]:
    from lxml import etree  # noqa: PLC0415

    others = 0
    try:
        with unpacked(path) as file:
            for page, site, language in _pages(file):
                document = _of_page(page, site, language)
                others += document is None
                if document is not None:
                    yield document
    except (etree.XMLSyntaxError, EOFError) as error:
        msg = f"{path}: this dump is not whole ({' '.join(str(error).split())}); what stands before is read."
        raise InputError(msg) from error
    if others:
        on_note(f"{others} of its pages are not articles")


def _pages(file: IO[bytes]) -> Iterator[tuple[Any, str, str]]:
    """Yield the pages of a dump, each with the name of its site and its language."""
    from lxml import etree  # noqa: PLC0415

    language, site = "", ""
    for event, element in etree.iterparse(file, events=("start", "end"), huge_tree=True, resolve_entities=False):
        tag = etree.QName(element).localname
        if event == "start":
            language = language or (element.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
        elif tag == "sitename":
            site = element.text or ""
        elif tag == "page":
            yield element, site, language
            element.clear()


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
        _write_out(code, template, wikitext)
    for link in code.filter_wikilinks():
        if _MEDIA.match(str(link.title)):
            _remove(code, link)
    for tag in code.filter_tags(matches=lambda node: str(node.tag).lower() in ("ref", "gallery", "table", "math")):
        _remove(code, tag)
    text = code.strip_code(normalize=True, collapse=True)
    blocks = [" ".join(block.split("\n")) for block in re.split(r"\n\s*\n", text)]
    return paragraphs(re.sub(r"^[*#:;]+\s*", "", block) for block in blocks), day


@cache
def _written() -> dict[str, str]:
    return {row["template"]: row["written"] for row in read_table("importing/wiki_templates.csv")}


def _write_out(code: Any, template: Any, wikitext: str) -> None:
    """Put what a template shows in its place, where it stands within a sentence: "{{convert|5|km|mi}}" is 5 km."""
    form = _written().get(str(template.name).strip().lower())
    source = str(template)
    alone = any(line.strip() == source for line in wikitext.splitlines() if source in line)
    if form is None or alone:
        return
    values = [str(one.value).strip() for one in template.params if not one.showkey]
    try:
        words = form.format(*values)
    except IndexError:
        return
    _remove(code, template, words)


def _remove(code: Any, node: Any, words: str = "") -> None:
    try:
        code.replace(node, words) if words else code.remove(node)
    except ValueError:  # it went with what it stood in
        return
