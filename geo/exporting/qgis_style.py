"""Draw the layers of geo in QGIS as the page draws them: styles, labels, map tips, time, choices for editing."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any, Final

import geopandas as gpd

from geo.exporting import qgis_ground
from geo.exporting.qgis_headline import headline, name_of, names_in
from geo.exporting.qgis_layer import Style, field_texts, shown_on_its_days
from geo.exporting.qgis_tips import CIRCLE_TIP, DAYS, LINK_TIP, PLACE_TIP, incident_tip, quotes
from geo.exporting.qgis_xml import (
    MEDIUM,
    by_event_type,
    by_rules,
    choices,
    displaced,
    element,
    labels,
    rgba,
    single,
    symbol,
    symbol_layer,
    tabbed_form,
    written,
)
from geo.exporting.symbols import EVENT_SYMBOLS, OTHER, Mark
from geo.incidents.contract.schema import TERMS
from geo.incidents.layers.areas import AREAS
from geo.vocabulary import NOT_HAPPENED, STATUSES

WIDE_M: Final = 100_000
FAINT: Final = 14  # of 255: several circles often lie on each other
INK: Final = "#333333"
# coalesce: where nothing is said of the precision, "not (null)" would be null too, and there would be no mark
COARSE: Final = 'coalesce("geo_precision" in ({}), false)'.format(", ".join(f"'{term}'" for term in AREAS))
WORDS_ALONE: Final = "words without a mark: only the area is known"
KNOWN: Final = ", ".join(f"'{name}'" for name in EVENT_SYMBOLS)
TOLL: Final = 'coalesce("killed_max", "killed_min", 0) + coalesce("wounded_max", "wounded_min", 0)'
STEPS: Final = ((100, 8.0), (25, 6.6), (5, 5.4), (1, 4.4))  # millimetres from so many killed and wounded on
SIZE: Final = "with_variable('geo_toll', {}, case {} else 3.6 end)".format(
    TOLL, " ".join(f"when @geo_toll >= {least} then {size}" for least, size in STEPS)
)
HOLLOW: Final = ", ".join(f"'{status}'" for status in STATUSES if status != "reported")
DOTTED: Final = ", ".join(f"'{status}'" for status in sorted(NOT_HAPPENED))
# What stands within a hollow mark, as on the page: the shape, its share of the mark's size, the statuses that have it.
INSIDES: Final = (("circle", 0.22, "'alleged', 'threatened'"), ("line", 1.3, "'denied'"))
BROADER: Final = {"cross": 1.35}  # a cross fills less of its square than the other shapes
# Around the point (placement 6 is QGIS's "cartographic"), at some distance from the mark.
AROUND: Final = {"placement": 6, "dist": 3.4, "distUnits": "MM", "predefinedPositionOrder": "R,TR,BR,L,TL,BL,TSR,BSR"}
ALONG: Final = {"placement": 2, "placementFlags": 10, "dist": 1, "distUnits": "MM"}


def kind_of(layer: gpd.GeoDataFrame) -> str | None:
    """Recognise by its columns which of geo's layers this is; None when it is none of them."""
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
    return qml(style_of_kind(kind, layer)) if kind else None


def style_of_kind(kind: str, layer: gpd.GeoDataFrame | None = None) -> Style:
    """Give the style of one of geo's layers.

    Args:
        kind: A key of `STYLES`.
        layer: Whose actors and places the headlines name; only incidents have any.
    """
    if kind == "incidents":
        called = names_in(layer) if layer is not None else {}
        return incidents_style(headline(called), name_of("place_name", called))
    return STYLES[kind]()


