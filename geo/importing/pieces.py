"""Read a layer or a table in pieces of some ten thousand rows, so that it may be larger than memory."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa

from geo.exporting import csvfile
from geo.exporting.geoparquet_folder import ROWS, file_pieces, is_partitioned, pieces, select
from geo.importing import events, plain
from geo.importing.layers import OnNote, OnProblem, is_table, one_table, read_layer
from geo.importing.settling import hashes, ids_of, one_piece, settle_events, settle_plain
from geo.importing.source import Source
from geo.paths import is_file
from geo.tabular import Dataset, RawTable, recognise
from geo.tabular.headers import is_own_layer
from geo.tabular.table import empty


def read_pieces(
    path: str | Path,
    *,
    everything: bool = False,
    where: str | None = None,
    on_problem: OnProblem,
    on_note: OnNote,
) -> Iterator[gpd.GeoDataFrame]:
    """Read what `geo.read_layer` reads, some rows at a time.

    Tables of texts, GeoParquet files and folders of them are never whole in memory; other formats are one piece.
    Types of columns, the order of days and months, and ids that come twice are those of the whole file: a table of
    texts is looked through once before. Rows whose id comes twice stand at the end.

    Args:
        path: As `geo.read_layer` has it.
        everything: Whether rows of GDELT and POLECAT that are no incidents are kept, without a type.
        where: A condition that rows shall meet.
        on_problem: Called for each row that cannot be used.
        on_note: Called with one line about a table of events, when all of it was read.

    Raises:
        InputError: If the file is missing or cannot be read.
    """
    source = Path(path).expanduser()
    if is_partitioned(source):
        yield from pieces(source, where)
        return
    if is_file(source) and source.suffix.lower() in (".parquet", ".geoparquet") and not is_table(source):
        yield from file_pieces(source, where)
        return
    found = _streamed(source, everything=everything, on_problem=on_problem, on_note=on_note)
    if found is None:
        yield read_layer(path, everything=everything, where=where, on_problem=on_problem, on_note=on_note)
        return
    for piece in found:
        yield piece if where is None else select(piece, where)


def _small(raw: RawTable) -> RawTable:
    """Cut the pieces of a table, since what is made of a row takes more memory than its texts."""

    def cut() -> Iterator[pa.Table]:
        for piece in raw.pieces():
            for first in range(0, len(piece), ROWS):
                yield piece.slice(first, ROWS)

    return replace(raw, pieces=cut)


def _streamed(
    source: Path, *, everything: bool, on_problem: OnProblem, on_note: OnNote
) -> Iterator[gpd.GeoDataFrame] | None:
    """Read the one table of a file in pieces; None when it has several, or fits into one piece anyway."""
    raw = one_table(source)
    raw = raw and _small(raw)
    if raw is None or len(list(islice(raw.pieces(), 2))) < 2:  # noqa: PLR2004
        return None
    if is_own_layer(raw.names) and not raw.hxl:
        return csvfile.pieces(source, on_problem) if source.suffix.lower() == ".csv" else None
    dataset = recognise(raw.names)
    return (
        _events(raw, dataset, everything=everything, on_problem=on_problem, on_note=on_note)
        if dataset
        else _plain(raw, on_problem, on_note)
    )


def _events(
    raw: RawTable, dataset: Dataset, *, everything: bool, on_problem: OnProblem, on_note: OnNote
) -> Iterator[gpd.GeoDataFrame]:
    settled, repeated = settle_events(raw, dataset, everything=everything)
    counts: Counter[str] = Counter()
    for piece in _repeated_last(raw, dataset, repeated):
        imported = events.import_events(one_piece(raw, piece), dataset, everything=everything, settled=settled)
        counts += imported.counts
        for problem in imported.problems:
            on_problem(problem)
        yield imported.incidents
    _report_odd(raw, counts, on_problem)
    on_note(events.note_of(raw, dataset, counts))


def _repeated_last(raw: RawTable, dataset: Dataset, repeated: np.ndarray) -> Iterator[pa.Table]:
    late = []
    for piece in raw.pieces():
        if not len(repeated):
            yield piece
            continue
        again = np.isin(hashes(ids_of(Source(piece, dataset))), repeated)
        late.append(piece.filter(pa.array(again)))
        yield piece.filter(pa.array(~again))
    if late:
        yield pa.concat_tables([empty(raw.names), *late])


def _plain(raw: RawTable, on_problem: OnProblem, on_note: OnNote) -> Iterator[gpd.GeoDataFrame]:
    settled = settle_plain(raw)
    counts: Counter[str] = Counter()
    for piece in raw.pieces():
        imported = plain.import_plain(one_piece(raw, piece), settled)
        counts += imported.counts
        for problem in imported.problems:
            on_problem(problem)
        yield imported.incidents
    _report_odd(raw, counts, on_problem)
    text = plain.note_of(raw, settled.columns.columns if settled.columns else (), counts)
    if text:
        on_note(text)


def _report_odd(raw: RawTable, counts: Counter[str], on_problem: OnProblem) -> None:
    """Name the rows that have too many cells or too few, which are known when all were read."""
    for problem in events.row_problems(raw, pa.chunked_array([], pa.int64()), {}):
        counts["wrong"] += 1
        on_problem(problem)
