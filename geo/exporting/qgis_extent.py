"""Choose what a QGIS project shows at first, and in which projection."""

import geopandas as gpd
import numpy as np
import shapely

from geo.earth import HALF_TURN
from geo.incidents.contract.schema import coordinates
from geo.incidents.layers.geodesic import side_by_side

Box = tuple[float, float, float, float]


def extent_of(layer: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> Box:
    """Give the box of a layer of points and of areas with some room around it; the whole world when it is empty.

    Returns:
        West, south, east, north in degrees; east is above 180 where the points lie on both sides of the antimeridian.
    """
    if layer.geometry.isna().all():
        return (-HALF_TURN, -60.0, HALF_TURN, 75.0)
    lon, lat = np.concatenate([coordinates(layer), shapely.get_coordinates(areas.geometry.to_numpy())]).T
    lon = side_by_side(lon)
    west, south, east, north = (
        float(side) for side in (np.nanmin(lon), np.nanmin(lat), np.nanmax(lon), np.nanmax(lat))
    )
    room = max(0.15 * max(east - west, north - south), 0.25)
    south, north = max(south - room, -85.0), min(north + room, 85.0)
    if east > HALF_TURN:
        return (west - room, south, east + room, north)
    return (max(west - room, -HALF_TURN), south, min(east + room, HALF_TURN), north)


def mercator(box: Box) -> str:
    """Choose the projection of the map: the web's, or the Pacific's, which is not cut at 180 degrees."""
    return "EPSG:3857" if box[2] <= HALF_TURN else "EPSG:3832"
