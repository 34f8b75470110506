"""Decide on which day a web page was published, and whether the page itself says so."""

import re
from datetime import date
from typing import Final

from geo.reading.documents.document import day_or_none

_IN_METADATA: Final = (
    r"""datePublished|dateCreated|published_time|pubdate|publish[-_]?date|dc\.date|dcterms\.(?:date|created|issued)|"""
    r"""sailthru\.date|parsely-pub-date"""
)
_DAY: Final = r"""[^>]{0,200}?(\d{4}-\d{2}-\d{2})"""
_METADATA: Final = re.compile(f"(?:{_IN_METADATA}){_DAY}", re.IGNORECASE)
_TIME: Final = re.compile(rf"<time\b{_DAY}", re.IGNORECASE)
_IN_ADDRESS: Final = re.compile(r"/(\d{4})[/-]?(\d{2})[/-]?(\d{2})(?:/|-|\b)")
# Where the times of other articles stand.
_ELSEWHERE: Final = (
    "ancestor::aside or ancestor::footer or ancestor::nav or ancestor-or-self::*[contains(@class, 'related') or "
    "contains(@class, 'comment') or contains(@class, 'teaser') or contains(@class, 'most-read')]"
)


def page_day(text: str, found: date | None, url: str) -> date | None:
    """Choose the day: what was found, unless only an element `time` says it and the article's own says another.

    Args:
        text: The page.
        found: Its earliest day, as trafilatura finds it.
        url: Its address.
    """
    if found is None or found.isoformat() in _stated_by_metadata(text) | _in_address(url):
        return found
    days = {match[1] for match in _TIME.finditer(text)}
    return (_first_time(text) or found) if len(days) > 1 and found.isoformat() in days else found


def is_stated(day: date, text: str, url: str) -> bool:
    """Return whether metadata, an element `time` or the address of a page confirms a day."""
    times = {match[1] for match in _TIME.finditer(text)}
    return day.isoformat() in _stated_by_metadata(text) | times | _in_address(url)


def _stated_by_metadata(text: str) -> set[str]:
    return {match[1] for match in _METADATA.finditer(text)}


def _in_address(url: str) -> set[str]:
    return {"-".join(match.groups()) for match in _IN_ADDRESS.finditer(url)}


def _first_time(text: str) -> date | None:
    """Give the first time of the page that does not stand with other articles."""
    from lxml import etree, html  # noqa: PLC0415

    try:
        times = html.fromstring(text).xpath(f"//time[@datetime][not({_ELSEWHERE})]/@datetime")
    except (ValueError, etree.LxmlError):
        return None
    return next(filter(None, map(day_or_none, times)), None)
