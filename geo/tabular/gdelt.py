"""Know a GDELT events table by the shape of a line: it comes without a header.

Source of the columns: GDELT Event Database Codebooks 1.03 and 2.0.
"""

import re
from typing import Final

_ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_EVENT: Final = (
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
)  # fmt: skip
_PLACE: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_MENTION_CELLS: Final = 16


def _columns(place: tuple[str, ...]) -> tuple[str, ...]:
    return (
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR),
        *_EVENT,
        *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in place),
        *("DATEADDED", "SOURCEURL"),
    )


VERSION_2: Final = _columns(_PLACE)
VERSION_1: Final = _columns(tuple(part for part in _PLACE if part != "ADM2Code"))
# The files of before April 2013 have no address of a source.
NAMES_OF: Final = {len(names): names for names in (VERSION_2, VERSION_1, VERSION_1[:-1])}


def _is_event(cells: list[str]) -> bool:
    number, day, month, year = cells[:4]
    days = re.fullmatch(r"\d{8}", day) is not None
    return number.isdecimal() and days and day[:6] == month and day[:4] == year


def gdelt_names(first: list[str], second: list[str]) -> tuple[tuple[str, ...], int] | None:
    """Say which columns a table of such lines has, and how many home-made header lines stand before them.

    Args:
        first: The cells of the first line, cut at tabs.
        second: Those of the second.

    Returns:
        None when it is no GDELT events table.
    """
    names = NAMES_OF.get(len(first))
    if names is None:
        return None
    if _is_event(first):
        return names, 0
    return (names, 1) if len(second) == len(first) and _is_event(second) else None


def is_mentions(cells: list[str]) -> bool:
    """Recognise a line of GDELT's Mentions table."""
    moments = cells[1:3]
    return (
        len(cells) == _MENTION_CELLS and cells[0].isdecimal() and all(re.fullmatch(r"\d{14}", cell) for cell in moments)
    )
