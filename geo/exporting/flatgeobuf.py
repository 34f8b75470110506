"""FlatGeobuf, without its spatial index: that would sort the rows, and has no room for one without a place."""

from pathlib import Path

import geopandas as gpd
import pyogrio

from geo.exporting import about, ogr
from geo.exporting.columns import dtype_names, in_degrees, to_layer, types_of


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write a layer; the note of its types is the file's description."""
    layer = in_degrees(layer)
    types = types_of(layer)
    description = about.note_text(name, dtype_names(layer, types))
    options = {"SPATIAL_INDEX": "NO", "TITLE": name, "DESCRIPTION": description}
    ogr.write(layer, types, path, "FlatGeobuf", layer=name, layer_options=options)


def read(path: Path) -> gpd.GeoDataFrame:
    """Read any FlatGeobuf."""
    # GDAL's own quick way (3.12) mistakes the lengths of shapes where some rows have none.
    with ogr.gdal_options(OGR_FLATGEOBUF_STREAM_BASE_IMPL="YES"):
        table, shapes = ogr.read(path)
    said = (pyogrio.read_info(path).get("layer_metadata") or {}).get("DESCRIPTION")
    return to_layer(table, shapes, about.dtypes_in(said))
