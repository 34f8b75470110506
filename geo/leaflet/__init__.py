"""Draw incidents as one HTML page that opens anywhere, with no network."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.leaflet.page import IncidentMap, OnlineAddressWarning, to_map

__all__ = ["IncidentMap", "OnlineAddressWarning", "to_map"]


def __getattr__(name: str) -> Any:
    """Import on first use: the build imports this room where GeoPandas is not installed."""
    if name not in __all__:
        msg = f"geo.leaflet has no {name!r}; it has {', '.join(__all__)}."
        raise AttributeError(msg)
    from geo.leaflet import page  # noqa: PLC0415

    return getattr(page, name)
