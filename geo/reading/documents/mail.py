"""Read mails (.eml), mailboxes (.mbox) and pages saved as MHTML, with the standard library."""

import mailbox
import re
from collections.abc import Iterator
from email import message_from_binary_file, message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Final

from geo.reading.documents import html
from geo.reading.documents.document import Document, OnNote, day_or_none
from geo.reading.documents.markup import text_of

_SIGNATURE: Final = re.compile(r"^-- ?\r?$", re.MULTILINE)


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the mails of a file, or the page that it holds."""
    with path.open("rb") as file:
        begins = file.read(5)
    if begins == b"From " or path.suffix.lower() in {".mbox", ".mbx"}:
        yield from _of_mailbox(path, on_note)
        return
    with path.open("rb") as file:
        message = message_from_binary_file(file, policy=policy.default)
    if path.suffix.lower() in {".mhtml", ".mht"} or "Snapshot-Content-Location" in message:
        yield from _of_page(message, on_note)
        return
    document = _of_mail(message, on_note)
    if document is not None:
        yield document


def _of_mailbox(path: Path, on_note: OnNote) -> Iterator[Document]:
    box = mailbox.mbox(path, create=False)
    empty = 0
    try:
        for n, key in enumerate(box.keys(), 1):
            message = message_from_bytes(box.get_bytes(key), policy=policy.default)
            document = _of_mail(message, on_note, name=str(n))
            empty += document is None
            if document is not None:
                yield document
    finally:
        box.close()
    if empty:
        on_note(f"{empty} of its mails hold no text")


def _of_mail(message: EmailMessage, on_note: OnNote, *, name: str = "") -> Document | None:
    text = _body(message, on_note)
    if not text:
        return None
    sender, address = parseaddr(_header(message, "From"))
    attached = [part.get_filename() or part.get_content_type() for part in _attachments(message)]
    if attached:
        on_note(f"attachments are not read: {', '.join(attached)}; save them beside the mail")
    return Document(
        text=text,
        title=" ".join(_header(message, "Subject").split()),
        published=day_or_none(_header(message, "Date") or None),
        publisher=sender or address,
        name=name,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError):  # headers that break the rules of mail
        return ""


def _attachments(message: EmailMessage) -> list[Any]:
    try:
        return list(message.iter_attachments())
    except (AttributeError, TypeError, KeyError):
        return []


def _body(message: EmailMessage, on_note: OnNote) -> str:
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        if part is None:
            continue
        try:
            content = part.get_content()
        except (LookupError, UnicodeDecodeError, KeyError):
            content = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
        text = _plain(content) if kind == "plain" else _marked_up(content, on_note)
        if text:
            return text
    return ""


def _plain(content: str) -> str:
    signature = _SIGNATURE.search(content)
    text = content[: signature.start()] if signature else content
    return text.replace("\r\n", "\n").strip()


def _marked_up(content: str, on_note: OnNote) -> str:
    found = next(html.documents_in(content, on_note=on_note), None)
    return found.text if found is not None else text_of(content)


def _of_page(message: EmailMessage, on_note: OnNote) -> Iterator[Document]:
    """Yield the page that a browser saved: the first part of HTML."""
    url = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset() or "utf-8"
            data = payload if isinstance(payload, bytes) else b""
            try:
                page = data.decode(charset)
            except (LookupError, UnicodeDecodeError):
                page = html.decode_page(data)
            yield from html.documents_in(page, url=url, on_note=on_note)
            return
