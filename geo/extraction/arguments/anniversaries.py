"""Date what a report only looks back on: "a year after a truck bomb killed 300", "the tenth anniversary of the raid".

Such an incident is never of the days of the news; where nothing says of when it is, its day is unknown.
"""

import re
from datetime import date, timedelta
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.temporal import calendar
from geo.extraction.temporal.calendar import UNKNOWN, DaySpan
from geo.extraction.temporal.relative_dates import COUNT_WORDS
from geo.tables import calendar_words

_OLD: Final = timedelta(days=150)  # younger dates of the sentence are those of the remembering
_NTH: Final = calendar_words("ordinal")
_ANNIVERSARY: Final = re.compile(
    rf"\b(?:(?P<nth>\d+(?:st|nd|rd|th)|{'|'.join(_NTH)})[\s-]+(?:year\s+)?)?anniversar(?:y|ies)\b"
    r"|\b(?:commemorat\w+|remembered|remembers|remembering)\b"
)
_YEARS_AFTER: Final = re.compile(
    rf"\b(?P<n>{'|'.join(sorted(COUNT_WORDS, key=len, reverse=True))}|\d+)\s+(?P<unit>years?|decades?)\s+"
    r"(?:after|since|on\s+from)\b(?!\s+(?:he|she|they|it|his|her|their)\b)"
)
_DECADE: Final = 10


def remembered_days(annotated: AnnotatedReport, mention: EventMention, today: date | None) -> DaySpan | None:
    """Say of when an incident is that its sentence looks back on; None where it looks back on nothing.

    Args:
        annotated: The report.
        mention: The first mention of the incident.
        today: The day of the report.
    """
    sentence = mention.sentence
    start = annotated.words.starts[mention.trigger.first]
    low = annotated.words.low
    after = _YEARS_AFTER.search(low, sentence.start, start)
    marked = _ANNIVERSARY.search(low, sentence.start, start)
    if (after is None and marked is None) or _has_verb_between(annotated, mention, after or marked):
        return None
    dates = within(annotated.dates, sentence.start, sentence.end)
    old = [one for one in dates if one.first and one.last and today and today - one.last > _OLD]
    if old:
        return DaySpan(old[0].first, old[0].last, old[0].precision)
    count = _years(after, marked)
    return UNKNOWN if today is None or count is None else calendar.back(today, count, "year")


def _has_verb_between(annotated: AnnotatedReport, mention: EventMention, found: re.Match[str] | None) -> bool:
    """Return whether a comma and a new clause stand between: "a year after the truce, gunmen killed two"."""
    if found is None:
        return True
    first = annotated.words.before(found.end())
    return (
        "," in annotated.tags[first : mention.trigger.first]
        and "S" not in annotated.tags[first : mention.trigger.first]
    )


def _years(after: re.Match[str] | None, marked: re.Match[str] | None) -> int | None:
    if after is not None:
        number = " ".join(after["n"].split())
        count = COUNT_WORDS.get(number) or (int(number) if number.isdigit() else None)
        return count and count * (_DECADE if after["unit"].startswith("decade") else 1)
    nth = marked["nth"] if marked else None
    return None if nth is None else _NTH.get(nth) or int(re.sub(r"\D", "", nth))
