"""Write layers to files that open anywhere, and read them back."""

from geo.exporting.folder import save_layers
from geo.exporting.folder_writer import FolderWriter
from geo.exporting.formats import LAYER_SUFFIXES, is_layer, read_layer, write_layer
from geo.exporting.geojson import geojson_text
from geo.exporting.timemap import write_timemap

__all__ = [
    "LAYER_SUFFIXES",
    "FolderWriter",
    "geojson_text",
    "is_layer",
    "read_layer",
    "save_layers",
    "write_layer",
    "write_timemap",
]
