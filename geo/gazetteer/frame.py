"""Show what a name may mean, or what lies at a point, as a table."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from geo.call_arguments import checked
from geo.errors import InputError
from geo.gazetteer.gazetteer import open_gazetteer
from geo.gazetteer.lookup import look_up

if TYPE_CHECKING:
    import geopandas as gpd

COLUMNS: Final = (
    "query", "rank", "name", "place_id", "kind", "feature_class", "feature_code", "country", "country_code",
    "admin1", "admin2", "population", "radius_m", "source", "match", "distance_m",
)  # fmt: skip


@checked
def find_places(
    names: str | tuple[float, float] | Iterable[str], countries: Collection[str] = ()
) -> "gpd.GeoDataFrame":
    """Look names up in the gazetteer, or what lies at coordinates.

    Args:
        names: One name or several: "Mosul"; "Paris, Texas" (the division or country behind the name);
            or coordinates, latitude first: "33.3, 44.4" or (33.3, 44.4).
        countries: ISO 3166-1 alpha-2 codes of the countries whose places come first.

    Raises:
        InputError: If it is something else, or coordinates lie outside the Earth.

    Returns:
        One row per candidate, EPSG:4326, the best known first (`rank` counts from 1 for each name). `match` is
        `name`; `sound` where no place has the name and these sound like it; `near` for coordinates: the best
        known place that reaches there, then the nearest, with `distance_m`. No row where nothing is found.
        `radius_m`: metres within which 90 % of the place lies.
    """
    import geopandas as gpd  # noqa: PLC0415 - slow to import, and a look-up does not need it
    import pandas as pd  # noqa: PLC0415

    gazetteer = open_gazetteer()
    rows = []
    for query in _several(names):
        try:
            candidates = look_up(gazetteer, query)
        except ValueError as error:
            raise InputError(str(error)) from None
        candidates.sort(key=lambda found: found.match != "near" and found.place.country_code not in countries)
        for rank, found in enumerate(candidates, 1):
            place = found.place
            query_columns = {"query": query, "rank": rank, "place_id": place.id, "match": found.match}
            rows.append(query_columns | {"distance_m": found.distance_m} | asdict(place))
    lonlat = [(row["lon"], row["lat"]) for row in rows]
    columns: dict[str, Any] = {name: [row[name] for row in rows] for name in COLUMNS}
    columns["distance_m"] = pd.Series(columns["distance_m"], dtype="float64")
    lons, lats = zip(*lonlat, strict=True) if lonlat else ((), ())
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lons, lats), crs="EPSG:4326")


def _several(names: str | tuple[float, float] | Iterable[Any]) -> list[str]:
    if isinstance(names, tuple) and len(names) == 2 and all(isinstance(part, int | float) for part in names):  # noqa: PLR2004
        return [f"{names[0]}, {names[1]}"]
    queries = [names] if isinstance(names, str) else list(names) if isinstance(names, Iterable) else [names]
    for query in queries:
        if not isinstance(query, str):
            msg = f"found {type(query).__name__} {query!r}; expected a name of a place, coordinates, or several."
            raise InputError(msg)
    return queries
