"""Write the tables of TimeMap (Forensic Architecture): events, the sources they rest on, and their categories.

TimeMap reads JSON from the addresses of its configuration; any web server can hand out these files.
Its events know one day each, as MM/DD/YYYY, and are refused without; all cells are texts.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.atomic import whole_file
from geo.exporting.column_names import in_degrees
from geo.exporting.symbols import EVENT_SYMBOLS, OTHER
from geo.incidents.contract.layer_frame import day_text
from geo.incidents.contract.schema import coordinates


def write_timemap(incidents: gpd.GeoDataFrame, folder: str | Path) -> list[Path]:
    """Write `events.json`, `sources.json` and `associations.json`, each whole or not at all.

    Args:
        incidents: The contract's table. Incidents without a day are left out: TimeMap refuses them.
        folder: Made when it is not there.

    Returns:
        The three files.
    """
    incidents = in_degrees(incidents)
    dated = incidents[incidents["date_start"].notna()].reset_index(drop=True)
    tables: dict[str, Any] = {
        "events": list(_events(dated)),
        "sources": _sources(dated),
        "associations": [_category(name) for name in dict.fromkeys(dated["event_type"].dropna())],
    }
    written = []
    for name, table in tables.items():
        path = Path(folder) / f"{name}.json"
        with whole_file(path) as temporary:
            temporary.write_text(json.dumps(table, ensure_ascii=False, indent=1), encoding="utf-8")
        written.append(path)
    return written


def _events(incidents: gpd.GeoDataFrame) -> Iterator[dict[str, Any]]:
    for row, (lon, lat) in zip(incidents.itertuples(index=False), coordinates(incidents).tolist(), strict=True):
        placed = lon == lon  # NaN is not  # noqa: PLR0124
        yield {
            "id": row.incident_id,
            "description": " ".join(span["text"] for span in row.evidence),
            "date": f"{row.date_start:%m/%d/%Y}",
            "time": "",
            "time_precision": _text(row.date_precision),
            "time_display": _days(row.date_start, row.date_end),
            "location": _text(row.place_name),
            "latitude": repr(lat) if placed else "",
            "longitude": repr(lon) if placed else "",
            "type": _text(row.sub_event_type),
            "category": _text(row.event_type),
            "category_full": _text(row.sub_event_type),
            "associations": [] if pd.isna(row.event_type) else [row.event_type],
            "sources": list(row.report_ids),
            "comments": _comments(row),
            "colour": EVENT_SYMBOLS.get(row.event_type, OTHER).colour,
        }


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)


def _days(first: Any, last: Any) -> str:
    days = [day_text(first), day_text(last)]
    return " – ".join(dict.fromkeys(filter(None, days)))


def _comments(row: Any) -> str:
    """Say how sure it is: what TimeMap has no column for."""
    said = [_text(row.status), _text(row.attribution)]
    radius = "" if pd.isna(row.uncertainty_m) else f"within {row.uncertainty_m / 1000:.1f} km"
    return ", ".join(part for part in (*said, radius) if part)


def _sources(incidents: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Make one source of each report, with the sentences that the events quote from it."""
    quotes: dict[str, list[str]] = {report: [] for reports in incidents["report_ids"] for report in reports}
    for spans in incidents["evidence"]:
        for span in spans:
            quotes.setdefault(span["report_id"] or "", []).append(span["text"])
    return {
        report: {
            "id": report,
            "title": report,
            "type": "article",
            "paths": [],
            "description": " ".join(dict.fromkeys(texts)),
        }
        for report, texts in quotes.items()
        if report
    }


def _category(name: str) -> dict[str, Any]:
    return {"id": name, "title": name, "desc": "", "mode": "CATEGORY"}
