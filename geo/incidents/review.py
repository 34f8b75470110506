"""Keep what a person decided when the reports are read anew.

A person corrects the layer in QGIS: moves a point, mends a type, adds a row, deletes one. When
`geo` later reads the reports again (more of them, or with a better version), those cells and
rows stay as the person left them, and everything else is as the new extraction has it.

Which cells a person changed is known for certain from the log that a GeoPackage of `geo` keeps
(`geo.exporting.edit_log`). Other formats have none; there every difference between the layer and
the new extraction counts as a decision, so that none is lost. An incident is known again by its
id, and when that has changed because another report tells of it too, by its evidence.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.incidents.conforming import conform, named_by_conform
from geo.incidents.schema import COLUMNS, RANGES, TEXT, coordinates, object_column, validate
from geo.vocabulary import CRS, EVENT_TYPE_OF

REVIEWED: Final = "reviewed"  # "added", "changed", or null where a person changed nothing
FIELDS: Final = "reviewed_fields"  # the changed columns, separated by ", "
ADDED, CHANGED = "added", "changed"
# What the machine knows better: where it read of an incident, and how sure it is.
OF_THE_MACHINE: Final = frozenset({"incident_id", "report_ids", "evidence", "confidence"})
DECIDABLE: Final = tuple(name for name in COLUMNS if name not in OF_THE_MACHINE)
SAME_DEGREES: Final = 1e-6  # layers round coordinates; ten centimetres are no decision
SAME_SHARE: Final = 1e-6

Spans = frozenset[tuple[str, int]]  # report and offset of every sentence of evidence


@dataclass(frozen=True)
class Edits:
    """What a person did to a layer since `geo` wrote it."""

    changed: Mapping[str, frozenset[str]] = field(default_factory=dict)  # columns by incident_id
    added: frozenset[str] = frozenset()
    dropped: Mapping[str, Spans] = field(default_factory=dict)  # evidence by incident_id


def mark_as_extracted(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Note on the table that nobody has changed it since the extraction; hands it back."""
    incidents.attrs["extracted"] = _fingerprint(incidents)
    return incidents


def is_as_extracted(layer: gpd.GeoDataFrame) -> bool:
    """Tell whether a layer is the table of incidents as the extraction made it.

    Only the edits of such a layer are logged: in one that a person changed before it was
    written, the log would know some of the decisions and deny the others.
    """
    mark = layer.attrs.get("extracted")
    return mark is not None and set(COLUMNS) <= set(layer.columns) and mark == _fingerprint(layer)


def _fingerprint(incidents: gpd.GeoDataFrame) -> str:
    plain = [name for name in DECIDABLE if name not in {"geometry", "in_response_to"}]
    cells = pd.util.hash_pandas_object(pd.DataFrame(incidents[plain]), index=False).to_numpy()
    places = np.nan_to_num(coordinates(incidents), nan=-999.0)
    links = "|".join(",".join(targets) for targets in incidents["in_response_to"])
    return hashlib.sha256(cells.tobytes() + places.tobytes() + links.encode()).hexdigest()


