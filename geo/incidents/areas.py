"""Draw the area in which an incident happened of which only province, region or country is known.

A circle round "northern Iraq" reaches into Türkiye and Iran, where the report does not put it: here it ends at
the border. The circle itself, which the true place lies in nine times out of ten, stays in the layer `uncertainty`.
"""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo import basemap
from geo.incidents.conforming import settled
from geo.incidents.geodesic import circles
from geo.incidents.layers import CIRCLE_COLUMNS
from geo.incidents.schema import coordinates
from geo.vocabulary import CRS

# Precisions that no mark stands for: a dot would say more than is known.
AREAS: Final = ("admin", "region", "country", "unknown")
FINE_BELOW: Final = 25.0  # degrees that a country measures: the larger ones are drawn more coarsely


def areas_layer(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw areas.

    Args:
        incidents: The contract's table, EPSG:4326.

    Returns:
        One row per incident that is known by its province, region or country alone and has a point, in their
        order: `CIRCLE_COLUMNS` and its area: the country, or what of its circle lies in the country; the whole
        circle where no country is given or none lies in it.

    Raises:
        CrsError: If `incidents` is not in EPSG:4326.
    """
    incidents = settled(incidents)
    xy = coordinates(incidents)
    drawn = incidents["geo_precision"].isin(AREAS).to_numpy() & ~np.isnan(xy).any(axis=1)
    rows = incidents.loc[drawn].reset_index(drop=True)
    shapes = areas_of(rows, xy[drawn])
    known = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    layer = pd.DataFrame(rows.loc[known, list(CIRCLE_COLUMNS)]).reset_index(drop=True)
    return gpd.GeoDataFrame(layer, geometry=gpd.array.from_shapely(shapes[known], crs=CRS), crs=CRS)


def areas_of(rows: pd.DataFrame, xy: NDArray[np.float64]) -> NDArray[Any]:
    """Give the shape of each row's area, None where it has neither country nor radius.

    Args:
        rows: `geo_precision`, `country_code`, `uncertainty_m`.
        xy: Longitude and latitude in degrees, shape (n, 2).
    """
    radius_m = rows["uncertainty_m"].to_numpy(dtype="float64", na_value=np.nan)
    shapes = np.full(len(rows), None, dtype=object)
    round_ones = radius_m > 0
    if round_ones.any():
        shapes[round_ones] = circles(xy[round_ones, 0], xy[round_ones, 1], radius_m[round_ones])
    whole = rows["geo_precision"].eq("country").to_numpy()
    codes = rows["country_code"].fillna("").to_numpy(dtype=object)
    for code in sorted(set(codes) - {""}):
        country = country_shape(code)
        if country is None:
            continue
        here = codes == code
        shapes[here & whole] = country
        cut = np.flatnonzero(here & ~whole & round_ones)
        inside = shapely.intersection(shapes[cut], country)
        shapes[cut] = np.where(shapely.is_empty(inside), shapes[cut], inside)
    return shapes


def country_shape(code: str) -> Any:
    """Give the land of a country, in EPSG:4326; None when the basemap has none of the code."""
    everywhere = basemap.clipped("countries", None, 50)
    parts = everywhere.shapes[everywhere.codes == code]
    if not len(parts):
        return None
    west, south, east, north = shapely.total_bounds(parts)
    if max(east - west, north - south) < FINE_BELOW:
        finer = basemap.clipped("countries", (west - 1, south - 1, east + 1, north + 1), 10)
        parts = finer.shapes[finer.codes == code]
    return shapely.union_all(shapely.make_valid(parts)) if len(parts) else None
