"""Keep texts in layers that a user adds to the map from being run as script.

Folium writes the text of popups and tooltips between backticks into the page's script, where a backtick ends the
text and `${...}` is run; and since the page allows its own scripts, that would be allowed with them. Here the
texts are written as JSON strings, which hold nothing but text.
"""

import json
from typing import Any

import folium
from branca.element import Element
from folium.template import Template, tojavascript

_TOOLTIP = Template(
    """
    {% macro script(this, kwargs) %}
        {{ this._parent.get_name() }}.bindTooltip({{ this.geo_text }}, {{ this.options|tojavascript }});
    {% endmacro %}
    """
)


class _PopupScript:
    """Writes the script of one popup; stands where Folium has its template."""

    def render(self, *, this: Any, kwargs: Any) -> str:
        name, parent = this.get_name(), this._parent.get_name()  # noqa: SLF001 - Folium has no other way
        texts = [element.render(**kwargs) for element in this.html._children.values()]  # noqa: SLF001
        fills = "".join(f"{name}.setContent($({as_text(_plain(text))})[0]);" for text in texts)
        if this.lazy:
            fills = f"{parent}.once('click', function() {{ {fills} }});"
        shown = ".openPopup()" if this.show else ""
        more = "".join(element.render() for element in this.script._children.values())  # noqa: SLF001
        made = f"var {name} = L.popup({tojavascript(this.options)});"
        return f"{made}{fills}{parent}.bindPopup({name}){shown};{more}"


def as_text(text: str) -> str:
    """Write a text as a string of a script, and nothing that HTML would take for a tag."""
    return json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _plain(html: str) -> str:
    """Undo what Folium does for its backticks; one line, as it wants it."""
    return html.replace("\\`", "`").replace("\n", " ").strip()


def tame(element: Element) -> None:
    """Give every popup and tooltip below an element a script that holds its text as text."""
    waiting = [element]
    while waiting:
        here = waiting.pop()
        waiting += here._children.values()  # noqa: SLF001
        if type(here) is folium.Popup:
            here._template = _PopupScript()  # noqa: SLF001
        elif type(here) is folium.Tooltip:
            style = f" style={json.dumps(here.style)}" if getattr(here, "style", None) else ""
            vars(here)["geo_text"] = as_text(f"<div{style}>{here.text}</div>")
            here._template = _TOOLTIP  # noqa: SLF001
