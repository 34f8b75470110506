"""GeoParquet in folders: one file for each value of a column (`country_code=IQ/part-0.parquet`).

DuckDB, Spark and Arrow read such folders; geo writes them (geo.exporting.folder_writer) and reads them in pieces, so
that a folder may be larger than memory.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from geo.errors import GeoError, InputError
from geo.exporting import geoparquet
from geo.exporting.conditions import DAYS, condition
from geo.paths import is_directory
from geo.vocabulary import CRS

NOTHING: Final = "__HIVE_DEFAULT_PARTITION__"  # Hive's own word for null
BY: Final = "country_code"
LISTS: Final = frozenset({"report_ids", "in_response_to", "evidence"})
MONTH: Final = "month"  # of a dataset by month
PART: Final = "part"  # of a layer without the column
FOLDERS_ALONE: Final = frozenset({MONTH, PART})  # no columns
ROWS: Final = 16_384  # of a piece that is read


def is_partitioned(folder: Path) -> bool:
    """Return whether a folder holds such a table: nothing but folders called NAME=VALUE with Parquet files."""
    if not is_directory(folder):
        return False
    inside = [child for child in folder.iterdir() if not child.name.startswith((".", "_"))]
    return bool(inside) and all(
        child.is_dir() and "=" in child.name and any(child.glob("*.parquet")) for child in inside
    )


def is_folder(path: Path) -> bool:
    """Return whether a layer is to be written as a folder: one that is there and empty, or has such a layer in it."""
    return is_directory(path) and (path.suffix.lower() == ".parquet" or not any(path.iterdir()) or is_partitioned(path))


def pieces(folder: Path, where: str | None = None, *, rows: int = ROWS) -> Iterator[gpd.GeoDataFrame]:
    """Read a parted layer, or the rows of it that meet a condition, so many at a time.

    Args:
        folder: Of the layer.
        where: As `geo.exporting.conditions` has it. Files and groups of rows whose name or statistics rule it out are
            not read.
        rows: Most rows of a piece.

    Raises:
        InputError: If there is no such layer, or the condition cannot be read.
    """
    files = sorted(folder.glob("*=*/*.parquet"))
    if not files:
        msg = f"{folder}: no parted layer; expected folders such as country_code=IQ with Parquet files."
        raise InputError(msg)
    metadata = _metadata(files[0])
    found = _own(folder, files, metadata, where, rows) if geoparquet.is_own(metadata) else _foreign(files, where)
    none = True
    for piece in found:
        none = False
        yield piece
    if none:
        yield _no_rows(files[0])


def file_pieces(path: Path, where: str | None = None, *, rows: int = ROWS) -> Iterator[gpd.GeoDataFrame]:
    """Read one file of GeoParquet, or the rows of it that meet a condition, so many at a time."""
    metadata = _metadata(path)
    if not geoparquet.is_own(metadata):
        yield _selected(geoparquet.read(path, _raise), where)
        return
    table = ds.dataset(path)
    wanted = None if where is None else condition(where, table.schema.names)
    some = False
    for piece in _grouped(table, table.schema.names, wanted, rows):
        some = True
        yield geoparquet.from_table(piece, path, metadata)
    if not some:
        yield _no_rows(path)


def _metadata(path: Path) -> dict[bytes, bytes]:
    try:
        return geoparquet.metadata_of(path)
    except (pa.ArrowException, OSError) as error:
        msg = f"{path}: cannot be read as GeoParquet ({error}); expected a whole file of that format."
        raise InputError(msg) from error


def _no_rows(path: Path) -> gpd.GeoDataFrame:
    """Give the columns of a file alone."""
    return geoparquet.read(path, _raise).iloc[:0] if not geoparquet.is_own(_metadata(path)) else _bare(path)


def _bare(path: Path) -> gpd.GeoDataFrame:
    return geoparquet.from_table(pq.read_schema(path).empty_table(), path, _metadata(path))


def _own(
    folder: Path, files: list[Path], metadata: dict[bytes, bytes], where: str | None, rows: int
) -> Iterator[gpd.GeoDataFrame]:
    name = files[0].parent.name.partition("=")[0]
    schema = pq.read_schema(files[0])
    by_folder = ds.partitioning(pa.schema([(name, pa.string())]), flavor="hive")
    known = schema if name in schema.names else schema.append(pa.field(name, pa.string()))
    table = ds.dataset(files, schema=known, partitioning=by_folder, partition_base_dir=str(folder))
    wanted = None if where is None else condition(where, known.names, by_month=name == MONTH)
    names = schema.names if name in FOLDERS_ALONE else known.names
    for piece in _grouped(table, names, wanted, rows):
        yield geoparquet.from_table(piece, folder, metadata)


def _grouped(table: ds.Dataset, names: Collection[str], wanted: Any, rows: int) -> Iterator[pa.Table]:
    """Read batches, few ahead, and put small ones together."""
    waiting: list[pa.RecordBatch] = []
    # Nothing fetched before it is needed: by itself Arrow keeps whole files
    reading = ds.ParquetFragmentScanOptions(pre_buffer=False, use_buffered_stream=True)
    batches = table.to_batches(
        columns=list(names),
        filter=wanted,
        batch_size=rows,
        batch_readahead=0,
        fragment_readahead=0,
        fragment_scan_options=reading,
        use_threads=False,
    )
    try:
        for batch in batches:
            if waiting and sum(map(len, waiting)) + len(batch) > rows:
                yield pa.Table.from_batches(waiting)
                waiting = []
            if len(batch):
                waiting.append(batch)
    except (pa.ArrowException, OSError) as error:
        msg = f"{error}; expected whole files of GeoParquet with the same columns."
        raise InputError(msg) from error
    if waiting:
        yield pa.Table.from_batches(waiting)


def _foreign(files: list[Path], where: str | None) -> Iterator[gpd.GeoDataFrame]:
    """Read the files of a layer that another program parted, one after the other."""
    for file in files:
        piece = geoparquet.read(file, _raise)
        name, _, value = file.parent.name.partition("=")
        if name not in piece.columns and name not in FOLDERS_ALONE:
            piece[name] = None if value == NOTHING else unquote(value)
        yield _selected(piece, where)


def _selected(piece: gpd.GeoDataFrame, where: str | None) -> gpd.GeoDataFrame:
    return piece if where is None else select(piece, where)


def _raise(problem: GeoError) -> None:
    raise problem


def read_folder(folder: Path, where: str | None = None) -> gpd.GeoDataFrame:
    """Read a parted layer whole, or the rows that meet a condition; see `pieces`."""
    parts = list(pieces(folder, where))
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry", crs=CRS)


def select(layer: gpd.GeoDataFrame, where: str) -> gpd.GeoDataFrame:
    """Keep the rows of a layer that meet a condition.

    Raises:
        InputError: If the condition cannot be read.
    """
    plain = [n for n in layer.columns if n != layer.active_geometry_name and n not in LISTS]
    xy = layer.geometry.get_coordinates().groupby(level=0).first().reindex(layer.index)
    columns = {n: pa.array(layer[n].dt.date if n in DAYS.values() else layer[n], from_pandas=True) for n in plain}
    columns["bbox"] = pa.StructArray.from_arrays([pa.array(xy["x"]), pa.array(xy["y"])], ["xmin", "ymin"])
    columns["_row"] = pa.array(range(len(layer)))
    kept = pa.table(columns).filter(condition(where, plain)).column("_row").to_numpy()
    return layer.iloc[kept].reset_index(drop=True)
