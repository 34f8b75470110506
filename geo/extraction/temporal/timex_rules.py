"""Know the shapes in which reports tell dates, and what each of them means.

A rule is a pattern together with what it means in its `Context`. Patterns read the text in small letters and
are tried only where a word stands that one of them can begin with.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from geo.extraction.temporal import calendar
from geo.extraction.temporal.calendar import NEVER, SLIPS, UNKNOWN, Span


@dataclass(slots=True)
class Context:
    """What a date is read against."""

    today: date | None  # the day of publication, or of the dateline
    told: Span | None  # the date told before this one
    future: bool  # the clause speaks of what is to come
    year: int | None  # the only year that the text itself tells, where there is no publication day
    header: Span | None  # the month that heads the report
    header_end: int = 0  # offset at which that head ends
    told_year: Span | None = None  # the date told before this one, be it but a year


Meaning = Callable[[re.Match[str], Context], Span | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape of date and its meaning."""

    pattern: re.Pattern[str]
    meaning: Meaning
    anaphoric: bool = False  # leans on the date told before


_FULL_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_M = f"(?:{_FULL_MONTHS}|{'|'.join(SLIPS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b\\.?)"
_W = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_D = r"(?:\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
# A year of two digits is one only where a mark or the end follows: "3 JAN 90 --".
_Y = rf"(?:[,.]?[\s-]+(?:of\s+)?(?P<y>{_YEAR}(?![\d,]*\s*(?:people|men))|\d\d(?=\s*(?:[-(\])\[.,;:–—]|$)))\b)?"
_N = (
    "(?:a few|a couple of|a|an|eight|five|four|nine|one|seven|six|three|two|ten|eleven|twelve|fifteen|twenty|"
    r"several|many|recent|few|couple of|\d{1,3})"
)
_UNIT = "(?P<unit>moment|minute|hour|day|night|week|month|year|decade)s?"
_PART = r"(?P<part>early|late|mid|the\s+end\s+of|the\s+beginning\s+of|the\s+start\s+of|the\s+middle\s+of)"
_SEASON = "(?P<season>spring|summer|autumn|fall|winter)"
_TO = r"\s*(?:-|–|—|/|to|and|or|through|until|till)\s*"
_COUNTED_THINGS = "(?:people|men|women|homes|houses|civilians)"
_CLAUSE = "(?:the|a|an|his|her|their|its|he|she|they|it|that|being|taking)"  # "after the raid" leans on no date
_COUNTS = {
    "a": 1, "an": 1, "eight": 8, "five": 5, "four": 4, "nine": 9, "one": 1, "seven": 7, "six": 6, "three": 3,
    "two": 2, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "couple of": 2,
    "a couple of": 2, "few": 3, "a few": 3, "several": 6, "many": 10, "recent": 3,
}  # fmt: skip
_VAGUE = {"few", "a few", "several", "many", "recent"}
_CLOCK = frozenset({"moment", "minute", "hour"})
_NOON = 12
_HALF_YEAR = timedelta(days=183)
SLIP = timedelta(days=3)  # a day or two after publication is a slip or a plan, not the year before


def _month(name: str) -> int:
    return calendar.MONTHS[name.rstrip(".")]


def _number(text: str) -> int:
    digits = "".join(char for char in text if char.isdigit())
    return int(digits)


def _part(text: str | None) -> str:
    words = (text or "").split()
    if not words:
        return ""
    return {"end": "late", "beginning": "early", "start": "early", "middle": "mid"}.get(
        words[-2] if len(words) > 1 else "", words[0]
    )


def _nearest(context: Context, month: int, number: int | None) -> int | None:
    """Choose the year of a day or month told without one: the latest that is not to come."""
    told = context.header
    if told and told.first and told.last and told.first.month <= month <= told.last.month:
        return told.first.year
    if context.today is None:
        return context.year
    today = context.today
    when = calendar.exact(today.year, month, number or 1) or calendar.exact(today.year, month, 28)
    if when is None:
        return None
    if context.future:
        past = when < today if number else month < today.month
        ahead = calendar.exact(today.year + past, month, number or 1)
        # "Will the murderers of 16 November be punished?", asked in January, means the November gone by.
        if not (number and ahead and ahead - today > _HALF_YEAR):
            return today.year + past
    return today.year - 1 if when > today + SLIP else today.year


