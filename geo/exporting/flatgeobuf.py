"""FlatGeobuf, without its spatial index: that would sort the rows, and has no room for one without a place."""

import mmap
import struct
from pathlib import Path
from typing import Final

import geopandas as gpd
import pyogrio

from geo.exporting import file_metadata, ogr
from geo.exporting.arrow_columns import dtype_names, in_degrees, to_layer, types_of

# The file: a magic word, then the header and each feature, led by its length.
MAGIC: Final = 8  # bytes
LENGTH: Final = struct.Struct("<I")


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write a layer; the note of its types is the file's description."""
    layer = in_degrees(layer)
    types = types_of(layer)
    description = file_metadata.note_text(name, dtype_names(layer, types))
    options = {"SPATIAL_INDEX": "NO", "TITLE": name, "DESCRIPTION": description}
    ogr.write(layer, types, path, "FlatGeobuf", layer=name, layer_options=options)
    if features_in(path) != len(layer):
        msg = "the disk took only a part of it"
        raise ogr.no_room(msg)


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


def read(path: Path) -> gpd.GeoDataFrame:
    """Read any FlatGeobuf."""
    # GDAL's own quick way (3.12) mistakes the lengths of shapes where some rows have none.
    with ogr.gdal_options(OGR_FLATGEOBUF_STREAM_BASE_IMPL="YES"):
        table, shapes = ogr.read(path)
    said = (pyogrio.read_info(path).get("layer_metadata") or {}).get("DESCRIPTION")
    return to_layer(table, shapes, file_metadata.dtypes_in(said))
