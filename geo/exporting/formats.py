"""Write a layer to a file and read it back; the suffix says the format."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.atomic import whole_file
from geo.call_arguments import checked
from geo.errors import ExportError, GeoError, InputError
from geo.exporting import postgis
from geo.exporting.folder_writer import write_folder
from geo.exporting.geoparquet_folder import is_folder
from geo.exporting.world import on_earth

# Which module writes and reads a suffix; each has `write(layer, path, *, name)` and `read(path, on_problem)`.
MODULES: Final = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".geojsonl": "geojsonseq",
    ".geojsons": "geojsonseq",
    ".geojsonseq": "geojsonseq",
    ".gpkg": "geopackage",
    ".parquet": "geoparquet",
    ".geoparquet": "geoparquet",
    ".fgb": "flatgeobuf",
    ".kml": "kml",
    ".kmz": "kml",
    ".csv": "csvfile",
    ".xlsx": "xlsx",
}
LAYER_SUFFIXES: Final = frozenset(MODULES)


@checked
def write_layer(layer: gpd.GeoDataFrame, path: str | Path) -> None:
    """Write a layer to one file, whole or not at all; an earlier file stays until the new one is whole.

    Args:
        layer: Any columns; geometry in any declared CRS is written as EPSG:4326.
        path: The suffix says the format (`LAYER_SUFFIXES`); the layer is called like the file. A folder that is
            empty or holds such a layer, or NAME/, takes one GeoParquet file for each country;
            `postgresql://host/db?table=NAME` is a table of PostGIS.

    Raises:
        ExportError: If the suffix is unknown, or the format cannot hold the layer.
        CrsError: If the layer does not say its CRS.
    """
    if not isinstance(layer, pd.DataFrame) or not isinstance(path, str | Path):
        msg = f"found {type(layer).__name__} and {type(path).__name__}; expected a layer, then the path of its file."
        raise ExportError(msg)
    if postgis.is_store(path):
        postgis.write_layer(layer, str(path))
        return
    target = Path(path)
    if is_folder(target) or str(path).endswith("/"):
        write_folder(layer, target)
        return
    write = _module(target, ExportError).write
    with whole_file(target) as temporary:
        write(layer, temporary, name=target.stem)


def read_layer(
    path: str | Path, layer: str | None = None, *, on_problem: Callable[[GeoError], None] | None = None
) -> gpd.GeoDataFrame:
    """Read a layer from a file of any format that `write_layer` writes, whoever wrote it.

    Args:
        path: The suffix says the format. A table (CSV, XLSX) has its points in `longitude` and `latitude`.
        layer: Which one of a GeoPackage; without it `incidents`, else the first.
        on_problem: Called for each row that cannot be used, while the rest is read; without it the first
            such row raises.

    Returns:
        The layer in EPSG:4326. What geo wrote has the types that it was written with; else the columns
        of the contract have the contract's types, as far as their cells allow
        (`geo.incidents.conform` makes the contract's table of it, or names the cell).

    Raises:
        InputError: If the file is missing, or cannot be read as its suffix says.
        ExportError: If the suffix is unknown.
    """
    source = Path(path)
    read: Callable[..., gpd.GeoDataFrame] = _module(source, ExportError).read
    if not source.is_file():
        msg = f"{source}: there is no such file; expected a layer: check the name."
        raise InputError(msg)
    on_problem = on_problem or _raise
    named = {"layer": layer} if layer is not None and source.suffix.lower() == ".gpkg" else {}
    return on_earth(read(source, on_problem, **named), source, on_problem)


def _raise(problem: GeoError) -> None:
    raise problem


def is_layer(path: str | Path) -> bool:
    """Return whether a file may be a layer, by its suffix."""
    return Path(path).suffix.lower() in MODULES


def _module(path: Path, error: type[Exception]) -> Any:
    suffix = path.suffix.lower()
    if suffix not in MODULES:
        msg = f"{path}: {suffix or 'no suffix'} is not a layer format; expected one of {', '.join(MODULES)}."
        raise error(msg)
    return import_module(f"geo.exporting.{MODULES[suffix]}")
