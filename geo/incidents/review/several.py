"""Put the decisions of several reviewers together; the later one counts, and every disagreement is listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.incidents.contract.layer_frame import LayerFrame, as_json
from geo.incidents.contract.schema import TEXT
from geo.incidents.review.deciding import Decided, same
from geo.incidents.review.settling import is_out
from geo.incidents.review.terms import AT, BY, DECIDABLE, INTO, NOTE, REJECTED, REVIEWED
from geo.vocabulary import CRS

BETWEEN: Final = {BY: ", ", NOTE: " / "}


@dataclass(frozen=True)
class Disagreement:
    """Two reviewers decided differently on one cell, or on whether there is such an incident."""

    incident_id: str
    column: str  # "reviewed" where one of them rejected it
    earlier: str  # the file, and the reviewer where it says who
    earlier_value: Any
    later: str
    later_value: Any  # this one counts

    def __str__(self) -> str:
        """Write it as one line."""
        return (
            f"{self.incident_id} {self.column}: {_shown(self.earlier_value)} ({self.earlier}), "
            f"{_shown(self.later_value)} ({self.later})"
        )


def combine(decided: Sequence[tuple[str, Decided]]) -> tuple[Decided, list[Disagreement]]:
    """Put decisions together, file after file.

    Args:
        decided: Name of the file and its decisions, all of them on the same extraction.
    """
    (name, whole), *others = decided
    whose = [_who(name, row) for row in whole.rows.itertuples()]
    found: list[Disagreement] = []
    for later_name, later in others:
        whole, whose, new = _put_together(whole, whose, later, later_name)
        found += new
    return whole, found


def _who(name: str, row: Any) -> str:
    by = getattr(row, BY, None)
    return f"{by}, {name}" if isinstance(by, str) and by else name


def _put_together(
    one: Decided, whose: list[str], other: Decided, name: str
) -> tuple[Decided, list[str], list[Disagreement]]:
    position = pd.Index(one.rows["incident_id"]).get_indexer(pd.Index(other.rows["incident_id"]))
    theirs, new = np.flatnonzero(position >= 0), np.flatnonzero(position < 0)
    ours = position[theirs]
    later = [_who(name, row) for row in other.rows.itertuples()]
    names = [(whose[a], later[b]) for a, b in zip(ours, theirs, strict=True)]
    rows = _same_columns(one.rows, other.rows)
    added = _same_columns(other.rows, one.rows)
    found = _differing(one, other, ours, theirs, names)
    decided_now = other.rows[REVIEWED].notna().to_numpy()[theirs]
    for column in DECIDABLE:
        written = other.fixed[column].to_numpy()[theirs]
        _write(rows, column, ours[written], other.rows[column], theirs[written])
    for column in (REVIEWED, INTO, AT, BY, NOTE):
        if column in rows:
            _write_marks(rows, column, ours[decided_now], added[column], theirs[decided_now])
    whose = [*whose]
    for a, b in zip(ours[decided_now], theirs[decided_now], strict=True):
        whose[a] = later[b]
    joined = LayerFrame(pd.concat([rows, added.iloc[new]], ignore_index=True), geometry="geometry", crs=CRS)
    changed, fixed = (
        _flags(a, b, ours, theirs, new) for a, b in ((one.changed, other.changed), (one.fixed, other.fixed))
    )
    here = set(joined["incident_id"][joined[REVIEWED].notna()])
    dropped = {key: spans for key, spans in (one.dropped | other.dropped).items() if key not in here}
    home = np.concatenate([one.home, other.home[new]])
    whole = Decided(joined, changed, fixed, home, dropped, one.memory | other.memory)
    return whole, [*whose, *(later[n] for n in new)], found


def _same_columns(frame: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    more = {name: pd.Series([None] * len(frame), dtype=other[name].dtype if other[name].dtype == TEXT else object)
            for name in other.columns.difference(frame.columns, sort=False)}  # fmt: skip
    return frame.assign(**more)


def _differing(
    one: Decided, other: Decided, ours: Any, theirs: Any, names: Sequence[tuple[str, str]]
) -> list[Disagreement]:
    """List the cells that both decided, and differently; of an incident that one rejected, only that."""
    ids = one.rows["incident_id"].tolist()
    a_out, b_out = is_out(one.rows).to_numpy()[ours], is_out(other.rows).to_numpy()[theirs]
    a_said, b_said = one.rows[REVIEWED].iloc[ours], other.rows[REVIEWED].iloc[theirs]
    both = a_said.notna().to_numpy() & b_said.notna().to_numpy()
    found = [
        Disagreement(ids[ours[n]], REVIEWED, names[n][0], a_said.iloc[n], names[n][1], b_said.iloc[n])
        for n in np.flatnonzero(both & (a_out != b_out)).tolist()
    ]
    for column in DECIDABLE:
        decided = one.fixed[column].to_numpy()[ours] & other.fixed[column].to_numpy()[theirs] & ~a_out & ~b_out
        a, b = one.rows[column].iloc[ours], other.rows[column].iloc[theirs]
        found += [
            Disagreement(ids[ours[n]], column, names[n][0], a.iloc[n], names[n][1], b.iloc[n])
            for n in np.flatnonzero(decided & ~same(a, b)).tolist()
        ]
    return found


def _thrown_out(one: Decided, other: Decided, name: str) -> list[Disagreement]:
    """List what one deleted from a layer and the other kept."""
    found = []
    for rows, gone, swapped in ((one.rows, other.dropped, False), (other.rows, one.dropped, True)):
        said = rows[REVIEWED].notna() & ~is_out(rows) & rows["incident_id"].isin(set(gone))
        for row in rows[said].itertuples():
            verdicts = [("the earlier layer", REJECTED), (_who(name, row), getattr(row, REVIEWED))]
            if not swapped:
                verdicts = [(_who("the earlier layer", row), getattr(row, REVIEWED)), (name, REJECTED)]
            (a, x), (b, y) = verdicts
            found.append(Disagreement(str(row.incident_id), REVIEWED, a, x, b, y))
    return found


def _write(rows: gpd.GeoDataFrame, column: str, to: Any, source: pd.Series, of: Any) -> None:
    if not len(to):
        return
    values = rows[column].array.copy()
    if rows[column].dtype == object:
        for a, b in zip(to, of, strict=True):
            values[a] = source.iloc[b]
    else:
        values[to] = source.array.take(of)
    rows[column] = values


def _write_marks(rows: gpd.GeoDataFrame, column: str, to: Any, source: pd.Series, of: Any) -> None:
    """Take over who decided what and when; of two reviewers, both names and both notes."""
    cells = rows[column].astype(object).tolist()
    for a, b in zip(to, of, strict=True):
        new, old = source.iloc[b], cells[a]
        if column in BETWEEN and isinstance(old, str) and old:
            parts = [*old.split(BETWEEN[column]), *(new.split(BETWEEN[column]) if isinstance(new, str) else [])]
            cells[a] = BETWEEN[column].join(dict.fromkeys(part for part in parts if part))
        else:
            cells[a] = None if pd.isna(new) else new
    rows[column] = pd.Series(cells, index=rows.index, dtype=TEXT)


def _flags(one: pd.DataFrame, other: pd.DataFrame, ours: Any, theirs: Any, new: Any) -> pd.DataFrame:
    values = one.to_numpy().copy()
    values[ours] |= other.to_numpy()[theirs]
    return pd.DataFrame(np.concatenate([values, other.to_numpy()[new]]), columns=list(DECIDABLE))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    if hasattr(value, "x"):
        return f"{value.y:.5f}, {value.x:.5f}"
    return "nothing" if value is None or pd.isna(value) else str(as_json(value))
