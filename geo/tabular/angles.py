"""Read degrees as people write them: decimal, or degrees, minutes and seconds with a letter of the compass."""

import re
from typing import Any, Final

import numpy as np
import pyarrow as pa

from geo.tabular.compass import meaning_in_words, with_letters
from geo.tabular.references import reference

_NUMBER: Final = r"[+-]?\d+(?:\.\d+)?"
_ANGLE: Final = re.compile(
    r"\s*(?P<before>[NSEW])?\s*(?P<sign>[+-])?\s*(?P<deg>\d{1,3}(?:[.,]\d+)?)\s*"
    r"(?:(?:°|º|deg(?:rees?)?\.?|d|\s|:|-)\s*"
    r"(?:(?P<min>\d{1,2}(?:[.,]\d+)?)\s*"
    r"(?:(?:'|′|’|´|m(?:in)?\.?|:|\s|-)\s*(?:(?P<sec>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|´´|′′|’’|s(?:ec|eg)?\.?)?)?)?)?)?"
    r"\s*(?P<after>[NSEW])?\s*",
    re.IGNORECASE,
)
_RUN_TOGETHER: Final = re.compile(
    r"(?P<deg>\d{2,3})(?P<min>\d\d)(?P<sec>\d\d(?:\.\d+)?)\s*(?P<letter>[NSEW])", re.IGNORECASE
)
# As typesetters write a minus, and figures and decimal points as Arabic and Persian write them.
_SIGNS: Final = str.maketrans("−–‐‑٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫،", "----" + 2 * "0123456789" + ".,")
_PAIR: Final = re.compile(r"^[(\[]?\s*(.+?)\s*[,;]\s*(.+?)\s*[)\]]?$")
_COMMA_PAIR: Final = re.compile(r"^[(\[]?\s*([+-]?\d+,\d+)\s*(?:[;/]|,\s|\s)\s*([+-]?\d+,\d+)\s*[)\]]?$")
_SLASH_PAIR: Final = re.compile(r"^\s*([+-]?\d+\.\d+[^/]*)/\s*([+-]?\d+\.\d+[^/]*)$")
_POINT: Final = re.compile(rf"(?i)\s*(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(\s*({_NUMBER})\s+({_NUMBER})")
# Addresses of maps: "!3d33.3!4d44.3", "@33.3,44.3", "?q=33.3,44.3", "?mlat=33.3&mlon=44.3", "#map=12/33.3/44.3".
_ADDRESSES: Final = tuple(
    re.compile(rf"(?i){before}({_NUMBER}){between}({_NUMBER})")
    for before, between in (
        (r"https?://\S*!3d", "!4d"),
        (r"https?://\S*?[?&]m?lat(?:itude)?=", r"&m?lon(?:gitude)?="),
        (r"(?:^geo:|https?://\S*?[@=/])", r"(?:,|%2C)\s*"),
        (r"https?://\S*#map=[\d.]+/", "/"),
    )
)
_LABEL: Final = re.compile(r"(?i)\b(?:lat(?:itude?)?|lon(?:g(?:itude?)?)?|lng)\b\s*[:=.]?\s*")
_O: Final = re.compile(r"(?i)(?<=[\d\s\"'°″′”’])O(?=\s*$|\s*[,;)\]])")
_KOBO: Final = re.compile(rf"^\s*({_NUMBER})\s+({_NUMBER})(?:\s+({_NUMBER}))?(?:\s+({_NUMBER}))?\s*$")


