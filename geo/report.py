"""Hold one news report as it was read."""

import re
from dataclasses import dataclass
from datetime import date

from geo.errors import InputError

_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One news text with what is known of it.

    `text` is the original, untouched: every offset that any room hands out counts
    code points into it.
    """

    id: str
    text: str
    title: str = ""
    published: date | None = None  # the day it was published; None when nobody says
    publisher: str = ""
    source: str = ""  # the file that it came from
    url: str = ""
    language: str = ""  # BCP 47, "en"; empty when nobody says

    def __post_init__(self) -> None:
        """Refuse a report that could not be traced or read.

        Half a surrogate pair (an emoji that some program cut in two) is no character and no file can hold
        it: U+FFFD takes its place, one for one, so that offsets stay.

        Raises:
            InputError: If the id or the text is empty.
        """
        for name in ("id", "text", "title", "publisher", "source", "url", "language"):
            value = getattr(self, name)
            if not value.isascii() and _HALF_A_PAIR.search(value):
                object.__setattr__(self, name, _HALF_A_PAIR.sub("\ufffd", value))
        if not self.id:
            msg = "a report has an empty id; give every report a name of its own."
            raise InputError(msg)
        if not self.text.strip():
            msg = f"report {self.id!r} has no text; expected a news report."
            raise InputError(msg)
