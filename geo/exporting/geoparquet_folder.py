"""GeoParquet in folders: one file for each value of a column (`country_code=IQ/part-0.parquet`).

DuckDB, Spark and Arrow read such folders; geo writes and reads them file by file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

import geopandas as gpd
import pandas as pd

from geo.atomic import whole_file
from geo.errors import ExportError, GeoError, InputError
from geo.exporting import geoparquet
from geo.vocabulary import CRS

NOTHING: Final = "__HIVE_DEFAULT_PARTITION__"  # Hive's own word for null
BY: Final = "country_code"


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
        if name not in piece.columns:
            piece[name] = None if value == NOTHING else unquote(value)
        yield piece


def _raise(problem: GeoError) -> None:
    raise problem


def read_folder(folder: Path) -> gpd.GeoDataFrame:
    """Read a parted layer whole."""
    return gpd.GeoDataFrame(pd.concat(list(pieces(folder)), ignore_index=True), geometry="geometry", crs=CRS)
