"""Keep what people decided when the reports are read anew.

A person confirms, rejects and corrects incidents in the page or in QGIS. When `geo` later reads the
reports again (more of them, or with a better version), those cells and rows stay as the person left
them, and everything else is as the new extraction has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.incidents.contract.layer_frame import LayerFrame, as_json
from geo.incidents.contract.made_ids import named_by_conform
from geo.incidents.contract.refusals import OnProblem
from geo.incidents.contract.schema import COLUMNS, TEXT, object_column
from geo.incidents.contract.validation import validate
from geo.incidents.review.deciding import Decided, decide, same
from geo.incidents.review.edits import Edits, mark_as_extracted, spans_of
from geo.incidents.review.settling import is_out, settle
from geo.incidents.review.several import Disagreement, combine
from geo.incidents.review.terms import (
    ADDED,
    DECIDABLE,
    FIELDS,
    INTO,
    MERGED,
    REJECTED,
    REVIEW_COLUMNS,
    REVIEWED,
    SPLIT,
    Spans,
)
from geo.vocabulary import CRS


@dataclass(frozen=True)
class Review:
    """One reviewed layer: a file of decisions, or a layer that a person edited."""

    layer: pd.DataFrame  # anything that `conform` takes
    edits: Edits | None = None  # what the layer's log says, None without one
    name: str = "the layer"  # the file, for messages
    on_problem: OnProblem | None = None  # called for each row that cannot be used; without it the first one raises


@dataclass(frozen=True)
class Reviewed:
    """A new extraction with every decision kept."""

    incidents: gpd.GeoDataFrame  # all rows, with those that were rejected or merged into others
    disagreements: tuple[Disagreement, ...]
    unfound: tuple[str, ...]  # ids of decided incidents that the new extraction does not have: kept as decided
    reread: pd.DataFrame  # `incident_id`, `column`, `now`: where the reports say something new of a decided incident
    memory: Mapping[str, Spans]  # what was thrown out earlier and has no row

    def drawn(self) -> gpd.GeoDataFrame:
        """Give the incidents to draw; `attrs["dropped"]` remembers the others for the next round."""
        frame = self.incidents
        out = is_out(frame)
        shown = frame[~out].drop(columns=[INTO], errors="ignore").reset_index(drop=True)
        rows = {entry["incident_id"]: entry for entry in map(_entry, _plain_rows(frame[out]))}
        rows |= {key: {"incident_id": key, "spans": sorted(map(list, spans))} for key, spans in self.memory.items()}
        shown.attrs["dropped"] = [rows[key] for key in sorted(rows)]
        return mark_as_extracted(validate(shown))


def apply_review(extracted: gpd.GeoDataFrame, edited: pd.DataFrame, edits: Edits | None = None) -> gpd.GeoDataFrame:
    """Carry one person's decisions over to a new extraction.

    Args:
        extracted: The new extraction, EPSG:4326.
        edited: The layer as the person left it; anything that `conform` takes.
        edits: What the layer's log says; without one, differences count as decisions, and an
            incident that the layer lacks was dropped if the layer knows all its reports (unless
            every row has a verdict in `reviewed`: a list of decisions says nothing of others).

    Returns:
        The incidents with every decision kept, columns `reviewed` and `reviewed_fields` at the
        end. `attrs["dropped"]` remembers the dropped ones for the next round.

    Raises:
        SchemaError, CrsError: If one of the tables does not hold to the contract.
    """
    return apply_reviews(extracted, [Review(edited, edits)]).drawn()


def apply_reviews(extracted: gpd.GeoDataFrame, reviews: Sequence[Review]) -> Reviewed:
    """Carry the decisions of one or several reviewed layers over to a new extraction.

    Args:
        extracted: The new extraction, EPSG:4326.
        reviews: The layers; where two of them disagree, the later one counts.

    Raises:
        SchemaError, CrsError: If one of the tables does not hold to the contract.
    """
    fresh = validate(extracted).reset_index(drop=True)
    decided, disagreements = combine(
        [(review.name, decide(fresh, review.layer, review.edits, on_problem=review.on_problem)) for review in reviews]
    )
    known = decided.home >= 0
    result = _with_columns_of(fresh, decided.rows, decided.home)
    for name in DECIDABLE:
        rows = np.flatnonzero(known & decided.fixed[name].to_numpy())
        result[name] = _replaced(result[name], decided.home[rows], decided.rows[name], rows)
    _mark(result, decided)
    own = decided.rows[~known & decided.rows[REVIEWED].notna().to_numpy()]
    result = _stacked(result, own)
    _settle_merges(result, decided)
    settle(result)
    reread = _reread(fresh, decided)
    result.attrs["reread"] = [_plain_cell(row) for row in reread.itertuples(index=False, name=None)]
    made = own["incident_id"].map(named_by_conform).astype(bool)
    lost = own["incident_id"][~own[REVIEWED].isin([ADDED, SPLIT]) & ~is_out(own) & ~made]
    return Reviewed(result, tuple(disagreements), tuple(lost), reread, decided.memory)


def _with_columns_of(fresh: gpd.GeoDataFrame, edited: gpd.GeoDataFrame, home: Any) -> gpd.GeoDataFrame:
    """Bring along the columns that a person added to the layer, those of the review among them."""
    result, known = fresh.drop(columns=list(REVIEW_COLUMNS[:2]), errors="ignore"), home >= 0
    for name in edited.columns.difference([*fresh.columns, *COLUMNS, REVIEWED, FIELDS], sort=False):
        back = np.full(len(fresh), -1)
        back[home[known]] = np.flatnonzero(known)
        result[name] = pd.Series(edited[name].array.take(back, allow_fill=True))
    return result


def _replaced(column: pd.Series, to: Any, source: pd.Series, rows: Any) -> Any:
    """Put cells of another column of the same type into their places."""
    values = column.array.copy()
    if len(rows):
        if column.dtype == object:
            for row, other in zip(to, rows, strict=True):
                values[row] = source.iloc[other]
        else:
            values[to] = source.array.take(rows)
    return values


def _mark(result: gpd.GeoDataFrame, decided: Decided) -> None:
    """Say of every row of the extraction whether and where a person changed it."""
    verdicts: list[str | None] = [None] * len(result)
    fields = verdicts.copy()
    matrix = decided.changed.to_numpy()
    verdicts_given = decided.rows[REVIEWED].astype(object).where(decided.rows[REVIEWED].notna(), None)
    for row in np.flatnonzero(decided.home >= 0):
        home = decided.home[row]
        verdicts[home] = verdicts_given.iloc[row]
        fields[home] = ", ".join(np.array(DECIDABLE)[matrix[row]]) or None
    ids = result["incident_id"].tolist()
    for n, incident_id in enumerate(ids):
        if incident_id in decided.dropped:
            verdicts[n] = REJECTED
    result[REVIEWED] = pd.Series(verdicts, dtype=TEXT)
    result[FIELDS] = pd.Series(fields, dtype=TEXT)


def _stacked(result: gpd.GeoDataFrame, own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put a person's own rows below, in the types of the table."""
    order = [name for name in result.columns if name not in REVIEW_COLUMNS]
    order += [name for name in REVIEW_COLUMNS if name in result or name in own]
    both = pd.concat([result, own.reindex(columns=order)], ignore_index=True) if len(own) else result
    texts = {name: TEXT for name in REVIEW_COLUMNS if name in both and both[name].dtype != TEXT}
    settled = both.reindex(columns=order).astype(texts)
    return LayerFrame(settled, geometry="geometry", crs=CRS)


