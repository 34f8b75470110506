"""Hold coordinates against the globe: what lies outside is no place, and most likely metres."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.antimeridian import cut_shape, wrap
from geo.earth import HALF_TURN, POLE, TURN
from geo.errors import ExportError, GeoError, InputError

ROUNDING: Final = 1e-6  # degrees; ten centimetres beyond a pole are no mistake of a person's
SHOWN: Final = 5  # rows that a message names


def outside(geometries: Any) -> Any:
    """Say which shapes reach beyond the poles, or more than a whole turn east or west.

    Longitudes from 180 to 360 are another way to write those from -180 to 0, and usual for tracks.

    Args:
        geometries: Shapely geometries in degrees, EPSG:4326, shape (n,), nulls among them.
    """
    west, south, east, north = shapely.bounds(geometries).T
    furthest = np.fmax(np.abs(west), np.abs(east)), np.fmax(np.abs(south), np.abs(north))
    return (furthest[0] > TURN + ROUNDING) | (furthest[1] > POLE + ROUNDING)


def wrapped(geometries: Any) -> Any:
    """Give points beyond the 180th meridian the longitude that maps have for them: 190 is -170."""
    is_point = shapely.get_type_id(geometries) == shapely.GeometryType.POINT
    far = is_point & (np.abs(shapely.bounds(geometries)[:, 0]) > HALF_TURN)  # of an empty point: NaN
    if far.any():
        geometries = geometries.copy()
        geometries[far] = shapely.transform(geometries[far], wrap, include_z=bool(shapely.has_z(geometries[far]).any()))
    return geometries


def on_earth(layer: gpd.GeoDataFrame, source: Path, on_problem: Callable[[GeoError], None]) -> gpd.GeoDataFrame:
    """Leave out, with a word, the rows of a layer in degrees that lie outside the world."""
    shapes = layer.geometry.to_numpy()
    beyond = outside(shapes)
    if beyond.any():
        on_problem(InputError(f"{source}, {_said(shapes, np.flatnonzero(beyond))}; left out."))
        layer, shapes = layer[~beyond].reset_index(drop=True), shapes[~beyond]
    turned = wrapped(shapes)
    return layer if turned is shapes else layer.set_geometry(gpd.GeoSeries(turned, index=layer.index, crs=layer.crs))


def refuse_outside(geometries: Any) -> None:
    """Refuse to write what lies outside the world in a format that knows degrees alone.

    Raises:
        ExportError: If a shape does; the message names the row.
    """
    beyond = np.flatnonzero(outside(geometries))
    if len(beyond):
        msg = f"{_said(geometries, beyond)}."
        raise ExportError(msg)


def _said(shapes: Any, rows: Any) -> str:
    west, south, east, north = shapely.bounds(shapes[rows[0]])
    lon, lat = (max(pair, key=abs) for pair in ((west, east), (south, north)))
    named = ", ".join(str(row + 1) for row in rows[:SHOWN])
    more = f" and {len(rows) - SHOWN:,} more" if len(rows) > SHOWN else ""
    return (
        f"row{'s' if len(rows) > 1 else ''} {named}{more}: longitude {lon:g}, latitude {lat:g} lies outside the world; "
        "expected degrees (are they swapped, or metres of another CRS?)"
    )


def cut(geometries: Any) -> Any:
    """Cut every line and polygon that crosses the antimeridian, and wrap points; the others stay as they are.

    Args:
        geometries: Shapely geometries in degrees, EPSG:4326, shape (n,), nulls among them.

    Returns:
        As many geometries with longitudes from -180 to 180; cut ones have become "Multi".

    Raises:
        ExportError: If a shape lies outside the world.
    """
    refuse_outside(geometries)
    geometries = wrapped(geometries)
    crossing = np.flatnonzero(_crosses(geometries))
    if len(crossing):
        geometries = geometries.copy()
        for row in crossing:
            geometries[row] = cut_shape(geometries[row])
    return geometries


def _crosses(geometries: Any) -> Any:
    """Find shapes that leave -180..180, or whose neighbouring corners are more than half the world apart."""
    if (shapely.get_dimensions(geometries) < 1).all():  # points, by far the most
        parts, rows = geometries, np.arange(len(geometries))
    else:
        parts, rows = shapely.get_parts(geometries, return_index=True)
    xy, corners_of = shapely.get_coordinates(parts, return_index=True)
    result = np.zeros(len(geometries), dtype=bool)
    result[rows[corners_of[np.abs(xy[:, 0]) > HALF_TURN]]] = True
    jumps = (np.abs(np.diff(xy[:, 0])) > HALF_TURN) & (np.diff(corners_of) == 0)
    result[rows[corners_of[1:][jumps]]] = True
    return result
