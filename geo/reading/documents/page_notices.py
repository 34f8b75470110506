"""Recognise web pages that hold no report: errors, requests for JavaScript, consent or an account, lists of headlines.

A short report is worth more than a page that is skipped with good reason, so a few words of text of its own are enough.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from geo.resources import read_table

FEWEST_WORDS: Final = 12  # of the text of a report
FEWEST_LINE: Final = 7  # words of a line that is a sentence; shorter ones are labels and headings
MOST_ERROR: Final = 120  # words of a page with an error; longer ones have a title that only sounds so
REASONS: Final = {
    "error": "an error page",
    "script": "a page that only asks to enable JavaScript; save it from a browser once its text is shown",
    "cookies": "a page that only asks for consent to cookies; save it after the choice",
    "subscribers": "a page for subscribers without its article; save it after logging in",
    "headlines": "looks like a list of headlines; save the articles that it links to",
}


def reason_against(titles: Iterable[str], text: str, *, teasers: bool) -> str:
    """Say why a page holds no report; empty where it may hold one.

    Args:
        titles: Of the page, and its first heading.
        text: Its main text, without teasers.
        teasers: It had some.
    """
    lines = [line for block in text.split("\n") if (line := " ".join(block.split()))]
    if len(text.split()) <= MOST_ERROR and any(map(_is_error, (*titles, *lines[:1]))):
        return REASONS["error"]
    notices = {line: kind for line in lines if (kind := _notice(line))}
    own = sum(n for line in lines if line not in notices and (n := len(line.split())) >= FEWEST_LINE)
    if own >= FEWEST_WORDS:
        return ""
    if notices:
        return REASONS[next(iter(notices.values()))]
    return REASONS["headlines"] if teasers else ""


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["words"] for row in read_table("importing/page_notices.csv") if row["kind"] == kind)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", re.sub(r"['\u2019]", "", text.lower())).split())


def _is_error(title: str) -> bool:
    """Return whether a title, or a part of it beside the name of the site, is that of an error page."""
    return any(
        _plain(part) in _words("error")
        for part in (title, *re.split(r" [|\u2013\u2014\u00b7-] |: (?=[45]\d\d\b)|\|", title))
    )


def _notice(line: str) -> str:
    """Return the kind of notice that a line is, empty for none."""
    plain = f" {_plain(line)} "
    return next(
        (kind for kind in ("script", "cookies", "subscribers") if any(f" {words} " in plain for words in _words(kind))),
        "",
    )
