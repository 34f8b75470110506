"""Find the scripts and styles that the build bundled, by the address that Folium asks for."""

import json
import re
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from geo.errors import ExportError
from geo.resources import built_path


@cache
def asset(name: str) -> str:
    """Read a file of the bundle.

    Raises:
        ExportError: If the bundle is not built.
    """
    path = built_path(f"leaflet/{name}")
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        msg = f"{path.name} of the page is missing; expected the build to have made it: `python -m geo.building`."
        raise ExportError(msg) from None
    return inlinable(text) if name.endswith((".js", ".css")) else text


def inlinable(text: str) -> str:
    """Make a script or style fit to stand in its element.

    An HTML parser turns line ends into line feeds, after which the hash of the element must be
    right; and the name of an end tag would end the element even inside a string.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"<(/(?:script|style)|!--)", r"<\\\1", text, flags=re.IGNORECASE)


@cache
def plugin_assets() -> dict[str, str]:
    """Say which file of the bundle stands for which file name in an address."""
    table: dict[str, str] = json.loads(asset("assets/assets.json"))
    return table


def known_asset(address: str) -> str | None:
    """Give the text of the file that an address names, None when the bundle has no such file.

    Args:
        address: Of a script or style, as Folium and its plugins name it.
    """
    name = PurePosixPath(urlsplit(address).path).name
    if name in ("leaflet.js", "leaflet.css"):
        return ""  # in every page already
    path = plugin_assets().get(name)
    return None if path is None else asset(f"assets/{path}")
