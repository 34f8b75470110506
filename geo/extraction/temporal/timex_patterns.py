"""Define the parts of the patterns of dates; all match lower case."""

import re

from geo.tables import calendar_words

_FULL_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_MISSPELT = "|".join(calendar_words("misspelt month"))
MONTH = f"(?:{_FULL_MONTHS}|{_MISSPELT}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b\\.?)"
SHORT_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
WEEKDAY = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
DAY = r"(?:\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20)\d\d"
# A year of two digits is one only where a mark or the end follows: "3 JAN 90 --".
# A year in words: "5 November last year", "of the previous year", "of that year", "the year before".
YEAR_IN_WORDS = (
    r",?(?:\s+(?:of|in))?\s+(?:the\s+|that\s+)?(?P<year_word>last|this|previous|same|that|next|following)\s+year\b"
    r"|,?\s+(?:the|a)\s+year\s+(?P<year_end>before|earlier)\b(?!\s+\w)"
)
YEAR_AFTER = (
    rf"(?:(?:,\s*|[.]?[\s-]+)(?:of\s+)?"
    rf"(?P<y>'?{YEAR}(?![\d,]*\s*(?:people|men))|'\d\d|\d\d(?=\s*(?:[-(\])\[.,;:–—]|$)))\b|{YEAR_IN_WORDS})?"
)
YEAR_AFTER_DAY = rf"(?:(?:,\s*| )(?P<y>{YEAR})\b|{YEAR_IN_WORDS})?"  # behind "June 15"
COUNT = (
    "(?:a few|a couple of|a|an|eight|five|four|nine|one|seven|six|three|two|ten|eleven|twelve|fifteen|twenty|"
    r"several|many|recent|few|couple of|half a|some|thirty|forty|fifty|sixty|\d{1,3})"
)
UNIT = "(?P<unit>moment|minute|hour|day|night|week|fortnight|month|year|decade|centur)(?:s|y|ies)?"
PART = r"(?P<part>early|late|mid|the\s+end\s+of|the\s+beginning\s+of|the\s+start\s+of|the\s+middle\s+of)"
SEASON = "(?P<season>spring|summer|autumn|fall|winter)"
TO = r"\s*(?:-|–|—|/|to|and|or|through|until|till)\s*"
COUNTED_THINGS = (
    "(?:(?:other |more |armed )?(?:people|persons|men|women|homes|houses|civilians|soldiers|policemen|troops|police|"
    "officers|fighters|militants|rebels|gunmen|insurgents|children|others|villagers|protesters|demonstrators|workers|"
    "members|villages|families|refugees)|"
    "of (?:the|them|his|their))"
)
CLAUSE = "(?:the|a|an|his|her|their|its|he|she|they|it|that|being|taking)"  # "after the raid" leans on no date
NUMBERS = re.compile(r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/]|[.-]\d)")
_DATES = (
    rf"{DAY}{TO}{DAY} {MONTH}(?:,? {YEAR})?",
    rf"{MONTH}(?:\s*[-–/]\s*{MONTH})?(?:[,:]? {YEAR})?",
    rf"{YEAR} {MONTH}",
    rf"{DAY} {MONTH}(?:,? {YEAR})?",
    rf"{MONTH} {DAY}(?:,? {YEAR})?",
    rf"{YEAR}(?:[-/.]\d\d[-/.]|\d\d)\d\d",
    rf"\d\d?[-/.]\d\d?[-/.](?:{YEAR}|\d\d)",
)
_ABOUT = r"(?:(?:as|reported|around|about|early|late|mid|in|on|by),? )*(?:, )?"
HEADER = re.compile(rf"\s*{_ABOUT}(?:{'|'.join(_DATES)})\s*:".replace(" ", r"\s+"))
