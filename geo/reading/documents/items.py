"""Part a text that holds several reports: a daily or digest, whose items have days or titles of their own.

Only where its structure leaves no doubt: a day on a line of its own before each item, or a title and a day, or, in
what calls itself a digest, marked headings. An article with subheadings, or with a timeline in it, stays whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from geo.reading.documents.document import Document, day_or_none

_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[,.]?\s+)?"
_DAY: Final = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?,?(?:\s+\d{4})?"
    r"|[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?(?:\s+\d{4})?|\d{4}-\d\d-\d\d)"
)
_DAY_LINE: Final = re.compile(rf"(?i:{_WEEKDAY})(?P<day>{_DAY})\s*[:.]?")
_DAY_IN: Final = re.compile(rf"(?<![\w-])(?P<day>{_DAY})(?![\w-])")
_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_DIGEST: Final = re.compile(
    r"\b(?:daily (?:flash|brief\w*|news|update|report|bulletin|monitor\w*|log|highlights)"
    r"|noon briefing|in brief|round-?up|digest|incident log)\b",
    re.IGNORECASE,
)
FEWEST_WORDS: Final = 8  # of an item
FEWEST_UNMARKED: Final = 3  # items of a text in which nothing marks a heading
LONGEST_TITLE: Final = 20  # words
MOST_BEFORE: Final = 0.3  # of all words; an article has more above its timeline


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that holds something."""

    start: int
    text: str
    marked: bool  # a heading, as the document says
    day: date | None  # the line is a day
    named_day: date | None  # a heading with a day in it


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    title: str
    day: date | None


def items_of(document: Document) -> list[Document]:
    """Part a document into its items; itself where it is one report.

    The texts of the items are parts of the text of the document, to the letter.
    """
    parts = part_text(document.text, document.published, title=document.title, headings=document.headings)
    if not parts:
        return [document]
    stem = f"{document.name}." if document.name else ""
    return [
        replace(document, text=text, title=title or document.title, published=day, name=f"{stem}{n}")
        for n, (text, title, day) in enumerate(parts, 1)
    ]


def part_text(
    text: str, published: date | None, *, title: str = "", headings: frozenset[str] = frozenset()
) -> list[tuple[str, str, date | None]]:
    """Part a text.

    Args:
        text: The whole.
        published: Its own day; says the year of days without one.
        title: Its own title.
        headings: Lines that the document marks as headings.

    Returns:
        Text, title and day of each item; [] where the text is one report.
    """
    lines = [_line(found, published, headings) for found in _LINE.finditer(text)]
    for found in (
        _titled_and_dated(lines),
        _dated(lines),
        _with_days_in_titles(lines),
        _digest(lines, title, published),
    ):
        if found and _is_whole(found, text):
            return _cut(text, found)
    return []


def _line(found: re.Match[str], published: date | None, headings: frozenset[str]) -> _Line:
    text = found[0].strip()
    bare = text.lstrip("#*_ ").rstrip("*_ ")
    marked = text in headings or (text.startswith("#") and text != bare)
    match = _DAY_LINE.fullmatch(bare)
    inside = _DAY_IN.search(bare) if marked and match is None else None
    return _Line(
        found.start(),
        bare,
        marked,
        match and _day(match["day"], published),
        inside and _day(inside["day"], published),
    )


def _day(text: str, published: date | None) -> date | None:
    if not re.search(r"\d{4}", text):
        if published is None:
            return None
        text = f"{text.rstrip(',. ')} {published.year}"
    return day_or_none(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text))


def _may_be_title(line: _Line) -> bool:
    return line.marked or (len(line.text.split()) <= LONGEST_TITLE and line.text[-1:] not in ".:;,!?")


def _titled_and_dated(lines: Sequence[_Line]) -> list[_Item]:
    """Find items with a title and, on the next line, a day."""
    dated = [n for n, line in enumerate(lines) if line.day is not None]
    if not all(n and _may_be_title(lines[n - 1]) and lines[n - 1].day is None for n in dated):
        return []
    enough = 2 if all(lines[n - 1].marked for n in dated) else FEWEST_UNMARKED
    items = [_Item(lines[n - 1].start, lines[n - 1].text, lines[n].day) for n in dated]
    return items if len(items) >= enough else []


def _dated(lines: Sequence[_Line]) -> list[_Item]:
    """Find days that head what happened on them, one after the other or back in time."""
    dated = [n for n, line in enumerate(lines) if line.day is not None]
    days = [day for n in dated if (day := lines[n].day)]
    enough = 2 if all(lines[n].marked for n in dated) else FEWEST_UNMARKED
    steps = {(b > a) - (b < a) for a, b in pairwise(days)}
    if len(days) < enough or len(steps) != 1 or 0 in steps:
        return []
    following = [lines[n + 1] if n + 1 < len(lines) else None for n in dated]
    titles = [line.text if line is not None and line.marked else "" for line in following]
    return [_Item(lines[n].start, title, day) for n, title, day in zip(dated, titles, days, strict=True)]


def _with_days_in_titles(lines: Sequence[_Line]) -> list[_Item]:
    """Find marked headings that have a day in them."""
    items = [_Item(line.start, line.text, line.named_day) for line in lines if line.named_day is not None]
    return items if len(items) > 1 and len(items) >= sum(line.marked for line in lines) - 1 else []


def _digest(lines: Sequence[_Line], title: str, published: date | None) -> list[_Item]:
    """Find the marked headings of what calls itself a daily or a digest."""
    if not _DIGEST.search(title):
        return []
    items = [_Item(line.start, line.text, published) for line in lines if line.marked and line.text != title]
    return items if len(items) >= FEWEST_UNMARKED else []


def _is_whole(items: Sequence[_Item], text: str) -> bool:
    """Return whether the items are most of the text, and each has words of its own."""
    words = [len(part.split()) for part, _, _ in _cut(text, items)]
    before = len(text[: items[0].start].split())
    heads = [len(item.title.split()) for item in items]
    own = (n - head >= FEWEST_WORDS for n, head in zip(words, heads, strict=True))
    return all(own) and before <= MOST_BEFORE * (before + sum(words))


def _cut(text: str, items: Sequence[_Item]) -> list[tuple[str, str, date | None]]:
    ends = [*(item.start for item in items[1:]), len(text)]
    return [(text[item.start : end].rstrip(), item.title, item.day) for item, end in zip(items, ends, strict=True)]
