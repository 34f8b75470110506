"""Read from a layer which of its cells a person decided.

A GeoPackage of `geo` keeps a log of every edit (`geo.exporting.edit_log`), and the page's review writes
its verdict on every row. Other layers have neither; there every difference between the layer and
the new extraction counts as a decision, so that none is lost.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import SchemaError
from geo.incidents.contract.conforming import conform
from geo.incidents.contract.layer_frame import LayerFrame
from geo.incidents.contract.made_ids import named_by_conform
from geo.incidents.contract.refusals import OnProblem
from geo.incidents.contract.schema import TEXT, object_column
from geo.incidents.review.edits import Edits, spans_of
from geo.incidents.review.matching import match
from geo.incidents.review.terms import (
    ADDED,
    CHANGED,
    CONFIRMED,
    DECIDABLE,
    FIELDS,
    INTO,
    REVIEW_COLUMNS,
    REVIEWED,
    VERDICTS,
    Spans,
)

SAME_DEGREES: Final = 1e-6  # layers round coordinates; ten centimetres are no decision
SAME_SHARE: Final = 1e-6


@dataclass
class Decided:
    """The rows of one layer that matter to the review, and what was decided of each."""

    rows: gpd.GeoDataFrame  # conformed, ids and links as in the new extraction, the columns of a review added
    changed: pd.DataFrame  # bool, shape (n, len(DECIDABLE)): cells that a person wrote
    fixed: pd.DataFrame  # likewise: those, and what a person confirmed as it stood
    home: Any  # row of the new extraction, shape (n,); -1 for none
    dropped: dict[str, Spans]  # rejected without a row of their own
    memory: dict[str, Spans]  # rejected in earlier rounds, and not found in this extraction


def decide(
    fresh: gpd.GeoDataFrame, layer: pd.DataFrame, edits: Edits | None, *, on_problem: OnProblem | None = None
) -> Decided:
    """Find what a person decided in one layer.

    Args:
        fresh: The new extraction.
        layer: As the person left it; anything that `conform` takes.
        edits: What the layer's log says, None without one.
        on_problem: Called for each row that cannot be used, of which nothing counts as decided; without it
            the first one raises.

    Raises:
        SchemaError, CrsError: If the layer does not hold to the contract.
    """
    rows = _with_verdicts(conform(_with_rejected(layer, edits, on_problem), on_problem=on_problem))
    alone = _holds_decisions_alone(layer)
    home = match(fresh, rows)
    old_ids = rows["incident_id"]
    rows, names = _rename_ids(rows, fresh, home)
    if edits is not None:
        edits = replace(edits, changed={names.get(old, old): fields for old, fields in edits.changed.items()})
    changed = _changed(fresh, rows, home, edits)
    _fill_verdicts(rows, changed, home, edits)
    fixed = changed.copy()
    fixed.loc[rows[REVIEWED].eq(CONFIRMED).fillna(value=False).to_numpy(dtype=bool)] = True
    dropped, memory = _dropped(fresh, rows, home, edits, alone=alone)
    unreadable = set(layer["incident_id"].dropna()) - set(old_ids) if "incident_id" in layer else set()
    dropped = {key: spans for key, spans in dropped.items() if key not in unreadable}
    return Decided(rows, changed, fixed, home, dropped, memory)


def _with_rejected(layer: Any, edits: Edits | None, on_problem: OnProblem | None) -> Any:
    """Put back the rows that an earlier round rejected: the log of a GeoPackage keeps them."""
    known = set(layer["incident_id"]) if "incident_id" in layer else set()
    kept = [dict(row) for row in edits.rejected if row.get("incident_id") not in known] if edits else []
    if not kept:
        return layer
    back = conform(pd.DataFrame(kept), on_problem=on_problem)
    joined = pd.concat([conform(layer, on_problem=on_problem), back], ignore_index=True)
    return LayerFrame(joined, geometry="geometry", crs=back.crs)


def _with_verdicts(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the columns of a review, as texts, to rows that may have none of them."""
    for name in REVIEW_COLUMNS:
        cells = rows[name].astype(object) if name in rows else pd.Series([None] * len(rows), dtype=object)
        if name in (REVIEWED, FIELDS, INTO):
            cells = cells.where(cells.notna() & (cells != ""), None).astype(TEXT)
        if name in rows or name in (REVIEWED, FIELDS, INTO):
            rows[name] = cells if name in (REVIEWED, FIELDS, INTO) else cells.where(cells.notna(), None).astype(TEXT)
    wrong = rows[REVIEWED].notna() & ~rows[REVIEWED].isin(VERDICTS)
    if wrong.any():
        row = int(np.flatnonzero(wrong.to_numpy())[0])
        found = rows[REVIEWED].iloc[row]
        msg = f"column 'reviewed', row {row + 1}: found {found!r}; expected one of {', '.join(VERDICTS)}, or nothing."
        raise SchemaError(msg)
    return rows


def _holds_decisions_alone(layer: pd.DataFrame) -> bool:
    """Return whether a layer is a list of decisions, as the page saves it: what it lacks was not thrown out."""
    return REVIEWED in layer and bool((layer[REVIEWED].notna() & (layer[REVIEWED] != "")).all())


