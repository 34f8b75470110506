"""Write incidents under other people's headers: ACLED, UCDP GED, or geo's own table with a row of HXL tags.

One way, on request, and with every loss told: claims and denials have no place in ACLED and UCDP GED, nor have
ranges, evidence by the letter, or circles of uncertainty.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.atomic import whole_file
from geo.exporting import csvfile
from geo.exporting.spreadsheet_cells import DANGEROUS
from geo.incidents import conform
from geo.resources import read_table

HAPPENED: Final = ("reported", "alleged")
ORGANISED: Final = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
_FORMULA: Final = re.compile(DANGEROUS)
_ACLED_DAYS: Final = {"day": "1", "week": "2"}
_ACLED_PLACES: Final = {"site": "1", "settlement": "1", "near": "2"}
_UCDP_PLACES: Final = {
    "site": "1",
    "settlement": "1",
    "near": "2",
    "admin": "4",
    "region": "5",
    "country": "6",
    "unknown": "6",
}
_UCDP_DAYS: Final = {"day": "1", "range": "2", "week": "3", "month": "4"}

Row = Any  # one incident, as itertuples gives it


def write_as(layer: gpd.GeoDataFrame, path: Path, dataset: str) -> list[str]:
    """Write incidents as another dataset's CSV.

    Args:
        layer: Incidents; `geo.incidents.conform` makes them of any layer.
        path: The file to write.
        dataset: `acled`, `ucdp` or `hxl`.

    Returns:
        What was written and what was lost, one line each.
    """
    incidents = conform(layer)  # names what cannot be an incident
    with whole_file(path) as temporary:
        if dataset == "hxl":
            _write_hxl(incidents, temporary)
            return [f"{len(incidents):,} incidents written to {path}, with a row of HXL tags."]
        kept, lost = _fitting(incidents, dataset)
        headers = _headers(dataset)
        with temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(headers)
            for row in kept.itertuples(index=False):
                writer.writerow([_harmless(_cell(row, dataset, name, value)) for name, value in headers.items()])
    told = f"{len(kept):,} incidents written to {path} under the headers of {dataset.upper()}"
    return [f"{told}. What they cannot hold: {', '.join(_WITHOUT[dataset])}.", *lost]


_WITHOUT: Final = {
    "acled": ("ranges of casualties", "the wounded", "weapons", "circles of uncertainty", "reports", "confidence"),
    "ucdp": ("sub-event types", "the wounded", "weapons", "circles of uncertainty", "reports", "confidence"),
}


def _fitting(incidents: gpd.GeoDataFrame, dataset: str) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Leave out what the dataset has no rows for, and count it."""
    happened = incidents["status"].isin(HAPPENED).fillna(value=False) | incidents["status"].isna()
    dated = incidents["date_start"].notna()
    reasons = [
        (~happened, "claims, denials, plans and threats"),
        (happened & ~dated, "incidents without a day"),
    ]
    fits = happened & dated
    if dataset == "ucdp":
        deadly = (incidents["killed_min"] > 0).fillna(value=False).astype(bool)
        lethal_types = incidents["event_type"].isin(
            ["Battles", "Explosions/Remote violence", "Violence against civilians"]
        )
        reasons.append((fits & ~deadly, "incidents without a death, which are no rows of UCDP GED"))
        reasons.append((fits & deadly & ~lethal_types, "incidents of types that are no organised violence"))
        fits &= deadly & lethal_types
    lost = [f"left out: {int(rows.sum()):,} {what}." for rows, what in reasons if rows.any()]
    kept = incidents[fits.astype(bool)].copy()
    kept["date_end"] = kept["date_end"].fillna(kept["date_start"])
    for name in ("date_start", "date_end"):
        kept[name] = kept[name].dt.date  # days, not midnights
    return kept, lost


@cache
def _headers(dataset: str) -> dict[str, str]:
    rows = read_table("importing/written_columns.csv")
    return {row["header"]: row["value"] for row in rows if row["dataset"] == dataset}


def _cell(row: Row, dataset: str, header: str, value: str) -> str:
    if value.startswith("["):
        return _text(_RULES[value[1:-1]](row))
    return _text(getattr(row, value or f"{dataset}_{header}", None))


def _text(value: Any) -> str:
    if value is None or (not isinstance(value, list) and pd.isna(value)):
        return ""
    return str(value)


def _harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, as all of geo's tables do."""
    try:
        float(text)
    except ValueError:
        return f"'{text}" if _FORMULA.match(text) else text
    return text


def _id(row: Row) -> str:
    """Give the id of the dataset where the row came from it, so that a round trip ends where it began."""
    return str(row.incident_id).removeprefix("acled:").removeprefix("ucdp:")


def _day(row: Row) -> Any:
    """ACLED puts a week on its middle day and a longer time on a day within it."""
    return row.date_start + timedelta(days=(row.date_end - row.date_start).days // 2)


def _time_precision(row: Row) -> str:
    return _ACLED_DAYS.get(row.date_precision, "1" if row.date_start == row.date_end else "3")


def _numeric(row: Row) -> str:
    return _numbers().get(_text(row.country_code), "")


@cache
def _numbers() -> dict[str, str]:
    rows = read_table("importing/country_codes.csv")
    return {row["alpha2"]: row["numeric"].lstrip("0") for row in rows}


def _evidence(row: Row) -> str:
    return " ".join(span["text"] for span in row.evidence)


def _killed(row: Row) -> Any:
    return 0 if pd.isna(row.killed_min) else row.killed_min


def _high(row: Row) -> Any:
    return row.killed_min if pd.isna(row.killed_max) else row.killed_max


def _date_precision(row: Row) -> str:
    told = _UCDP_DAYS.get(row.date_precision)
    days = (row.date_end - row.date_start).days
    return told or ("4" if days <= 31 else "5")  # noqa: PLR2004 - the codebook's 4 is up to a month


def _point(axis: str) -> Callable[[Row], Any]:
    return lambda row: None if row.geometry is None else getattr(row.geometry, axis)


_RULES: Final[dict[str, Callable[[Row], Any]]] = {
    "id": _id,
    "day": _day,
    "year": lambda row: row.date_start.year,
    "time_precision": _time_precision,
    "numeric": _numeric,
    "lat": _point("y"),
    "lon": _point("x"),
    "acled_precision": lambda row: _ACLED_PLACES.get(row.geo_precision, "3"),
    "evidence": _evidence,
    "killed": _killed,
    "high": _high,
    "type_of_violence": lambda row: "3" if row.event_type == "Violence against civilians" else "1",
    "where_prec": lambda row: _UCDP_PLACES.get(row.geo_precision, "6"),
    "date_prec": _date_precision,
}


def _write_hxl(incidents: gpd.GeoDataFrame, path: Path) -> None:
    """Write geo's own CSV, and the tags as its second row."""
    csvfile.write(incidents, path, name=path.stem)
    tags = _headers("hxl")
    with path.open(encoding="utf-8", newline="") as file:
        lines = file.read()
    header, end, rest = _first_line(lines)
    told = [tags.get(name, "") for name in next(csv.reader(io.StringIO(header)))]
    path.write_text(f"{header}{end}{','.join(told)}{end}{rest}", encoding="utf-8", newline="")


def _first_line(text: str) -> Iterator[str]:
    return iter(text.partition("\n"))
