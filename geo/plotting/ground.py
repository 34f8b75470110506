"""Lay the ground of a map: sea, land, borders, towns to find one's way by."""

from typing import Any, Final

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from numpy.typing import NDArray

from geo import basemap
from geo.gazetteer.romanisation import plain_letters
from geo.plotting.view import View, as_path
from geo.tables import countries

SEA, LAND, BORDER, COAST, PROVINCE = "#dbe7ee", "#f7f4ec", "#9a9284", "#a9bac4", "#ddd6c8"

# A country's name may stand on the points of a grid; it needs so many of them, and tries so many.
SPOTS, LEAST_SPOTS, MOST_SPOTS = 48, 12, 60
LEAST_APART: Final = 0.06  # of the map's width: a suburb says no more than its town
PROVINCES_BELOW_M: Final = 1_500_000.0  # width of the map: beyond it provinces are noise


def draw_ground(axes: Axes, view: View) -> dict[str, Any]:
    """Draw land, waters and borders.

    Returns:
        The shapes of the countries shown, flat, by ISO 3166-1 alpha-2 code.
    """
    axes.set_facecolor("white" if view.is_world else SEA)
    if view.is_world:
        globe = as_path(view.project_shapes([shapely.box(-180, -90, 180, 90)])[0])
        axes.add_collection(PathCollection([globe], facecolors=SEA, edgecolors=COAST, linewidths=0.6, zorder=0.5))
    countries = basemap.countries(view.degrees_box)
    shapes = view.project_shapes(countries.geometry.to_numpy())
    paths = [as_path(shape) for shape in shapes]
    # Edges in the colour of the land close the hairlines between neighbours.
    axes.add_collection(PathCollection(paths, facecolors=LAND, edgecolors=LAND, linewidths=0.4, zorder=1))
    lakes = view.project_shapes(basemap.lakes(view.degrees_box).geometry.to_numpy())
    _draw_lines(axes, view.project_shapes(basemap.rivers(view.degrees_box).geometry.to_numpy()), COAST, 0.6, 1.05)
    axes.add_collection(
        PathCollection([as_path(lake) for lake in lakes], facecolors=SEA, edgecolors=COAST, linewidths=0.4, zorder=1.06)
    )
    coast = shapely.get_parts(shapely.boundary(basemap.land(view.degrees_box).geometry.to_numpy()))
    _draw_lines(axes, view.project_shapes(coast), COAST, 0.5, 1.1)
    if view.box[2] - view.box[0] < PROVINCES_BELOW_M and view.degrees_box:
        provinces = basemap.admin1(view.degrees_box).geometry.to_numpy()
        _draw_lines(axes, view.project_shapes(provinces), PROVINCE, 0.5, 1.2)
    borders = basemap.borders(view.degrees_box).geometry.to_numpy()
    _draw_lines(axes, view.project_shapes(borders), BORDER, 0.8, 1.3)
    return dict(zip(countries["country_code"], shapes, strict=True))


def _draw_lines(axes: Axes, flat: Any, colour: str, width: float, zorder: float) -> None:
    paths = [shapely.get_coordinates(line) for line in shapely.get_parts(flat)]
    paths = [path for path in paths if np.isfinite(path).all() and len(path) > 1]
    axes.add_collection(LineCollection(paths, colors=colour, linewidths=width, zorder=zorder, capstyle="round"))


def context_towns(view: View, most: int) -> list[tuple[str, float, float]]:
    """Name the largest towns of the map, for orientation: name, x and y in metres."""
    from geo.gazetteer import KINDS, open_gazetteer  # noqa: PLC0415 - only a map with labels needs it

    gazetteer, (west, south, east, north) = open_gazetteer(), view.degrees_box or (-180.0, -90.0, 180.0, 90.0)
    big = (gazetteer.kinds == KINDS.index("settlement")) & (gazetteer.population > 0)
    across = (gazetteer.lon - west) % 360 <= ((east - west) % 360 or 360)
    rows = np.flatnonzero(big & across & (gazetteer.lat >= south) & (gazetteer.lat <= north))
    rows = rows[np.argsort(-gazetteer.population[rows].astype(np.int64), kind="stable")][: 10 * most]
    names = [plain_letters(gazetteer.place(int(row)).name) for row in rows]
    # Old Basra has more people than its city has in GeoNames, but nobody writes of it.
    fame = [
        gazetteer.zipf(name.lower()) + np.log10(gazetteer.population[row])
        for name, row in zip(names, rows, strict=True)
    ]
    order = np.argsort(-np.array(fame), kind="stable")
    rows, names = rows[order], [names[n] for n in order]
    flat = view.project(np.column_stack([gazetteer.lon[rows], gazetteer.lat[rows]]))
    left, bottom, right, top = view.box
    inside = (flat > [left, bottom]).all(axis=1) & (flat < [right, top]).all(axis=1)
    apart_m = (right - left) * LEAST_APART
    chosen: list[int] = []
    for n in np.flatnonzero(inside):
        if all(np.hypot(*(flat[n] - flat[other])) > apart_m for other in chosen):
            chosen.append(int(n))
    return [(names[n], float(flat[n, 0]), float(flat[n, 1])) for n in chosen[:most]]


def country_names(view: View, shapes: dict[str, Any]) -> list[tuple[str, NDArray[np.float64], float]]:
    """Find room for the name of each country inside what is seen of it.

    Returns:
        Name, the spots where it may stand, the roomiest first, metres, shape (n, 2), and how far
        the roomiest one is from the border, metres.
    """
    names = {country.code: country.name for country in countries()}
    frame, placed = shapely.box(*view.box), []
    across, up = np.meshgrid(*(np.linspace(low, high, SPOTS) for low, high in (view.box[::2], view.box[1::2])))
    grid = np.column_stack([across.ravel(), up.ravel()])
    for code, shape in shapes.items():
        if code not in names or not shapely.intersects(shape, frame):
            continue
        seen = shapely.intersection(shapely.make_valid(shape), frame)
        spots = grid[shapely.contains_xy(seen, *grid.T)]
        if len(spots) >= LEAST_SPOTS:
            depth = shapely.distance(shapely.boundary(seen), shapely.points(spots))
            order = np.argsort(-depth, kind="stable")[:MOST_SPOTS]
            placed.append((names[code], spots[order], float(depth[order[0]])))
    return placed
