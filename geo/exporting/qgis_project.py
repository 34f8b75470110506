"""Write a QGIS project beside the layers: groups, styles, time, a map beneath that needs no network.

A .qgz is an archive with one XML file. Paths in it are relative, so the folder can be moved or sent.
"""

import warnings
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

import geopandas as gpd
from pyproj import CRS, Transformer

from geo.earth import HALF_TURN
from geo.exporting import file_metadata
from geo.exporting.qgis_extent import Box, mercator
from geo.exporting.qgis_layout import layout, subtitle_of
from geo.exporting.qgis_style import style_of_kind
from geo.exporting.qgis_xml import element
from geo.tables import tiles as tile_rows

ELLIPSOID: Final = "EPSG:7030"  # WGS 84
SEA: Final = (216, 230, 238)  # red, green, blue


class ProjectLayer(NamedTuple):
    """One layer of the project."""

    name: str  # in the legend, and of the layer in its file
    kind: str  # a key of STYLES
    file: str  # beside the project
    shape: str  # Point, Line, Polygon
    group: str
    shown: bool = True

    @property
    def id(self) -> str:
        """The name by which the project's parts know the layer."""
        return f"geo_layer_{self.name}"  # shorter than eleven letters, QGIS would make up another


LAYERS: Final = (
    ProjectLayer("incidents", "incidents", "incidents.gpkg", "Point", "Incidents"),
    ProjectLayer("links", "links", "incidents.gpkg", "Line", "Incidents"),
    ProjectLayer("places", "places", "incidents.gpkg", "Point", "Incidents", shown=False),
    ProjectLayer("uncertainty", "circles", "incidents.gpkg", "Polygon", "Incidents"),
    ProjectLayer("areas", "areas", "incidents.gpkg", "Polygon", "Incidents"),
    ProjectLayer("towns", "towns", "basemap.gpkg", "Point", "Basemap (offline)"),
    ProjectLayer("borders", "borders", "basemap.gpkg", "Line", "Basemap (offline)"),
    ProjectLayer("provinces", "provinces", "basemap.gpkg", "Line", "Basemap (offline)"),
    ProjectLayer("lakes", "lakes", "basemap.gpkg", "Polygon", "Basemap (offline)"),
    ProjectLayer("rivers", "rivers", "basemap.gpkg", "Line", "Basemap (offline)"),
    ProjectLayer("countries", "countries", "basemap.gpkg", "Polygon", "Basemap (offline)"),
)
# What the legend of the printed sheet calls a layer.
IN_LEGEND: Final = {
    "incidents": "Incidents",
    "links": "Answered by",
    "areas": "Somewhere in the area",
}
READ_AS: Final = (
    "Hollow marks: claimed; with a dot: alleged; struck through: denied; dotted outline: planned or threatened. "
    "Circles: the true place lies inside, nine times out of ten."
)
TILES: Final = "Online tiles (off)"


def write(
    path: Path,
    *,
    title: str,
    extent: Box,
    days: tuple[date, date] | None,
    layers: Mapping[str, gpd.GeoDataFrame],
) -> None:
    """Write the project.

    Args:
        path: The .qgz file.
        title: Of the project.
        extent: West, south, east, north in degrees, EPSG:4326: what is shown at first; east is above 180 where it
            lies across the antimeridian.
        days: The first and the last day of the incidents; None when none has a day.
        layers: What the files beside it hold, by name.
    """
    entries = [entry for entry in LAYERS if entry.name in layers]
    tiles = list(tile_rows().values())
    drawn = [_layer(entry, layers[entry.name]) for entry in entries]
    root = element(
        "qgis",
        {"projectname": title, "version": "3.22.0"},
        element("title", text=title),
        element("projectCrs", None, crs(mercator(extent))),
        _tree(entries, tiles),
        element("projectlayers", None, *drawn, *map(_tile_layer, tiles)),
        _properties(days),
        element("ProjectViewSettings", {"UseProjectScales": 0}, _extent(extent)),
        *([_time_settings(days)] if days else []),
        _sheet(title, extent, layers),
        _metadata(title, layers),
    )
    text = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("incidents.qgs", text)


def crs(code: str) -> ET.Element:
    """Describe a coordinate reference system: by its code, and in full where QGIS does not know that."""
    known = CRS.from_user_input(code)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PROJ's short form leaves things out, and says so
        short = known.to_proj4()
    parts = {
        "wkt": known.to_wkt(),
        "proj4": short,
        "srid": code.split(":")[1],
        "authid": code,
        "description": known.name,
        "ellipsoidacronym": ELLIPSOID,
        "geographicflag": str(known.is_geographic).lower(),
    }
    return element("spatialrefsys", None, *(element(tag, text=text) for tag, text in parts.items()))


