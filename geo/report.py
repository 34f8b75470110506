"""Hold one news report as it was read."""

from dataclasses import dataclass
from datetime import date

from geo.errors import InputError


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

        Raises:
            InputError: If the id or the text is empty.
        """
        if not self.id:
            msg = "a report has an empty id; give every report a name of its own."
            raise InputError(msg)
        if not self.text.strip():
            msg = f"report {self.id!r} has no text; expected a news report."
            raise InputError(msg)
