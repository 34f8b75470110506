"""GeoParquet in folders: one file for each value of a column (`country_code=IQ/part-0.parquet`).

DuckDB, Spark and Arrow read such folders; geo writes and reads them file by file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from geo.atomic import whole_file
from geo.errors import ExportError, GeoError, InputError
from geo.exporting import geoparquet
from geo.exporting.conditions import DAYS, condition
from geo.vocabulary import CRS

NOTHING: Final = "__HIVE_DEFAULT_PARTITION__"  # Hive's own word for null
BY: Final = "country_code"
LISTS: Final = frozenset({"report_ids", "in_response_to", "evidence"})
MONTH: Final = "month"  # of a dataset by month: a folder alone, no column


def is_partitioned(folder: Path) -> bool:
    """Tell whether a folder holds such a table: nothing but folders called NAME=VALUE with Parquet files."""
    if not folder.is_dir():
        return False
    inside = [child for child in folder.iterdir() if not child.name.startswith((".", "_"))]
    return bool(inside) and all(
        child.is_dir() and "=" in child.name and any(child.glob("*.parquet")) for child in inside
    )


def is_folder(path: Path) -> bool:
    """Tell whether a layer is to be written as a folder: one that is there, and called NAME.parquet or NAME=VALUE."""
    return path.is_dir() and (path.suffix.lower() == ".parquet" or is_partitioned(path))


def write_folder(layer: gpd.GeoDataFrame, folder: Path, *, by: str = BY) -> list[Path]:
    """Write a layer as one file for each value of a column; each file has the boxes of its shapes (bbox covering).

    Args:
        layer: Geometry in EPSG:4326.
        folder: Made when it is not there. Files of values that the layer no longer has are taken away.
        by: The column; it stays in the files too.

    Raises:
        ExportError: If there is no such column, or the folder holds something else.
    """
    if by not in layer.columns:
        msg = f"{folder}: there is no column {by!r} to part the layer by; it has {', '.join(map(str, layer.columns))}."
        raise ExportError(msg)
    if folder.exists() and any(folder.iterdir()) and not is_partitioned(folder):
        msg = f"{folder}: holds something else than a parted layer; choose a new folder."
        raise ExportError(msg)
    values = layer[by].astype(object).where(layer[by].notna(), None)
    written = []
    for value, rows in layer.groupby(values, dropna=False, sort=True).indices.items():
        name = NOTHING if pd.isna(value) else quote(str(value), safe=" ")
        path = folder / f"{by}={name}" / "part-0.parquet"
        with whole_file(path) as temporary:
            geoparquet.write(layer.iloc[rows], temporary, name=folder.name.partition(".")[0])
        written.append(path)
    for old in set(folder.glob("*=*/*.parquet")) - set(written):
        old.unlink()
        if not any(old.parent.iterdir()):
            old.parent.rmdir()
    return written


def pieces(folder: Path) -> Iterator[gpd.GeoDataFrame]:
    """Read the files of a parted layer one after the other.

    Raises:
        InputError: If it is none.
    """
    files = sorted(folder.glob("*=*/*.parquet"))
    if not files:
        msg = f"{folder}: no parted layer; expected folders such as country_code=IQ with Parquet files."
        raise InputError(msg)
    for file in files:
        piece = geoparquet.read(file, _raise)
        name, _, value = file.parent.name.partition("=")
        if name not in piece.columns and name != MONTH:
            piece[name] = None if value == NOTHING else unquote(value)
        yield piece


def _raise(problem: GeoError) -> None:
    raise problem


def read_folder(folder: Path, where: str | None = None) -> gpd.GeoDataFrame:
    """Read a parted layer whole, or the rows that meet a condition.

    Args:
        folder: Of the layer.
        where: As `geo.exporting.conditions` has it. Files whose name or statistics rule it out are not read.

    Raises:
        InputError: If there is no such layer, or the condition cannot be read.
    """
    if where is None:
        return gpd.GeoDataFrame(pd.concat(list(pieces(folder)), ignore_index=True), geometry="geometry", crs=CRS)
    files = sorted(folder.glob("*=*/*.parquet"))
    if not files:
        next(pieces(folder))
    name = files[0].parent.name.partition("=")[0]
    by_folder = ds.partitioning(pa.schema([(name, pa.string())]), flavor="hive")
    schema = pq.read_schema(files[0])
    known = schema if name in schema.names else schema.append(pa.field(name, pa.string()))
    rows = ds.dataset(files, schema=known, partitioning=by_folder, partition_base_dir=str(folder))
    found = rows.to_table(columns=schema.names, filter=condition(where, known.names, by_month=name == MONTH))
    return geoparquet.from_table(found.replace_schema_metadata(schema.metadata), folder)


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
