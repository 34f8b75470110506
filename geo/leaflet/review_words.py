"""Find the words of a report that an incident's place, day, numbers and actors were taken from.

The incident table keeps what was understood, not the words that said it. Each cell is compared with
what is found in the incident's sentences: the date that gives those days, the count that gives
that number. What the sentences do not say (the day of a dateline, a place named once at the
beginning) is looked for before them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from geo.extraction.annotations import annotate
from geo.extraction.casualties.casualty_mentions import CasualtyMention
from geo.extraction.entities.actors import ActorMention
from geo.extraction.language.tokens import Words
from geo.extraction.temporal.timex import DateMention
from geo.geoparsing.toponyms import Toponym, find_toponyms
from geo.report import Report

COUNTED: Final = ("killed", "wounded")
BETWEEN: Final = "; "  # the actors of one cell

Word = tuple[int, int, str]  # start and end in code points of the report, and what the words became


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in one report."""

    report: Report
    words: Words
    toponyms: list[Toponym]
    dates: Sequence[DateMention]
    casualties: Sequence[CasualtyMention]
    actors: Sequence[ActorMention]


def read(report: Report) -> Read:
    """Find the names, dates, counts and actors of a report."""
    found = annotate(report)
    return Read(report, found.words, find_toponyms(report), found.dates, found.casualties, found.actors)


def words_of(row: Any, read: Read, spans: Sequence[tuple[int, int]]) -> list[Word]:
    """Find the words of one report that an incident was taken from.

    Args:
        row: The incident: a row of the table, as `itertuples` gives it.
        read: What was found in the report.
        spans: Start and end of the incident's sentences in it, in code points.
    """
    if not spans:
        return []
    found = [
        *_place(row, read, spans),
        *_day(row, read, spans),
        *_numbers(row, read, spans),
        *_actors(row, read, spans),
    ]
    return sorted(set(found))


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _nearest(found: Iterable[Word], spans: Sequence[tuple[int, int]]) -> list[Word]:
    """Take those in the sentences, else the last one before them, else the first one after."""
    all_found = list(found)
    within = [word for word in all_found if _inside(word[0], word[1], spans)]
    before = [word for word in all_found if word[1] <= spans[0][0]]
    return within or before[-1:] or all_found[:1]


def _place(row: Any, read: Read, spans: Sequence[tuple[int, int]]) -> list[Word]:
    stated = row.place_text
    if isinstance(stated, str):
        text = read.report.text
        within = [(text.find(stated, first, last), len(stated)) for first, last in spans]
        words = [(at, at + length, "place") for at, length in within if at >= 0]
        if words:
            return words
    meant = (t for t in read.toponyms if t.located is not None and t.located.id == row.place_id)
    return _nearest(((t.start, t.end, "place") for t in meant), spans)


def _day(row: Any, read: Read, spans: Sequence[tuple[int, int]]) -> list[Word]:
    first, last = (_date(cell) for cell in (row.date_start, row.date_end))
    if first is None:
        return []
    same = (d for d in read.dates if d.first == first and d.last in (last, None))
    exact = _nearest(((d.start, d.end, "date") for d in same), spans)
    if exact:
        return exact
    around = (d for d in read.dates if d.first and d.last and d.first <= first <= d.last)
    return [word for word in ((d.start, d.end, "date") for d in around) if _inside(word[0], word[1], spans)]


def _date(cell: Any) -> date | None:
    if pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, datetime) else cell


def _numbers(row: Any, read: Read, spans: Sequence[tuple[int, int]]) -> Iterator[Word]:
    for effect in COUNTED:
        stated = {getattr(row, f"{effect}_{end}") for end in ("min", "max")} - {pd.NA}
        for mention in read.casualties:
            if mention.effect == effect and _inside(mention.start, mention.end, spans) and _counts(mention, stated):
                yield read.words.starts[mention.who_first], read.words.ends[mention.who_stop - 1], effect


def _counts(mention: CasualtyMention, stated: set[Any]) -> bool:
    """Return whether a mention may have gone into the numbers: as one of several that were added up, or as "nobody"."""
    if not stated or mention.least is None:
        return False
    return mention.least == 0 if stated == {0} else mention.least > 0


def _actors(row: Any, read: Read, spans: Sequence[tuple[int, int]]) -> Iterator[Word]:
    for name in ("actor1", "actor2"):
        cell = getattr(row, name)
        parts = set(cell.split(BETWEEN)) if isinstance(cell, str) else set()
        for mention in read.actors:
            named = mention.name in parts or mention.text in parts or any(mention.text in part for part in parts)
            if named and _inside(mention.start, mention.end, spans):
                yield mention.start, mention.end, name
