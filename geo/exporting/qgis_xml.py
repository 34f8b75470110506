"""Write the XML of QGIS: option maps, symbols, labels. What is left out, QGIS fills with its defaults."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.exporting.symbols import OTHER, Mark

Options = Mapping[str, Any]


def element(tag: str, attributes: Options | None = None, *children: ET.Element, text: str | None = None) -> ET.Element:
    """Make an element with its children."""
    made = ET.Element(tag, {key: str(value) for key, value in (attributes or {}).items()})
    made.text = text
    made.extend(children)
    return made


def option(value: Any, name: str | None = None) -> ET.Element:
    """Write a value as QGIS's nested `Option`: maps, lists, truth values, numbers, texts."""
    named = {} if name is None else {"name": name}
    if isinstance(value, Mapping):
        return element("Option", {**named, "type": "Map"}, *(option(v, k) for k, v in value.items()))
    if isinstance(value, list):
        return element("Option", {**named, "type": "List"}, *map(option, value))
    if isinstance(value, bool):
        return element("Option", {**named, "type": "bool", "value": str(value).lower()})
    if isinstance(value, int):
        return element("Option", {**named, "type": "int", "value": value})
    return element("Option", {**named, "type": "QString", "value": value})


def driven(properties: Options, tag: str = "data_defined_properties") -> ET.Element:
    """Say which properties of a symbol an expression decides, by name."""
    driven_by = {name: {"active": True, "expression": text, "type": 3} for name, text in properties.items()}
    return element(tag, None, option({"name": "", "properties": driven_by, "type": "collection"}))


def symbol(kind: str, layers: Iterable[ET.Element], *, name: str = "0", alpha: float = 1) -> ET.Element:
    """Make a symbol (`marker`, `line`, `fill`) of its layers."""
    return element("symbol", {"name": name, "type": kind, "alpha": alpha, "clip_to_extent": 1, "force_rhr": 0}, *layers)


def symbol_layer(
    class_name: str, options: Options, properties: Options | None = None, *inside: ET.Element
) -> ET.Element:
    """Make one layer of a symbol; `properties` are those that an expression decides."""
    texts = {key: str(value) for key, value in options.items()}
    parts = [option(texts), *([driven(properties)] if properties else []), *inside]
    return element("layer", {"class": class_name, "enabled": 1, "locked": 0, "pass": 0}, *parts)


REGULAR, MEDIUM = 50, 57  # weights of fonts, as QGIS counts them


def rgba(colour: str, alpha: int = 255) -> str:
    """Write "#rrggbb" as QGIS does; `alpha` from 0 to 255."""
    return ",".join([*(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5)), str(alpha)])


def categorised(field: str, symbols: Mapping[str, ET.Element]) -> ET.Element:
    """Draw each value of a field by its own symbol; the value "" stands for all the others."""
    categories = [
        element(
            "category", {"symbol": n, "value": value, "label": value or "other", "render": "true", "type": "string"}
        )
        for n, value in enumerate(symbols)
    ]
    for n, made in enumerate(symbols.values()):
        made.set("name", str(n))
    return element(
        "renderer-v2",
        {"type": "categorizedSymbol", "attr": field, "symbollevels": 0, "enableorderby": 0, "forceraster": 0},
        element("categories", None, *categories),
        element("symbols", None, *symbols.values()),
    )


def by_rules(symbols: Sequence[tuple[str, str, ET.Element]]) -> ET.Element:
    """Draw what a filter lets through by its symbol; what no filter lets through is not drawn.

    Args:
        symbols: Name in the legend, filter, symbol.
    """
    rules = []
    for n, (label, test, made) in enumerate(symbols):
        made.set("name", str(n))
        rules.append(element("rule", {"key": f"{{geo-rule-{n}}}", "filter": test, "symbol": n, "label": label}))
    return element(
        "renderer-v2",
        {"type": "RuleRenderer", "symbollevels": 0, "enableorderby": 0, "forceraster": 0},
        element("rules", {"key": "{geo-rules}"}, *rules),
        element("symbols", None, *(made for *_, made in symbols)),
    )


def displaced(renderer: ET.Element, tolerance_mm: float) -> ET.Element:
    """Set marks that would lie on each other in a ring round their place."""
    options = {
        "type": "pointDisplacement", "tolerance": tolerance_mm, "toleranceUnit": "MM", "placement": 0,
        "circleWidth": 0.2, "circleColor": "90,90,90,110", "circleRadiusAddition": 0.2, "labelAttributeName": "",
        "labelFont": "sans,8,-1,5,50,0,0,0,0,0",
        "maxLabelScaleDenominator": -1, "labelDistanceFactor": 0.5, "symbollevels": 0, "enableorderby": 0,
        "forceraster": 0,
    }  # fmt: skip
    dot = {"name": "circle", "size": 1, "size_unit": "MM", "color": "90,90,90,255", "outline_style": "no"}
    centre = symbol("marker", [symbol_layer("SimpleMarker", dot)], name="centerSymbol")
    return element("renderer-v2", options, renderer, centre)


def single(made: ET.Element) -> ET.Element:
    """Draw everything by one symbol."""
    attributes = {"type": "singleSymbol", "symbollevels": 0, "enableorderby": 0, "forceraster": 0}
    return element("renderer-v2", attributes, element("symbols", None, made))


