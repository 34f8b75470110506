"""Draw where land and borders run, from files that the build made, with no network."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.basemap.layers import admin1, borders, clipped, countries, country_at, lakes, land, rivers, suitable_scale
    from geo.basemap.notes import ATTRIBUTION, BORDER_NOTE

__all__ = [
    "ATTRIBUTION", "BORDER_NOTE", "admin1", "borders", "clipped", "countries", "country_at", "lakes", "land",
    "rivers", "suitable_scale",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import on first use: the build imports this room where GeoPandas is not installed."""
    if name not in __all__:
        msg = f"geo.basemap has no {name!r}; it has {', '.join(__all__)}."
        raise AttributeError(msg)
    if name.isupper():
        from geo.basemap import notes  # noqa: PLC0415

        return getattr(notes, name)
    from geo.basemap import layers  # noqa: PLC0415

    return getattr(layers, name)
