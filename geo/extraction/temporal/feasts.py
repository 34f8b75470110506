"""Compute on which days feasts fall: Easter, Eid al-Fitr, Thanksgiving, Christmas Eve.

The names stand in data/language/feasts.csv. What moves with the moon or the week is looked up in the package
`holidays`, which is imported only when a report names such a feast.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from geo.extraction.temporal.calendar import NEVER, UNKNOWN, DaySpan
from geo.extraction.temporal.calendar_dates import SLIP, DateContext, stated_year
from geo.memo import remember
from geo.resources import read_table

_LANGUAGE = {"GB": None, "IN": "en_IN"}  # `holidays` gives English names in en_US elsewhere
_EARLIEST, _LATEST = 1900, 2077  # years for which the tables of the moon hold
_LEADS = re.compile(r"\b(?:on|at|over|during|since|last|this|around|before|after|until|by|next|celebrating)\s+$")
_LEAD_REACH = 24


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast, and how its day is found."""

    fixed: str  # month and day, 12-24, or a whole date; "" for a movable one
    calendar: str  # ISO 3166-1 code of the calendar of `holidays`
    holiday: str  # its name there
    shift: int  # days from that holiday
    days: int
    needs_lead: bool

    def in_year(self, year: int) -> DaySpan | None:
        """Give its days in a year; None where nobody can say."""
        first = self._first(year)
        if first is None:
            return None
        last = first + timedelta(days=self.days - 1)
        return DaySpan(first, last, "day" if first == last else "range")

    def _first(self, year: int) -> date | None:
        if self.fixed:
            stated = self.fixed if self.fixed.count("-") > 1 else f"{year}-{self.fixed}"
            return date.fromisoformat(stated)
        if not _EARLIEST <= year <= _LATEST:
            return None
        day = _holidays((self.calendar, year)).get(self.holiday)
        return day + timedelta(days=self.shift) if day else None


@cache
def feasts() -> Mapping[str, Feast]:
    """Read the feasts, by their names in small letters."""
    return {
        row["phrase"]: Feast(
            row["fixed"], row["calendar"], row["holiday"], int(row["shift"]), int(row["days"]), bool(row["needs_lead"])
        )
        for row in read_table("language/feasts.csv")
    }


@remember
def _holidays(country_year: tuple[str, int]) -> dict[str, date]:
    """Return the first day of each holiday of a country's year, by name."""
    import holidays  # noqa: PLC0415 - a tenth of a second, for reports that name a feast

    code, year = country_year
    found: dict[str, date] = {}
    days = holidays.country_holidays(code, years=year, language=_LANGUAGE.get(code, "en_US"))
    for day, names in sorted(days.items()):
        for name in [names, *names.split("; ")]:
            found.setdefault(name.removesuffix(" (estimated)"), day)
    return found


def read_feast(found: re.Match[str], context: DateContext) -> DaySpan | None:
    """Read "Easter Sunday", "last Christmas", "Thanksgiving 2013": the latest one, or that of the year given."""
    feast = feasts()[re.sub(r"\s+", " ", found["feast"].replace("\u2019", "'"))]
    before = found.string[max(0, found.start() - _LEAD_REACH) : found.start()]
    if feast.needs_lead and not found["how"] and not _LEADS.search(before):
        return None
    year = stated_year(found, context)
    if year is not None:
        return feast.in_year(year) or UNKNOWN
    if context.today is None:
        return UNKNOWN if context.year is None else feast.in_year(context.year) or UNKNOWN
    ahead = found["how"] == "next" or context.future
    return _nearest(feast, context.today, ahead=ahead) or NEVER


def _nearest(feast: Feast, today: date, *, ahead: bool) -> DaySpan | None:
    """Return the latest such feast that has begun, or the next one that has not."""
    spans = [span for year in range(today.year - 1, today.year + 2) if (span := feast.in_year(year)) and span.first]
    begun = [span for span in spans if span.first and span.first <= (today if ahead else today + SLIP)]
    coming = [span for span in spans if span not in begun]
    if ahead and coming:
        return coming[0]
    return begun[-1] if begun else None


def feast_pattern() -> str:
    """Return a pattern of all names of feasts, the longest first; an apostrophe may be straight or curly."""
    names = sorted(feasts(), key=len, reverse=True)
    return "|".join(re.escape(name).replace("\\ ", r"\s+").replace("'", "['\u2019]") for name in names)


def first_words() -> set[str]:
    """Return the words with which names of feasts begin, as reports are cut into words."""
    return {re.split(r"[\s'/-]", name)[0] for name in feasts()}
