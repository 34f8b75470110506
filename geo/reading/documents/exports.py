"""Read exports in JSON: ReliefWeb's API, Telegram's `result.json`, X's `tweets.js`, lists of objects with a text."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from geo.errors import InputError
from geo.reading.decoding import decode
from geo.reading.documents.document import Document, NoReportsError, OnNote, day_or_none, paragraphs
from geo.reading.documents.markup import text_of
from geo.reading.documents.tables import of_record
from geo.tabular.headers import long_text_column
from geo.tabular.records import objects_in

_ASSIGNED: Final = re.compile(r"\s*(?:window\.)?[\w.\[\]\"']+\s*=\s*(?=[\[{])")
_SHORT_LINK: Final = re.compile(r"(?:\s*https?://t\.co/\w+)+\s*$")


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the reports of an export, whichever it is.

    Raises:
        InputError: If it is none that geo knows.
    """
    text = decode(path.read_bytes(), path)
    assigned = _ASSIGNED.match(text)
    try:
        content = json.loads(text[assigned.end() :].rstrip("; \r\n") if assigned else text)
    except (ValueError, RecursionError) as error:
        msg = f"{path}: is not complete JSON ({error}); fetch or save it again."
        raise InputError(msg) from None
    read = next((read for suits, read in _KINDS if suits(content)), None)
    if read is None:
        msg = f"{path}: this JSON holds neither reports nor incidents that geo knows; expected objects with a text."
        raise NoReportsError(msg)
    empty = 0
    for document in read(content):
        empty += document is None
        if document is not None:
            yield document
    if empty:
        on_note(f"{empty} of its entries hold no text")


def _is_telegram(content: Any) -> bool:
    return isinstance(content, dict) and ("messages" in content or "chats" in content)


def _telegram(content: Mapping[str, Any]) -> Iterator[Document | None]:
    chats = (
        [content]
        if "messages" in content
        else [c for c in (content["chats"] or {}).get("list", ()) if isinstance(c, dict)]
    )
    for chat in chats:
        for message in chat.get("messages") or ():
            parts = message.get("text") or ""
            pieces = (
                [parts] if isinstance(parts, str) else [p if isinstance(p, str) else p.get("text", "") for p in parts]
            )
            text = paragraphs("".join(pieces).split("\n"))
            yield (
                None
                if not text
                else Document(
                    text=text,
                    published=day_or_none(message.get("date")),
                    publisher=str(chat.get("name") or message.get("from") or ""),
                    name=str(message.get("id", "")),
                )
            )


def _is_tweets(content: Any) -> bool:
    return (
        isinstance(content, list)
        and bool(content)
        and all(isinstance(t, dict) and ("tweet" in t or "full_text" in t) for t in content)
    )


def _tweets(content: Any) -> Iterator[Document | None]:
    for item in content:
        tweet = item.get("tweet", item)
        text = _SHORT_LINK.sub("", text_of(str(tweet.get("full_text") or tweet.get("text") or "")))
        yield (
            None
            if not text.strip()
            else Document(
                text=text,
                published=day_or_none(tweet.get("created_at")),
                language=_language(tweet.get("lang")),
                name=str(tweet.get("id_str") or tweet.get("id") or ""),
            )
        )


def _language(code: Any) -> str:
    """X writes "und" and its like where it does not know."""
    return code if isinstance(code, str) and re.fullmatch("[a-z]{2}", code) else ""


def _is_reliefweb(content: Any) -> bool:
    data = content.get("data") if isinstance(content, dict) else None
    return (
        isinstance(data, list)
        and bool(data)
        and all(isinstance(i, dict) and isinstance(i.get("fields"), dict) for i in data)
    )


def _reliefweb(content: Mapping[str, Any]) -> Iterator[Document | None]:
    for item in content["data"]:
        fields = item["fields"]
        text = paragraphs(re.split(r"\n\s*\n", _unmarked(str(fields.get("body") or "")))) or text_of(
            str(fields.get("body-html") or "")
        )
        days, sources, languages = (fields.get(key) or {} for key in ("date", "source", "language"))
        yield (
            None
            if not text
            else Document(
                text=text,
                title=str(fields.get("title") or ""),
                published=day_or_none(days.get("original") or days.get("created")) if isinstance(days, dict) else None,
                publisher=", ".join(str(s.get("name") or s.get("shortname")) for s in sources if isinstance(s, dict)),
                url=str(fields.get("url") or fields.get("url_alias") or ""),
                language=str(languages[0].get("code", "")) if isinstance(languages, list) and languages else "",
                name=str(item.get("id") or ""),
            )
        )


def _unmarked(markdown: str) -> str:
    """Drop the marks of Markdown that ReliefWeb's bodies have: links, emphasis, headings."""
    bare = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"(?m)^#{1,6}\s+|(\*\*|__)(?=\S)|(?<=\S)(\*\*|__)", "", bare)


def _is_records(content: Any) -> bool:
    objects = objects_in(content)
    return objects is not None and long_text_column(list(dict.fromkeys(k for o in objects[:50] for k in o))) is not None


def _records(content: Any) -> Iterator[Document | None]:
    for n, record in enumerate(objects_in(content) or (), 1):
        yield of_record({key: _text(value) for key, value in record.items() if value}, str(n))


def _text(value: Any) -> str:
    """Write a value; of an object its name, such as that of a source."""
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return str(value["name"])
    return value if isinstance(value, str) else json.dumps(value)


_KINDS: Final[tuple[tuple[Callable[[Any], bool], Callable[[Any], Iterator[Document | None]]], ...]] = (
    (_is_telegram, _telegram),
    (_is_tweets, _tweets),
    (_is_reliefweb, _reliefweb),
    (_is_records, _records),
)
