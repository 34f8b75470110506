"""Read the day on which a report was published, in the forms that files, feeds and databases write it in."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

# The first and last day of calendars stand in databases for "never"; the press is younger, and nobody reads ahead.
YEARS: Final = range(1500, 2201)
# What programs write where they know no day.
_NOTHING: Final = frozenset({"", "nan", "nat", "none", "null", "nil", "n/a", "na", "-", "unknown"})
_LONGEST: Final = 64  # characters; what is longer is no date
_STAMP: Final = re.compile(r"\d{14}")
# Seconds, or thousandths of them, since 1970; fewer digits are a day or a year.
_SECONDS: Final = re.compile(r"-?\d{9,10}(?:\.\d+)?")
_MILLISECONDS: Final = re.compile(r"-?\d{12,13}")


def publication_day(value: object) -> date | None:
    """Take the day out of a date, with or without a time.

    Args:
        value: ISO 8601, RFC 822 (feeds), seconds or thousandths since 1970, or a date in words or numbers that
            can be read in one way only. The day is the one that stands there, in its own time zone.

    Returns:
        The day; None for null, NaN and what else says nothing.

    Raises:
        ValueError: If there is something, and it is no such day.
    """
    if isinstance(value, date):
        found = value.date() if isinstance(value, datetime) else value
    else:
        text = str(value).strip()
        if value is None or text.lower() in _NOTHING:
            return None
        found = _day(text)
    if found.year not in YEARS:
        msg = f"the year {found.year}"
        raise ValueError(msg)
    return found


def _day(text: str) -> date:
    if len(text) > _LONGEST:
        msg = "too long for a date"
        raise ValueError(msg)
    for read in (_iso, _stamp, _since_1970, _of_a_feed):
        with suppress(ValueError, OverflowError, OSError, TypeError, IndexError):
            if found := read(text):
                return found
    return _in_words(text)


def _iso(text: str) -> date:
    return datetime.fromisoformat(text).date()


def _stamp(text: str) -> date | None:
    return datetime.strptime(text, "%Y%m%d%H%M%S").date() if _STAMP.fullmatch(text) else None  # noqa: DTZ007 - a day


def _since_1970(text: str) -> date | None:
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(float(text), tz=UTC).date()
    return datetime.fromtimestamp(int(text) / 1000, tz=UTC).date() if _MILLISECONDS.fullmatch(text) else None


def _of_a_feed(text: str) -> date:
    return parsedate_to_datetime(text).date()


def _in_words(text: str) -> date:
    """Read what names a day, a month and a year, and can mean one day only: not 03/04/2020."""
    from dateutil import parser  # noqa: PLC0415 - few reports need it

    def read(**how: Any) -> date:
        moment: datetime = parser.parse(text, ignoretz=True, **how)
        return moment.date()

    try:
        # What a text leaves out would be taken from the default, so two defaults show whether it is whole.
        found = {read(dayfirst=first, default=blank) for first in (True, False) for blank in _BLANKS}
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError, ArithmeticError) as error:
        msg = "no date"
        raise ValueError(msg) from error
    if len(found) > 1:
        msg = "not one day alone"
        raise ValueError(msg)
    return found.pop()


_BLANKS: Final = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - only their days are looked at
