"""Save everything that is made of incidents into one folder: layers, GeoPackage, QGIS project."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from geo import basemap
from geo.atomic import whole_file
from geo.call_arguments import checked
from geo.earth import HALF_TURN
from geo.errors import ExportError
from geo.exporting import geojson, geopackage, qgis_project
from geo.exporting.formats import LAYER_SUFFIXES
from geo.exporting.qgis_extent import Box, extent_of
from geo.exporting.qgis_style import qml, style_of_kind
from geo.gazetteer.towns import town_table
from geo.incidents import links_layer, places_layer, uncertainty_layer
from geo.incidents.contract.conforming import settled
from geo.incidents.headlines.page_titles import title as title_of
from geo.incidents.layers.areas import areas_layer
from geo.vocabulary import CRS

FINE_BELOW: Final = 20.0  # degrees that the incidents span
LARGEST_SUBURBAN: Final = 1  # rank of the cities that have suburbs
CITY_REACH: Final = 0.15  # degrees round the middle of a city in which its suburbs lie
SUBURB: Final = 5  # rank of a town in a city's reach: named from close by alone, so that nobody takes it for the city


@checked
def save_layers(incidents: gpd.GeoDataFrame, folder: str | Path = "out", *, title: str | None = None) -> list[Path]:
    """Write the incidents and what is derived from them; each file whole or not at all.

    Args:
        incidents: The contract's table, EPSG:4326.
        folder: Made when it is not there; other files in it are left alone.
        title: Of the QGIS project; without it, the places and days say what it shows.

    Returns:
        The files: `incidents`, `uncertainty`, `places`, `links` as .geojson, each with the .qml that QGIS
        opens it in; `incidents.gpkg` with all four, and with `areas` where no more than a province, region or
        country is known; `basemap.gpkg`; and `incidents.qgz` that shows them.

    Raises:
        ExportError: If the folder cannot be written to.
        CrsError: If `incidents` is not in EPSG:4326.
    """
    if not isinstance(folder, str | Path) or Path(folder).suffix.lower() in LAYER_SUFFIXES:
        msg = f"found {folder!r}; expected a folder, such as 'out/': geo.write_layer writes one file."
        raise ExportError(msg)
    incidents = settled(incidents)
    layers = {
        "incidents": incidents,
        "uncertainty": uncertainty_layer(incidents),
        "places": places_layer(incidents),
        "links": links_layer(incidents),
    }
    target = Path(folder)
    areas = areas_layer(incidents)
    extent = extent_of(incidents, areas)
    beneath = _basemap(extent)
    written: list[Path] = []

    def save(name: str, write: Callable[[Path], Any]) -> None:
        with whole_file(target / name) as temporary:
            write(temporary)
        written.append(target / name)

    for name, layer in layers.items():
        save(f"{name}.geojson", partial(geojson.write, layer, name=name))
        save(f"{name}.qml", partial(Path.write_text, data=qml(style_of_kind(name, layer)), encoding="utf-8"))
    drawn = {**layers, **({"areas": areas} if len(areas) else {})}
    save("incidents.gpkg", lambda path: geopackage.write_all(drawn, path))
    save("basemap.gpkg", lambda path: geopackage.write_all(beneath, path))
    undated = incidents["date_start"].isna().all() or incidents["date_end"].isna().all()
    known = None if undated else (incidents["date_start"].min().date(), incidents["date_end"].max().date())
    save(
        "incidents.qgz",
        lambda path: qgis_project.write(
            path, title=title or title_of(incidents, "en"), extent=extent, days=known, layers=drawn | beneath
        ),
    )
    return written


def _basemap(extent: Box) -> dict[str, gpd.GeoDataFrame]:
    """Cut the land, borders and provinces around the incidents out of the map of the world."""
    west, south, east, north = extent
    room = max(east - west, north - south)
    south, north = max(south - room, -85.0), min(north + room, 85.0)
    if east > HALF_TURN:  # across the antimeridian
        halves = [(west - room, south, HALF_TURN, north), (-HALF_TURN, south, east + room - 2 * HALF_TURN, north)]
        box = (west - room, south, east + room - 2 * HALF_TURN, north)
    else:
        box = (max(west - room, -HALF_TURN), south, min(east + room, HALF_TURN), north)
        halves = [box]
    scale = 10 if room < FINE_BELOW else 50  # never the coarsest: who opens a project looks closer
    found = {
        "towns": _towns(halves),
        "countries": basemap.countries(box, scale=scale),
        "borders": basemap.borders(box, scale=scale),
        "provinces": basemap.admin1(box),
        "rivers": basemap.rivers(box, scale=scale),
        "lakes": basemap.lakes(box, scale=scale),
    }
    near = {name: layer for name, layer in found.items() if len(layer)}
    return near or {"countries": basemap.countries((-HALF_TURN, -85.0, HALF_TURN, 85.0), scale=110)}  # far out at sea


def _towns(boxes: Sequence[Box]) -> gpd.GeoDataFrame:
    """Name the towns to find one's way by: `name`, `rank` (0 a capital, 4 a small town)."""
    found = town_table(boxes)
    found["rank"] = np.where(_are_suburbs(found), SUBURB, found["rank"])
    points = gpd.points_from_xy(found.pop("lon"), found.pop("lat"), crs=CRS)
    return gpd.GeoDataFrame(found, geometry=points, crs=CRS)


def _are_suburbs(towns: dict[str, Any]) -> NDArray[np.bool_]:
    """Say which towns lie in the reach of a city that is named before them, shape (n,)."""
    points = np.column_stack([towns["lon"], towns["lat"]])
    cities = np.flatnonzero(towns["rank"] <= LARGEST_SUBURBAN)
    if not len(cities):
        return np.zeros(len(points), dtype=np.bool_)
    apart = np.abs(points[:, None] - points[cities]).max(axis=2)
    answer: NDArray[np.bool_] = ((apart < CITY_REACH) & (cities < np.arange(len(points))[:, None])).any(axis=1)
    return answer
