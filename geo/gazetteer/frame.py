"""Show what a name may mean as a table."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.gazetteer.gazetteer import open_gazetteer

if TYPE_CHECKING:
    import geopandas as gpd

COLUMNS: Final = (
    "query", "rank", "name", "place_id", "kind", "feature_class", "feature_code", "country", "country_code",
    "admin1", "admin2", "population", "radius_m", "source", "match",
)  # fmt: skip


def find_places(names: str | Iterable[str], countries: Collection[str] = ()) -> "gpd.GeoDataFrame":
    """Look names up in the gazetteer.

    Args:
        names: One name or several.
        countries: ISO 3166-1 alpha-2 codes of the countries whose places come first.

    Raises:
        InputError: If it is something else.

    Returns:
        One row per candidate, EPSG:4326, the best known first (`rank` counts from 1 for each name);
        for a name that nothing has, places whose names sound like it (`match` is `sound`, else `name`), or no row.
        `radius_m`: metres within which 90 % of the place lies.
    """
    import geopandas as gpd  # noqa: PLC0415 - slow to import, and a look-up does not need it

    gazetteer = open_gazetteer()
    rows = []
    for query in _several(names):
        candidates = gazetteer.find(query)
        match = "name" if candidates else "sound"
        candidates = candidates or [gazetteer.place(row) for row in gazetteer.sounding_rows(query)]
        candidates.sort(key=lambda place: place.country_code not in countries)
        for rank, place in enumerate(candidates, 1):
            rows.append({"query": query, "rank": rank, "place_id": place.id, "match": match} | asdict(place))
    lonlat = [(row["lon"], row["lat"]) for row in rows]
    columns = {name: [row[name] for row in rows] for name in COLUMNS}
    lons, lats = zip(*lonlat, strict=True) if lonlat else ((), ())
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lons, lats), crs="EPSG:4326")


def _several(names: str | Iterable[str]) -> list[str]:
    queries = [names] if isinstance(names, str) else list(names) if isinstance(names, Iterable) else [names]
    for query in queries:
        if not isinstance(query, str):
            msg = f"found {type(query).__name__} {query!r}; expected a name of a place, or several."
            raise InputError(msg)
    return queries
