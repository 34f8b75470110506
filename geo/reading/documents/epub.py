"""Read books (EPUB, a zip of HTML): each chapter is a document of its own."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from geo.errors import InputError
from geo.reading.documents.document import Document, OnNote
from geo.reading.documents.html import decode_page
from geo.reading.documents.markup import text_of


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the chapters in the order in which they are read."""
    from lxml import etree  # noqa: PLC0415

    try:
        with zipfile.ZipFile(path) as archive:
            if "META-INF/encryption.xml" in archive.namelist():
                on_note("parts of it are encrypted (DRM)")
            container = etree.fromstring(archive.read("META-INF/container.xml"))
            home = container.xpath("string(//*[local-name()='rootfile']/@full-path)")
            book = etree.fromstring(archive.read(home))
            about = {
                key: book.xpath(f"string(//*[local-name()='{key}'])") for key in ("title", "language", "publisher")
            }
            for n, part in enumerate(_parts(book, posixpath.dirname(home)), 1):
                yield from _chapter(archive.read(part), about, n)
    except (zipfile.BadZipFile, zlib.error, KeyError, etree.XMLSyntaxError, RuntimeError, OSError) as error:
        msg = f"{path}: cannot be read as a book ({error}); is it complete and not encrypted?"
        raise InputError(msg) from error


def _parts(book: Any, folder: str) -> Iterator[str]:
    items = {item.get("id"): item for item in book.xpath("//*[local-name()='manifest']/*")}
    for reference in book.xpath("//*[local-name()='spine']/*/@idref"):
        item = items.get(reference)
        if (
            item is not None
            and "html" in (item.get("media-type") or "")
            and "nav" not in (item.get("properties") or "")
        ):
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href"))))


def _chapter(data: bytes, about: dict[str, str], number: int) -> Iterator[Document]:
    page = decode_page(data)
    body = page.partition("<body")[2].partition(">")[2].rpartition("</body")[0] or page
    text = text_of(body)
    if text:
        yield Document(
            text=text,
            title=about["title"].strip(),
            publisher=about["publisher"].strip(),
            language=about["language"].strip(),
            name=str(number),
        )
