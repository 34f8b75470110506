"""Give the columns of a layer names that files can keep: texts, each its own, the geometry under one name."""

from collections.abc import Container, Iterable, Sequence
from itertools import count
from typing import Final

import geopandas as gpd

from geo.errors import CrsError, warn
from geo.vocabulary import CRS

GEOMETRY: Final = "geometry"


def in_degrees(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the layer in EPSG:4326, whatever its CRS, with a fresh index.

    Raises:
        CrsError: If the layer has no geometry, or one without a CRS.
    """
    if not isinstance(layer, gpd.GeoDataFrame) or layer.active_geometry_name is None:
        msg = "the layer has no geometry; expected a GeoDataFrame: geo.incidents.conform makes one of any table."
        raise CrsError(msg)
    if layer.crs is None:
        msg = f"the layer has no CRS; expected {CRS}: set_crs declares it, to_crs converts."
        raise CrsError(msg)
    layer = layer if layer.crs == CRS else layer.to_crs(CRS)
    return _with_plain_names(layer).reset_index(drop=True)


def _with_plain_names(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Call the geometry `geometry`, as files do, and every column by a text; another of that name makes way."""
    active, taken = layer.active_geometry_name, {str(name) for name in layer.columns}
    names = []
    for name in layer.columns:
        new = GEOMETRY if name == active else str(name)
        if new == GEOMETRY and name != active:
            new = free_name(new, taken)
            taken.add(new)
            warn(f"column {GEOMETRY!r} holds no shapes of the layer; it is called {new!r} in files.")
        names.append(new)
    if names == list(layer.columns):
        return layer
    return layer.set_axis(names, axis="columns").set_geometry(GEOMETRY)


def free_name(name: str, taken: Container[str]) -> str:
    """Number a name so that it differs from those that are taken."""
    return next(other for n in count(2) if (other := f"{name}_{n}") not in taken)


def distinct(names: Sequence[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Say what columns are called in formats where upper and lower case are one.

    Args:
        names: As they are called in the layer.
        taken: Names that none may have.

    Returns:
        A name of its own for each.
    """
    used = {name.casefold() for name in taken}
    own = {name.casefold() for name in names} | used
    called = {}
    for name in names:
        called[name] = name
        if name.casefold() in used:
            called[name] = next(other for n in count(2) if (other := f"{name}_{n}").casefold() not in own)
            own.add(called[name].casefold())
        used.add(called[name].casefold())
    return called


def attributes(layer: gpd.GeoDataFrame) -> list[str]:
    """Name the columns other than the geometry, in order."""
    return [str(name) for name in layer.columns if name != layer.active_geometry_name]
