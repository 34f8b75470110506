"""Hold one report as it was found in a document, before it has an id."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.errors import InputError
from geo.publication import publication_day

OnNote = Callable[[str], None]  # called with what was skipped, and why
_NUMBERS: Final = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_WHOLE_DAYS: Final[Any] = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
LARGEST_BYTES: Final = 256_000_000  # of a document; a book of pictures has less


class NoReportsError(InputError):
    """A file that can be read, and holds something else than reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text, and what its document says about it."""

    text: str  # paragraphs apart by an empty line
    title: str = ""
    published: date | None = None
    publisher: str = ""
    url: str = ""
    language: str = ""
    name: str = ""  # distinguishes it from the others of its file; empty when it is the only one
    guessed_day: bool = False  # nothing in the document confirms the day
    headings: frozenset[str] = frozenset()  # lines of `text` that are marked as headings, but for its title


def paragraphs(blocks: Iterable[str]) -> str:
    """Join blocks of text, apart by an empty line; blanks inside of them become single ones."""
    tidied = (re.sub(r"[^\S\n]+", " ", block).strip() for block in blocks)
    return "\n\n".join(block for block in tidied if block)


def day_in_any_language(value: object) -> date | None:
    """Take the day out of what a program wrote in the language of its user; numbers in two orders say nothing."""
    found = day_or_none(value)
    text = str(value or "").strip()
    if found is not None or not text or _NUMBERS.search(text):
        return found
    import dateparser  # noqa: PLC0415 - few programs write in other languages

    moment = dateparser.parse(re.sub(r"\b24:00", "00:00", text), settings=_WHOLE_DAYS)
    return moment.date() if moment else None


def day_or_none(value: object) -> date | None:
    """Take the day out of what a document says; what cannot be one says nothing."""
    try:
        return publication_day(value)
    except ValueError:
        return None
