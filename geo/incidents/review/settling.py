"""Make the cells of a row fit each other after a person changed one of them."""

from typing import Any

import geopandas as gpd
import pandas as pd

from geo.incidents.contract.conforming import conform
from geo.incidents.contract.refusals import OnProblem
from geo.incidents.contract.schema import RANGES, TEXT
from geo.incidents.review.edits import Edits
from geo.incidents.review.terms import FIELDS, INTO, REJECTED, REVIEWED
from geo.vocabulary import EVENT_TYPE_OF


def settle(frame: gpd.GeoDataFrame) -> None:
    """Let types and ranges follow the cells that `reviewed_fields` names."""
    _settle_types(frame)
    _settle_ranges(frame)


def _settle_types(frame: gpd.GeoDataFrame) -> None:
    """Where a person mended one of event type and sub type, let the other follow."""
    fields = frame[FIELDS].fillna("").str.split(", ")
    mended_sub = fields.map(lambda names: "sub_event_type" in names)
    expected = frame["sub_event_type"].map(EVENT_TYPE_OF).astype(TEXT)
    wrong = frame["sub_event_type"].notna() & (frame["event_type"] != expected)
    frame.loc[wrong & mended_sub, "event_type"] = expected
    frame.loc[wrong & ~mended_sub, "sub_event_type"] = None


def _settle_ranges(frame: gpd.GeoDataFrame) -> None:
    """Where a decided end of a range and the new extraction's other end contradict each other, the decision counts."""
    fields = frame[FIELDS].fillna("").str.split(", ")
    for low, high in RANGES:
        crossed = (frame[low] > frame[high]).fillna(value=False).astype(bool)
        by_low = crossed & fields.map(lambda names, name=low: name in names)
        frame.loc[by_low, high] = frame.loc[by_low, low]
        frame.loc[crossed & ~by_low, low] = frame.loc[crossed & ~by_low, high]


def settle_types(
    layer: gpd.GeoDataFrame, edits: Edits | None, *, on_problem: OnProblem | None = None
) -> gpd.GeoDataFrame:
    """Make the event type of an edited layer follow a mended sub type, and the other way round.

    Args:
        layer: Incidents as a person left them; anything that `conform` takes.
        edits: What the layer's log says; without one both types are left as they stand.
        on_problem: Called for each row that cannot be used, which is left out; without it the first one raises.

    Returns:
        The conformed layer, without the incidents that its column `reviewed` says were rejected or merged into others.
    """
    settled = without_rejected(conform(layer, on_problem=on_problem))
    if edits is None:
        return settled
    ids = settled["incident_id"]
    fields = ids.map(lambda incident_id: ", ".join(sorted(edits.changed.get(incident_id, ()))))
    marked = settled.assign(**{FIELDS: fields.astype(TEXT)})
    touched = marked[FIELDS].str.contains("event_type")
    part = marked[touched].copy()
    _settle_types(part)
    for name in ("event_type", "sub_event_type"):
        settled.loc[touched, name] = part[name]
    return settled


def is_out(frame: gpd.GeoDataFrame) -> "pd.Series[Any]":
    """Say which rows a person rejected, or found to be the same as another."""
    out: pd.Series[Any] = frame["incident_id"].isna()
    if REVIEWED in frame:
        out |= frame[REVIEWED].eq(REJECTED).fillna(value=False).astype(bool)
    if INTO in frame:
        out |= frame[INTO].notna() & (frame[INTO].astype(TEXT) != "")
    return out


def with_verdicts(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give a table the column `reviewed` where it has none: nobody decided anything yet."""
    if REVIEWED in frame:
        return frame
    return frame.assign(**{REVIEWED: pd.Series([None] * len(frame), index=frame.index, dtype=TEXT)})


def without_rejected(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Leave out what a person rejected or merged into another incident."""
    out = is_out(frame)
    return frame[~out].reset_index(drop=True) if out.any() else frame
