"""Make incidents of lines and areas: a point on the shape, and its reach as the uncertainty."""

import geopandas as gpd
import numpy as np
import shapely

from geo.earth import GEOD
from geo.vocabulary import CRS

POINT, MULTIPOINT = 0, 4


def as_points(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put a point in the place of every line and area.

    Args:
        layer: Geometry in EPSG:4326.

    Returns:
        `layer` itself when it has points alone; else with a point on each shape, `uncertainty_m` so that a circle
        covers the shape, and `geo_precision` "region" where it says nothing.
    """
    if layer.active_geometry_name is None or layer.crs != CRS:
        return layer
    shapes = layer.geometry.to_numpy().copy()
    kinds = shapely.get_type_id(shapes)
    single = (kinds == MULTIPOINT) & (shapely.get_num_geometries(shapes) == 1)
    wide = ~np.isin(kinds, (-1, POINT)) & ~single & ~shapely.is_empty(shapes)
    if not wide.any():
        return layer
    points = shapely.point_on_surface(shapes[wide])
    reach = [_reach(point, shape) for point, shape in zip(points, shapes[wide], strict=True)]
    shapes[wide] = points
    made = layer.copy()
    made[made.active_geometry_name] = gpd.GeoSeries(shapes, index=made.index, crs=CRS)
    for name, value, empty in (("uncertainty_m", reach, np.nan), ("geo_precision", "region", None)):
        if name not in made.columns:
            made[name] = empty
        missing = wide & made[name].isna().to_numpy()
        made[name] = made[name].astype(object if name == "geo_precision" else "float64")
        made.loc[missing, name] = value if isinstance(value, str) else np.array(value)[missing[wide]]
    return made


def _reach(point: shapely.Point, shape: shapely.Geometry) -> float:
    """Say how far the shape reaches from a point, in metres."""
    xy = shapely.get_coordinates(shape)
    lon, lat = np.full(len(xy), point.x), np.full(len(xy), point.y)
    return float(np.max(GEOD.inv(lon, lat, xy[:, 0], xy[:, 1])[2]))
