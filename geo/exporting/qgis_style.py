"""Draw the layers of geo in QGIS as the page draws them: styles, labels, map tips, time, choices for editing."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import geopandas as gpd

from geo.exporting.qgis_tips import CIRCLE_TIP, DAYS, INCIDENT_TIP, LINK_TIP, PLACE_TIP
from geo.exporting.qgis_xml import (
    by_event_type,
    choices,
    element,
    labels,
    moments,
    rgba,
    single,
    symbol,
    symbol_layer,
    temporal,
)
from geo.exporting.symbols import EVENT_SYMBOLS, Symbol
from geo.incidents.schema import TERMS
from geo.vocabulary import NOT_HAPPENED

# QGIS compares a day with a moment as texts, which shows an incident a day early and never on its last day;
# so its time is given by two moments: the first and the last second of its days.
SPAN: Final = {
    "shown_from": 'to_datetime("date_start")',
    "shown_until": "to_datetime(\"date_end\") + to_interval('86399 seconds')",
}
WIDE_M: Final = 100_000
INK: Final = "#333333"
HOLLOW: Final = ", ".join(f"'{status}'" for status in sorted({*NOT_HAPPENED, "denied"}))
# Around the point (placement 6 is QGIS's "cartographic"), at some distance from the mark.
AROUND: Final = {"placement": 6, "dist": 1.5, "distUnits": "MM", "predefinedPositionOrder": "R,TR,BR,L,TL,BL,TSR,BSR"}
ALONG: Final = {"placement": 2, "placementFlags": 10, "dist": 1, "distUnits": "MM"}


class Style(NamedTuple):
    """How one kind of layer is drawn."""

    renderer: ET.Element
    labels: ET.Element | None = None
    tip: str = ""
    times: ET.Element | None = None
    widgets: Sequence[ET.Element] = ()
    widest_scale: int = 0  # the denominator beyond which the layer is not drawn; 0: always drawn

    def attributes(self) -> dict[str, int]:
        """Give the attributes of the element that the children stand in."""
        bounded = int(self.widest_scale > 0)
        scales = {"hasScaleBasedVisibilityFlag": bounded, "minScale": self.widest_scale, "maxScale": 0}
        return {"labelsEnabled": int(self.labels is not None), **(scales if bounded else {})}

    def children(self) -> list[ET.Element]:
        """Give the elements as they stand in a .qml file and in a layer of a project."""
        parts = [
            self.times,
            moments(SPAN) if self.times is not None else None,
            self.renderer,
            self.labels,
            element("mapTip", text=self.tip) if self.tip else None,
        ]
        parts += [element("fieldConfiguration", None, *self.widgets)] if self.widgets else []
        return [part for part in (*parts, element("layerOpacity", text="1")) if part is not None]


def kind_of(layer: gpd.GeoDataFrame) -> str | None:
    """Tell by its columns which of geo's layers this is; None when it is none of them."""
    columns = set(layer.columns)
    if {"from_id", "to_id"} <= columns:
        return "links"
    if "n_incidents" in columns:
        return "places"
    if "event_type" not in columns or "incident_id" not in columns:
        return None
    shapes = set(layer.geometry.geom_type.dropna().unique())
    return "uncertainty" if shapes and shapes <= {"Polygon", "MultiPolygon"} else "incidents"


def style_for(layer: gpd.GeoDataFrame) -> str | None:
    """Write the style of a layer as QML; None when it is no layer of geo's."""
    kind = kind_of(layer)
    return qml(STYLES[kind]()) if kind else None


