"""Draw the incidents: marks, the areas in which they happened, arrows from what was answered to the answer.

A mark stands only where a place is known: what is known by its province or country is an area with
words in it. Incidents of one place stand round it, none hidden.
"""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from geo.incidents.contract.schema import coordinates
from geo.incidents.layers.areas import AREAS, areas_layer
from geo.incidents.layers.geodesic import arcs, circles
from geo.plotting.symbols import INK, LOOKS, draw_symbols, statuses_of, symbols, types_of
from geo.plotting.view import View, as_path

Floats = NDArray[np.float64]

MARK_POINTS: Final = 9.0  # width of a mark
CROWD: Final = 400  # more incidents than this are drawn as small dots, each where it is
DOT_POINTS: Final = 3.5
APART: Final = 0.95  # marks keep apart by so many of their widths
ROUNDS: Final = 60  # of pushing apart
GOLDEN_TURN: Final = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True)
class Marks:
    """Where marks stand on the map: one row per incident with a known place."""

    rows: NDArray[np.int64]  # in the table
    spots: Floats  # where the incident is, metres, shape (n, 2)
    shown: Floats  # where its mark stands
    point_m: float  # metres of the map in one printer's point
    size: float  # width of a mark in points


def place_marks(incidents: gpd.GeoDataFrame, view: View, width_points: float) -> Marks:
    """Work out where each mark stands, so that incidents of one place can all be seen."""
    flat = view.project(coordinates(incidents))
    rows = np.flatnonzero(~np.isnan(flat).any(axis=1) & ~incidents["geo_precision"].isin(AREAS).to_numpy())
    point_m = (view.box[2] - view.box[0]) / width_points
    spots = flat[rows]
    if len(rows) > CROWD:
        return Marks(rows, spots, spots, point_m, DOT_POINTS)
    shown = spots.copy()
    for members in _crowds(spots, 0.6 * MARK_POINTS * point_m):
        order = members[np.argsort(incidents["date_start"].iloc[rows[members]].rank().to_numpy(), kind="stable")]
        shown[order] = spots[members].mean(axis=0) + _rosette(len(members)) * MARK_POINTS * 1.15 * point_m
    return Marks(rows, spots, _apart(shown, MARK_POINTS * APART * point_m), point_m, MARK_POINTS)


def _apart(spots: Floats, least_m: float) -> Floats:
    """Push marks apart that would cover each other, both by the same way, until none does or they have no more room."""
    for _ in range(ROUNDS):
        ways = spots[:, None] - spots[None]
        gaps = np.hypot(ways[..., 0], ways[..., 1])
        np.fill_diagonal(gaps, np.inf)
        missing = np.where((gaps > 0) & (gaps < least_m), least_m - gaps, 0.0)
        if missing.max(initial=0.0) < least_m / 100:
            break
        spots = spots + (ways / gaps[..., None].clip(1e-9) * (missing / 2)[..., None]).sum(axis=1)
    return spots


def _crowds(spots: Floats, reach_m: float) -> list[NDArray[np.int64]]:
    """Group spots that lie closer to each other than their marks are wide."""
    tree = shapely.STRtree(shapely.points(spots))
    one, other = tree.query(shapely.points(spots), predicate="dwithin", distance=reach_m)
    first = np.arange(len(spots))
    for a, b in zip(one.tolist(), other.tolist(), strict=True):  # pairs come sorted by the first
        first[b] = min(first[b], first[a])
    groups = [np.flatnonzero(first == leader) for leader in np.unique(first)]
    return [group for group in groups if len(group) > 1]


def _rosette(number: int) -> Floats:
    """Lay points round a middle like the seeds of a sunflower, about one unit apart."""
    n = np.arange(number)
    if number <= 6:  # noqa: PLR2004 - so few stand in a ring
        turns, radius = n / number * 2 * np.pi + np.pi / 2, np.full(number, 0.5 / np.sin(np.pi / number))
    else:
        turns, radius = n * GOLDEN_TURN, 0.62 * np.sqrt(n + 0.5)
    return np.column_stack([np.cos(turns) * radius, np.sin(turns) * radius])


