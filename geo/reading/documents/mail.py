"""Read mails (.eml), mailboxes (.mbox) and pages saved as MHTML, with the standard library."""

import mailbox
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_binary_file, message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Final

from geo.reading.documents import html
from geo.reading.documents.document import Document, NoReportsError, OnNote, day_or_none
from geo.reading.documents.items import FEWEST_WORDS
from geo.reading.documents.mail_thread import MailPart, day_of_header, part_thread, subject_says
from geo.reading.documents.markup import text_of, text_of_mail

_QUOTES: Final = "\0quotes"  # counts mails that quote others, beside the names of attachments
FEWEST_PLAIN_WORDS: Final = 40  # of a mail whose HTML is not looked at
MOST_TIMES_LONGER: Final = 3  # the HTML of a mail whose plain text is the whole of it


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
        yield from _of_page(message, path, on_note)
        return
    notes = Counter[str]()
    yield from _of_mail(message, notes)
    _say(notes, on_note, of="")


def _of_mailbox(path: Path, on_note: OnNote) -> Iterator[Document]:
    box = mailbox.mbox(path, create=False)
    notes = Counter[str]()
    empty = 0
    try:
        for n, key in enumerate(box.keys(), 1):
            message = message_from_bytes(box.get_bytes(key), policy=policy.default)
            found = _of_mail(message, notes, name=str(n))
            empty += not found
            yield from found
    finally:
        box.close()
    if empty:
        on_note(f"{empty} of its mails hold no text")
    _say(notes, on_note, of="of its mails ")


def _say(notes: Counter[str], on_note: OnNote, *, of: str) -> None:
    """Say once for all mails of a file what was left out of them."""
    quoting = notes.pop(_QUOTES, 0)
    if quoting:
        on_note(
            f"{quoting} {of}quote earlier mails, which are not read again"
            if of
            else "the mail that it answers is not read again"
        )
    if notes:
        on_note(f"attachments are not read: {', '.join(notes)}; save them beside the mail")


def _of_mail(message: EmailMessage, notes: Counter[str], *, name: str = "") -> list[Document]:
    """Read a mail: what its sender wrote, the mails that it forwards, and those that are attached."""
    subject = " ".join(_header(message, "Subject").split())
    said = subject_says(subject)
    reply = said == "reply" or (not said and bool(_header(message, "In-Reply-To")))
    thread = part_thread(_body(message), reply=reply, forward=said == "forward")
    notes[_QUOTES] += thread.quotes
    name_of, address = parseaddr(_header(message, "From"))
    day = day_or_none(_header(message, "Date") or None)
    own = Document(text=thread.own, title=subject, published=day, publisher=name_of or address, name=name)
    found = [own] if thread.own and (len(thread.own.split()) >= FEWEST_WORDS or not thread.forwarded) else []
    found += [_of_part(part, own) for part in thread.forwarded]
    for part in _attachments(message):
        attached = _attached_mail(part)
        if attached is None:
            notes[part.get_filename() or part.get_content_type()] += 1
        else:
            found += _of_mail(attached, notes)
    if len(found) == 1:
        return [replace(found[0], name=name)]
    return [replace(one, name=f"{name}.{n}" if name else str(n)) for n, one in enumerate(found, 1)]


def _of_part(part: MailPart, around: Document) -> Document:
    """Make a report of a forwarded mail; what it does not say of itself is taken from the mail around it."""
    day = day_of_header(part.date, around.published)
    return replace(
        around,
        text=part.text,
        title=part.subject or around.title,
        published=day,
        publisher=part.sender or around.publisher,
    )


def _attached_mail(part: Any) -> EmailMessage | None:
    """Return the mail that an attachment is, None when it is none."""
    if part.get_content_type() == "message/rfc822":
        payload = part.get_payload()
        return payload[0] if isinstance(payload, list) and payload else None
    if (part.get_filename() or "").lower().endswith(".eml"):
        return message_from_bytes(part.get_payload(decode=True) or b"", policy=policy.default)
    return None


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


def _body(message: EmailMessage) -> str:
    plain, marked_up = _content(message, "plain"), _content(message, "html")
    text = plain.replace("\r\n", "\n").strip()
    if marked_up and len(text.split()) < FEWEST_PLAIN_WORDS:  # at times only "open this mail in your browser"
        whole = _marked_up(marked_up)
        return whole if len(whole.split()) > MOST_TIMES_LONGER * len(text.split()) else text
    return text


def _content(message: EmailMessage, kind: str) -> str:
    """Return the text of a mail that is written plainly, or in HTML; empty when there is none."""
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        if part.get_content_charset("us-ascii") == "us-ascii":  # nothing said, or less than there is
            return html.decode_page(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
        return str(part.get_content())
    except (LookupError, UnicodeDecodeError, KeyError):
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _marked_up(content: str) -> str:
    """Write the text of a mail in HTML; where it holds other mails, all of it, with ">" before what is quoted."""
    whole = text_of_mail(content)
    thread = part_thread(whole, reply=True)
    if thread.quotes or thread.forwarded:
        return whole
    try:
        found = next(html.documents_in(content, on_note=_pass), None)
    except NoReportsError:  # a mail may be a list of headlines
        found = None
    return found.text if found is not None else text_of(content)


def _pass(note: str) -> None:
    """Say nothing: the day of a mail is in its headers."""


def _of_page(message: EmailMessage, path: Path, on_note: OnNote) -> Iterator[Document]:
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
            try:
                yield from html.documents_in(page, url=url, on_note=on_note)
            except NoReportsError as reason:
                msg = f"{path}: {reason}."
                raise NoReportsError(msg) from reason
            return
