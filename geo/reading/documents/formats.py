"""Say which format a file is in: by its first bytes where they show it, else by its suffix."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from geo.errors import GeoError, InputError
from geo.reading.decoding import unpacked
from geo.reading.documents.document import LARGEST_BYTES, Document, OnNote
from geo.reading.documents.items import items_of

HEAD: Final = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of document; `module` has `documents(path, on_note)`."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    what: str  # for a person


FORMATS: Final = {
    entry.name: entry
    for entry in (
        Format("html", (".html", ".htm", ".xhtml"), "html", "saved web pages"),
        Format("mhtml", (".mhtml", ".mht"), "mail", "web pages saved as one file"),
        Format("pdf", (".pdf",), "pdf", "PDF with a text layer"),
        Format("docx", (".docx",), "docx", "Word documents"),
        Format("epub", (".epub",), "epub", "books"),
        Format("mail", (".eml",), "mail", "mails"),
        Format("mbox", (".mbox", ".mbx"), "mail", "mailboxes"),
        Format("feed", (".rss", ".atom", ".rdf"), "feed", "RSS and Atom feeds"),
        Format("warc", (".warc", ".warc.gz", ".wacz"), "warc", "web archives"),
        Format("mediawiki", (), "mediawiki", "MediaWiki dumps"),
        Format("wikitext", (".wiki", ".wikitext", ".mediawiki"), "mediawiki", "wiki texts"),
        Format("export", (".json", ".js"), "exports", "exports of ReliefWeb, Telegram and X"),
        Format("table", (".csv", ".tsv", ".xlsx", ".xls", ".ods"), "tables", "tables with a column of texts"),
    )
}
SUFFIXES: Final = frozenset(suffix for entry in FORMATS.values() for suffix in entry.suffixes) | {".xml", ".gz", ".bz2"}
_BY_SUFFIX: Final = {suffix: entry.name for entry in FORMATS.values() for suffix in entry.suffixes}
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED: Final = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)\b")
_MAGIC: Final = ((b"%PDF", "pdf"), (b"WARC/", "warc"))
_ZIP_PARTS: Final = (("word/document.xml", "docx"), ("META-INF/container.xml", "epub"), ("xl/workbook.xml", "table"))


def format_of(path: Path) -> str | None:
    """Name the format of a file, None when it is none of `FORMATS` (a plain text is none of them)."""
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        head = file.read(HEAD)
    by_magic = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if by_magic is not None:
        return by_magic
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(path) or _BY_SUFFIX.get(suffix)
    if head.startswith((b"\x1f\x8b", b"BZh")):
        inside = _unpacked_head(path)
        return "warc" if inside.startswith(b"WARC/") else "mediawiki" if b"<mediawiki" in inside else None
    marked_up = _of_markup(_unmarked(head)) if suffix not in {".md", ".markdown"} else None
    return marked_up or _BY_SUFFIX.get(suffix)


def _of_markup(head: bytes) -> str | None:
    if _HTML.match(head):
        return "html"
    if not head.lstrip().startswith(b"<"):
        return None
    if b"<mediawiki" in head:
        return "mediawiki"
    return "feed" if _FEED.search(head) else None


def is_document(path: Path) -> bool:
    """Return whether a file that may be anything (.xml, .gz, .js) is a document, by its first bytes."""
    if path.suffix.lower() == ".js":
        with path.open("rb") as file:
            return re.match(rb"\s*window\.YTD\.", file.read(256)) is not None
    return format_of(path) is not None


def _unmarked(head: bytes) -> bytes:
    """Give the head without a byte order mark; of UTF-16, its ASCII part."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _in_zip(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return None
    if any(name.startswith("archive/") and ".warc" in name for name in names):
        return "warc"  # WACZ
    return next((name for part, name in _ZIP_PARTS if part in names), None)


def _unpacked_head(path: Path) -> bytes:
    try:
        with unpacked(path) as file:
            return file.read(HEAD)
    except (OSError, EOFError):
        return b""


def read_documents(path: Path, name: str, on_note: OnNote) -> Iterator[Document]:
    """Read the reports of a document.

    Args:
        path: The file.
        name: Of its format, as `format_of` says.
        on_note: Called with what in it was skipped, and why.

    Raises:
        InputError: If it cannot be read, or holds no text.
    """
    size = path.stat().st_size
    if not size:
        msg = f"{path}: the file is empty; expected {FORMATS[name].what}."
        raise InputError(msg)
    if size > LARGEST_BYTES and name not in {"warc", "mbox", "mediawiki", "table"}:
        msg = f"{path}: {size / 1e6:.0f} MB, more than the {LARGEST_BYTES / 1e6:.0f} MB that geo reads; split it."
        raise InputError(msg)
    module = import_module(f"geo.reading.documents.{FORMATS[name].module}")
    found = False
    try:
        for document in module.documents(path, on_note):
            found = True
            yield from items_of(document)
    except (GeoError, OSError):
        raise
    except Exception as error:  # a parser of others lets out whatever it meets in a broken file
        why = " ".join(f"{type(error).__name__}: {error}".split())[:160]
        msg = f"{path}: is broken ({why}); expected {FORMATS[name].what}: save or fetch it again."
        raise InputError(msg) from error
    if not found:
        msg = f"{path}: no text in it; expected {FORMATS[name].what}."
        raise InputError(msg)
