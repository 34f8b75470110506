"""Write single cells under the headers of ACLED and UCDP GED.

A row that came from the dataset has its original cells in columns called PREFIX_NAME. Such a cell is written as it
stands while it still means what the incident says; where somebody corrected the incident, the correction is written.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any, Final

import pandas as pd

from geo.gazetteer.normalise import normalise
from geo.importing.countries import country_code
from geo.importing.plain_cells import says_nothing
from geo.importing.written_tags import write_tag
from geo.resources import read_table

_ACLED_PLACES: Final = {"site": "1", "settlement": "1", "near": "2"}
_ACLED_MEANS: Final = {"1": "settlement", "2": "near", "3": "admin"}
_UCDP_PLACES: Final = {"site": "1", "settlement": "1", "near": "2", "admin": "4", "region": "5"}
_UCDP_MEANS: Final = {
    "1": "settlement", "2": "near", "3": "admin", "4": "admin", "5": "region", "6": "country", "7": "region",
}  # fmt: skip
_DATE_PRECISIONS: Final = {
    "1": ("day", "range"), "2": ("range",), "3": ("week",), "4": ("month", "range"), "5": ("year", "range"),
}  # fmt: skip
_UCDP_DAYS: Final = {"day": "1", "range": "2", "week": "3", "month": "4"}
_VIOLENCE: Final = {"1": "Battles", "2": "Battles", "3": "Violence against civilians"}
_WEEK, _MONTH = 7, 31  # days
_DATASETS: Final = {"acled": "ACLED", "ucdp": "UCDP GED"}

Row = Any  # one incident, as itertuples gives it
Own = Mapping[str, Any]  # the cells that it came with, by header


def text_of(value: Any) -> str:
    """Write a cell; "" where there is nothing."""
    if value is None or (not isinstance(value, list) and pd.isna(value)):
        return ""
    return str(value)


def cell(row: Row, own: Own, header: str, value: str) -> str:
    """Write one cell.

    Args:
        row: The incident.
        own: Its original cells, where it came from the dataset.
        header: The column to write.
        value: What stands there: a column of the incident, a rule in brackets, or nothing.
    """
    if value.startswith("["):
        return text_of(_RULES[value[1:-1]](row, own))
    written = text_of(getattr(row, value)) if value else ""
    original = text_of(own.get(header))
    # "Unknown" is nothing to geo, and the dataset's own word for it.
    return written or (original if not value or says_nothing(original) else "")


def is_district(row: Row) -> bool:
    """Recognise a second-level division: an area that is called otherwise than the province around it."""
    if row.geo_precision != "admin" or pd.isna(row.place_name) or pd.isna(row.admin1):
        return False
    return normalise(row.place_name) not in normalise(row.admin1)


def _code(own: Own, header: str) -> str:
    return text_of(own.get(header)).strip().removesuffix(".0")


def _id(row: Row, _own: Own) -> str:
    """Give the id of the dataset where the row came from it, so that a round trip ends where it began."""
    return str(row.incident_id).removeprefix("acled:").removeprefix("ucdp:")


def _day(row: Row, _own: Own) -> Any:
    """ACLED puts a week on its middle day and a longer time on a day within it."""
    return row.date_start + timedelta(days=(row.date_end - row.date_start).days // 2)


def _time_precision(row: Row, _own: Own) -> str:
    if row.date_precision == "day" or row.date_start == row.date_end:
        return "1"
    return "2" if (row.date_end - row.date_start).days < _WEEK else "3"


def _numeric(row: Row, _own: Own) -> str:
    return _numbers().get(text_of(row.country_code), "")


@cache
def _numbers() -> dict[str, str]:
    rows = read_table("importing/country_codes.csv")
    return {row["alpha2"]: row["numeric"].lstrip("0") for row in rows}


def _country(row: Row, own: Own) -> str:
    """Write "Myanmar (Burma)" as the dataset does."""
    original = text_of(own.get("country"))
    same = original and country_code("name", None, original) == text_of(row.country_code)
    return original if same else text_of(row.country)


def _evidence(row: Row, _own: Own) -> str:
    return " ".join(span["text"] for span in row.evidence)


def _headline(row: Row, own: Own) -> str:
    """Where the dataset had no headline, the name of the article was the evidence, and has a column of its own."""
    evidence = _evidence(row, own)
    return text_of(own.get("source_headline")) if evidence == text_of(own.get("source_article")).strip() else evidence


def _killed(row: Row, _own: Own) -> Any:
    return 0 if pd.isna(row.killed_min) else row.killed_min


def _deaths(header: str) -> Callable[[Row, Own], Any]:
    """Give one of low, best and high: as it was while the least and the greatest of them are what the row says."""

    def write(row: Row, own: Own) -> Any:
        numbers = [pd.to_numeric(text_of(own.get(name)), errors="coerce") for name in ("low", "best", "high")]
        if not any(map(pd.isna, numbers)) and (min(numbers), max(numbers)) == (row.killed_min, row.killed_max):
            return own[header]
        least = 0 if pd.isna(row.killed_min) else row.killed_min
        return least if header != "high" or pd.isna(row.killed_max) else row.killed_max

    return write


def _type_of_violence(row: Row, own: Own) -> str:
    original = _code(own, "type_of_violence")
    if _VIOLENCE.get(original) == row.event_type:
        return original
    return "3" if row.event_type == _VIOLENCE["3"] else "1"


def _acled_precision(row: Row, own: Own) -> str:
    original = _code(own, "geo_precision")
    return original if _ACLED_MEANS.get(original) == row.geo_precision else _ACLED_PLACES.get(row.geo_precision, "3")


def _where_prec(row: Row, own: Own) -> str:
    original = _code(own, "where_prec")
    if _UCDP_MEANS.get(original) == row.geo_precision:
        return original
    return "3" if is_district(row) else _UCDP_PLACES.get(row.geo_precision, "6")


def _date_prec(row: Row, own: Own) -> str:
    original = _code(own, "date_prec")
    if row.date_precision in _DATE_PRECISIONS.get(original, ()):
        return original
    days = (row.date_end - row.date_start).days
    return _UCDP_DAYS.get(row.date_precision) or ("4" if days <= _MONTH else "5")


def _district(header: str) -> Callable[[Row, Own], str]:
    return lambda row, own: text_of(own.get(header)) or (row.place_name if is_district(row) else "")


def _tags(row: Row, own: Own) -> str:
    """ACLED has one code for districts, provinces and all that is wider: how wide, a tag says."""
    original = text_of(own.get("tags"))
    code = _acled_precision(row, own)
    if code == _code(own, "geo_precision"):
        return original
    tag = write_tag(row.geo_precision, row.uncertainty_m, read_as=_ACLED_MEANS[code])
    return "; ".join(filter(None, (original, tag)))


def _point(axis: str) -> Callable[[Row, Own], Any]:
    return lambda row, _own: None if row.geometry is None else getattr(row.geometry, axis)


_RULES: Final[dict[str, Callable[[Row, Own], Any]]] = {
    "id": _id,
    "day": _day,
    "year": lambda row, _own: row.date_start.year,
    "time_precision": _time_precision,
    "numeric": _numeric,
    "country": _country,
    "lat": _point("y"),
    "lon": _point("x"),
    "acled_precision": _acled_precision,
    "tags": _tags,
    "evidence": _evidence,
    "headline": _headline,
    "killed": _killed,
    "low": _deaths("low"),
    "best": _deaths("best"),
    "high": _deaths("high"),
    "type_of_violence": _type_of_violence,
    "where_prec": _where_prec,
    "date_prec": _date_prec,
    "admin2": _district("admin2"),
    "adm_2": _district("adm_2"),
}