def _day(context: Context, day: str, month: str, year: str | None) -> date | None:
    number, name = _number(day), _month(month)
    which = calendar.full_year(int(year)) if year else _nearest(context, name, number)
    return None if which is None else calendar.exact(which, name, number)


def _or_unknown(context: Context, day: str, month: str) -> Span | None:
    """Tell a day whose year nobody knows from one that there never is."""
    possible = calendar.exact(2000, _month(month), _number(day))
    return UNKNOWN if possible and context.today is None and context.year is None else NEVER


def _one_day(found: re.Match[str], context: Context) -> Span | None:
    when = _day(context, found["d"], found["m"], found["y"])
    return calendar.day(when) if when else _or_unknown(context, found["d"], found["m"])


def _two_days(found: re.Match[str], context: Context) -> Span | None:
    """Read "20-31 December", "from 28 December to 3 January", "December 28 to January 3"."""
    groups = found.groupdict()
    last = _day(context, found["d2"], groups.get("m2") or found["m"], groups["y"])
    first = _day(context, found["d"], found["m"], groups["y"])
    if first is None or last is None:
        return _or_unknown(context, found["d"], found["m"])
    if first > last and groups.get("m2"):
        first = calendar.exact(first.year - 1, first.month, first.day) or first
    return calendar.days_between(first, last)


def _numeric(found: re.Match[str], context: Context) -> Span | None:
    """Read 3/1/2020: the day first or the month first, whichever lies nearer before publication."""
    one, two, year = int(found["a"]), int(found["b"]), calendar.full_year(int(found["y"]))
    whens = [when for when in (calendar.exact(year, two, one), calendar.exact(year, one, two)) if when]
    if not whens:
        return None
    today = context.today
    if len(set(whens)) == 1 or today is None:
        return calendar.day(whens[0]) if len(set(whens)) == 1 else calendar.days_between(*whens)
    past = [when for when in whens if when <= today]
    return calendar.day(max(past) if past else min(whens))


def _one_month(found: re.Match[str], context: Context) -> Span | None:
    groups = found.groupdict()
    number, part = _month(found["m"]), _part(groups.get("part"))
    told = groups.get("y")
    if told:
        return calendar.month(calendar.full_year(int(told.lstrip("'"))), number, part)
    how, today = groups.get("how") or "", context.today
    if how == "last" and today and number == today.month:
        return calendar.month(today.year - 1, number, part)
    ahead = Context(today, None, how == "next" or context.future, context.year, None if how else context.header)
    which = _nearest(ahead, number, None)
    if groups.get("year_word") and today:
        which = today.year - (1 if groups["year_word"] == "last" else 0)
    return UNKNOWN if which is None else calendar.month(which, number, part)


def _two_months(found: re.Match[str], context: Context) -> Span | None:
    year = found["y"] or _nearest(context, _month(found["m2"]), None)
    if year is None:
        return UNKNOWN
    last = calendar.month(int(year), _month(found["m2"]))
    before = int(year) - (_month(found["m"]) > _month(found["m2"]))
    first = calendar.month(int(found["y1"] or before), _month(found["m"]))
    return calendar.days_between(first.first or date.min, last.last or date.max)


def _since(found: re.Match[str], context: Context) -> Span | None:
    """Read "since September": from its beginning until publication."""
    groups = found.groupdict()
    begun = calendar.year(int(groups["y"])) if not groups.get("m") else _one_month(found, context)
    if begun is None or begun.first is None:
        return UNKNOWN
    return calendar.days_between(begun.first, max(context.today or begun.last or begun.first, begun.first))


def _years(found: re.Match[str], _: Context) -> Span | None:
    groups = found.groupdict()
    first, part = int(found["y"]), _part(groups.get("part"))
    second = groups.get("y2")
    if not second:
        return calendar.year(first, part)
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)  # noqa: PLR2004
    return calendar.days_between(date(first, 1, 1), date(max(first, last), 12, 31)) if last >= first else None


