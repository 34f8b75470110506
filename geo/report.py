"""Hold one news report as it was read."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from geo.call_arguments import checked_class
from geo.errors import InputError
from geo.publication import YEARS, publication_day

_TEXTS: Final = ("id", "text", "title", "publisher", "source", "url", "language")
_HALF_A_PAIR: Final = re.compile("[\ud800-\udfff]")


@checked_class("geo.Report(id='a', text='...')")
@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One news text with what is known of it.

    `text` is the original, untouched: every offset that any room hands out counts
    code points into it.
    """

    id: str
    text: str
    title: str = ""
    published: date | None = None  # the day it was published; None when unknown
    publisher: str = ""
    source: str = ""  # the file that it came from
    url: str = ""
    language: str = ""  # BCP 47, "en"; empty when unknown

    def __post_init__(self) -> None:
        """Refuse a report that could not be traced or read.

        `published` may be given as a text or a moment too. Half a surrogate pair (an emoji that some
        program cut in two) is no character and no file can hold it: U+FFFD takes its place, one for
        one, so that offsets stay.

        Raises:
            InputError: If the id or the text is empty, or a field holds what it cannot.
        """
        for name in _TEXTS:
            value = _as_text(name, getattr(self, name))
            if not value.isascii() and _HALF_A_PAIR.search(value):
                value = _HALF_A_PAIR.sub("\ufffd", value)
            object.__setattr__(self, name, value)
        if not self.id:
            msg = "a report has an empty id; give every report a name of its own."
            raise InputError(msg)
        if not self.text.strip():
            msg = f"report {self.id!r} has no text; expected a news report."
            raise InputError(msg)
        if type(self.published) is not date or self.published.year not in YEARS:
            object.__setattr__(self, "published", _as_day(self.published, self.id))


def _as_text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if name == "text" or not isinstance(value, int | float | Path | None):
        msg = f"a report's {name} is of type {type(value).__name__}; expected a str."
        raise InputError(msg)
    return "" if value is None else str(value)


def _as_day(value: Any, report_id: str) -> date | None:
    try:
        return publication_day(value)
    except ValueError as error:
        msg = f"report {report_id!r}: published is {value!r} ({error}); expected a date such as 2024-06-18."
        raise InputError(msg) from None
