"""Put a page together: one HTML document that needs nothing else.

Order and names of its parts: geo/leaflet/web/FORMAT.md.
"""

import html
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from branca.element import CssLink, Element, Figure, JavascriptLink

from geo.leaflet.assets import asset, inlinable, known_asset
from geo.leaflet.encoding import script_json
from geo.leaflet.payload import Payload
from geo.leaflet.picture import SIZE
from geo.leaflet.security import Fragment, addresses_in, origins, policy

# What Folium's elements use without saying so; the map of `geo` itself needs neither.
JQUERY: Final = (re.compile(r"\$\(|\$\.|jQuery"), ["jquery-3.7.1.min.js"])
MARKERS: Final = (
    re.compile(r"L\.AwesomeMarkers"),
    ["leaflet.awesome-markers.js", "leaflet.awesome-markers.css", "all.min.css", "bootstrap-glyphicons.css"],
)


class OnlineAddressWarning(UserWarning):
    """A layer or plugin of the user's own needs the network."""


@dataclass(slots=True)
class Parts:
    """What the user's own Folium elements bring along."""

    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    needed: list[str] = field(default_factory=list)  # addresses of scripts and styles that are not bundled
    head: list[str] = field(default_factory=list)
    body: str = ""
    script: str = ""
    loads: list[str] = field(default_factory=list)  # addresses of tiles, pictures, data


def gather(figure: Figure) -> Parts:
    """Take the rendered pieces out of a Folium figure, and the bundled files for the linked ones."""
    parts = Parts(body=figure.html.render(), script=inlinable(figure.script.render()))
    for element in figure.header._children.values():  # noqa: SLF001, branca has no other way
        if isinstance(element, JavascriptLink | CssLink):
            _take(element.url, parts)
        elif element.get_name() != "meta_http" and not _is_meta(element):
            parts.head.append(element.render())
    for pattern, names in (JQUERY, MARKERS):
        if pattern.search(parts.script):
            for name in names:
                _take(name, parts, first=True)
    fragment = Fragment("".join(parts.head) + parts.body)
    parts.loads = [*addresses_in(parts.script), *fragment.addresses]
    return parts


def _is_meta(element: Element) -> bool:
    return "http-equiv" in element.render()


def _take(address: str, parts: Parts, *, first: bool = False) -> None:
    """Inline what an address names, or note that it is needed."""
    text = known_asset(address)
    if text is None:
        parts.needed += [address] if address.startswith("http") else []
    elif text:
        home = parts.styles if address.split("?", maxsplit=1)[0].endswith(".css") else parts.scripts
        if text not in home:
            home.insert(0, text) if first else home.append(text)


def document(figure: Figure, payload: Payload, *, map_name: str, own_layers: bool) -> str:
    """Write the page.

    Args:
        figure: The Folium figure, its children rendered.
        payload: The data.
        map_name: Of the map in Folium's script.
        own_layers: Whether the user added anything to the map.
    """
    parts = gather(figure)
    panel = ["review"] if "review" in payload.meta else []  # bundles of their own: the plain page has none of them
    streets = ["streets"] if "streets" in payload.meta else []
    scripts = [asset("leaflet.js"), *parts.scripts, *(asset(f"{name}.js") for name in ("page", *panel, *streets))]
    added = ["geoPage.extend(geoReview);\n"] * len(panel) + ["geoPage.drawStreets(geoStreets);\n"] * len(streets)
    last = f"{parts.script}\n{''.join(added)}geoPage.mount({map_name});\n"
    styles = [asset("leaflet.css"), *parts.styles, asset("page.css"), *(asset(f"{name}.css") for name in panel)]
    licences = ["licences.txt", *(f"{name}_licences.txt" for name in streets)]
    meta = payload.meta | {"licences": "\n\n".join(asset(name) for name in licences)}
    own_layers = own_layers or bool(parts.needed)
    online = _announce(parts) if own_layers else []
    fragment = Fragment("".join(parts.head) + parts.body)
    rules = policy(
        scripts=[*scripts, last, *fragment.scripts, *origins(parts.needed)],
        styles=[*styles, *fragment.styles, *origins(parts.needed)],
        images=origins(tile["url"] for tile in meta["tiles"]),
        others=online,
        asked=own_layers,
    )
    lines = [
        *_head(meta, rules, styles),
        *(_linked(address) for address in parts.needed),
        *parts.head,
        "</head>",
        "<body>",
        parts.body,
        f'<script type="application/json" id="geo-meta">{script_json(meta)}</script>',
        "".join(block.html() for block in payload.first),
        *(f"<script>{text}</script>" for text in (*scripts, last)),
        "".join(block.html() for block in payload.later),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def _head(meta: dict[str, Any], rules: str, styles: Sequence[str]) -> list[str]:
    """Begin the page: what it is, what it may load, how it looks."""
    return [
        "<!DOCTYPE html>",
        f'<html lang="{html.escape(meta["lang"])}" dir="{meta["dir"]}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{rules}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="generator" content="geo-incidents">',
        f"<title>{html.escape(meta['title'])}</title>",
        *(_preview(meta) if meta.get("preview") else []),
        *(f"<style>{text}</style>" for text in styles),
    ]


def _preview(meta: dict[str, Any]) -> list[str]:
    """Write what a preview of a link to the page shows: title, what it holds, picture."""
    properties = {"og:type": "website", "og:title": meta["title"], "og:description": meta["subtitle"]}
    properties |= {"og:image": meta["preview"], "og:image:width": str(SIZE[0]), "og:image:height": str(SIZE[1])}
    tags = [f'<meta property="{name}" content="{html.escape(text)}">' for name, text in properties.items()]
    return [*tags, '<meta name="twitter:card" content="summary_large_image">']


def _announce(parts: Parts) -> list[str]:
    """Say which addresses the user's own layers need, and give their origins."""
    if parts.needed or parts.loads:
        needed = ", ".join(dict.fromkeys([*parts.needed, *parts.loads]))
        text = f"the page is not offline: layers added to the map need {needed}."
        warnings.warn(text, OnlineAddressWarning, stacklevel=5)
    return origins([*parts.needed, *parts.loads])


def _linked(address: str) -> str:
    where = html.escape(address)
    is_style = address.split("?", maxsplit=1)[0].endswith(".css")
    return f'<link rel="stylesheet" href="{where}">' if is_style else f'<script src="{where}"></script>'
