"""Derive what is drawn beside the incidents: circles of uncertainty, places, arrows of retaliation.

Every layer is a GeoDataFrame in EPSG:4326, has its columns and types also when it is
empty, and names incidents by `incident_id`.
"""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.earth import GEOD
from geo.incidents.contract.conforming import settled
from geo.incidents.contract.layer_frame import LayerFrame
from geo.incidents.contract.schema import COUNT, coordinates
from geo.incidents.layers.geodesic import arcs, circles
from geo.vocabulary import CRS, NOT_HAPPENED

# What a circle says of its incident, for styles, filters and popups.
CIRCLE_COLUMNS: Final = (
    "incident_id",
    "event_type",
    "sub_event_type",
    "date_start",
    "date_end",
    "place_name",
    "geo_precision",
    "uncertainty_m",
    "status",
)
RETALIATION: Final = "retaliation"
ANSWERED_BY: Final = "answered by"


def uncertainty_layer(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw the circle in which each incident happened.

    Args:
        incidents: The contract's table, EPSG:4326.

    Returns:
        One row per incident that has a point and a radius above 0, in their order:
        `CIRCLE_COLUMNS` and a geodesic circle of `uncertainty_m` metres.

    Raises:
        CrsError: If `incidents` is not in EPSG:4326.
    """
    incidents = settled(incidents)
    xy, radius_m = coordinates(incidents), incidents["uncertainty_m"].to_numpy(dtype="float64")
    drawn = ~np.isnan(xy).any(axis=1) & (radius_m > 0)
    shapes = circles(xy[drawn, 0], xy[drawn, 1], radius_m[drawn])
    columns = [*CIRCLE_COLUMNS, *({"dataset"} & set(incidents.columns))]
    layer = incidents.loc[drawn, columns].reset_index(drop=True)
    return LayerFrame(pd.DataFrame(layer), geometry=gpd.array.from_shapely(shapes, crs=CRS), crs=CRS)


def links_layer(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw an arrow from every incident that was answered to its answer, in the direction of time.

    Args:
        incidents: The contract's table, EPSG:4326.

    Returns:
        One row per pair of incidents that are both in the table: `from_id` (the retaliation),
        `to_id` (what it answers), `relation` (of the one to the other), `label` (of the arrow: "answered by"),
        the days and place names of both, `distance_m`, and the geodesic line from `to_id` to `from_id`, cut at
        the antimeridian. Geometry and distance are null where a
        point is unknown; the geometry also where both are one point.

    Raises:
        CrsError: If `incidents` is not in EPSG:4326.
    """
    incidents = settled(incidents)
    ids = pd.Index(incidents["incident_id"])
    answers = incidents["in_response_to"].reset_index(drop=True).explode().dropna()
    froms = answers.index.to_numpy()
    tos = ids.get_indexer(pd.Index(answers.to_numpy(), dtype=ids.dtype))
    known = tos >= 0
    froms, tos = froms[known], tos[known]
    xy = coordinates(incidents)
    _, _, distance_m = GEOD.inv(*xy[froms].T, *xy[tos].T)
    table = pd.DataFrame(
        {
            "from_id": _take(incidents, "incident_id", froms),
            "to_id": _take(incidents, "incident_id", tos),
            "relation": pd.Series([RETALIATION] * len(froms), dtype="str"),
            "label": pd.Series([ANSWERED_BY] * len(froms), dtype="str"),
            "from_place": _take(incidents, "place_name", froms),
            "to_place": _take(incidents, "place_name", tos),
            "date_start": _take(incidents, "date_start", froms),
            "date_end": _take(incidents, "date_end", froms),
            "to_date_start": _take(incidents, "date_start", tos),
            "to_date_end": _take(incidents, "date_end", tos),
            "distance_m": np.asarray(distance_m, dtype="float64"),
        }
    )
    lines = gpd.array.from_shapely(arcs(xy[tos], xy[froms]), crs=CRS)
    return LayerFrame(table, geometry=lines, crs=CRS)


def _take(incidents: gpd.GeoDataFrame, column: str, rows: Any) -> pd.Series:
    return pd.Series(incidents[column].array.take(rows))


def places_layer(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Count the incidents of every place.

    Args:
        incidents: The contract's table, EPSG:4326.

    Returns:
        One row per place (and `dataset`, where there is one) that incidents name, most first: `place_id`, `place_name`,
        `country`, `country_code`, `admin1`, `geo_precision`, `n_incidents`, of which
        `n_not_happened` (planned, threatened), the most frequent `event_type`, the sums
        `killed_min` to `wounded_max` over what happened, `date_start` and `date_end` (first and
        last day), and the point of the incident that is placed most finely. A sum is null when
        no report gives a number, and open above when one of its numbers is.

    Raises:
        CrsError: If `incidents` is not in EPSG:4326.
    """
    incidents = settled(incidents)
    by_dataset = "dataset" in incidents.columns
    table = pd.DataFrame(incidents.drop(columns="geometry")).reset_index(drop=True)
    table["row"] = np.arange(len(table))
    # A place of the user's own may have a name and no id.
    named = table["place_name"].str.cat(table["country_code"].fillna(""), sep=", ")
    table["place"] = table["place_id"].fillna(named)
    if by_dataset:  # a place is counted once for each of the tables that lie beside each other
        table["place"] = table["place"].str.cat(table["dataset"].astype("str").fillna(""), sep="\0")
    # "near" is beside the place, so any other row shows better where the place itself is.
    table["beside"] = table["geo_precision"].eq("near")
    table = table[table["place"].notna()].sort_values(["beside", "uncertainty_m", "incident_id"], kind="stable")
    places = table.groupby("place", sort=True)
    best = table.drop_duplicates("place").set_index("place").sort_index()
    columns = ["place_id", "place_name", "country", "country_code", "admin1", "geo_precision"]
    layer = best[[*columns, "dataset"] if by_dataset else columns].copy()
    layer["n_incidents"] = places.size().astype(COUNT)
    happened = ~table["status"].isin(NOT_HAPPENED)
    layer["n_not_happened"] = (~happened).groupby(table["place"]).sum().astype(COUNT)
    layer["event_type"] = _most_frequent(table)
    for what in ("killed", "wounded"):
        layer[[f"{what}_min", f"{what}_max"]] = _sums(table[happened], what).reindex(layer.index)
    layer["date_start"], layer["date_end"] = places["date_start"].min(), places["date_end"].max()
    order = np.argsort(-layer["n_incidents"].to_numpy(dtype="int64"), kind="stable")
    geometry = incidents.geometry.array.take(best["row"].to_numpy()[order])
    return LayerFrame(layer.iloc[order].reset_index(drop=True), geometry=geometry, crs=CRS)


def _most_frequent(table: pd.DataFrame) -> pd.Series:
    """The event type that most incidents of each place have; of equals the first by name."""
    counts = table.groupby(["place", "event_type"]).size().rename("n").reset_index()
    counts = counts.sort_values(["place", "n", "event_type"], ascending=[True, False, True])
    return counts.drop_duplicates("place").set_index("place")["event_type"]


def _sums(table: pd.DataFrame, what: str) -> pd.DataFrame:
    """Add up the casualties of each place: at least, and at most unless one of the numbers is open."""
    least, most = table[f"{what}_min"], table[f"{what}_max"]
    sums = pd.DataFrame({f"{what}_min": least, f"{what}_max": most}).groupby(table["place"]).sum(min_count=1)
    is_open = (least.notna() & most.isna()).groupby(table["place"]).any()
    sums.loc[is_open, f"{what}_max"] = pd.NA
    return sums
