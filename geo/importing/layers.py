"""Read a layer from any file: geo's own, other people's tables of events, any table or layer with places."""

import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo import exporting
from geo.call_arguments import checked
from geo.errors import GeoError, InputError
from geo.exporting import postgis, xlsx_reading
from geo.exporting.geoparquet_folder import is_partitioned, read_folder, select
from geo.importing.event_layers import as_event_table
from geo.importing.events import import_events
from geo.importing.plain import import_plain, read_shapes
from geo.incidents import conform
from geo.paths import is_file, is_there, or_near
from geo.tabular import RawTable, open_tables, recognise
from geo.tabular.headers import is_own_layer
from geo.tabular.opening import TABLE_SUFFIXES, holds_shapes, looks_like_table

OnProblem = Callable[[GeoError], None]
OnNote = Callable[[str], None]
REPORTS: Final = frozenset({".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".eml", ".rss", ".atom"})


@checked
def read_layer(
    path: str | Path,
    layer: str | None = None,
    *,
    raw: bool = False,
    everything: bool = False,
    where: str | None = None,
    on_problem: OnProblem | None = None,
    on_note: OnNote | None = None,
) -> gpd.GeoDataFrame:
    """Read a layer, whoever made it; a table of events is known by its header, not by its name.

    Args:
        path: A layer of any format that `geo.write_layer` writes; a table of ACLED, UCDP GED, GDELT, POLECAT,
            Insecurity Insight, GTD or TimeMap as CSV, XLSX or JSON, in a zip archive or not; any table whose
            rows have coordinates; a shapefile, GPX or GeoJSON of points, lines or areas.
        layer: Which one of a GeoPackage; without it `incidents`, else the first.
        raw: Whether to give the rows of a table as they stand, not as incidents.
        everything: Whether rows of GDELT and POLECAT that are no incidents are kept, without a type.
        where: A condition that rows shall meet, such as `date >= 2020-01 and country_code == 'IQ'`; of a folder of
            GeoParquet only the files that may hold such rows are read.
        on_problem: Called for each row or table that cannot be used, while the rest is read; without it the
            first one raises.
        on_note: Called with one line about each table of events: what was seen and what was left out.

    Returns:
        A layer in EPSG:4326. Of events: the contract's columns, `dataset`, then the table's own, called
        PREFIX_NAME. Of other tables: their own columns, and the points.

    Raises:
        InputError: If the file is missing or cannot be read, or without `on_problem` a row of it.
        ExportError: If the suffix and the content say no format that geo reads.
    """
    on_problem, on_note = on_problem or _raise, on_note or _pass
    if not isinstance(path, str | Path):
        msg = f"found {type(path).__name__}; expected the path of a layer: what is read already needs no reading."
        raise InputError(msg)
    scheme = re.match(r"([A-Za-z][\w+-]+)://", str(path))
    if scheme and not postgis.is_store(path):
        what = "geo downloads nothing; save the file first, then read it"
        if scheme[1].lower() not in {"http", "https", "ftp"}:
            what = f"geo reads no {scheme[1]} address; expected a file, or postgresql://user@host/db?table=NAME"
        msg = f"{path}: {what}."
        raise InputError(msg)
    source = Path(path).expanduser()
    if is_partitioned(source):
        return read_folder(source, where)
    if str(path).startswith(("postgresql://", "postgres://")):
        found = postgis.read_layer(str(path))
    else:
        found = _of_file(source, layer, raw=raw, everything=everything, on_problem=on_problem, on_note=on_note)
    return found if where is None else select(found, where)


def _of_file(
    source: Path, layer: str | None, *, raw: bool, everything: bool, on_problem: OnProblem, on_note: OnNote
) -> gpd.GeoDataFrame:
    if not is_there(source):
        msg = f"{source}: there is no such file; expected a layer: {or_near(source)}"
        raise InputError(msg)

    def as_events(found: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        table = None if raw else as_event_table(found, str(source))
        if table is None:
            return found
        said: list[str] = []
        made = _of_table(
            table, source, raw=raw, everything=everything, on_problem=on_problem, on_note=on_note, empty=said.append
        )
        return found if made is None else made

    if not is_table(source) or (source.suffix.lower() == ".xlsx" and xlsx_reading.is_own(source)):
        if holds_shapes(source):
            return as_events(read_shapes(source))
        if source.is_dir() or source.suffix.lower() in REPORTS:
            what = "a folder" if source.is_dir() else f"a {source.suffix} file"
            msg = f"{source}: {what} is no layer; expected a layer or table: geo.read and geo map read reports."
            raise InputError(msg)
        return as_events(exporting.read_layer(source, layer, on_problem=on_problem))
    frames: list[gpd.GeoDataFrame] = []
    empty: list[str] = []
    for table in _tables(source, on_problem):
        frame = _of_table(
            table, source, raw=raw, everything=everything, on_problem=on_problem, on_note=on_note, empty=empty.append
        )
        if frame is not None:
            frames.append(frame)
    if not frames:
        msg = empty[0] if empty else f"{source}: no row of it could be used, so there is nothing to show."
        raise InputError(msg)
    # a codebook or a README beside the table of an archive or workbook; that it has no place was said
    placed = [frame for frame in frames if "incident_id" in frame.columns or frame.geometry.notna().any()]
    frames = placed or frames
    return frames[0] if len(frames) == 1 else _joined(frames)


def is_table(path: Path) -> bool:
    """Return whether a file holds a table of texts: by its suffix where that says so, else by its content."""
    suffix = path.suffix.lower()
    return is_file(path) and (suffix in TABLE_SUFFIXES or looks_like_table(path))


def _tables(source: Path, on_problem: OnProblem) -> Any:
    """Give the tables of a file; after the first, one that cannot be opened is named and the rest goes on."""
    opened = open_tables(source)
    first = True
    while True:
        try:
            table = next(opened, None)
        except InputError as error:
            if first:
                raise
            on_problem(error)
            return
        if table is None:
            return
        first = False
        yield table


def one_table(source: Path) -> RawTable | None:
    """Give the table of a file that has one and no more; None of other files, and of those that cannot be read."""
    if (
        not is_file(source)
        or not is_table(source)
        or (source.suffix.lower() == ".xlsx" and xlsx_reading.is_own(source))
    ):
        return None
    try:
        tables = list(islice(open_tables(source), 2))
    except InputError:  # said when it is read
        return None
    return tables[0] if len(tables) == 1 else None


def _of_table(
    table: RawTable,
    source: Path,
    *,
    raw: bool,
    everything: bool,
    on_problem: OnProblem,
    on_note: OnNote,
    empty: Callable[[str], None],
) -> gpd.GeoDataFrame | None:
    dataset = None if raw else recognise(table.names)
    if is_own_layer(table.names) and not table.hxl and source.suffix.lower() in exporting.LAYER_SUFFIXES:
        return exporting.read_layer(source, on_problem=on_problem)
    imported = import_events(table, dataset, everything=everything) if dataset else import_plain(table)
    for problem in imported.problems:
        on_problem(problem)
    if not len(imported.incidents) and imported.problems:
        return None
    if not imported.counts["rows"]:
        empty(f"{table.source}: a header and no rows below it, so there is nothing to show.")
        return None
    if imported.note:
        on_note(imported.note)
    return imported.incidents


def _joined(frames: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Put the tables of one file under one another."""
    if all("incident_id" in frame.columns for frame in frames):
        joined = pd.concat(frames, ignore_index=True)
        return conform(joined.drop_duplicates("incident_id", ignore_index=True))
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), geometry="geometry", crs=frames[0].crs)


def _raise(problem: GeoError) -> None:
    raise problem


def _pass(note: str) -> None:
    """Say nothing."""
