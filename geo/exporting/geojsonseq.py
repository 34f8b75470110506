"""GeoJSON text sequences (RFC 8142), and the same without record separators (.geojsonl): one feature per line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import geopandas as gpd
import pyarrow as pa
import shapely

from geo.errors import InputError
from geo.exporting.arrow_json import content, joined
from geo.exporting.arrow_types import target_of, types_of
from geo.exporting.column_names import in_degrees
from geo.exporting.features import OnProblem, Record, layer_of
from geo.exporting.geojson import features
from geo.exporting.geojson_reading import read_lines
from geo.exporting.prefetch import ahead
from geo.reading.decoding import decode

RECORD_SEPARATOR: Final = b"\x1e"


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:  # noqa: ARG001 - as every format
    """Write features one by one, each after a record separator unless the suffix is .geojsonl."""
    layer = in_degrees(layer)
    before = "" if path.suffix.lower() == ".geojsonl" else RECORD_SEPARATOR.decode()
    with path.open("wb") as file:
        for rows in ahead(features(layer, types_of(layer))):
            file.write(content(joined(before, rows, "\n")))


def read(path: Path, on_problem: OnProblem) -> gpd.GeoDataFrame:
    """Read a sequence, with or without record separators; a record that is no feature is reported with its number.

    GDAL is not asked: it takes texts such as "1/2/3" for days, and has no switch against that here.
    """
    with path.open("rb") as file:
        head = file.readline()
        file.seek(0)
        try:
            names = list(json.loads(head.removeprefix(RECORD_SEPARATOR))["properties"])
            said = {name: target_of(name, {}) for name in names}
            if all(said.values()):
                return read_lines(file, {name: str(dtype) for name, dtype in said.items()}, noted=False)
        # laid out by somebody else, or changed since
        except (ValueError, KeyError, TypeError, IndexError, RecursionError, pa.ArrowException, shapely.GEOSException):
            pass
    return layer_of(_records(path, on_problem), on_problem)


def _records(path: Path, on_problem: OnProblem) -> Iterator[Record]:
    raw = path.read_bytes()
    text = decode(raw, path) if raw.strip() else ""  # a layer without rows
    parts = text.split("\x1e") if text.startswith("\x1e") else text.split("\n")
    for n, record in enumerate(parts, 1):
        if not record.strip():
            continue
        where = f"{path}, record {n}"
        try:
            yield where, json.loads(record)
        except (ValueError, RecursionError) as error:
            msg = f"{where}: is no GeoJSON feature ({error}); expected one whole feature in every line."
            on_problem(InputError(msg))
