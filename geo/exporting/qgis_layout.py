"""Lay out a sheet to print from the QGIS project: title, map, legend, scale bar, sources, day.

Lengths are millimetres on a landscape A4 sheet. What is left out, QGIS fills with its defaults.
"""

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
from pyproj import Transformer

from geo.exporting.qgis_xml import element, option, rgba, symbol

NAME: Final = "Map to print"
SHEET: Final = (297.0, 210.0)
TITLE: Final = (12.0, 9.0, 273.0, 10.0)  # left, top, width, height
UNDER: Final = (12.0, 18.0, 273.0, 7.0)
MAP: Final = (12.0, 27.0, 200.0, 163.0)
LEGEND: Final = (216.0, 27.0, 70.0, 163.0)
BAR: Final = (15.0, 176.0, 60.0, 12.0)
SOURCES: Final = (12.0, 192.0, 273.0, 12.0)
# QGIS's numbers for the kinds of items.
PAGE_ITEM, MAP_ITEM, LABEL_ITEM, LEGEND_ITEM, BAR_ITEM = 65638, 65639, 65641, 65642, 65646
LEGEND_LOOK: Final = {"resizeToContents": 1, "columnCount": 1, "symbolWidth": 5, "symbolHeight": 3, "boxSpace": 0}
INK, QUIET = "#1b1b1b", "#5f5a52"
Box = tuple[float, float, float, float]
Rgb = tuple[int, int, int]


def layout(  # noqa: PLR0917
    title: str, subtitle: str, sources: str, extent: Box, sea: Rgb, shown: Sequence[tuple[str, str]]
) -> ET.Element:
    """Write the sheet.

    Args:
        title: In large letters.
        subtitle: Below it: how many incidents, and who checked them.
        sources: At the foot; the day of printing is put behind it.
        extent: West, south, east, north in degrees, EPSG:4326: what the map shows at least.
        sea: Colour of what no land covers.
        shown: Id and title of the layers of the legend.
    """
    page = _item(PAGE_ITEM, (0.0, 0.0, *SHEET), background="true")
    sheet = _item(MAP_ITEM, MAP, frame="true", background="true", drawCanvasItems="true", keepLayerSet="false")
    west, south, east, north = fitted(extent, MAP[2] / MAP[3])
    sheet.append(element("BackgroundColor", dict(zip(("red", "green", "blue"), sea, strict=True)) | {"alpha": 255}))
    sheet.append(element("Extent", {"xmin": west, "ymin": south, "xmax": east, "ymax": north}))
    on_map = sheet.get("uuid", "")
    tree = element("layer-tree-group", None, *(_legend_entry(*layer) for layer in shown))
    legend = _item(LEGEND_ITEM, LEGEND, map_uuid=on_map, legendFilterByMap=1, **LEGEND_LOOK)
    fonts = {"title": 10, "group": 10, "subgroup": 9, "symbol": 8, "symbolLabel": 8}
    legend.append(element("styles", None, *(_legend_font(name, size) for name, size in fonts.items())))
    legend.append(tree)
    foot = f"{sources} Printed [% format_date(now(), 'd MMM yyyy') %]."
    labels = [
        _label(title, TITLE, 16, INK, bold=True),
        _label(subtitle, UNDER, 10, QUIET),
        _label(foot, SOURCES, 7, QUIET),
    ]
    items = [*labels, legend, _scale_bar(on_map, east - west), sheet]
    attributes = {"name": NAME, "units": "mm", "printResolution": 300}
    return element("Layouts", None, element("Layout", attributes, element("PageCollection", None, page), *items))


def subtitle_of(incidents: gpd.GeoDataFrame) -> str:
    """Say how many incidents there are, that a program read them, and how many a person checked."""
    count = f"{len(incidents):,} incident{'s' if len(incidents) != 1 else ''}"
    if "confidence" not in incidents or incidents["confidence"].isna().all():
        return count
    checked = int(incidents["reviewed"].notna().sum()) if "reviewed" in incidents else 0
    who = f"{checked:,} of {len(incidents):,} checked by a person" if checked else "not checked by a person"
    return f"{count} · automatically extracted · {who}"


