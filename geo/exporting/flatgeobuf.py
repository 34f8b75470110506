"""FlatGeobuf, without its spatial index: that would sort the rows, and has no room for one without a place."""

import mmap
import struct
from pathlib import Path
from typing import Final

import geopandas as gpd
import pyogrio
import shapely

from geo.errors import InputError, warn
from geo.exporting import file_metadata, ogr
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import dtype_names, types_of
from geo.exporting.column_names import GEOMETRY, distinct, in_degrees
from geo.exporting.features import OnProblem

# The file: a magic word, then the header and each feature, led by its length.
MAGIC: Final = 8  # bytes
LENGTH: Final = struct.Struct("<I")


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write a layer; the note of its types is the file's description."""
    layer = in_degrees(layer)
    types = types_of(layer)
    # GDAL breaks off where a column is called like the geometry but for its case.
    called = distinct(list(types), taken=[GEOMETRY])
    note = file_metadata.note(name, dtype_names(layer, types))
    note["renamed"] = {new: old for old, new in called.items() if new != old}
    options = {"SPATIAL_INDEX": "NO", "TITLE": name, "DESCRIPTION": file_metadata.as_text(note)}
    layer, kind = _with_one_kind(layer.rename(columns=called))
    types = {called[column]: dtype for column, dtype in types.items()}
    ogr.write(layer, types, path, "FlatGeobuf", layer=name, layer_options=options, geometry_type=kind)
    if features_in(path) != len(layer):
        msg = "the disk took only a part of it"
        raise ogr.no_room(msg)


def _with_one_kind(layer: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, str]:
    """Give the shapes as many axes all, and name their type: "Unknown" where there are several kinds of them."""
    shapes = layer.geometry.to_numpy()
    high = shapely.has_z(shapes).any()
    if len(layer.geometry.geom_type.dropna().unique()) > 1:
        if high:
            warn("FlatGeobuf keeps no heights of a layer with several kinds of shapes; other formats do.")
        return layer, "Unknown"
    if high and not shapely.has_z(shapes[layer.geometry.notna()]).all():
        layer = layer.set_geometry(gpd.GeoSeries(shapely.force_3d(shapes), index=layer.index, crs=layer.crs))
    return layer, ogr.geometry_type(layer)


def features_in(path: Path) -> int:
    """Count the whole features of a file without an index; GDAL keeps silent when a full disk cuts one short.

    Returns:
        The number, -1 when the file ends within a feature or before the first.
    """
    size, number = path.stat().st_size, 0
    if size < MAGIC + LENGTH.size:
        return -1
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        at = MAGIC + LENGTH.size + LENGTH.unpack_from(held, MAGIC)[0]
        while at + LENGTH.size <= size:
            at += LENGTH.size + LENGTH.unpack_from(held, at)[0]
            number += 1
    return number if at == size else -1


def read(path: Path, on_problem: OnProblem) -> gpd.GeoDataFrame:  # noqa: ARG001 - as every format
    """Read any FlatGeobuf.

    Raises:
        InputError: If it is none, or has fewer features than it says: GDAL reads the first half of a file that
            was cut short without a word.
    """
    try:
        info = pyogrio.read_info(path, force_feature_count=False)
    except (*ogr.UNREADABLE, IndexError) as error:
        msg = f"{path}: cannot be read as FlatGeobuf ({error}); expected a whole file of that format."
        raise InputError(msg) from error
    # GDAL's own quick way (3.12) mistakes the lengths of shapes where some rows have none.
    with ogr.gdal_options(OGR_FLATGEOBUF_STREAM_BASE_IMPL="YES"):
        table, shapes = ogr.read(path)
    said = int(info["features"]) if info["features"] > 0 else features_in(path)
    if said != len(shapes):
        what = f"only {len(shapes):,} of its {said:,} features can be read" if said >= 0 else "it ends within a feature"
        msg = f"{path}: {what}; it may have been cut short: fetch or save it again."
        raise InputError(msg)
    note = (info.get("layer_metadata") or {}).get("DESCRIPTION")
    before = file_metadata.renamed_in(note)
    table = table.rename_columns([before.get(column, column) for column in table.column_names])
    return to_layer(table, shapes, file_metadata.dtypes_in(note))
