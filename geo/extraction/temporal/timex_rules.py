"""Define the forms in which reports write dates: patterns, each with its meaning.

Patterns read the text in small letters and are tried only where a word stands that one of them can begin with.
"""

import re
from dataclasses import dataclass

from geo.extraction.temporal import calendar
from geo.extraction.temporal.anaphoric_dates import (
    read_before_what_follows,
    read_from_last_date,
    read_same_day,
    read_weekday_from_last_date,
)
from geo.extraction.temporal.calendar_dates import (
    Meaning,
    read_century,
    read_clock_gmt,
    read_compact,
    read_decade,
    read_iso,
    read_numeric,
    read_one_day,
    read_one_month,
    read_share,
    read_two_days,
    read_two_months,
    read_years,
)
from geo.extraction.temporal.feasts import feast_pattern, first_words, read_feast
from geo.extraction.temporal.relative_dates import (
    COUNT_WORDS,
    days_from_today,
    read_ago,
    read_last_years_day,
    read_night_to,
    read_ordinal,
    read_part_of_unit,
    read_past_stretch,
    read_relative_unit,
    read_season,
    read_since,
    read_week_before,
    read_week_of,
    read_weekday,
    read_weekday_of_week,
    read_weekdays,
    read_weekdays_back,
)
from geo.extraction.temporal.timex_patterns import (
    CLAUSE,
    COUNT,
    COUNTED_THINGS,
    DAY,
    MONTH,
    NUMBERS,
    PART,
    SEASON,
    SHORT_MONTH,
    TO,
    UNIT,
    WEEKDAY,
    YEAR,
    YEAR_AFTER,
    YEAR_AFTER_DAY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateRule:
    """A shape of date and its meaning."""

    pattern: re.Pattern[str]
    meaning: Meaning
    anaphoric: bool = False  # relative to the date before


def _rule(pattern: str, meaning: Meaning, *, anaphoric: bool = False) -> DateRule:
    return DateRule(re.compile(pattern.replace(" ", r"\s+")), meaning, anaphoric)


_TO_DAY = r"\s*(?:-|–|—|/|to|and|or|through|until|till|into)\s*(?:(?:late|early)\s+)?(?:on\s+)?"
_WEEK_OF = "the (?P<unit>week|weekend) (?P<how>of|ending|to|beginning|starting)(?: on)?"
_NTHS = "first|second|third|fourth|1st|2nd|3rd|4th"
_TIME_OF_DAY = r"(?: (?:early |late )?(?:morning|afternoon|evening|night))?"
_ALSO = rf"(?:\s*,\s*{DAY})*(?:\s*,)?"  # days between the first and the last of a list
_DAY_FIRST = _rule(rf"(?P<d>{DAY})(?: of)?[\s-]+(?P<m>{MONTH}){YEAR_AFTER}(?![\w])", read_one_day)
_MONTH_FIRST = _rule(rf"(?P<m>{MONTH})\s*(?P<d>{DAY})(?!\d|:\d|\.\d){YEAR_AFTER_DAY}", read_one_day)
_MONTH_YEAR = _rule(rf"(?P<m>{MONTH})(?:,? (?:of )?|-)(?P<y>{YEAR}|'\d\d)\b", read_one_month)
_DIGITS = (
    _rule(
        rf"(?P<hour>[01]\d|2[0-3]):?\d\d gmt (?:on )?(?P<d>{DAY})(?: of)?[\s-]+(?P<m>{MONTH}){YEAR_AFTER}(?!\w)",
        read_clock_gmt,
    ),
    _rule(rf"(?P<y>{YEAR})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)", lambda found, _: read_iso(found)),
    DateRule(NUMBERS, read_numeric),
    _rule(r"(?P<y>(?:19|20)\d\d)(?P<mm>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d|[.,]\d)", read_compact),
    _rule(rf"(?P<d>[0-3]\d)(?:[0-2]\d[0-5]\d)?[a-z]?\s*(?P<m>{SHORT_MONTH})\s*(?P<y>{YEAR}|\d\d)\b", read_compact),
    _rule(
        rf"(?P<d>{DAY}) (?P<m>{MONTH})(?:,? {YEAR})?{_ALSO}{TO}(?P<d2>{DAY}) (?P<m2>{MONTH}){YEAR_AFTER}",
        read_two_days,
    ),
    _rule(rf"(?P<d>{DAY}){_ALSO}{TO}(?P<d2>{DAY})(?: of)? (?P<m>{MONTH}){YEAR_AFTER}", read_two_days),
    _DAY_FIRST,
    _rule(rf"(?P<y>{YEAR}) (?P<m>{MONTH})(?! \d)(?!\w)", read_one_month),
    _rule(rf"(?P<y>{YEAR})\s*[-–/]\s*(?P<y2>{YEAR}|\d\d)(?![\d-])", read_years),
)
_MONTH = (
    _rule(
        rf"(?P<m>{MONTH}) (?P<d>{DAY}){_ALSO}{TO}(?P<m2>{MONTH}) (?P<d2>{DAY})\b{YEAR_AFTER_DAY}",
        read_two_days,
    ),
    _rule(
        rf"(?P<m>{MONTH}) (?P<d>{DAY}){_ALSO}{TO}(?P<d2>{DAY})(?![\d:]|,\d\d\d\b(?!\d))\b"
        rf"(?! {COUNTED_THINGS}){YEAR_AFTER_DAY}",
        read_two_days,
    ),
    _rule(rf"(?P<m>{MONTH})(?: (?P<y1>{YEAR}))?{TO}(?P<m2>{MONTH}) (?P<y>{YEAR})\b", read_two_months),
    _rule(rf"(?P<m>{MONTH})(?P<y1>)?[-–/](?P<m2>{MONTH})(?P<y>)?(?=\s*:)", read_two_months),
    _MONTH_YEAR,
    _MONTH_FIRST,
    _rule(rf"(?P<m>{MONTH}): (?P<y>{YEAR})(?=\s*:)", read_one_month),
    _rule(rf"(?P<m>{MONTH})(?=\s*:)", read_one_month),
)
_BARE = rf"(?P<m>{MONTH})\b(?! \d{{1,3}}\b)(?:,? (?:of )?(?P<y>{YEAR})\b|(?: of)? (?P<year_word>last|this) year)?"
_PARTS = (
    _rule(rf"{PART}[\s-]+(?P<y>(?:{YEAR})(?=s)|'?\d0(?=s))s\b", read_decade),
    _rule(rf"{PART}[\s-]+(?P<how>last )?{_BARE}", read_one_month),
    _rule(rf"{PART}[\s-]+(?P<y>{YEAR})\b", read_years),
)
# "A 1996 siege", "his 2014 attack".
_YEAR_OF = _rule(rf"\w+ (?P<y>(?:19|20)\d\d)(?P<y2>)(?=(?: |-)[a-z])(?! {COUNTED_THINGS})", read_years)
_PART_OF = (_rule(rf"{PART} (?P<how>this|last|the) (?P<unit>month|year)\b", read_part_of_unit),)
_EARLY = (
    *_PARTS,
    *_PART_OF,
    _rule(
        rf"(?:early|late) (?:on )?(?P<w>{WEEKDAY})\b{_TIME_OF_DAY}{_TO_DAY}(?P<w2>{WEEKDAY})\b{_TIME_OF_DAY}",
        read_weekdays,
    ),
    _rule(rf"(?:early|late) (?:(?P<how>last|next|this|on) )?(?P<w>{WEEKDAY})\b{_TIME_OF_DAY}", read_weekday),
    _rule(r"(?:early|late) last night", days_from_today(-1)),
    _rule(r"(?:early|late) (?:today|this (?:morning|afternoon|evening))", days_from_today(0)),
    _rule(r"(?:early|late) yesterday", days_from_today(-1)),
)
_IN = (
    _rule(rf"\w+ (?P<m>{MONTH}){TO}(?P<m2>{MONTH})(?:,? (?P<y>{YEAR}))?(?P<y1>)?\b(?! \d)", read_two_months),
    _rule(rf"\w+ {_BARE}", read_one_month),
    _rule(rf"\w+ the (?P<part>)(?P<y>(?:{YEAR})(?=s)|'\d0(?=s))s\b", read_decade),
    _rule(r"\w+ the (?:early |late |mid-?)?(?P<c>\d{1,2})(?:st|nd|rd|th)[ -]century", read_century),
    _rule(
        rf"\w+ (?:the year )?(?P<y>{YEAR})(?:{TO}(?P<y2>{YEAR}))?\b(?![,-]?\d| (?:people|men|women|homes|houses)\b)",
        read_years,
    ),
    _rule(rf"\w+ recent (?P<n>)?{UNIT}\b", read_past_stretch),
    _rule(rf"\w+ the (?:early|late) (?:morning )?hours (?:of|on) (?P<how>)?(?P<w>{WEEKDAY})\b", read_weekday),
    _rule(rf"\w+ (?:the )?{SEASON} (?:of )?(?P<y>{YEAR})(?P<how>)?", read_season),
)
RULES: dict[str, tuple[DateRule, ...]] = {
    **dict.fromkeys(calendar.MONTHS, _MONTH),
    **dict.fromkeys(calendar.SEASONS, (_rule(rf"{SEASON},? (?:of )?(?P<y>{YEAR})\b(?P<how>)?", read_season),)),
    "early": _EARLY,
    "late": _EARLY,
    "mid": _PARTS,
    **dict.fromkeys("in during of by until from between through throughout around for".split(), _IN),
    "since": (
        _rule(rf"since (?:{PART}[\s-]+)?(?:(?P<how>last) )?{_BARE}", read_since),
        _rule(rf"since (?P<d>{DAY})(?: of)?[\s-]+(?P<m>{MONTH}){YEAR_AFTER}(?!\w)", read_since),
        _rule(rf"since (?P<m>{MONTH}) (?P<d>{DAY})\b{YEAR_AFTER_DAY}", read_since),
        _rule(rf"since (?:late |early )?(?:(?P<how>last) )?(?P<w>{WEEKDAY})\b{_TIME_OF_DAY}", read_since),
        _rule(rf"since (?:the (?:start|beginning) of )?(?P<y>{YEAR})\b", read_since),
    ),
    **dict.fromkeys(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        (
            _rule(rf"(?P<w>{WEEKDAY})\b{_TIME_OF_DAY},? (?:of )?(?P<how>last|this|next) week\b", read_weekday_of_week),
            _rule(rf"(?P<w>{WEEKDAY})\b{_TIME_OF_DAY},? (?P<n>{COUNT}) weeks? ago\b", read_weekday_of_week),
            _rule(rf"(?P<w>{WEEKDAY}) before last\b", read_weekdays_back),
            _rule(
                rf"(?P<w>{WEEKDAY})\b{_TIME_OF_DAY}(?:, ?{WEEKDAY})*,?{_TO_DAY}(?P<w2>{WEEKDAY})\b{_TIME_OF_DAY}",
                read_weekdays,
            ),
            _rule(rf"(?P<w>{WEEKDAY}) (?P<how>last)\b(?! (?:week|month|year|night))", read_weekday),
            _rule(rf"(?P<how>)?(?P<w>{WEEKDAY})\b{_TIME_OF_DAY}", read_weekday),
        ),
    ),
    "today": (_rule(r"today", days_from_today(0)),),
    "tonight": (_rule(r"tonight", days_from_today(0)),),
    "yesterday": (_rule(rf"yesterday{_TIME_OF_DAY}", days_from_today(-1)),),
    "tomorrow": (_rule(r"tomorrow", days_from_today(1)),),
    "on": (
        _rule(r"on the (?P<d>\d{1,2})(?:st|nd|rd|th)(?: of (?:the |that )?(?P<how>this|last|previous|same|that) month)?"
              r"(?=\s*(?:[,.;:)]|$))", read_ordinal),
    ),
    "overnight": (
        _rule(rf"overnight (?:from |between |on )?(?P<w>{WEEKDAY}){_TO_DAY}(?P<w2>{WEEKDAY})\b", read_weekdays),
        _rule(rf"overnight (?:in)?to (?P<how>)?(?P<w>{WEEKDAY})\b", read_night_to),
        _rule(rf"overnight(?! (?:(?:on|from|into|to|between) )?(?:{WEEKDAY}|\d|{MONTH}))", days_from_today(-1, 0)),
    ),
    "this": (
        _rule(r"this (?:early |late |very )?(?:morning|afternoon|evening|noon|dawn)", days_from_today(0)),
        _rule(rf"this (?P<how>)?(?P<w>{WEEKDAY})\b", read_weekday),
        _rule(r"(?P<how>this) (?:past )?(?P<unit>weekend|week|month|year)\b", read_relative_unit),
        _rule(rf"(?P<how>this) {_BARE}", read_one_month),
        _rule(rf"(?P<how>this) {SEASON}(?P<y>)?\b", read_season),
    ),
    "last": (
        _rule(r"last (?:night|evening)", days_from_today(-1)),
        _rule(rf"last year(?:'s|,? on)? (?P<d>{DAY})(?: of)?[\s-]+(?P<m>{MONTH})\b", read_last_years_day),
        _rule(rf"last year(?:'s|,? on)? (?P<m>{MONTH}) (?P<d>{DAY})\b", read_last_years_day),
        _rule(rf"(?P<how>last) week(?:'s|,? (?:on )?|,? on) ?(?P<w>{WEEKDAY})\b{_TIME_OF_DAY}", read_weekday_of_week),
        _rule(rf"last (?P<d>{DAY})[\s-]+(?P<m>{MONTH}){YEAR_AFTER}(?!\w)", read_one_day),
        _rule(rf"(?P<how>last) (?P<w>{WEEKDAY})\b{_TIME_OF_DAY}", read_weekday),
        _rule(r"(?P<how>last) (?P<unit>weekend|week|month|year)\b", read_relative_unit),
        _rule(rf"last (?P<n>{COUNT}) {UNIT}\b", read_past_stretch),
        _rule(rf"(?P<how>last) {_BARE}", read_one_month),
        _rule(rf"(?P<how>last) {SEASON}(?P<y>)?\b", read_season),
    ),
    "past": (
        _rule(rf"past (?:(?P<n>{COUNT}) ){UNIT}\b", read_past_stretch),
        _rule(r"(?P<how>past) (?P<unit>weekend|week|month|year)\b", read_relative_unit),
    ),
    "next": (
        _rule(rf"(?P<how>next) (?P<w>{WEEKDAY})\b", read_weekday),
        _rule(r"(?P<how>next) (?P<unit>weekend|week|month|year)\b", read_relative_unit),
        _rule(rf"(?P<how>next) {_BARE}", read_one_month),
    ),
    "coming": (_rule(r"(?P<how>coming) (?P<unit>weekend|week|month|year)\b", read_relative_unit),),
    "the": (
        _rule(r"the (?P<unit>same) time\b", read_same_day, anaphoric=True),
        _rule(r"the day before yesterday", days_from_today(-2)),
        _rule(r"the day after tomorrow", days_from_today(2)),
        *_PARTS,
        _rule(rf"the (?P<nth>{_NTHS}|last) (?P<share>half|third|quarter|week) of {_BARE}", read_share),
        _rule(rf"the (?P<nth>{_NTHS}|last) (?P<share>half|third|quarter) of (?P<y>{YEAR})\b", read_share),
        _rule(rf"{_WEEK_OF} (?P<d>{DAY})(?: of)?[\s-]+(?P<m>{MONTH}){YEAR_AFTER}", read_week_of),
        _rule(rf"{_WEEK_OF} (?P<m>{MONTH}) (?P<d>{DAY})\b{YEAR_AFTER_DAY}", read_week_of),
        _rule(rf"the (?P<part>)(?P<y>(?:{YEAR})(?=s)|'\d0(?=s))s\b", read_decade),
        _YEAR_OF,
        *_PART_OF,
        _rule(r"the (?P<c>\d{1,2})(?:st|nd|rd|th)[ -]century", read_century),
        _rule(rf"the (?P<w>{WEEKDAY}) before last\b", read_weekdays_back),
        _rule(rf"the (?P<how>following|next|previous|prior|same) (?P<w>{WEEKDAY})\b{_TIME_OF_DAY}",
              read_weekday_from_last_date, anaphoric=True),
        _rule(rf"the (?P<how>past) (?P<w>{WEEKDAY})\b{_TIME_OF_DAY}", read_weekday),
        _rule(
            rf"the (?P<how>previous|same|following|next|prior) (?P<unit>day|night|week|month)\b"
            rf"(?! (?:of|on) (?:{WEEKDAY}|\d))|the (?P<how2>previous|following|same) (?:morning|afternoon|evening)",
            read_from_last_date,
            anaphoric=True,
        ),
        _rule(rf"the (?P<unit>day|night|week|month) (?P<end>before|after|earlier)\b(?! {CLAUSE}\b)",
              read_from_last_date, anaphoric=True),
        _rule(r"the (?P<how>)(?P<unit>weekend)\b(?! of)", read_relative_unit),
        _rule(rf"the (?:last|past) (?:(?P<n>{COUNT}) )?{UNIT}\b", read_past_stretch),
    ),
    "that": (_rule(r"(?P<how>that) (?:same )?(?P<unit>day|night|week)\b", read_from_last_date, anaphoric=True),),
    "earlier": (
        _rule(r"earlier (?:today|this (?:morning|afternoon|evening))", days_from_today(0)),
        _rule(r"earlier (?P<how>that|in the) (?:same )?(?P<unit>day)\b", read_same_day, anaphoric=True),
        _rule(r"earlier (?P<how>this) (?P<unit>week|month|year)\b", read_relative_unit),
    ),
}  # fmt: skip
_COUNTED = (
    _rule(rf"(?P<n>{COUNT}) (?P<w>{WEEKDAY})s ago\b", read_weekdays_back),
    _rule(rf"a week ago,? (?:on |last )?(?P<w>{WEEKDAY})\b", read_week_before),
    _rule(rf"(?P<n>{COUNT}) weeks? ago,? on (?P<w>{WEEKDAY})\b", read_weekday_of_week),
    _rule(rf"(?P<n>{COUNT}) {UNIT} ago\b", read_ago),
    _rule(rf"(?P<n>{COUNT}) {UNIT} after(?= [\w'\"])", read_before_what_follows, anaphoric=True),
    _rule(rf"(?P<n>{COUNT}) {UNIT} (?P<end>earlier|later|(?:before|after)\b(?! {CLAUSE}\b))\b",
          read_from_last_date, anaphoric=True),
)  # fmt: skip
for _first in ("moments", "minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries"):
    RULES[_first] = (_rule(rf"(?P<n>)?{UNIT} ago\b", read_ago),)
for _first in ("moments", "minutes", "hours"):
    RULES[_first] += (
        _rule(
            rf"(?P<unit>{_first}) (?:earlier|later|(?:before|after)\b(?! {CLAUSE}\b))\b", read_same_day, anaphoric=True
        ),
    )
for _first in {"half", *(name.split()[0] for name in COUNT_WORDS)}:
    RULES[_first] = (*RULES.get(_first, ()), *_COUNTED)
_FEAST = _rule(rf"(?P<how>)(?P<feast>{feast_pattern()})(?![\w/]){YEAR_AFTER_DAY}", read_feast)
_LAST_FEAST = _rule(rf"(?P<how>last|this|next) (?P<feast>{feast_pattern()})(?![\w/])(?P<y>)", read_feast)
for _first in first_words() - {"9"}:
    RULES[_first] = (_FEAST, *RULES.get(_first, ()))
for _first in ("a", "an", "his", "her", "its", "their"):
    RULES[_first] = (*RULES.get(_first, ()), _YEAR_OF)
for _first in ("last", "this", "next"):
    RULES[_first] = (_LAST_FEAST, *RULES[_first])
DIGITS: tuple[DateRule, ...] = (*_DIGITS, _FEAST, *_COUNTED)