def qml(style: Style) -> str:
    """Write a style as a .qml file holds it."""
    attributes = {"version": "3.22", "styleCategories": "AllStyleCategories", **style.attributes()}
    text = ET.tostring(element("qgis", attributes, *style.children()), encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


def incidents_style() -> Style:
    """Marks by event type; hollow what is denied, planned or threatened."""
    rules = [
        {
            "description": "place and day",
            "expression": f"coalesce(\"place_name\" || '\\n', '') || ({DAYS})",
            "from_scale": 4_000_000,
            "to_scale": 750_000,
        },
        {
            "description": "what happened, close by",
            "expression": f"concat(\"sub_event_type\", '\\n', \"place_name\" || ', ', {DAYS})",
            "from_scale": 750_000,
        },
    ]
    widgets = [choices(field, terms) for field, terms in TERMS.items()]
    return Style(by_event_type(EVENT_SYMBOLS, _mark), labels(rules, AROUND), INCIDENT_TIP, _days(), widgets)


def _mark(mark: Symbol) -> ET.Element:
    hollow = f'"status" in ({HOLLOW})'
    fill = f"if({hollow}, '255,255,255,200', '{rgba(mark.colour, 230)}')"
    edge = f"if({hollow}, '{rgba(mark.colour)}', '255,255,255,255')"
    width = f"if({hollow}, 0.6, 0.3)"
    options = {
        "name": mark.shape,
        "size": 4.6 if mark.shape == "star" else 3.6,
        "size_unit": "MM",
        "color": rgba(mark.colour, 230),
        "outline_color": "255,255,255,255",
        "outline_width": 0.3,
        "joinstyle": "round",
    }
    driven_by = {"fillColor": fill, "outlineColor": edge, "outlineWidth": width}
    return symbol("marker", [symbol_layer("SimpleMarker", options, driven_by)])


def uncertainty_style() -> Style:
    """Translucent circles in the colour of the event type."""
    return Style(by_event_type(EVENT_SYMBOLS, _circle), None, CIRCLE_TIP, _days())


def _circle(mark: Symbol) -> ET.Element:
    options = {
        "color": rgba(mark.colour, 26),
        "style": "solid",
        "outline_color": rgba(mark.colour, 130),
        "outline_style": "dash",
        "outline_width": 0.25,
    }
    # A circle over half a country would only tint the map: its rim says enough.
    fill = f"if(\"uncertainty_m\" > {WIDE_M}, '0,0,0,0', '{rgba(mark.colour, 26)}')"
    return symbol("fill", [symbol_layer("SimpleFill", options, {"fillColor": fill})])


def links_style() -> Style:
    """Arrows from what answers to what is answered."""
    fill = symbol(
        "fill", [symbol_layer("SimpleFill", {"color": rgba(INK, 190), "style": "solid", "outline_style": "no"})]
    )
    fill.set("name", "@0@0")
    options: dict[str, float | str] = {
        "arrow_type": 0,
        "head_type": 0,
        "is_curved": 0,
        "is_repeated": 0,
        "arrow_start_width": 0.5,
        "arrow_width": 0.5,
        "head_length": 3.6,
        "head_thickness": 2.0,
    }
    for part in ("arrow_start_width", "arrow_width", "head_length", "head_thickness"):
        options[f"{part}_unit"] = "MM"
    rule = {"description": "what the arrow means", "expression": '"relation"', "size": 7, "italic": True}
    rule["from_scale"] = 1_500_000
    arrow = symbol("line", [symbol_layer("ArrowLine", options, None, fill)])
    return Style(single(arrow), labels([rule], ALONG), LINK_TIP, _days())


def places_style() -> Style:
    """Circles that grow with the number of incidents, in area."""
    options = {
        "name": "circle",
        "size": 4,
        "size_unit": "MM",
        "color": "60,60,60,90",
        "outline_color": "255,255,255,255",
        "outline_width": 0.3,
    }
    mark = symbol_layer("SimpleMarker", options, {"size": 'min(3 + 1.5 * sqrt("n_incidents"), 16)'})
    rule = {"description": "place and number", "expression": "\"place_name\" || ' (' || \"n_incidents\" || ')'"}
    return Style(single(symbol("marker", [mark])), labels([rule], AROUND), PLACE_TIP, _days())


def land_style() -> Style:
    """Quiet land, so that the marks stand out."""
    options = {"color": rgba("#f4f1ea"), "style": "solid", "outline_color": rgba("#b9b4a8"), "outline_width": 0.2}
    rule = {"description": "countries", "expression": 'upper("name")', "size": 8, "colour": "#9a948a"}
    rule["to_scale"] = 2_000_000
    return Style(single(symbol("fill", [symbol_layer("SimpleFill", options)])), labels([rule], {"placement": 1}))


def borders_style() -> Style:
    """Lines between countries."""
    return Style(single(symbol("line", [_line("#9c968b", 0.35, "solid")])))


def provinces_style() -> Style:
    """Lines between provinces."""
    return Style(single(symbol("line", [_line("#cfc9bd", 0.2, "dash")])), widest_scale=12_000_000)


def _line(colour: str, width: float, dash: str) -> ET.Element:
    return symbol_layer("SimpleLine", {"line_color": rgba(colour), "line_width": width, "line_style": dash})


def _days() -> ET.Element:
    return temporal(*SPAN)


STYLES: Final[dict[str, Callable[[], Style]]] = {
    "incidents": incidents_style,
    "uncertainty": uncertainty_style,
    "places": places_style,
    "links": links_style,
    "countries": land_style,
    "borders": borders_style,
    "provinces": provinces_style,
}
