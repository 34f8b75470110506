"""Hand out land, borders and provinces, clipped to a region.

The files are mapped into memory, and only what touches the region is turned into shapes:
Iraq takes some milliseconds, not the second that reading the world would. The map ends at
85.2 degrees south, as Web Mercator does.
"""

from functools import cache
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geo.resources import built_path
from geo.vocabulary import CRS

UNITS_PER_DEGREE: Final = 10_000
WORLD: Final = (-180.0, -90.0, 180.0, 90.0)

# The scale that a region of so many degrees deserves: 10 is one to ten million, the finest.
FINE_BELOW: Final = 60.0
MEDIUM_BELOW: Final = 360.0

_POINT: Final = 1e-5  # half the side of a box that stands for a point, in degrees

Box = tuple[float, float, float, float]


class Clipped(NamedTuple):
    """What of a layer lies in a box: three arrays of one length."""

    names: NDArray[Any]
    codes: NDArray[Any]  # ISO 3166-1 alpha-2, empty where there is none
    shapes: NDArray[Any]  # shapely, EPSG:4326; polygons may touch themselves


def countries(bbox: Box | None = None, *, scale: int | None = None) -> gpd.GeoDataFrame:
    """Give the countries as polygons.

    Args:
        bbox: West, south, east, north in degrees, EPSG:4326; the shapes are cut off there. A box
            whose west is greater than its east crosses the antimeridian. None is the whole world.
        scale: 10, 50 or 110 (one to so many million); None chooses by the size of the box.

    Returns:
        Columns `name`, `country_code` (ISO 3166-1 alpha-2, empty where there is none) and
        `geometry`, EPSG:4326. Disputed ground is with whom Natural Earth draws it (`BORDER_NOTE`).
    """
    found = _layer("countries", bbox, scale)
    # The source rounds to its grid, which can lay one stretch of coast over another.
    wrong = ~found.geometry.is_valid.to_numpy()
    if wrong.any():
        mended = found.geometry.to_numpy().copy()
        mended[wrong] = shapely.make_valid(mended[wrong], method="structure", keep_collapsed=False)
        found = found.set_geometry(gpd.GeoSeries(mended, index=found.index, crs=CRS))
    return found


def land(bbox: Box | None = None, *, scale: int | None = None) -> gpd.GeoDataFrame:
    """Give the land as one multipolygon without borders; arguments as for `countries`."""
    shapes = _layer("countries", bbox, scale).geometry.to_numpy()
    try:
        whole = shapely.make_valid(shapely.coverage_union_all(shapes))
    except shapely.GEOSException:  # the box cut neighbours at points that differ in the last digit
        whole = shapely.union_all(shapely.make_valid(shapes))
    return gpd.GeoDataFrame(geometry=[] if whole.is_empty else [whole], crs=CRS)


def borders(bbox: Box | None = None, *, scale: int | None = None) -> gpd.GeoDataFrame:
    """Give the lines between countries, coasts not among them; arguments as for `countries`.

    Returns:
        Columns `name` ("Iraq - Syria"), `country_code` (empty) and `geometry`, EPSG:4326.
    """
    return _layer("borders", bbox, scale)


def admin1(bbox: Box | None = None) -> gpd.GeoDataFrame:
    """Give the lines between provinces inside a country, where they are known.

    Returns:
        Columns `name` and `country_code` of the country, and `geometry`, EPSG:4326.
    """
    return _layer("admin1", bbox, 10)


def rivers(bbox: Box | None = None, *, scale: int | None = None) -> gpd.GeoDataFrame:
    """Give the rivers as lines, through lakes too; arguments as for `countries`.

    Returns:
        Columns `name`, `country_code` (empty) and `geometry`, EPSG:4326; the coarser the scale, the fewer.
    """
    return _layer("rivers", bbox, scale)


def lakes(bbox: Box | None = None, *, scale: int | None = None) -> gpd.GeoDataFrame:
    """Give the lakes and reservoirs as polygons; arguments and columns as for `rivers`."""
    return _layer("lakes", bbox, scale)


def country_at(lat: float, lon: float) -> str:
    """Give the English name of the country that a point lies in, at the finest scale; empty at sea."""
    found = clipped("countries", (lon - _POINT, lat - _POINT, lon + _POINT, lat + _POINT), 10)
    names: list[str] = found.names.tolist()
    return names[int(shapely.area(found.shapes).argmax())] if names else ""


def suitable_scale(bbox: Box | None) -> int:
    """Choose the scale that shows a region well without more points than a screen has."""
    west, south, east, north = bbox or WORLD
    size = max((east - west) % 360 or 360, north - south)
    return 10 if size < FINE_BELOW else 50 if size < MEDIUM_BELOW else 110


def clipped(name: str, bbox: Box | None = None, scale: int | None = None) -> Clipped:
    """Clip one layer to a box, without making a table of it.

    Args:
        name: `countries`, `borders`, `admin1` (borders of provinces), `provinces`, `rivers` or `lakes`.
        bbox: As for `countries`; a box across the antimeridian is cut in its two halves.
        scale: As for `countries`.
    """
    scale = scale or suitable_scale(bbox)
    west, south, east, north = bbox or WORLD
    boxes = [(west, south, 180.0, north), (-180.0, south, east, north)] if west > east else [(west, south, east, north)]
    parts = [_inside(name, box, scale) for box in boxes]
    return Clipped(*(np.concatenate([part[n] for part in parts]) for n in range(3)))


def _layer(name: str, bbox: Box | None, scale: int | None) -> gpd.GeoDataFrame:
    found = clipped(name, bbox, scale)
    return gpd.GeoDataFrame({"name": found.names, "country_code": found.codes}, geometry=found.shapes, crs=CRS)


def _inside(name: str, box: Box, scale: int) -> Clipped:
    """Turn the rows that touch the box into shapes, and cut those that stick out."""
    table = _table(name)
    west, south, east, north = (side * UNITS_PER_DEGREE for side in box)
    near = (
        (_column(table, "scale") == scale)
        & (_column(table, "west") <= east)
        & (_column(table, "east") >= west)
        & (_column(table, "south") <= north)
        & (_column(table, "north") >= south)
    )
    rows = table.take(pa.array(np.flatnonzero(near)))
    shapes = shapely.clip_by_rect(_shapes(rows.column("geometry")), *box)
    whole = ~(shapely.is_empty(shapes) | shapely.is_missing(shapes))
    names, codes = (rows.column(text).to_numpy(zero_copy_only=False)[whole] for text in ("name", "code"))
    return Clipped(names, codes, shapes[whole])


@cache
def _table(name: str) -> pa.Table:
    return pa.ipc.open_file(pa.memory_map(str(built_path(f"basemap/{name}.arrow")))).read_all()


def _column(table: pa.Table, name: str) -> NDArray[np.int32]:
    values: NDArray[np.int32] = table.column(name).to_numpy()
    return values


def _shapes(column: pa.ChunkedArray) -> NDArray[Any]:
    """Turn nested lists of whole units (the GeoArrow layout) into shapes in degrees."""
    level = column.combine_chunks()
    offsets: list[NDArray[np.int64]] = []
    while pa.types.is_list(level.type):
        offsets.insert(0, np.asarray(level.offsets, dtype=np.int64) - level.offsets[0].as_py())
        level = level.flatten()
    points = np.asarray(level.flatten()).reshape(-1, 2) / UNITS_PER_DEGREE
    kind = shapely.GeometryType.LINESTRING if len(offsets) == 1 else shapely.GeometryType.MULTIPOLYGON
    return np.asarray(shapely.from_ragged_array(kind, points, tuple(offsets)))