def apply_review(extracted: gpd.GeoDataFrame, edited: pd.DataFrame, edits: Edits | None = None) -> gpd.GeoDataFrame:
    """Carry a person's decisions over to a new extraction.

    Args:
        extracted: The new extraction, EPSG:4326.
        edited: The layer as the person left it; anything that `conform` takes.
        edits: What the layer's log says; without one, differences count as decisions, and an
            incident that the layer lacks was dropped if the layer knows all its reports.

    Returns:
        The incidents with every decision kept, columns `reviewed` and `reviewed_fields` at the
        end. `attrs["dropped"]` remembers the dropped ones for the next round.

    Raises:
        SchemaError, CrsError: If one of the tables does not hold to the contract.
    """
    fresh, edited = validate(extracted).reset_index(drop=True), conform(edited)
    home = _match(fresh, edited)
    edited, names = _rename_ids(edited, fresh, home)
    if edits is not None:
        edits = replace(edits, changed={names.get(old, old): fields for old, fields in edits.changed.items()})
    known = home >= 0
    decided = _decided(fresh, edited, home, edits)
    result = _with_columns_of(fresh, edited, home)
    for name in DECIDABLE:
        rows = np.flatnonzero(known & decided[name].to_numpy())
        result[name] = _replaced(result[name], home[rows], edited[name], rows)
    result[REVIEWED], result[FIELDS] = _marks(decided[known], home[known], len(fresh))
    dropped = _dropped(fresh, edited, home, edits)
    result = result[~result["incident_id"].isin(set(dropped))]
    added = edited[~known & _is_kept(edited, decided, edits)].assign(**{REVIEWED: ADDED, FIELDS: None})
    result = _stacked(result, added)
    _settle_types(result)
    _settle_ranges(result)
    result.attrs["dropped"] = _memory(dropped, fresh, edits)
    return mark_as_extracted(validate(result))


def _spans(evidence: Iterable[Mapping[str, Any]]) -> Spans:
    return frozenset((str(span["report_id"]), int(span["start"])) for span in evidence if span["start"] is not None)


def _match(fresh: gpd.GeoDataFrame, edited: gpd.GeoDataFrame) -> Any:
    """Find the row of the new extraction that each edited row is about; -1 when there is none."""
    home = pd.Index(fresh["incident_id"]).get_indexer(pd.Index(edited["incident_id"]))
    taken = set(home.tolist())
    told = {span: row for row, evidence in enumerate(fresh["evidence"]) for span in _spans(evidence)}
    for row in np.flatnonzero(home < 0):
        if named_by_conform(edited["incident_id"].iloc[row]):
            continue  # a copy made in QGIS has the evidence of its model
        found = [told[span] for span in sorted(_spans(edited["evidence"].iloc[row])) if span in told]
        free = [other for other in found if other not in taken]
        if free:
            home[row] = max(set(free), key=lambda other: (free.count(other), -other))
            taken.add(int(home[row]))
    return home


def _rename_ids(
    edited: gpd.GeoDataFrame, fresh: gpd.GeoDataFrame, home: Any
) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """Call incidents as the new extraction does, in links too."""
    old, known = edited["incident_id"].copy(), home >= 0
    new = old.copy()
    new[known] = fresh["incident_id"].to_numpy()[home[known]]
    names = dict(zip(old, new, strict=True))
    links = [[names.get(target, target) for target in targets] for targets in edited["in_response_to"]]
    return edited.assign(incident_id=new, in_response_to=object_column(links)), names


def _decided(fresh: gpd.GeoDataFrame, edited: gpd.GeoDataFrame, home: Any, edits: Edits | None) -> pd.DataFrame:
    """Tell for every cell of the edited layer whether a person decided it."""
    flags = pd.DataFrame(data=False, index=edited.index, columns=list(DECIDABLE))
    if FIELDS in edited:  # decisions of earlier rounds
        for row, names in edited[FIELDS].dropna().items():
            flags.loc[row, [name for name in str(names).split(", ") if name in flags]] = True
    if edits is not None:
        row_of = dict(zip(edited["incident_id"], edited.index, strict=True))
        for incident_id in edits.changed.keys() & row_of.keys():
            fields = [name for name in edits.changed[incident_id] if name in flags]
            flags.loc[row_of[incident_id], fields] = True
        return flags
    rows = np.flatnonzero(home >= 0)
    for name in DECIDABLE:
        flags.loc[rows, name] |= ~_same(edited[name].iloc[rows], fresh[name].iloc[home[rows]])
    return flags


def _same(ours: pd.Series, theirs: pd.Series) -> Any:
    """Compare two columns cell by cell; null is the same as null."""
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


