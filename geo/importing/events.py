"""Turn a table of a known dataset into the incident table: one row each, nothing guessed, every loss reported."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from geo.collecting import collection_paused
from geo.errors import InputError
from geo.importing.days import days_of
from geo.importing.event_types import IncidentCodes, columns_asked, leaves_out, statuses_of, types_of
from geo.importing.originals import own_columns
from geo.importing.places import places_of
from geo.importing.rules import fill
from geo.importing.source import Settled, Source
from geo.incidents.contract.schema import DAY, DTYPES, LIST, TEXT, missing, points, typed
from geo.tabular import Dataset, RawTable, normal
from geo.tabular.table import ROW, empty
from geo.vocabulary import CRS

DATASET: Final = "dataset"
AREAS: Final = ("admin", "region", "country")
Problem = Callable[[InputError], None]


@dataclass(slots=True)
class Imported:
    """The incidents of one table, and what a person should know about how they came to be."""

    incidents: gpd.GeoDataFrame
    note: str
    problems: list[InputError] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)  # what the note counts


@collection_paused()
def import_events(
    raw: RawTable, dataset: Dataset, *, everything: bool = False, settled: Settled | None = None
) -> Imported:
    """Make incidents of a table.

    Args:
        raw: The rows as they stand.
        dataset: What `geo.tabular.recognise` says that they are.
        everything: Whether rows that are no incidents (talk, aid, sanctions) are kept, without a type.
        settled: What all rows of the file say, where `raw` has some of them.

    Returns:
        The contract's columns, `dataset`, and the table's own columns called PREFIX_NAME; EPSG:4326.
    """
    table, n_rows = relevant(raw, dataset, everything=everything)
    source = Source(table, dataset, settled)
    filled = fill(source)
    for name, column in filled.items():
        source.put(name, column)
    types = types_of(source)
    placing = places_of(source)
    first, last, precision = days_of(source)
    ids = filled["incident_id"]
    for row in np.flatnonzero(ids.isna().to_numpy()):
        source.reject(int(row), "has no id")
    kept = _rows_kept(source, ids)
    columns: dict[str, Any] = {**filled, "date_start": first, "date_end": last, "date_precision": precision}
    columns |= {name: getattr(types, name) for name in ("event_type", "sub_event_type")}
    columns["status"] = statuses_of(source)
    columns |= {"geo_precision": placing.precision, "uncertainty_m": placing.uncertainty_m}
    columns |= {"country": placing.country, "country_code": placing.code}
    frame = _frame(columns, kept, placing.lon, placing.lat)
    frame["incident_id"] = _ids(dataset, ids.iloc[kept])
    frame[DATASET] = pd.Series(pd.array([dataset.name] * len(kept), dtype=TEXT))
    own = own_columns(source, filled, kept)
    incidents = gpd.GeoDataFrame(pd.concat([frame, pd.DataFrame(own)], axis=1), geometry="geometry", crs=CRS)
    counts = _counts(raw, incidents, source, n_rows)
    return Imported(
        incidents, note_of(raw, dataset, counts), row_problems(raw, table.column(ROW), source.rejected), counts
    )


def relevant(raw: RawTable, dataset: Dataset, *, everything: bool) -> tuple[pa.Table, int]:
    """Read the rows that are incidents, piece by piece, so that a file of talk takes no memory; count all rows."""
    wanted = IncidentCodes(dataset)
    if everything or not leaves_out(dataset.name):
        parts = list(raw.pieces())
        n_rows = sum(map(len, parts))
    elif raw.select is not None:
        looked_at = [name for name in raw.names if normal(name) in columns_asked(dataset.name)]
        chosen = list(raw.select(looked_at, wanted))
        parts, n_rows = [table for table, _ in chosen], sum(rows for _, rows in chosen)
    else:
        parts, n_rows = [], 0
        for piece in raw.pieces():
            n_rows += len(piece)
            parts.append(piece.filter(pa.array(wanted(piece))))
    return pa.concat_tables(parts or [empty(raw.names)]).combine_chunks(), n_rows


def _rows_kept(source: Source, ids: pd.Series) -> NDArray[np.int64]:
    """Choose the rows; of a repeated id those that say something else.

    Returns:
        The rows, in order, shape (n,).
    """
    usable = np.ones(len(source), dtype=bool)
    usable[list(source.rejected)] = False
    repeated = ids.duplicated(keep=False).to_numpy() & usable & ids.notna().to_numpy()
    if not repeated.any():
        return np.flatnonzero(usable)
    rows = np.flatnonzero(repeated)
    newest = source.dataset.duplicates
    if newest:
        stamps = pd.to_numeric(source.text(newest), errors="coerce").fillna(-np.inf).to_numpy()[rows]
        order = rows[np.lexsort((rows, -stamps))]
        seen: set[str] = set()
        for row in order:
            usable[row] = ids.iloc[row] not in seen
            seen.add(ids.iloc[row])
    else:
        cells = source.table.drop_columns([ROW]).take(pa.array(rows)).to_pylist()
        reported: set[tuple[Any, ...]] = set()
        for row, cell in zip(rows, cells, strict=True):
            said = (ids.iloc[row], *cell.values())
            usable[row] = said not in reported
            reported.add(said)
    return np.flatnonzero(usable)


def _ids(dataset: Dataset, ids: pd.Series) -> pd.Series:
    """Name the incidents PREFIX:ID; a second row of one id that says something else gets "#2"."""
    names = (f"{dataset.prefix}:" + ids).reset_index(drop=True)
    again = names.duplicated().to_numpy()
    if again.any():
        numbers = names.groupby(names).cumcount() + 1
        names = names.mask(again, names + "#" + numbers.astype(TEXT))
    return names


def _frame(columns: dict[str, Any], kept: Any, lon: Any, lat: Any) -> pd.DataFrame:
    """Lay the contract's columns in their order and types."""
    made: dict[str, Any] = {}
    for name, dtype in DTYPES.items():
        if name == "geometry":
            made[name] = points(lon[kept], lat[kept])
        elif name not in columns:
            made[name] = missing(name, dtype, len(kept))
        else:
            made[name] = _typed(columns[name], kept, dtype)
    return pd.DataFrame(made)