def by_event_type(symbols: Mapping[str, Mark], draw: Any) -> ET.Element:
    """Draw each event type by `draw(symbol)`, in the order of the legend."""
    return categorised("event_type", {**{event: draw(mark) for event, mark in symbols.items()}, "": draw(OTHER)})


def labels(rules: Sequence[Options], placement: Options) -> ET.Element:
    """Make labels by rule.

    Args:
        rules: Each with `description`, `expression` (what is written), `filter`, `size` (points), `colour`,
            `priority` (of 10: which labels find their place first), `needed` (written even over something else),
            and `from_scale`, `to_scale`: the denominators of the widest and the closest scale at which it is shown.
        placement: Attributes of QGIS's `placement`.
    """
    made = [_rule(f"{{geo-label-{n}}}", rule, placement) for n, rule in enumerate(rules)]
    return element("labeling", {"type": "rule-based"}, element("rules", {"key": "{geo-labels}"}, *made))


def _rule(key: str, rule: Options, placement: Options) -> ET.Element:
    buffer = {"bufferDraw": 1, "bufferSize": 0.8, "bufferSizeUnits": "MM", "bufferColor": "255,255,255,220"}
    style = {
        "fieldName": rule["expression"],
        "isExpression": 1,
        "fontSize": rule.get("size", 8),
        "fontSizeUnit": "Point",
        "fontItalic": int(bool(rule.get("italic"))),
        "fontWeight": rule.get("weight", REGULAR),  # without one, QGIS takes the thinnest that the font has
        "textColor": rgba(rule.get("colour", "#222222")),
        "multilineHeight": 1,
        "textOpacity": 1,
    }
    # Of a label along an arrow: a sign at its end says which way it is to be read.
    pointing = (
        {"addDirectionSymbol": 1, "leftDirectionSymbol": "◂ ", "rightDirectionSymbol": " ▸"}
        if rule.get("arrows")
        else {}
    )
    over = {"overlapHandling": "AllowOverlapIfRequired"} if rule.get("needed") else {}
    settings = element(
        "settings",
        {"calloutType": "simple"},
        element("text-style", style, element("text-buffer", {**buffer, "bufferOpacity": 1, "bufferJoinStyle": 128})),
        element("text-format", {"multilineAlign": 3, "wrapChar": "", "autoWrapLength": 0, **pointing}),
        element("placement", {**placement, "priority": rule.get("priority", 5), **over}),
        element("rendering", {"drawLabels": 1, "obstacle": 1, "fontLimitPixelSize": 0, "displayAll": 0, "zIndex": 0}),
    )
    attributes = {"key": key, "description": rule["description"], "filter": rule.get("filter", "")}
    attributes |= {"scalemaxdenom": rule.get("from_scale", 0), "scalemindenom": rule.get("to_scale", 0)}
    return element("rule", {name: value for name, value in attributes.items() if value}, settings)


MOMENT, TEXT = (16, "datetime"), (10, "string")  # as Qt numbers types of values


def worked_out(expressions: Mapping[str, tuple[tuple[int, str], str]]) -> ET.Element:
    """Add fields to a layer that QGIS works out when it needs them.

    Args:
        expressions: By the field's name its type (`MOMENT`, `TEXT`) and its expression.
    """
    fields = []
    for name, ((number, kind), text) in expressions.items():
        attributes = {"type": number, "typeName": kind, "subType": 0, "length": 0, "precision": 0, "comment": ""}
        fields.append(element("field", {"name": name, "expression": text, **attributes}))
    return element("expressionfields", None, *fields)


def aliases(names: Mapping[str, str]) -> ET.Element:
    """Call fields by other names in forms and tables."""
    return element(
        "aliases", None, *(element("alias", {"field": field, "name": name}) for field, name in names.items())
    )


def tabbed_form(tabs: Mapping[str, Sequence[str]]) -> list[ET.Element]:
    """Lay a form out in tabs, each with its fields."""
    containers = [
        element(
            "attributeEditorContainer",
            {"name": tab, "columnCount": 1, "groupBox": 0, "showLabel": 1, "visibilityExpressionEnabled": 0},
            *(element("attributeEditorField", {"name": field, "showLabel": 1}) for field in fields),
        )
        for tab, fields in tabs.items()
    ]
    return [element("editorlayout", text="tablayout"), element("attributeEditorForm", None, *containers)]


def written(field: str) -> ET.Element:
    """Show a field as several lines of text."""
    config = option({"IsMultiline": True, "UseHtml": False})
    return element(
        "field", {"name": field}, element("editWidget", {"type": "TextEdit"}, element("config", None, config))
    )


def temporal(start: str, end: str) -> ET.Element:
    """Show a feature from the moment in one field to the moment in another, that moment included."""
    attributes = {"enabled": 1, "mode": 2, "startField": start, "endField": end, "limitMode": 1, "accumulate": 0}
    more = {"durationField": "", "durationUnit": "min", "fixedDuration": 0, "startExpression": "", "endExpression": ""}
    fixed = element("fixedRange", None, element("start"), element("end"))
    return element("temporal", {**attributes, **more}, fixed)


def choices(field: str, values: Iterable[str]) -> ET.Element:
    """Let whoever edits a field choose from a list."""
    config = option({"map": [{value: value} for value in values]})
    return element(
        "field", {"name": field}, element("editWidget", {"type": "ValueMap"}, element("config", None, config))
    )
