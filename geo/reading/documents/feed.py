"""Read the items of RSS, Atom and RDF feeds (feedparser): the full content before the summary."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.errors import InputError
from geo.reading.documents.document import Document, OnNote, day_in_any_language
from geo.reading.documents.markup import text_of


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the items of a feed, each with its own day."""
    import feedparser  # noqa: PLC0415 - few inputs are feeds

    parsed = feedparser.parse(path.read_bytes())
    if not parsed.entries:
        why = f" ({' '.join(str(parsed.bozo_exception).split())})" if parsed.get("bozo") else ""
        msg = f"{path}: no items in this feed{why}; expected RSS or Atom."
        raise InputError(msg)
    summaries = empty = 0
    for n, entry in enumerate(parsed.entries, 1):
        full = "\n".join(part.get("value") or "" for part in entry.get("content") or ())
        text = text_of(full) or text_of(entry.get("summary") or "")
        if not text:
            empty += 1
            continue
        summaries += not text_of(full)
        yield Document(
            text=text,
            title=" ".join((entry.get("title") or "").split()),
            published=day_in_any_language(entry.get("published") or entry.get("issued") or entry.get("updated")),
            publisher=_publisher(entry, parsed.feed),
            url=entry.get("link") or "",
            language=_language(entry, parsed.feed),
            name=str(n),
        )
    if summaries:
        on_note(f"{summaries} of its items have a summary alone, which is read")
    if empty:
        on_note(f"{empty} of its items hold no text")


def _publisher(entry: Any, feed: Any) -> str:
    source = entry.get("source") or {}
    return str(source.get("title") or feed.get("title") or "")


def _language(entry: Any, feed: Any) -> str:
    content = (entry.get("content") or [{}])[0]
    return str(content.get("language") or feed.get("language") or "")
