"""GeoJSON text sequences (RFC 8142), and the same without record separators (.geojsonl): one feature per line."""

from pathlib import Path
from typing import Final

import geopandas as gpd

from geo.exporting.columns import in_degrees, types_of
from geo.exporting.geojson import features, read_with_gdal
from geo.exporting.jsontext import content, joined
from geo.vocabulary import CRS

RECORD_SEPARATOR: Final = "\x1e"


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:  # noqa: ARG001 - as every format
    """Write features one by one, each after a record separator unless the suffix is .geojsonl."""
    layer = in_degrees(layer)
    before = "" if path.suffix.lower() == ".geojsonl" else RECORD_SEPARATOR
    with path.open("wb") as file:
        for rows in features(layer, types_of(layer)):
            file.write(content(joined(before, rows, "\n")))


def read(path: Path) -> gpd.GeoDataFrame:
    """Read a sequence, with or without record separators."""
    if not path.stat().st_size:  # no features, and so no columns
        return gpd.GeoDataFrame(geometry=[], crs=CRS)
    return read_with_gdal(path)