def _rename_ids(rows: gpd.GeoDataFrame, fresh: gpd.GeoDataFrame, home: Any) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """Call incidents as the new extraction does, in links too."""
    old, known = rows["incident_id"].copy(), home >= 0
    new = old.copy()
    new[known] = fresh["incident_id"].to_numpy()[home[known]]
    names = dict(zip(old, new, strict=True))
    links = [[names.get(target, target) for target in targets] for targets in rows["in_response_to"]]
    into = rows[INTO].map(lambda target: names.get(target, target), na_action="ignore").astype(TEXT)
    renamed = rows.assign(incident_id=new, in_response_to=object_column(links))
    renamed[INTO] = into
    return renamed, names


def _changed(fresh: gpd.GeoDataFrame, rows: gpd.GeoDataFrame, home: Any, edits: Edits | None) -> pd.DataFrame:
    """Say for every cell whether a person wrote it."""
    flags = pd.DataFrame(data=False, index=rows.index, columns=list(DECIDABLE))
    for row, names in rows[FIELDS].dropna().items():  # decisions of earlier rounds
        flags.loc[row, [name for name in str(names).split(", ") if name in flags]] = True
    if edits is not None:
        row_of = dict(zip(rows["incident_id"], rows.index, strict=True))
        for incident_id in edits.changed.keys() & row_of.keys():
            fields = [name for name in edits.changed[incident_id] if name in flags]
            flags.loc[row_of[incident_id], fields] = True
        return flags
    known = np.flatnonzero(home >= 0)
    for name in DECIDABLE:
        flags.loc[known, name] |= ~same(rows[name].iloc[known], fresh[name].iloc[home[known]])
    return flags


def same(ours: pd.Series, theirs: pd.Series) -> Any:
    """Compare two columns cell by cell, shape (n,); null is the same as null."""
    a, b = ours.array, theirs.array
    if ours.name == "geometry":
        a, b = np.asarray(a), np.asarray(b)
        close = shapely.distance(a, b) <= SAME_DEGREES
        return close | (shapely.is_missing(a) & shapely.is_missing(b))
    if ours.dtype == object:
        return np.array([x == y for x, y in zip(a, b, strict=True)], dtype=bool)
    if ours.dtype == "float64":
        return np.isclose(ours.to_numpy(), theirs.to_numpy(), rtol=SAME_SHARE, equal_nan=True)
    equal = pd.Series(a == b).fillna(value=False).to_numpy(dtype=bool)
    return equal | (ours.isna().to_numpy() & theirs.isna().to_numpy())


def _fill_verdicts(rows: gpd.GeoDataFrame, changed: pd.DataFrame, home: Any, edits: Edits | None) -> None:
    """Say of every row what was decided, where the layer does not say it itself."""
    verdicts = rows[REVIEWED].copy()
    own = _is_own(rows, home, changed, edits)
    verdicts[verdicts.isna() & own] = ADDED
    verdicts[verdicts.isna() & changed.any(axis=1) & (home >= 0)] = CHANGED
    if edits is not None:  # changed after it was confirmed
        verdicts[verdicts.eq(CONFIRMED).fillna(value=False) & rows["incident_id"].isin(set(edits.changed))] = CHANGED
    rows[REVIEWED] = verdicts


def _is_own(rows: gpd.GeoDataFrame, home: Any, changed: pd.DataFrame, edits: Edits | None) -> Any:
    """Say which rows that the extraction does not have are a person's, and not just outdated."""
    unknown = home < 0
    if edits is None:
        return unknown
    ids = rows["incident_id"]
    theirs = ids.isin(edits.added) | ids.map(named_by_conform).astype(bool) | changed.any(axis=1)
    return unknown & (theirs | rows[REVIEWED].notna()).to_numpy(dtype=bool)


def _dropped(
    fresh: gpd.GeoDataFrame, rows: gpd.GeoDataFrame, home: Any, edits: Edits | None, *, alone: bool
) -> tuple[dict[str, Spans], dict[str, Spans]]:
    """Find the incidents of the new extraction that a person threw out, and those thrown out that it lacks."""
    missing = np.ones(len(fresh), dtype=bool)
    missing[home[home >= 0]] = False
    spans = {row: spans_of(fresh["evidence"].iloc[row]) for row in np.flatnonzero(missing)}
    ids = fresh["incident_id"]
    if edits is not None:
        gone: Spans = frozenset().union(*edits.dropped.values())
        out = {ids.iloc[row]: spans[row] for row in spans if ids.iloc[row] in edits.dropped or spans[row] & gone}
        back = set(ids) - set(out)
        return out, {key: value for key, value in edits.dropped.items() if key not in back and key not in out}
    if alone:
        return {}, {}
    reports = {report for cited in rows["report_ids"] for report in cited}
    known = {row for row in spans if reports.issuperset(fresh["report_ids"].iloc[row])}
    return {ids.iloc[row]: spans[row] for row in spans if row in known}, {}