def draw_areas(axes: Axes, view: View, incidents: gpd.GeoDataFrame) -> None:
    """Draw where each incident may have happened: its circle, or the part of the country that it is known by."""
    placed = incidents[~np.isnan(coordinates(incidents)).any(axis=1)]
    vague = placed["geo_precision"].isin(AREAS)
    areas = areas_layer(placed[vague])
    round_ones = placed[~vague & (placed["uncertainty_m"] > 0)]
    lon, lat = coordinates(round_ones).T
    shapes = [*areas.geometry, *circles(lon, lat, round_ones["uncertainty_m"].to_numpy())]
    colours = [symbols()[name].colour for name in (*types_of(areas), *types_of(round_ones))]
    kinds = {(shape.wkb, colour): (shape, colour) for shape, colour in zip(shapes, colours, strict=True)}
    for shape, colour in sorted(kinds.values(), key=lambda kind: -kind[0].area):
        path = as_path(view.project_shapes([shape])[0])
        axes.add_collection(PathCollection([path], facecolors=colour, edgecolors="none", alpha=0.11, zorder=1.25))
        rim = PathCollection([path], facecolors="none", edgecolors=colour, alpha=0.55, linewidths=0.7, zorder=2.1)
        rim.set_linestyle([(0, (3, 2))])
        axes.add_collection(rim)


def draw_marks(axes: Axes, incidents: gpd.GeoDataFrame, marks: Marks) -> None:
    """Draw one mark per incident, the surest on top."""
    shown = incidents.iloc[marks.rows]
    types, statuses = types_of(shown).to_numpy(), statuses_of(shown).to_numpy()
    small = {"linewidths": 0.0, "alpha": 0.6} if marks.size < MARK_POINTS else {}
    for name, symbol in symbols().items():
        for status, look in LOOKS.items():
            which = (types == name) & (statuses == status)
            if which.any():
                above = 5 + look.filled / 2
                draw_symbols(axes, marks.shown[which], symbol, status, marks.size, zorder=above, **small)


def draw_tethers(axes: Axes, marks: Marks) -> None:
    """Tie marks that had to step aside to where they belong."""
    moved = np.hypot(*(marks.shown - marks.spots).T) > marks.size * marks.point_m
    for shown, spot in zip(marks.shown[moved], marks.spots[moved], strict=True):
        axes.plot(*np.column_stack([shown, spot]), color=INK, linewidth=0.5, alpha=0.6, zorder=3.5)


def draw_arrows(axes: Axes, view: View, incidents: gpd.GeoDataFrame, marks: Marks) -> list[Floats]:
    """Draw an arrow from what was answered to each answer, along the geodesic.

    Returns:
        The lines drawn, in metres of the map, for labels to keep off.
    """
    ids = {incidents["incident_id"].iloc[row]: n for n, row in enumerate(marks.rows)}
    xy = coordinates(incidents)[marks.rows]
    drawn: list[Floats] = []
    for n, row in enumerate(marks.rows if len(marks.rows) <= CROWD else ()):
        for target in sorted(incidents["in_response_to"].iloc[row]):
            if target in ids:
                pieces = _arrow_pieces(view, marks, ids[target], n, xy)
                drawn += pieces
                for piece in pieces:
                    _draw_arrow(axes, piece, head=piece is pieces[-1])
    return drawn


def _draw_arrow(axes: Axes, path: Floats, *, head: bool) -> None:
    arrow = FancyArrowPatch(
        path=Path(path),
        arrowstyle="-|>,head_length=0.6,head_width=0.28" if head else "-",
        mutation_scale=11,
        color=INK,
        linewidth=1.2,
        zorder=4.5,
        path_effects=[withStroke(linewidth=2.8, foreground="white", alpha=0.8)],
    )
    axes.add_patch(arrow)


def _arrow_pieces(view: View, marks: Marks, start: int, end: int, degrees: Floats) -> list[Floats]:
    """Lay the geodesic between two marks flat, without what the marks cover.

    Two pieces where a map of the world is cut open between them; none when the marks touch or
    belong to one place.
    """
    if np.array_equal(degrees[start], degrees[end]):
        return []
    line = arcs(degrees[start : start + 1], degrees[end : end + 1])[0]
    parts = [view.project(shapely.get_coordinates(part)) for part in shapely.get_parts(line)]
    if not parts:  # so near each other that the geodesic is a point
        return []
    parts = parts if view.is_world else [np.vstack(parts)]
    parts[0][0], parts[-1][-1] = marks.shown[start], marks.shown[end]
    gap = 0.75 * marks.size * marks.point_m
    parts[0], parts[-1] = _shortened(parts[0], gap), _shortened(parts[-1][::-1], gap)[::-1]
    long_enough = shapely.length(shapely.linestrings(parts[-1])) > 1.5 * gap
    return parts if long_enough and all(np.isfinite(part).all() for part in parts) else []


def _shortened(path: Floats, by: float) -> Floats:
    """Cut off the beginning of a path."""
    line = shapely.LineString(path)
    along = np.linspace(min(by, line.length), line.length, max(len(path), 8))
    return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(line, along)))
