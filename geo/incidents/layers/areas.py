"""Draw the area in which an incident happened of which only province, region or country is known.

A circle round "northern Iraq" reaches into Türkiye and Iran, where the report does not put it: here it ends at
the border. The circle itself, which the true place lies in nine times out of ten, stays in the layer `uncertainty`.
"""

from functools import cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo import basemap
from geo.incidents.contract.conforming import settled
from geo.incidents.contract.schema import coordinates
from geo.incidents.layers.derived import CIRCLE_COLUMNS
from geo.incidents.layers.geodesic import circles
from geo.vocabulary import CRS

# Precisions that no mark stands for: a dot would say more than is known.
AREAS: Final = ("admin", "region", "country", "unknown")
# Of a province, the least part that its circle covers; of the circle, the least part that is the province.
LEAST_COVERED: Final = 0.4
LEAST_FILLED: Final = 0.2
FINE_BELOW: Final = 25.0  # degrees that a country measures: the larger ones are drawn more coarsely


def areas_layer(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw areas.

    Args:
        incidents: The contract's table, EPSG:4326.

    Returns:
        One row per incident that is known by its province, region or country alone and has a point, in their
        order: `CIRCLE_COLUMNS` and its area: the country; the province, where the basemap has the one that the
        circle stands for; else what of the circle lies in the country, or the whole circle where no country is
        given or none of it lies in that.

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
        outlines = np.array([None, *_outlines(rows, xy, shapes, cut, code)], dtype=object)[1:]
        shapes[cut] = np.where(shapely.is_empty(inside), shapes[cut], inside)
        has_outline = ~shapely.is_missing(outlines)
        shapes[cut[has_outline]] = outlines[has_outline]
    return shapes


def _outlines(
    rows: pd.DataFrame, xy: NDArray[np.float64], circles: NDArray[Any], cut: NDArray[np.int64], code: str
) -> list[Any]:
    """Give for each row of `cut` the province that its circle stands for; None where there is none."""
    named = rows["place_name"].notna().to_numpy() if "place_name" in rows else np.zeros(len(rows), dtype=np.bool_)
    is_province = rows["geo_precision"].eq("admin").to_numpy() & named
    found: dict[tuple[float, float, float], Any] = {}
    answers = []
    for at in cut:
        key = (xy[at, 0], xy[at, 1], shapely.area(circles[at]))
        if is_province[at] and key not in found:
            found[key] = province_like(circles[at], shapely.Point(xy[at]), code)
        answers.append(found.get(key) if is_province[at] else None)
    return answers


def province_outlines(rows: gpd.GeoDataFrame) -> list[Any]:
    """Give the outline of the province that each incident is known by; None where the basemap has none that fits."""
    xy, shapes = coordinates(rows), np.full(len(rows), None, dtype=object)
    radius_m = rows["uncertainty_m"].to_numpy(dtype="float64", na_value=np.nan)
    known = (radius_m > 0) & ~np.isnan(xy).any(axis=1)
    shapes[known] = circles(xy[known, 0], xy[known, 1], radius_m[known])
    answers: list[Any] = [None] * len(rows)
    codes = rows["country_code"].fillna("").to_numpy(dtype=object)
    for code in sorted(set(codes[known]) - {""}):
        at = np.flatnonzero(known & (codes == code))
        for row, shape in zip(at.tolist(), _outlines(rows, xy, shapes, at, code), strict=True):
            answers[row] = shape
    return answers


def province_like(circle: Any, point: Any, code: str) -> Any:
    """Give the province round a point that a circle of uncertainty stands for; None where it fits none.

    Names of provinces are spelled in many ways. So it is the ground that is compared: the circle of a province
    covers most of it, that of a district within covers a small part.
    """
    for shape in provinces_of(code):
        if shape.contains(point):
            covered = shapely.intersection(circle, shape).area
            fits = covered >= LEAST_COVERED * shape.area and covered >= LEAST_FILLED * circle.area
            return shape if fits else None
    return None


@cache
def provinces_of(code: str) -> tuple[Any, ...]:
    """Give the provinces of a country, in EPSG:4326; () where the basemap has none."""
    country = country_shape(code)
    if country is None:
        return ()
    found = basemap.clipped("provinces", shapely.bounds(country.buffer(1.0)).tolist(), 10)
    return tuple(shapely.make_valid(found.shapes[found.codes == code]))


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
