"""Draw the map beneath the incidents in QGIS: land, borders, waters, towns; quiet, so that the marks stand out."""

import xml.etree.ElementTree as ET
from typing import Any, Final

from geo.exporting.qgis_layer import Style
from geo.exporting.qgis_xml import MEDIUM, by_rules, labels, rgba, single, symbol, symbol_layer

# Which towns are named, how large, the denominator of the widest scale at which they are, and which come first.
TOWNS: Final[tuple[tuple[str, str, float, int, int], ...]] = (
    ("capitals", '"rank" = 0', 9, 0, 10),
    ("cities", '"rank" = 1', 8.5, 16_000_000, 7),
    ("towns", '"rank" in (2, 3)', 8, 6_000_000, 3),
    ("small towns", '"rank" = 4', 7.5, 1_500_000, 1),
    ("suburbs", '"rank" > 4', 7.5, 400_000, 0),
)
GREY: Final = "#5c574f"
BESIDE: Final = {"placement": 6, "dist": 0.8, "distUnits": "MM", "predefinedPositionOrder": "R,TR,BR,L,TL,BL,TSR,BSR"}


def land_style() -> Style:
    """Quiet land, so that the marks stand out."""
    options = {"color": rgba("#f4f1ea"), "style": "solid", "outline_color": rgba("#b9b4a8"), "outline_width": 0.2}
    rule = {"description": "countries", "expression": 'upper("name")', "size": 8.5, "colour": "#857e72"}
    rule["to_scale"] = 2_000_000
    return Style(single(symbol("fill", [symbol_layer("SimpleFill", options)])), labels([rule], {"placement": 1}))


def towns_style() -> Style:
    """Names of towns, the larger ones from farther off."""
    options: dict[str, Any] = {
        "name": "circle",
        "size": 1.1,
        "size_unit": "MM",
        "color": "255,255,255,255",
        "outline_width": 0.25,
    }
    options |= {"outline_color": rgba(GREY)}
    rules: list[dict[str, Any]] = [
        {"description": name, "filter": test, "size": size, "from_scale": scale, "priority": priority}
        for name, test, size, scale, priority in TOWNS
    ]
    rules = [{**rule, "expression": '"name"', "colour": GREY} for rule in rules]
    rules[0] |= {"needed": True, "weight": MEDIUM}  # where marks crowd it is most needed to know which city it is
    dot = symbol_layer("SimpleMarker", options)
    dots = by_rules([(name, test, symbol("marker", [dot])) for name, test, *_ in TOWNS])
    for rule, (*_, scale, _) in zip(dots.findall("rules/rule"), TOWNS, strict=True):
        if scale:
            rule.set("scalemaxdenom", str(scale))
    return Style(dots, labels(rules, BESIDE))


def borders_style() -> Style:
    """Lines between countries."""
    return Style(single(symbol("line", [_line("#9c968b", 0.35, "solid")])))


def provinces_style() -> Style:
    """Lines between provinces."""
    return Style(single(symbol("line", [_line("#cfc9bd", 0.2, "dash")])), widest_scale=12_000_000)


def rivers_style() -> Style:
    """Thin blue lines, under the marks and the borders."""
    return Style(single(symbol("line", [_line("#a9c3d3", 0.3, "solid")])))


def lakes_style() -> Style:
    """The blue of the sea."""
    options = {"color": rgba("#cfdde4"), "style": "solid", "outline_color": rgba("#a9c3d3"), "outline_width": 0.15}
    return Style(single(symbol("fill", [symbol_layer("SimpleFill", options)])))


def _line(colour: str, width: float, dash: str) -> ET.Element:
    return symbol_layer("SimpleLine", {"line_color": rgba(colour), "line_width": width, "line_style": dash})
