"""Distinguish layers and tables of incidents from reports, by what is in a file."""

from pathlib import Path
from typing import Final

from geo.errors import InputError
from geo.exporting import LAYER_SUFFIXES
from geo.tabular import long_text_column, names_coordinates, open_tables, recognise
from geo.tabular.headers import is_own_layer
from geo.tabular.opening import TABLE_SUFFIXES, has_places, holds_shapes, looks_like_table

EITHER: Final = TABLE_SUFFIXES | {".json"}  # may hold incidents as well as reports
HEAD: Final = 4096


def is_layer(path: Path) -> bool:
    """Return whether a file that a person named is a layer or a table of incidents, not reports."""
    suffix = path.suffix.lower()
    if suffix in LAYER_SUFFIXES - EITHER or holds_shapes(path):
        return True
    if suffix == ".json" and _is_geojson(path):
        return True
    if suffix in TABLE_SUFFIXES:
        return _of_table(path) is not False
    return looks_like_table(path)


def holds_events(path: Path) -> bool:
    """Return whether a file in a folder is a table of incidents; layers that geo wrote there are not meant."""
    if path.suffix.lower() in TABLE_SUFFIXES:
        return _of_table(path) is True
    if path.suffix.lower() in LAYER_SUFFIXES - {".json"}:
        return False
    return holds_shapes(path) or looks_like_table(path)


def _is_geojson(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(HEAD)
    return b'"Feature' in head or b'"coordinates"' in head


def _of_table(path: Path) -> bool | None:
    """Say whether a table is one of incidents (else of articles); None when it says neither, or cannot be opened."""
    try:
        table = next(open_tables(path), None)
    except InputError as error:
        return True if "GDELT Mentions" in str(error) else None  # a table all the same, joined to events or refused
    if table is None:
        return None
    if recognise(table.names) or is_own_layer(table.names) or names_coordinates(table.names):
        return True
    if long_text_column(table.names):
        return False
    return True if has_places(table) else None