def _tree(entries: Sequence[ProjectLayer], tiles: Sequence[Mapping[str, str]]) -> ET.Element:
    groups: dict[str, list[ET.Element]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(
            _leaf(entry.id, entry.name, f"./{entry.file}|layername={entry.name}", "ogr", shown=entry.shown)
        )
    groups[TILES] = [_leaf(_tile_id(tile), tile["name"], tile_source(tile), "wms", shown=False) for tile in tiles]
    return element(
        "layer-tree-group",
        None,
        *(
            element(
                "layer-tree-group",
                {"name": name, "expanded": int(name == "Incidents"), "checked": checked(name)},
                *leaves,
            )
            for name, leaves in groups.items()
        ),
    )


def checked(group: str) -> str:
    """Tiles stay off until asked for: switching them on shows a server which region is looked at."""
    return "Qt::Unchecked" if group == TILES else "Qt::Checked"


def _leaf(name: str, title: str, source: str, provider: str, *, shown: bool) -> ET.Element:
    return element(
        "layer-tree-layer",
        {
            "id": name,
            "name": title,
            "source": source,
            "providerKey": provider,
            "checked": "Qt::Checked" if shown else "Qt::Unchecked",
            "expanded": int(title == "incidents"),
        },
    )


def _layer(entry: ProjectLayer, layer: gpd.GeoDataFrame) -> ET.Element:
    style = style_of_kind(entry.kind, layer)
    return element(
        "maplayer",
        {"type": "vector", "geometry": entry.shape, "autoRefreshEnabled": 0, **style.attributes()},
        element("id", text=entry.id),
        element("datasource", text=f"./{entry.file}|layername={entry.name}"),
        element("layername", text=entry.name),
        element("srs", None, crs("EPSG:4326")),
        element("provider", {"encoding": "UTF-8"}, text="ogr"),
        *style.children(),
    )


def _tile_id(tile: Mapping[str, str]) -> str:
    return "geo_tiles_" + "".join(c if c.isalnum() else "_" for c in tile["name"].lower())


def tile_source(tile: Mapping[str, str]) -> str:
    """Write a tile address of Leaflet as QGIS wants it; of its subdomains the first is taken."""
    url = tile["url"].replace("{s}", tile["subdomains"][:1]).replace("{r}", "")
    return f"type=xyz&url={quote(url, safe=':/')}&zmin=0&zmax={tile['max_zoom']}"


def _tile_layer(tile: Mapping[str, str]) -> ET.Element:
    return element(
        "maplayer",
        {"type": "raster"},
        element("id", text=_tile_id(tile)),
        element("datasource", text=tile_source(tile)),
        element("layername", text=tile["name"]),
        element("srs", None, crs("EPSG:3857")),
        element("provider", text="wms"),
        element("resourceMetadata", None, element("rights", text=tile["attribution"])),
    )


def _properties(days: tuple[date, date] | None) -> ET.Element:
    sea = zip(("Red", "Green", "Blue"), SEA, strict=True)
    gui = [element(f"CanvasColor{part}Part", {"type": "int"}, text=str(value)) for part, value in sea]
    parts = [
        element("Gui", None, *gui),
        element("Paths", None, element("Absolute", {"type": "bool"}, text="false")),
        # Without this, QGIS shows a project without any coordinate reference system, whatever is said above.
        element("SpatialRefSys", None, element("ProjectionsEnabled", {"type": "int"}, text="1")),
        element("Measure", None, element("Ellipsoid", {"type": "QString"}, text=ELLIPSOID)),
        element("Measurement", None, element("DistanceUnits", {"type": "QString"}, text="km")),
        element("PAL", None, element("DrawUnplaced", {"type": "bool"}, text="false")),
    ]
    if days:
        first, last = (datetime.combine(day, time(), UTC) for day in days)
        # The panel of the temporal controller opens in animation, over the days of the incidents.
        stored = {"NavigationMode": ("int", "1"), "StartDateTime": ("QString", _stamp(first))}
        stored |= {"EndDateTime": ("QString", _stamp(last.replace(hour=23, minute=59, second=59)))}
        settings = [element(name, {"type": kind}, text=value) for name, (kind, value) in stored.items()]
        parts.append(element("TemporalControllerWidget", None, *settings))
    return element("properties", None, *parts)


def _stamp(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"  # strftime writes the year 25 as "25"


def _time_settings(days: tuple[date, date]) -> ET.Element:
    """Let time run in steps of a day, from the first day to the end of the last."""
    first, last = (datetime.combine(day, time(), UTC) for day in days)
    end = last.replace(hour=23, minute=59, second=59)
    between = element("TemporalRange", None, element("start", text=_stamp(first)), element("end", text=_stamp(end)))
    attributes = {"timeStep": 1, "timeStepUnit": "d", "frameRate": 1, "cumulativeTemporalRange": 0}
    return element("ProjectTimeSettings", attributes, between)


def _extent(box: Box) -> ET.Element:
    west, south, east, north = box
    code = "EPSG:4326"
    if east > HALF_TURN:  # in degrees this box has no way to be written
        code = mercator(box)
        to_metres = Transformer.from_crs("EPSG:4326", code, always_xy=True)
        (west, east), (south, north) = to_metres.transform([west, east - 2 * HALF_TURN], [south, north])
    sides = {"xmin": west, "ymin": south, "xmax": east, "ymax": north}
    return element("DefaultViewExtent", sides, crs(code))


def _sheet(title: str, extent: Box, layers: Mapping[str, gpd.GeoDataFrame]) -> ET.Element:
    """Lay out the map for printing, with the layers that a reader needs in its legend."""
    legend = [
        (entry.id, IN_LEGEND[entry.name])
        for entry in LAYERS
        if entry.name in IN_LEGEND and len(layers.get(entry.name, ()))
    ]
    return layout(
        title, subtitle_of(layers["incidents"]), f"{READ_AS} Sources: {_credits(layers)}.", extent, SEA, legend
    )


def _credits(layers: Mapping[str, gpd.GeoDataFrame]) -> str:
    sources = file_metadata.sources(file_metadata.datasets_in(layers["incidents"].columns))
    return "; ".join(f"{source['what']}: {source['source']} ({source['licence']})" for source in sources)


def _metadata(title: str, layers: Mapping[str, gpd.GeoDataFrame]) -> ET.Element:
    parts = {
        "identifier": "",
        "title": title,
        "abstract": f"Written by geo {file_metadata.program_version()}. {_credits(layers)}.",
    }
    return element("projectMetadata", None, *(element(tag, text=text) for tag, text in parts.items()))