def fitted(extent: Box, ratio: float) -> Box:
    """Widen a box in degrees to a ratio of width to height, in metres of EPSG:3857."""
    to_flat = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    west, south, east, north = to_flat.transform_bounds(*extent)
    middle, centre = (west + east) / 2, (south + north) / 2
    height = max(north - south, (east - west) / ratio, 1000.0)
    half = height * ratio / 2
    return middle - half, centre - height / 2, middle + half, centre + height / 2


def _item(kind: int, box: Box, **attributes: Any) -> ET.Element:
    left, top, width, height = box
    # The same project gives the same file.
    name = f"{{{uuid.uuid5(uuid.NAMESPACE_OID, f'geo {kind} {box}')}}}"
    place = {"position": f"{left},{top},mm", "positionOnPage": f"{left},{top},mm", "size": f"{width},{height},mm"}
    common = {"type": kind, "uuid": name, "templateUuid": name, "referencePoint": 0, "visibility": 1, "opacity": 1}
    common["zValue"] = {PAGE_ITEM: 0, MAP_ITEM: 1}.get(kind, 2)
    return element("LayoutItem", {"frame": "false", "background": "false", **common, **place, **attributes})


def font(size: float, *, bold: bool = False) -> str:
    """Describe a font as Qt does."""
    return f"Sans Serif,{size:g},-1,5,{75 if bold else 50},0,0,0,0,0"


def _label(text: str, box: Box, size: float, colour: str, *, bold: bool = False) -> ET.Element:
    item = _item(LABEL_ITEM, box, labelText=text, halign=1, valign=32, htmlState=0, marginX=0, marginY=0)
    item.append(element("LabelFont", {"description": font(size, bold=bold)}))
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    item.append(element("FontColor", {"red": red, "green": green, "blue": blue, "alpha": 255}))
    return item


def _legend_font(name: str, size: float) -> ET.Element:
    gaps = {"marginTop": 1.5, "marginBottom": 1} if name != "symbolLabel" else {"marginTop": 1, "marginLeft": 2}
    return element("style", {"name": name, "alignment": 1, **gaps}, element("styleFont", {"description": font(size)}))


def _legend_entry(layer_id: str, title: str) -> ET.Element:
    titled = element(
        "Option", {"type": "Map"}, element("Option", {"name": "cached_name", "type": "QString", "value": title})
    )
    titled.append(element("Option", {"name": "legend/title-label", "type": "QString", "value": title}))
    attributes = {"id": layer_id, "name": title, "expanded": 1, "checked": "Qt::Checked", "providerKey": "ogr"}
    return element("layer-tree-layer", attributes, element("customproperties", None, titled))


def _scale_bar(map_uuid: str, width_m: float) -> ET.Element:
    """Draw two pieces of a round length, together about a fifth of the map."""
    aim_km = width_m / 10_000
    power = 10.0 ** (len(str(int(max(aim_km, 1)))) - 1)
    piece = max(step * power for step in (1.0, 2.0, 5.0) if step * power <= max(aim_km, 1.0))
    size = {"numUnitsPerSegment": piece, "numSegments": 2, "numSegmentsLeft": 0, "unitType": "km", "unitLabel": "km"}
    look = {"style": "Line Ticks Up", "height": 1.5, "outlineWidth": 0.3, "labelBarSpace": 1, "boxContentSpace": 1}
    bar = _item(BAR_ITEM, BAR, mapUuid=map_uuid, numMapUnitsPerScaleBarUnit=1, segmentSizeMode=0, **size, **look)
    ink = element(
        "layer", {"class": "SimpleLine", "enabled": 1}, option({"line_color": rgba(INK), "line_width": "0.3"})
    )
    for name in ("lineSymbol", "divisionLineSymbol", "subdivisionLineSymbol"):
        bar.append(element(name, None, symbol("line", [ink], name="")))
    bar.append(element("text-style", {"fontFamily": "Sans Serif", "fontSize": 8, "fontSizeUnit": "Point"}))
    return bar