def _weekday(found: re.Match[str], context: Context) -> Span | None:
    number, today, how = calendar.WEEKDAYS[found["w"]], context.today, found["how"] or ""
    if today is None:
        return UNKNOWN
    if how.startswith("next") or (context.future and how != "last"):
        return calendar.day(calendar.weekday(today, number, future=True))
    when = calendar.weekday(today, number)
    return calendar.day(when - timedelta(days=7) if how == "last" and when == today else when)


def _weekdays(found: re.Match[str], context: Context) -> Span | None:
    today = context.today
    if today is None:
        return UNKNOWN
    last = calendar.weekday(today, calendar.WEEKDAYS[found["w2"]], future=context.future)
    return calendar.days_between(calendar.weekday(last, calendar.WEEKDAYS[found["w"]]), last)


def _near(shift: int, until: int | None = None) -> Meaning:
    def meaning(_: re.Match[str], context: Context) -> Span | None:
        if context.today is None:
            return UNKNOWN
        first = context.today + timedelta(days=shift)
        return (
            calendar.day(first)
            if until is None
            else calendar.days_between(first, context.today + timedelta(days=until))
        )

    return meaning


def _relative_unit(found: re.Match[str], context: Context) -> Span | None:
    """Read "last month", "this week", "next year", "over the weekend"."""
    today, how, unit = context.today, found["how"], found["unit"]
    if today is None:
        return UNKNOWN
    steps = {"last": 1, "past": 1, "previous": 1, "next": -1, "coming": -1}.get(how, 0)
    if unit == "weekend":
        return calendar.weekend(today, future=steps < 0 or context.future)
    if unit == "week":
        return calendar.week(today, -steps)
    if unit == "month":
        return calendar.month(*calendar.shift_months(today, -steps))
    return calendar.year(today.year - steps)


def _season(found: re.Match[str], context: Context) -> Span | None:
    told, today = found["y"], context.today
    if told:
        return calendar.season(int(told), found["season"])
    if today is None:
        return UNKNOWN
    span = calendar.season(today.year, found["season"])
    back = span.first is not None and (span.first > today or (found["how"] == "last" and (span.last or today) >= today))
    return calendar.season(today.year - 1, found["season"]) if back else span


def _count(text: str) -> int:
    words = " ".join(text.split())
    return _COUNTS.get(words) or int(words)


