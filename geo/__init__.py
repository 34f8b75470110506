"""Turn news reports into maps of incidents: `read`, `extract`, `save_layers`, `to_map`, `geoparse`.

The names are loaded when first used, so that `import geo` and `geo --help` are quick.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.comparing import compare
    from geo.errors import GeoError
    from geo.exporting import save_layers, write_layer
    from geo.gazetteer import find_places
    from geo.geoparsing import geoparse
    from geo.importing import read_layer
    from geo.incidents import extract
    from geo.leaflet import to_map
    from geo.plotting import plot
    from geo.reading import read
    from geo.report import Report

_HOMES = {
    "GeoError": "geo.errors",
    "Report": "geo.report",
    "compare": "geo.comparing",
    "extract": "geo.incidents",
    "find_places": "geo.gazetteer",
    "geoparse": "geo.geoparsing",
    "plot": "geo.plotting",
    "read": "geo.reading",
    "read_layer": "geo.importing",
    "save_layers": "geo.exporting",
    "to_map": "geo.leaflet",
    "write_layer": "geo.exporting",
}

# What the command line or other libraries call it.
_MEANT = {
    "map": "to_map",
    "place": "find_places",
    "geocode": "find_places",
    "convert": "read_layer and geo.write_layer",
    "read_file": "read for reports or geo.read_layer for layers",
    "save": "write_layer for one file or geo.save_layers for a folder",
    "to_file": "write_layer",
    "load": "read for reports or geo.read_layer for layers",
    "open": "read for reports or geo.read_layer for layers",
    "read_csv": "read_layer",
    "Map": "to_map",
    "explore": "to_map",
    "show": "to_map(...).show()",
    "parse": "geoparse for places or geo.extract for incidents",
    "analyze": "extract",
    "to_postgis": "write_layer(incidents, 'postgresql://user@host/db?table=incidents')",
}

__all__ = [
    "GeoError",
    "Report",
    "compare",
    "extract",
    "find_places",
    "geoparse",
    "plot",
    "read",
    "read_layer",
    "save_layers",
    "to_map",
    "write_layer",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its room on first use."""
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - few ask, and it takes time

        try:
            return version("geo-incidents")
        except PackageNotFoundError:  # a checkout that was never installed
            return "0"
    if name not in _HOMES:
        known = _MEANT.get(name)
        msg = f"module 'geo' has no attribute {name!r}" + (f"; use geo.{known}" if known else "")
        raise AttributeError(msg)
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


# In a notebook, tables of incidents show themselves.
if "IPython" in sys.modules:
    import_module("geo.notebook").register()


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted([*__all__, "__version__"])