def qml(style: Style) -> str:
    """Write a style as a .qml file holds it."""
    attributes = {"version": "3.22", "styleCategories": "AllStyleCategories", **style.attributes()}
    text = ET.tostring(element("qgis", attributes, *style.children()), encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


def incidents_style(line: str, place: str) -> Style:
    """Marks by event type, larger by toll, hollow what is not sure; what has no exact place is words, never a dot.

    Args:
        line: The expression of the headline.
        place: That of the name of the place.
    """
    words = f"wordwrap({line}, 34)"
    rules = [
        {"description": "somewhere in an area", "expression": words, "filter": COARSE, "size": 7.5, "italic": True},
        {
            "description": "place and day",
            "expression": f"coalesce({place} || '\\n', '') || ({DAYS})",
            "filter": f"not ({COARSE})",
            "from_scale": 8_000_000,
            "to_scale": 1_000_000,
            "weight": MEDIUM,
        },
        {
            "description": "headline, close by",
            "expression": words,
            "filter": f"not ({COARSE})",
            "from_scale": 1_000_000,
            "weight": MEDIUM,
        },
    ]
    kinds = [
        (name, f"\"event_type\" = '{name}' and not ({COARSE})", _mark(mark)) for name, mark in EVENT_SYMBOLS.items()
    ]
    kinds.append(("other", f'not ({COARSE}) and coalesce("event_type" not in ({KNOWN}), true)', _mark(OTHER)))
    kinds.append((WORDS_ALONE, COARSE, _no_mark()))
    tabs: dict[str, list[str]] = {}
    for row in field_texts():
        if row["tab"]:
            tabs.setdefault(row["tab"], []).append(row["column"])
    return Style(
        displaced(by_rules(kinds), 2.6),
        labels(rules, AROUND),
        incident_tip(line),
        shown_on_its_days(),
        [*(choices(field, terms) for field, terms in TERMS.items()), written("quotes"), written("headline")],
        texts={"headline": line, "quotes": quotes()},
        form=tabbed_form(tabs),
    )


def _mark(mark: Mark) -> ET.Element:
    hollow = f'"status" in ({HOLLOW})'
    fill = f"if({hollow}, '255,255,255,200', '{rgba(mark.colour, 230)}')"
    edge = f"if({hollow}, '{rgba(mark.colour)}', '255,255,255,255')"
    width = f"if({hollow}, 0.6, 0.3)"
    style = f"if(\"status\" in ({DOTTED}), 'dot', 'solid')"
    size = f"({SIZE}) * {BROADER.get(mark.shape, 1.0)}"
    options = {
        "name": {"cross": "cross_fill"}.get(mark.shape, mark.shape),
        "angle": 45 if mark.shape == "cross" else 0,
        "size": 3.6,
        "size_unit": "MM",
        "color": rgba(mark.colour, 230),
        "outline_color": "255,255,255,255",
        "outline_width": 0.3,
        "joinstyle": "round",
    }
    driven_by = {"size": size, "fillColor": fill, "outlineColor": edge, "outlineWidth": width, "outlineStyle": style}
    inside = [_inside(mark, shape, f"({SIZE}) * {share}", statuses) for shape, share, statuses in INSIDES]
    return symbol("marker", [symbol_layer("SimpleMarker", options, driven_by), *inside])


def _no_mark() -> ET.Element:
    """A mark that is not seen: QGIS writes no label for what no symbol draws."""
    return symbol(
        "marker", [symbol_layer("SimpleMarker", {"name": "circle", "size": 0, "style": "no", "outline_style": "no"})]
    )


def _inside(mark: Mark, shape: str, size: str, statuses: str) -> ET.Element:
    """A dot or a stroke in a hollow mark, for some statuses only."""
    options = {"name": shape, "angle": 45, "size": 1, "size_unit": "MM", "color": rgba(mark.colour)}
    options |= {"outline_color": rgba(mark.colour), "outline_width": 0.5}
    options |= {"outline_style": "solid" if shape == "line" else "no"}
    shown = f'coalesce("status" in ({statuses}), false)'
    return symbol_layer("SimpleMarker", options, {"size": size, "enabled": shown})


def circles_style() -> Style:
    """Circles as `uncertainty_style` draws them, of what has a place; areas are drawn by a layer of their own."""
    kinds = [
        (name, f"\"event_type\" = '{name}' and not ({COARSE})", _circle(mark)) for name, mark in EVENT_SYMBOLS.items()
    ]
    return Style(by_rules(kinds), None, CIRCLE_TIP, shown_on_its_days())


def areas_style() -> Style:
    """A veil over the part of a country in which the place of incidents is not known more exactly."""
    return Style(by_event_type(EVENT_SYMBOLS, _area), None, CIRCLE_TIP, shown_on_its_days())


def _area(mark: Mark) -> ET.Element:
    options: dict[str, Any] = {
        "color": rgba(mark.colour, 22),
        "style": "solid",
        "outline_color": rgba(mark.colour, 150),
    }
    options |= {"outline_style": "dash", "outline_width": 0.3}
    return symbol("fill", [symbol_layer("SimpleFill", options)])


def uncertainty_style() -> Style:
    """Translucent circles in the colour of the event type."""
    return Style(by_event_type(EVENT_SYMBOLS, _circle), None, CIRCLE_TIP, shown_on_its_days())


def _circle(mark: Mark) -> ET.Element:
    options = {
        "color": rgba(mark.colour, FAINT),
        "style": "solid",
        "outline_color": rgba(mark.colour, 130),
        "outline_style": "dash",
        "outline_width": 0.25,
    }
    # A circle over half a country would only tint the map: its rim says enough.
    fill = f"if(\"uncertainty_m\" > {WIDE_M}, '0,0,0,0', '{rgba(mark.colour, FAINT)}')"
    return symbol("fill", [symbol_layer("SimpleFill", options, {"fillColor": fill})])


def links_style() -> Style:
    """Arrows from what was answered to the answer, as the lines run."""
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
    rule = {"description": "what the arrow means", "expression": "'answered by'", "size": 7, "italic": True}
    rule["arrows"] = True
    rule["from_scale"] = 8_000_000
    arrow = symbol("line", [symbol_layer("ArrowLine", options, None, fill)])
    return Style(single(arrow), labels([rule], ALONG), LINK_TIP, shown_on_its_days())


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
    return Style(single(symbol("marker", [mark])), labels([rule], AROUND), PLACE_TIP, shown_on_its_days())


STYLES: Final[dict[str, Callable[[], Style]]] = {
    "incidents": lambda: incidents_style(headline(), name_of("place_name", {})),
    "circles": circles_style,
    "areas": areas_style,
    "uncertainty": uncertainty_style,
    "places": places_style,
    "links": links_style,
    "towns": qgis_ground.towns_style,
    "countries": qgis_ground.land_style,
    "borders": qgis_ground.borders_style,
    "provinces": qgis_ground.provinces_style,
    "rivers": qgis_ground.rivers_style,
    "lakes": qgis_ground.lakes_style,
}
