"""Write what only the review panel reads: exact cells, marked words, candidates of places, earlier decisions.

Layout of the blocks `review`, `places` and `gazetteer`: geo/leaflet/web/FORMAT.md. A page without the
panel has none of them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from geo.incidents.contract.schema import coordinates
from geo.leaflet import details
from geo.leaflet.encoding import json_bytes
from geo.leaflet.review_words import Read, Word, read, words_of
from geo.progress import progress
from geo.report import Report
from geo.vocabulary import EVENT_TYPES

EXACT: Final = ("uncertainty_m", "confidence")  # core rounds them; a decision must not
MOST_CANDIDATES: Final = 4

# What of an incident shows which words it was taken from.
CELLS: Final = (
    *("place_text", "place_id", "date_start", "date_end", "actor1", "actor2"),
    *("killed_min", "killed_max", "wounded_min", "wounded_max"),
)

Part = tuple[str, int, bytes]
Row = tuple[int, Any, list[tuple[int, int]]]  # of the table, its cells, its sentences in one report
Named = tuple[int, int, list[tuple[Any, float]]]


@dataclass
class Places:
    """The gazetteer's places that the reports may mean, each once."""

    rows: list[list[Any]] = field(default_factory=list)
    number: dict[str, int] = field(default_factory=dict)

    def add(self, place: Any) -> int:
        """Give the number of a place."""
        if place.id not in self.number:
            self.number[place.id] = len(self.rows)
            self.rows.append(
                [place.id, place.name, place.kind, place.feature_code, place.country, place.country_code, place.admin1,
                 round(place.lon, 6), round(place.lat, 6), round(place.radius_m), place.population]
            )  # fmt: skip
        return self.number[place.id]


def review_meta(incidents: gpd.GeoDataFrame, report_ids: Sequence[str]) -> dict[str, Any]:
    """Say in the meta object what the panel must know first.

    Args:
        incidents: The contract's table.
        report_ids: Of all reports in the page.
    """
    held = hashlib.sha256()
    for incident_id, evidence in zip(incidents["incident_id"], incidents["evidence"], strict=True):
        held.update(
            repr((incident_id, [(s["report_id"], s["start"], s["text"]) for s in evidence])).encode("utf-8", "replace")
        )
    return {
        "key": held.hexdigest()[:24],
        "sub_event_types": {name: list(subs) for name, subs in EVENT_TYPES.items()},
        "reports": list(report_ids),
        "place_rows": details.TEXT_ROWS,  # reports per part of `places`
    }


def review_parts(
    incidents: gpd.GeoDataFrame, order: NDArray[np.int64], reports: Sequence[Report], report_ids: Sequence[str]
) -> Iterator[Part]:
    """Give the blocks of the panel.

    Args:
        incidents: The contract's table.
        order: Its rows in the order of the page, shape (n,).
        reports: The reports, with their texts.
        report_ids: Of all reports in the page, in the order of their numbers.
    """
    table = incidents.iloc[order]
    number = {report_id: n for n, report_id in enumerate(report_ids)}
    places, words, toponyms = _read_all(table, reports, number)
    xy = coordinates(table)
    reread = _reread(table, incidents.attrs.get("reread", ()))
    for part, start in enumerate(range(0, len(table), details.DETAIL_ROWS)):
        rows = slice(start, start + details.DETAIL_ROWS)
        exact = {name: [None if np.isnan(x) else x for x in table[name].iloc[rows].tolist()] for name in EXACT}
        lon, lat = ([None if np.isnan(x) else x for x in xy[rows, n].tolist()] for n in (0, 1))
        stop = min(start + details.DETAIL_ROWS, len(table))
        read_words = [words.get(n, []) for n in range(start, stop)]
        now = [reread.get(n) for n in range(start, stop)]
        yield "review", part, json_bytes({"lon": lon, "lat": lat, **exact, "words": read_words, "reread": now})
    for part, start in enumerate(range(0, len(report_ids), details.TEXT_ROWS)):
        yield (
            "places",
            part,
            json_bytes([toponyms.get(n, []) for n in range(start, min(start + details.TEXT_ROWS, len(report_ids)))]),
        )
    yield "gazetteer", 0, json_bytes(places.rows)


def _read_all(
    table: gpd.GeoDataFrame, reports: Sequence[Report], number: dict[str, int]
) -> tuple[Places, dict[int, list[list[Any]]], dict[int, list[list[Any]]]]:
    """Read every report once more, for its names and for the words of its incidents."""
    rows_of: dict[str, list[Row]] = {}
    for n, row in enumerate(table.loc[:, [*CELLS, "evidence"]].itertuples(index=False)):
        cells = {name: getattr(row, name) for name in CELLS}
        for report_id in {s["report_id"] for s in row.evidence if s["report_id"] and s["start"] is not None}:
            of_it = (s for s in row.evidence if s["report_id"] == report_id and s["start"] is not None)
            spans = sorted((s["start"], s["end"]) for s in of_it)
            rows_of.setdefault(report_id, []).append((n, SimpleNamespace(**cells), spans))
    places = Places()
    words: dict[int, list[list[Any]]] = {}
    toponyms: dict[int, list[list[Any]]] = {}
    found = (prepare(report, rows_of.get(report.id, [])) for report in reports)
    for report_id, names, marked in progress(found, what="preparing the review", total=len(reports)):
        where = number[report_id]
        rows = [(start, end, [[places.add(p), round(score, 3)] for p, score in likely]) for start, end, likely in names]
        toponyms[where] = [list(row) for row in rows]
        for n, found_words in marked:
            words.setdefault(n, []).extend([where, *word] for word in found_words)
    return places, words, toponyms


def prepare(report: Report, rows: list[Row]) -> tuple[str, list[Named], list[tuple[int, list[Word]]]]:
    """Read a report for the panel.

    Args:
        report: With its text.
        rows: Its incidents: row of the table, cells, start and end of their sentences in it.

    Returns:
        Its id; each name: start and end in code points, and the places it may mean with their probabilities; and
        by row of the table, the words that the incident was taken from.
    """
    found = read(report)
    return report.id, _names(found), [(n, words_of(cells, found, spans)) for n, cells, spans in rows]


def _names(found: Read) -> list[Named]:
    names = []
    for toponym in found.toponyms:
        likely = [(c.place, c.score) for c in toponym.candidates[:MOST_CANDIDATES]]
        if not likely and toponym.located is not None:
            likely = [(toponym.located, toponym.confidence)]
        if likely:
            names.append((toponym.start, toponym.end, likely))
    return names


def _reread(table: gpd.GeoDataFrame, cells: Sequence[tuple[str, str, Any]]) -> dict[int, dict[str, Any]]:
    row_of = {incident_id: n for n, incident_id in enumerate(table["incident_id"])}
    now: dict[int, dict[str, Any]] = {}
    for incident_id, column, cell in cells:
        if incident_id in row_of:
            now.setdefault(row_of[incident_id], {})[column] = cell
    return now
