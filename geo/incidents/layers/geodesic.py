"""Draw circles and arcs on the ellipsoid, cut where the map is cut: at 180 degrees.

A circle drawn in degrees would be an egg in Norway and wrong everywhere; and a shape
that crosses the antimeridian uncut would be smeared over the whole map.
"""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.antimeridian import cut_shape, polar_cap
from geo.earth import GEOD
from geo.errors import CrsError
from geo.vocabulary import CRS

CORNERS: Final = 64  # of a circle: the polygon holds 99.8 % of its area
MAX_RADIUS_M: Final = 9_900_000.0  # beyond a quarter of the globe a circle has no inside to draw
STEP_M: Final = 100_000.0  # between the points of an arc
MAX_STEPS: Final = 200

Degrees = NDArray[np.float64]
WORLD: Final = shapely.box(-180, -90, 180, 90)


def side_by_side(lon: Degrees) -> Degrees:
    """Move western longitudes a turn further east where the places then lie much closer together.

    Fiji lies on both sides of 180 degrees: its places, at 178 and -179, are 3 degrees apart, not 357.

    Args:
        lon: Longitudes in degrees, -180 to 180, shape (n,); NaN where a place is unknown.

    Returns:
        The same, or with 360 added to the negative ones, shape (n,).
    """
    turned = np.where(lon < 0, lon + 360, lon)
    if np.isnan(lon).all():
        return lon
    return turned if 2 * (np.nanmax(turned) - np.nanmin(turned)) < np.nanmax(lon) - np.nanmin(lon) else lon


def circles(lon: Degrees, lat: Degrees, radius_m: Degrees) -> NDArray[Any]:
    """Draw geodesic circles.

    Args:
        lon: Longitudes of the centres in degrees, EPSG:4326, shape (n,).
        lat: Latitudes likewise.
        radius_m: Radii in metres, above 0, shape (n,); above 9,900 km they are drawn as that.

    Returns:
        Polygons in EPSG:4326, shape (n,), the ring counterclockwise; those that cross the
        antimeridian are multipolygons of two halves, those round a pole reach up to it.
    """
    asked = np.column_stack([lon, lat, np.minimum(radius_m, MAX_RADIUS_M)]).astype("float64")
    if not len(asked):
        return np.empty(0, dtype=object)
    # Incidents share places: a circle that many of them have is worked out once.
    unique, which = np.unique(asked, axis=0, return_inverse=True)
    x, y = _rings(*unique.T)
    shapes = shapely.polygons(np.stack([x, y], axis=-1))
    for pole in (90.0, -90.0):
        _, _, away_m = GEOD.inv(unique[:, 0], unique[:, 1], unique[:, 0], np.full(len(unique), pole))
        for row in np.flatnonzero(away_m <= unique[:, 2]):
            shapes[row] = _counterclockwise(polar_cap(np.column_stack([x[row], y[row]]), pole))
    for row in np.flatnonzero(~shapely.within(shapes, WORLD)):
        shapes[row] = _counterclockwise(cut_shape(shapes[row]))
    return np.asarray(shapes[which.ravel()])


def _rings(lon: Degrees, lat: Degrees, radius_m: Degrees) -> tuple[Degrees, Degrees]:
    """Walk round each centre; longitudes run on beyond 180 so that a ring has no jump."""
    shape = (len(lon), CORNERS)
    azimuths = np.broadcast_to(np.linspace(0, -360, CORNERS, endpoint=False), shape)
    centre_lon, centre_lat, radii = (np.broadcast_to(v[:, None], shape) for v in (lon, lat, radius_m))
    x, y, _ = GEOD.fwd(centre_lon.ravel(), centre_lat.ravel(), azimuths.ravel(), radii.ravel())
    x, y = np.reshape(x, shape), np.reshape(y, shape)
    return centre_lon + (x - centre_lon + 180) % 360 - 180, y


def _counterclockwise(shape: Any) -> Any:
    parts = [part if shapely.is_ccw(part.exterior) else shapely.reverse(part) for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def distances_km(origin: shapely.Point, places: gpd.GeoDataFrame) -> Degrees:
    """Measure the distance from one point to every place, in kilometres.

    Args:
        origin: Longitude and latitude in degrees, EPSG:4326.
        places: One row per place, point geometry, EPSG:4326.

    Returns:
        Distances on the WGS 84 ellipsoid, shape (n_places,), in the row order of `places`; NaN where
        a row has no point. Source: Karney (2013), doi:10.1007/s00190-012-0578-z, as `pyproj.Geod` computes it.

    Raises:
        CrsError: If `places` is not in EPSG:4326.
    """
    if places.crs != CRS:
        msg = f"places has CRS {places.crs}; expected {CRS}: to_crs converts, set_crs declares."
        raise CrsError(msg)
    points = places.geometry.to_numpy()
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    _, _, metres = GEOD.inv(np.full(len(lon), origin.x), np.full(len(lat), origin.y), lon, lat)
    return np.asarray(metres, dtype=np.float64) / 1000


def arcs(starts: Degrees, ends: Degrees) -> NDArray[Any]:
    """Draw the shortest lines over the globe.

    Args:
        starts: Longitude and latitude in degrees, EPSG:4326, shape (n, 2), NaN where unknown.
        ends: Likewise.

    Returns:
        Lines in EPSG:4326, shape (n,), a multiline where one crosses the antimeridian, and
        None where an end is unknown or both ends are the same point.
    """
    lines = np.full(len(starts), None, dtype=object)
    for row in np.flatnonzero(~np.isnan(np.hstack([starts, ends])).any(axis=1)):
        lines[row] = _arc(starts[row], ends[row])
    return lines


def _arc(start: Degrees, end: Degrees) -> Any:
    azimuth, _, length_m = GEOD.inv(*start, *end)
    if length_m < 1:
        return None
    steps = int(np.clip(np.ceil(length_m / STEP_M), 1, MAX_STEPS))
    along = np.linspace(0, length_m, steps + 1)[1:-1]
    x, y, _ = GEOD.fwd(
        np.full(len(along), start[0]), np.full(len(along), start[1]), np.full(len(along), azimuth), along
    )
    return cut_shape(shapely.LineString(np.column_stack([np.r_[start[0], x, end[0]], np.r_[start[1], y, end[1]]])))