def _with_columns_of(fresh: gpd.GeoDataFrame, edited: gpd.GeoDataFrame, home: Any) -> gpd.GeoDataFrame:
    """Bring along the columns that a person added to the layer."""
    result, known = fresh.copy(), home >= 0
    for name in edited.columns.difference([*fresh.columns, REVIEWED, FIELDS], sort=False):
        back = np.full(len(fresh), -1)
        back[home[known]] = np.flatnonzero(known)
        result[name] = pd.Series(edited[name].array.take(back, allow_fill=True))
    return result.drop(columns=[REVIEWED, FIELDS], errors="ignore")


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


def _marks(decided: pd.DataFrame, home: Any, length: int) -> tuple[pd.Series, pd.Series]:
    """Say of every row whether and where a person changed it."""
    marks: list[str | None] = [None] * length
    names = marks.copy()
    matrix = decided.to_numpy()
    for row in np.flatnonzero(matrix.any(axis=1)):
        marks[home[row]] = CHANGED
        names[home[row]] = ", ".join(np.array(DECIDABLE)[matrix[row]])
    return pd.Series(marks, dtype=TEXT), pd.Series(names, dtype=TEXT)


def _dropped(fresh: gpd.GeoDataFrame, edited: gpd.GeoDataFrame, home: Any, edits: Edits | None) -> dict[str, Spans]:
    """Find the incidents of the new extraction that a person threw out."""
    missing = np.ones(len(fresh), dtype=bool)
    missing[home[home >= 0]] = False
    spans = {row: _spans(fresh["evidence"].iloc[row]) for row in np.flatnonzero(missing)}
    ids = fresh["incident_id"]
    if edits is None:
        reports = {report for told in edited["report_ids"] for report in told}
        known = {row for row in spans if reports.issuperset(fresh["report_ids"].iloc[row])}
        return {ids.iloc[row]: spans[row] for row in spans if row in known}
    gone: Spans = frozenset().union(*edits.dropped.values())
    return {ids.iloc[row]: spans[row] for row in spans if ids.iloc[row] in edits.dropped or spans[row] & gone}


def _is_kept(edited: gpd.GeoDataFrame, decided: pd.DataFrame, edits: Edits | None) -> Any:
    """Tell which rows that the extraction does not have are a person's, and not just outdated."""
    if edits is None:
        return np.ones(len(edited), dtype=bool)
    ids = edited["incident_id"]
    theirs = ids.isin(edits.added) | ids.map(named_by_conform).astype(bool) | decided.any(axis=1)
    if REVIEWED in edited:
        theirs |= edited[REVIEWED].eq(ADDED)
    return theirs.to_numpy(dtype=bool)


def _stacked(result: gpd.GeoDataFrame, added: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put a person's own rows below, in the types of the table."""
    if added.empty:
        return result.reset_index(drop=True)
    both = pd.concat([result, added[list(result.columns)]], ignore_index=True)
    return gpd.GeoDataFrame(both.astype({REVIEWED: TEXT, FIELDS: TEXT}), geometry="geometry", crs=CRS)


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


def settle_types(layer: gpd.GeoDataFrame, edits: Edits | None) -> gpd.GeoDataFrame:
    """Make the event type of an edited layer follow a mended sub type, and the other way round.

    Args:
        layer: Incidents as a person left them; anything that `conform` takes.
        edits: What the layer's log says; without one both types are left as they stand.

    Returns:
        The conformed layer.
    """
    settled = conform(layer)
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


def _memory(dropped: Mapping[str, Spans], fresh: gpd.GeoDataFrame, edits: Edits | None) -> list[dict[str, Any]]:
    """Remember what was thrown out, now and in earlier rounds, as JSON can hold it."""
    earlier = edits.dropped if edits else {}
    back = set(fresh["incident_id"]) - set(dropped)
    whole = {**{key: spans for key, spans in earlier.items() if key not in back}, **dropped}
    return [{"incident_id": key, "spans": sorted(map(list, whole[key]))} for key in sorted(whole)]
