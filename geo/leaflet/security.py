"""Write the page's Content-Security-Policy: what it may run, and which servers it may ask.

A page of `geo` alone may ask nobody. Whatever stands in a report could therefore neither run
nor call home, even if it found a way to become markup.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

ADDRESS: Final = re.compile(r"""https?://[^\s"'`<>\\)]+""")
# What stands in a link is for the reader to follow, not for the page to load.
LINK: Final = re.compile(r"""href=(?:\\*["']|\\u0022|\\u0027|&quot;|&#34;)?https?://[^\s"'`<>\\)]+""")


def source_hash(text: str) -> str:
    """Name an inline script or style by its hash, as the policy wants it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def origins(addresses: Iterable[str]) -> list[str]:
    """Give scheme and host of addresses; a host with Leaflet's {s} stands for all its siblings."""
    found = set()
    for address in addresses:
        parts = urlsplit(address)
        host = re.sub(r"\{[^}]*\}", "*", parts.netloc)
        host = "*" + host.rsplit("*", 1)[1] if "*" in host else host
        if re.fullmatch(r"(\*\.)?[A-Za-z0-9.-]+(:\d+)?", host):
            found.add(f"{parts.scheme}://{host}")
    return sorted(found)


def policy(
    *, scripts: Sequence[str], styles: Sequence[str], images: Sequence[str] = (), others: Sequence[str] = (),
    asked: bool = False,
) -> str:  # fmt: skip
    """Write the policy.

    Args:
        scripts: Texts of the inline scripts, and origins of others.
        styles: Likewise of styles.
        images: Origins of tiles that the reader may switch on.
        others: Origins that layers of the user's own need.
        asked: Whether the user added layers of their own, which may carry styles.
    """

    def sources(items: Sequence[str]) -> str:
        return " ".join(item if item.startswith("http") and "\n" not in item else source_hash(item) for item in items)

    rules = {
        "default-src": "'none'",
        "script-src": sources(scripts),
        "style-src": sources(styles),
        "img-src": " ".join(["data:", "blob:", *images, *others]),
        "font-src": "data:",
        "worker-src": "blob:",
        "connect-src": " ".join(others) or "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    if asked:
        # Plugins write styles as they run, which no hash can foresee. Scripts they may not.
        origins_of_styles = [item for item in styles if item.startswith("http") and "\n" not in item]
        rules |= {
            "style-src": " ".join(["'unsafe-inline'", *origins_of_styles]),
            "frame-src": "data:",
            "media-src": "data:",
        }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def addresses_in(script: str) -> list[str]:
    """Find the addresses that a script may load from; those in links are not among them."""
    return list(dict.fromkeys(ADDRESS.findall(LINK.sub("", script))))


class Fragment(HTMLParser):
    """Find what a piece of HTML would run or load."""

    def __init__(self, html: str) -> None:
        """Read the piece."""
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.addresses: list[str] = []
        self._into: list[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of addresses, and of scripts and styles that begin."""
        known = dict(attrs)
        address = known.get("src") or (known.get("href") if tag == "link" else None) or ""
        if address.startswith("//"):
            address = f"https:{address}"
        if address.startswith(("http://", "https://")):
            self.addresses.append(address)
        elif tag in ("script", "style"):
            self._into = self.scripts if tag == "script" else self.styles
            self._into.append("")

    def handle_data(self, data: str) -> None:
        """Gather the text of a script or style."""
        if self._into is not None:
            self._into[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or style."""
        if tag in ("script", "style"):
            self._into = None
