"""Read shapes that stand in one cell: Well-Known Text, Well-Known Binary as PostGIS exports it, GeoJSON."""

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely

from geo.tabular.positions import Cells, Coordinates, beyond

_TEXT: Final = re.compile(r"\s*(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)", re.IGNORECASE)
_BINARY: Final = re.compile(r"0[01][0-9A-Fa-f]{40,}")
_JSON: Final = re.compile(r"\s*\{.*\"coordinates\"\s*:", re.DOTALL)


def looks_like_shape(cell: str) -> bool:
    """Return whether a cell holds a shape."""
    return any(form.match(cell) for form in (_TEXT, _BINARY, _JSON))


def _shape(cell: str) -> Any:
    if _JSON.match(cell):
        return shapely.from_geojson(cell)
    if _BINARY.fullmatch(cell):
        return shapely.from_wkb(cell)
    return shapely.from_wkt(re.sub(r"^\s*SRID=\d+;", "", cell))


def from_shapes(cells: list[Cells], columns: Sequence[str], *, comma: bool) -> Coordinates:  # noqa: ARG001
    """Read a column of shapes; cells that hold none are named."""
    made = np.full(len(cells[0]), None, dtype=object)
    wrong: dict[int, str] = {}
    for row, cell in enumerate(cells[0]):
        if cell is None:
            continue
        try:
            shape = _shape(cell)
        except shapely.errors.GEOSException:
            wrong[row] = f"{columns[0]} is {cell[:40]!r}; expected a shape as Well-Known Text"
            continue
        outside = _outside(shape)
        if outside:
            wrong[row] = outside
        else:
            made[row] = shape
    return Coordinates(made, list(columns), wrong=wrong)


def _outside(shape: Any) -> str | None:
    if shape.is_empty:
        return None
    west, south, east, north = shape.bounds
    return beyond(south, west) or beyond(north, east)
