"""Read days as people and spreadsheets write them in a column of a table."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

_NUMBERS: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
# Spreadsheets write the month first in the United States alone, the day first nearly everywhere else.
DAY_FIRST, MONTH_FIRST = "day first", "month first"
MONTHS: Final = 12


def order_of(columns: Iterable[Iterable[Any]]) -> str | None:
    """Find out which number of 3/12/2020 is the month, from all days of a table: 13 can be none.

    Args:
        columns: Cells of every column of days; one program wrote them all.

    Returns:
        `DAY_FIRST` or `MONTH_FIRST`; None where nothing shows it, or both are shown.
    """
    shown = set()
    for cells in columns:
        for cell in cells:
            found = _NUMBERS.fullmatch(cell.strip()) if isinstance(cell, str) else None
            if found and found[2] != ".":
                first, second = int(found[1]), int(found[3])
                shown |= {DAY_FIRST} if first > MONTHS else {MONTH_FIRST} if second > MONTHS else set()
    return shown.pop() if len(shown) == 1 else None


def day_in(text: str, order: str | None) -> date:
    """Read one day.

    Args:
        text: ISO 8601 with or without a time, 12.3.2020, or 3/12/2020 where the order is known.
        order: As `order_of` gives it.

    Raises:
        ValueError: If it is no day, or may be two.
    """
    bare = text.strip()
    found = _NUMBERS.fullmatch(bare)
    if not found:
        return datetime.fromisoformat(bare.replace("/", "-")).date()
    first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    order = DAY_FIRST if mark == "." else order
    if order is None and first != second:
        msg = "day and month cannot be distinguished"
        raise ValueError(msg)
    day, month = (first, second) if order == DAY_FIRST else (second, first)
    return date(year, month, day)