def angles(cells: list[str | None], letters: str, *, comma: bool, o_is: str | None = None) -> Any:
    """Read a column of angles, in degrees; NaN where a cell is empty or no angle.

    Args:
        cells: As they stand.
        letters: "NS" or "EW".
        comma: Whether a comma may be a decimal point.
        o_is: What O means by the names of the columns, where they say so: W or E.
    """
    try:
        return pa.array(cells, pa.string()).cast(pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:  # some cell is no plain number: look at each
        plain = np.full(len(cells), np.nan)
    west_or_east = _meaning_of_o(cells, o_is or meaning_in_words(cells)) if "W" in letters else {}
    cells = [cell and with_letters(cell) for cell in cells]
    for row, cell in enumerate(cells):
        if cell is not None:
            value = angle(cell.translate(west_or_east), letters, comma=comma)
            if value is not None:
                plain[row] = value
    return plain


def _meaning_of_o(cells: list[str | None], o_is: str | None) -> dict[int, str]:
    """Say what O is in a column: west (ouest, oeste) beside E, east (Ost) beside W; alone it may be either."""
    used = {letter for cell in cells if cell for letter in cell.upper() if letter in "OEW"}
    meant = o_is or {frozenset("OE"): "W", frozenset("OW"): "E"}.get(frozenset(used))
    return {ord("O"): meant, ord("o"): meant} if meant else {}


def angle(cell: str, letters: str, *, comma: bool) -> float | None:
    """Read one angle in degrees: decimal, or degrees, minutes and seconds with a letter of the compass.

    Args:
        cell: "33.5252", "33,5252", 33°31'30.7"N, "N 33 31.5", "-33:31:30".
        letters: Which letters may stand with it, "NS" or "EW". "O" is none: west in French, east in German.
        comma: Whether a comma may be a decimal point.

    Returns:
        None when it is no angle.
    """
    cell = cell.translate(_SIGNS).removeprefix("'")  # an apostrophe makes a spreadsheet keep a number as text
    try:
        return float(cell)
    except ValueError:
        pass
    together = _RUN_TOGETHER.fullmatch(cell.strip())
    if together:
        cell = "{deg} {min} {sec}{letter}".format(**together.groupdict())
    found = _ANGLE.fullmatch(cell)
    if not found or (found["min"] and re.search(r"[.,]", found["deg"])):
        return None  # "33.315.200": a number that a spreadsheet spoilt
    letter = (found["before"] or found["after"] or "").upper()
    bare = not letter and found["min"] is None and "°" not in cell and "º" not in cell
    if (
        (letter and letter not in letters)
        or (found["before"] and found["after"])
        or (bare and "," in cell and not comma)
    ):
        return None
    degrees, minutes, seconds = (float((found[part] or "0").replace(",", ".")) for part in ("deg", "min", "sec"))
    if minutes >= 60 or seconds >= 60:  # noqa: PLR2004
        return None
    value = degrees + minutes / 60 + seconds / 3600
    return -value if letter in {"S", "W"} or found["sign"] == "-" else value


def both(cell: str, *, comma: bool, o_is: str | None = None) -> tuple[float, float, float | None] | str:
    """Read latitude and longitude out of one cell, with KoBo's precision in metres; a text says what is wrong."""
    rest, cell = cell, cell.translate(_SIGNS).removeprefix("'")
    found = reference(cell)
    if found:
        return found
    shape = _POINT.match(cell)
    if shape:
        return float(shape[2]), float(shape[1]), None
    address = next(filter(None, (pattern.search(cell) for pattern in _ADDRESSES)), None)
    cell = with_letters(f"{address[1]}, {address[2]}" if address else _LABEL.sub("", cell))
    if o_is:
        cell = _O.sub(o_is, cell)
    kobo = _KOBO.match(cell)
    if kobo:
        precision = float(kobo[4]) if kobo[4] else None
        return float(kobo[1]), float(kobo[2]), precision
    pair = (_COMMA_PAIR.match(cell) if comma else None) or _PAIR.match(cell)
    pair = pair or _SLASH_PAIR.match(cell)
    parts = [pair[1], pair[2]] if pair else re.split(r"(?<=[NSns])\s+(?=\d)|\s+(?=[EWew]\s*\d)", cell)
    if len(parts) == 2:  # noqa: PLR2004
        lat, lon = angle(parts[0], "NS", comma=comma), angle(parts[1], "EW", comma=comma)
        if lat is None and lon is None:
            lon, lat = angle(parts[0], "EW", comma=comma), angle(parts[1], "NS", comma=comma)
        if lat is not None and lon is not None:
            return lat, lon, None
    return f"{rest[:40]!r} is no place; expected latitude and longitude such as 33.5252, 44.2564"