def _typed(values: Any, kept: Any, dtype: Any) -> pd.Series:
    column: pd.Series = values if isinstance(values, pd.Series) else pd.Series(values, dtype=object)
    column = column.iloc[kept].reset_index(drop=True)
    if dtype == LIST:
        return column
    if dtype in {DAY, TEXT} and column.dtype == dtype:
        return column
    if dtype in {DAY, TEXT}:
        return typed(column.tolist(), dtype)
    numbers: pd.Series = column.astype(dtype)
    return numbers


def row_problems(raw: RawTable, rows: pa.ChunkedArray, wrong: Mapping[int, str]) -> list[InputError]:
    """Name the rows that cannot be used, each with where it stands and the reason."""
    lines = [(raw.line_of(rows[row].as_py()), why) for row, why in sorted(wrong.items())]
    return [InputError(f"{raw.source}, {where}: {why}; the row is left out.") for where, why in [*raw.problems, *lines]]


def _counts(raw: RawTable, incidents: gpd.GeoDataFrame, source: Source, n_rows: int) -> Counter[str]:
    return Counter(
        rows=n_rows,
        incidents=len(incidents),
        left_out=n_rows - len(source),
        repeated=len(source) - len(source.rejected) - len(incidents),
        renamed=int(incidents["incident_id"].str.contains("#").sum()),
        wrong=len(source.rejected) + len(raw.problems),
        areas=int(incidents["geo_precision"].isin(AREAS).sum()),
        nowhere=int(incidents.geometry.isna().sum()),
        untyped=int(incidents["event_type"].isna().sum()),
    )


def note_of(raw: RawTable, dataset: Dataset, counts: Counter[str]) -> str:
    """Say in one line what was seen and what was left out."""
    parts = {
        "left_out": "{n} about talks, aid and the like left out (--all keeps them)",
        "repeated": "{n} left out as duplicates",
        "renamed": "{n} with a repeated id, renamed ID#2",
        "wrong": "{n} that cannot be used",
        "areas": "{n} located to a district or coarser and drawn as areas",
        "nowhere": "{n} without a point",
        "untyped": "{n} without a type",
    }
    counted = "".join(f"; {text.format(n=f'{counts[what]:,}')}" for what, text in parts.items() if counts[what])
    things = "incident" if counts["incidents"] == 1 else "incidents"
    hxl = "; a row of HXL tags was skipped" if raw.hxl else ""
    return f"{raw.source} is {dataset.name} ({counts['rows']:,} rows): {counts['incidents']:,} {things}{hxl}{counted}."