def _settle_merges(frame: gpd.GeoDataFrame, decided: Decided) -> None:
    """Give the incident that others were merged into their sentences, reports and links."""
    row_of = {incident_id: row for row, incident_id in enumerate(frame["incident_id"])}
    targets = frame[INTO] if INTO in frame else pd.Series([None] * len(frame))
    into = {key: target for key, target in zip(frame["incident_id"], targets, strict=True) if target in row_of}
    reports, evidence = frame["report_ids"].tolist(), frame["evidence"].tolist()
    for key, target in into.items():
        home, row = row_of[target], row_of[key]
        reports[home] = sorted({*reports[home], *reports[row]})
        evidence[home] = [*evidence[home], *(span for span in evidence[row] if span not in evidence[home])]
    merged = decided.rows[REVIEWED].eq(MERGED).fillna(value=False) & ~is_out(decided.rows)
    for gone in decided.rows[merged].itertuples():  # what went into it may have been a person's own, and has no row
        home = row_of[gone.incident_id]
        known = {(span["report_id"], span["text"]) for span in evidence[home]}
        evidence[home] = [*evidence[home], *(s for s in gone.evidence if (s["report_id"], s["text"]) not in known)]
        reports[home] = sorted({*reports[home], *gone.report_ids})
    links = [
        list(dict.fromkeys(into.get(target, target) for target in targets if into.get(target, target) != key))
        for key, targets in zip(frame["incident_id"], frame["in_response_to"], strict=True)
    ]
    frame["report_ids"], frame["evidence"] = object_column(reports), object_column(evidence)
    frame["in_response_to"] = object_column(links)


def _reread(fresh: gpd.GeoDataFrame, decided: Decided) -> pd.DataFrame:
    """List where the reports now say something else than when a person looked at a cell without changing it."""
    found: list[dict[str, Any]] = []
    named = decided.rows[FIELDS].fillna("").str.split(", ").tolist()
    verdicts = decided.rows[REVIEWED].tolist()

    rows = np.flatnonzero(decided.home >= 0)
    for name in DECIDABLE:
        differ = rows[~same(decided.rows[name].iloc[rows], fresh[name].iloc[decided.home[rows]])]
        for row in differ:
            if name not in named[row] and isinstance(verdicts[row], str):
                cell = fresh[name].iloc[decided.home[row]]
                found.append({"incident_id": decided.rows["incident_id"].iloc[row], "column": name, "now": cell})
    return pd.DataFrame(found, columns=["incident_id", "column", "now"])


def _plain_rows(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Write rows as JSON holds them; the point as `longitude` and `latitude` in degrees, EPSG:4326."""
    rows = []
    for _, row in frame.iterrows():
        cells: dict[str, Any] = {}
        for name, cell in row.items():
            if name == "geometry":
                cells |= {"longitude": cell.x, "latitude": cell.y} if cell is not None else {}
            elif isinstance(cell, list):
                cells[str(name)] = cell
            elif not pd.isna(cell):
                cells[str(name)] = as_json(cell)
        rows.append(cells)
    return rows


def _plain_cell(row: tuple[str, str, Any]) -> tuple[str, str, Any]:
    """Write what the reports now say of a cell as JSON holds it; a point as longitude and latitude."""
    incident_id, name, cell = row
    if name == "geometry":
        return incident_id, name, None if cell is None else [cell.x, cell.y]
    return incident_id, name, cell if isinstance(cell, list) else None if pd.isna(cell) else as_json(cell)


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    spans = sorted(map(list, spans_of(row["evidence"])))
    whole = {"row": row} if any(row.get(name) for name in REVIEW_COLUMNS[2:]) else {}
    return {"incident_id": row["incident_id"], "spans": spans, **whole}