def _hours(today: date, count: int, unit: str) -> Span:
    """Mean the last so many hours; minutes are of the day itself."""
    if unit != "hour":
        return calendar.day(today)
    return calendar.days_between(today - timedelta(days=-(-count // 24)), today)


def _ago(found: re.Match[str], context: Context) -> Span | None:
    today, unit = context.today, found["unit"]
    if today is None:
        return UNKNOWN
    number = " ".join((found["n"] or "few").split())
    count = _count(number)
    if unit in _CLOCK:
        return _hours(today, count, unit)
    if unit == "decade":
        return calendar.back(today, 10 * count, "year")
    if number in _VAGUE:
        return calendar.since(today, 2 * count if unit == "day" else count, unit)
    return calendar.back(today, count, unit)


def _past_stretch(found: re.Match[str], context: Context) -> Span | None:
    """Read "over the past several months", "in recent weeks", "the last 24 hours"."""
    today, unit = context.today, found["unit"]
    if today is None:
        return UNKNOWN
    count = _count(found["n"] or "few") if found["n"] else 3
    if unit in _CLOCK:
        return _hours(today, count, unit)
    return calendar.since(today, count * (10 if unit == "decade" else 1), "year" if unit == "decade" else unit)


def _from_told(found: re.Match[str], context: Context) -> Span | None:
    """Read "the day before", "two days later", "the same day": against the date told before."""
    groups = found.groupdict()
    unit = groups.get("unit") or "day"
    told = (context.told_year if unit == "year" else None) or context.told
    how = (groups.get("how") or groups.get("end") or "").split()[-1:]
    sign = {"before": 1, "earlier": 1, "previous": 1, "prior": 1, "same": 0, "that": 0}.get("".join(how), -1)
    if told is None and context.today and sign >= 0:  # nothing that is told is later than the report
        told = calendar.day(context.today)
    if told is None or told.first is None:
        return UNKNOWN
    if unit in _CLOCK or (told.precision != "day" and unit != "year"):
        return told
    count = _count(groups["n"]) if groups.get("n") else 1
    span = calendar.back(told.first, sign * count, "day" if unit == "night" else unit)
    late = span.first is not None and context.today is not None and span.first > context.today
    return UNKNOWN if late and not context.future else span


def _weekday_from_told(found: re.Match[str], context: Context) -> Span | None:
    """Read "the following Sunday", "the previous Monday": the first one after or before the date told before."""
    told = context.told
    if told is None or told.first is None or told.last is None:
        return UNKNOWN if context.today is None else _weekday(found, context)
    number = calendar.WEEKDAYS[found["w"]]
    if found["how"] in {"previous", "prior"}:
        return calendar.day(calendar.weekday(told.first - timedelta(days=1), number))
    if found["how"] == "same":
        return calendar.day(calendar.weekday(told.last, number))
    when = calendar.weekday(told.last, number, future=True)
    return calendar.day(when)


def _clock_gmt(found: re.Match[str], context: Context) -> Span | None:
    """Read "0230 GMT on 12 January": there it may be the day before, or after, by the clocks of the place."""
    when = _day(context, found["d"], found["m"], found["y"])
    if when is None:
        return _or_unknown(context, found["d"], found["m"])
    if int(found["hour"]) < _NOON:
        return calendar.days_between(when - timedelta(days=1), when)
    return calendar.day(when)


def _rule(pattern: str, meaning: Meaning, *, anaphoric: bool = False) -> Rule:
    return Rule(re.compile(pattern.replace(" ", r"\s+")), meaning, anaphoric)


_TIME_OF_DAY = r"(?: (?:early |late )?(?:morning|afternoon|evening|night))?"
_DAY_FIRST = _rule(rf"(?P<d>{_D})(?: of)?[\s-]+(?P<m>{_M}){_Y}(?![\w])", _one_day)
_MONTH_FIRST = _rule(rf"(?P<m>{_M})\s*(?P<d>{_D})(?!\d|:\d|\.\d)(?:,? (?P<y>{_YEAR})\b)?", _one_day)
_MONTH_YEAR = _rule(rf"(?P<m>{_M})(?:,? (?:of )?|-)(?P<y>{_YEAR}|'\d\d)\b", _one_month)
_DIGITS = (
    _rule(rf"(?P<hour>[01]\d|2[0-3]):?\d\d gmt (?:on )?(?P<d>{_D})(?: of)?[\s-]+(?P<m>{_M}){_Y}(?!\w)", _clock_gmt),
    _rule(rf"(?P<y>{_YEAR})[-/](?P<m>\d\d)[-/](?P<d>\d\d)(?!\d)", lambda found, _: _iso(found)),
    _rule(r"(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4}|\d\d)(?![\d/.])", _numeric),
    _rule(rf"(?P<d>{_D}) (?P<m>{_M})(?:,? {_YEAR})?{_TO}(?P<d2>{_D}) (?P<m2>{_M}){_Y}", _two_days),
    _rule(rf"(?P<d>{_D}){_TO}(?P<d2>{_D})(?: of)? (?P<m>{_M}){_Y}", _two_days),
    _DAY_FIRST,
    _rule(rf"(?P<y>{_YEAR}) (?P<m>{_M})(?! \d)(?!\w)", _one_month),
    _rule(rf"(?P<y>{_YEAR})\s*[-–/]\s*(?P<y2>{_YEAR}|\d\d)(?![\d-])", _years),
)
_MONTH = (
    _rule(rf"(?P<m>{_M}) (?P<d>{_D}){_TO}(?P<m2>{_M}) (?P<d2>{_D})(?:,? (?P<y>{_YEAR}))?\b", _two_days),
    _rule(rf"(?P<m>{_M}) (?P<d>{_D}){_TO}(?P<d2>{_D})(?![\d:,]\d)(?:,? (?P<y>{_YEAR}))?\b", _two_days),
    _rule(rf"(?P<m>{_M})(?: (?P<y1>{_YEAR}))?{_TO}(?P<m2>{_M}) (?P<y>{_YEAR})\b", _two_months),
    _rule(rf"(?P<m>{_M})(?P<y1>)?[-–/](?P<m2>{_M})(?P<y>)?(?=\s*:)", _two_months),
    _MONTH_YEAR,
    _MONTH_FIRST,
    _rule(rf"(?P<m>{_M}): (?P<y>{_YEAR})(?=\s*:)", _one_month),
    _rule(rf"(?P<m>{_M})(?=\s*:)", _one_month),
)
_BARE = rf"(?P<m>{_M})\b(?! \d)(?:,? (?:of )?(?P<y>{_YEAR})\b|(?: of)? (?P<year_word>last|this) year)?"
_PARTS = (
    _rule(rf"{_PART}[\s-]+(?:last )?{_BARE}", _one_month),
    _rule(rf"{_PART}[\s-]+(?P<y>{_YEAR})\b", _years),
)
_EARLY = (
    *_PARTS,
    _rule(rf"(?:early|late) (?:(?P<how>last|next|this|on) )?(?P<w>{_W})\b{_TIME_OF_DAY}", _weekday),
    _rule(r"(?:early|late) last night", _near(-1)),
    _rule(r"(?:early|late) (?:today|this (?:morning|afternoon|evening))", _near(0)),
    _rule(r"(?:early|late) yesterday", _near(-1)),
)
_IN = (
    _rule(rf"\w+ (?P<m>{_M}){_TO}(?P<m2>{_M})(?:,? (?P<y>{_YEAR}))?(?P<y1>)?\b(?! \d)", _two_months),
    _rule(rf"\w+ {_BARE}", _one_month),
    _rule(
        rf"\w+ (?:the year )?(?P<y>{_YEAR})(?:{_TO}(?P<y2>{_YEAR}))?\b(?![,-]?\d| {_COUNTED_THINGS})",
        _years,
    ),
    _rule(rf"\w+ recent (?P<n>)?{_UNIT}\b", _past_stretch),
    _rule(rf"\w+ the (?:early|late) (?:morning )?hours (?:of|on) (?P<how>)?(?P<w>{_W})\b", _weekday),
    _rule(rf"\w+ (?:the )?{_SEASON} of (?P<y>{_YEAR})(?P<how>)?", _season),
)
RULES: dict[str, tuple[Rule, ...]] = {
    **dict.fromkeys(calendar.MONTHS, _MONTH),
    "early": _EARLY,
    "late": _EARLY,
    "mid": _PARTS,
    **dict.fromkeys("in during of by until from between through throughout around for".split(), _IN),
    "since": (
        _rule(rf"since (?:{_PART}[\s-]+)?(?:last )?{_BARE}", _since),
        _rule(rf"since (?:the (?:start|beginning) of )?(?P<y>{_YEAR})\b", _since),
    ),
    **dict.fromkeys(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        (
            _rule(rf"(?P<w>{_W}){_TO}(?P<w2>{_W})\b", _weekdays),
            _rule(rf"(?P<how>)?(?P<w>{_W})\b{_TIME_OF_DAY}", _weekday),
        ),
    ),
    "today": (_rule(r"today", _near(0)),),
    "tonight": (_rule(r"tonight", _near(0)),),
    "yesterday": (_rule(rf"yesterday{_TIME_OF_DAY}", _near(-1)),),
    "tomorrow": (_rule(r"tomorrow", _near(1)),),
    "overnight": (_rule(rf"overnight(?! (?:on|from|into|to|between) (?:{_W}|\d|{_M}))", _near(-1, 0)),),
    "this": (
        _rule(r"this (?:early |late |very )?(?:morning|afternoon|evening|noon|dawn)", _near(0)),
        _rule(rf"this (?P<how>)?(?P<w>{_W})\b", _weekday),
        _rule(r"(?P<how>this) (?:past )?(?P<unit>weekend|week|month|year)\b", _relative_unit),
        _rule(rf"(?P<how>this) {_BARE}", _one_month),
        _rule(rf"(?P<how>this) {_SEASON}(?P<y>)?\b", _season),
    ),
    "last": (
        _rule(r"last (?:night|evening)", _near(-1)),
        _rule(rf"last (?P<d>{_D})[\s-]+(?P<m>{_M}){_Y}(?!\w)", _one_day),
        _rule(rf"(?P<how>last) (?P<w>{_W})\b{_TIME_OF_DAY}", _weekday),
        _rule(r"(?P<how>last) (?P<unit>weekend|week|month|year)\b", _relative_unit),
        _rule(rf"last (?P<n>{_N}) {_UNIT}\b", _past_stretch),
        _rule(rf"(?P<how>last) {_BARE}", _one_month),
        _rule(rf"(?P<how>last) {_SEASON}(?P<y>)?\b", _season),
    ),
    "past": (
        _rule(rf"past (?:(?P<n>{_N}) ){_UNIT}\b", _past_stretch),
        _rule(r"(?P<how>past) (?P<unit>weekend|week|month|year)\b", _relative_unit),
    ),
    "next": (
        _rule(rf"(?P<how>next) (?P<w>{_W})\b", _weekday),
        _rule(r"(?P<how>next) (?P<unit>weekend|week|month|year)\b", _relative_unit),
        _rule(rf"(?P<how>next) {_BARE}", _one_month),
    ),
    "coming": (_rule(r"(?P<how>coming) (?P<unit>weekend|week|month|year)\b", _relative_unit),),
    "the": (
        _rule(r"the day before yesterday", _near(-2)),
        _rule(r"the day after tomorrow", _near(2)),
        *_PARTS,
        _rule(rf"the (?P<how>following|next|previous|prior|same) (?P<w>{_W})\b{_TIME_OF_DAY}",
              _weekday_from_told, anaphoric=True),
        _rule(rf"the (?P<how>past) (?P<w>{_W})\b{_TIME_OF_DAY}", _weekday),
        _rule(
            rf"the (?P<how>previous|same|following|next|prior) (?P<unit>day|night|week|month)\b"
            rf"(?! (?:of|on) (?:{_W}|\d))|the (?P<how2>previous|following|same) (?:morning|afternoon|evening)",
            _from_told,
            anaphoric=True,
        ),
        _rule(rf"the (?P<unit>day|night|week|month) (?P<end>before|after|earlier)\b(?! {_CLAUSE}\b)",
              _from_told, anaphoric=True),
        _rule(r"the (?P<how>)(?P<unit>weekend)\b(?! of)", _relative_unit),
        _rule(rf"the (?:last|past) (?:(?P<n>{_N}) )?{_UNIT}\b", _past_stretch),
    ),
    "that": (_rule(r"(?P<how>that) (?:same )?(?P<unit>day|night|week)\b", _from_told, anaphoric=True),),
    "earlier": (
        _rule(r"earlier (?:today|this (?:morning|afternoon|evening)|in the day)", _near(0)),
        _rule(r"earlier (?P<how>this) (?P<unit>week|month|year)\b", _relative_unit),
    ),
}  # fmt: skip
_COUNTED = (
    _rule(rf"(?P<n>{_N}) {_UNIT} ago\b", _ago),
    _rule(rf"(?P<n>{_N}) {_UNIT} (?P<end>earlier|later|(?:before|after)\b(?! {_CLAUSE}\b))\b",
          _from_told, anaphoric=True),
)  # fmt: skip
for _first in ("moments", "minutes", "hours", "days", "weeks", "months", "years", "decades"):
    RULES[_first] = (_rule(rf"(?P<n>)?{_UNIT} ago\b", _ago),)
for _first in {name.split()[0] for name in _COUNTS}:
    RULES[_first] = (*RULES.get(_first, ()), *_COUNTED)
DIGITS: tuple[Rule, ...] = (*_DIGITS, *_COUNTED)
_DATES = (
    rf"{_D}{_TO}{_D} {_M}(?:,? {_YEAR})?",
    rf"{_M}(?:\s*[-–/]\s*{_M})?(?:[,:]? {_YEAR})?",
    rf"{_YEAR} {_M}",
    rf"{_D} {_M}(?:,? {_YEAR})?",
    rf"{_M} {_D}(?:,? {_YEAR})?",
)
_ABOUT = r"(?:(?:as|reported|around|about|early|late|mid|in|on|by),? )*(?:, )?"
HEADER = re.compile(rf"\s*{_ABOUT}(?:{'|'.join(_DATES)})\s*:".replace(" ", r"\s+"))


def _iso(found: re.Match[str]) -> Span | None:
    when = calendar.exact(int(found["y"]), int(found["m"]), int(found["d"]))
    return calendar.day(when) if when else None
