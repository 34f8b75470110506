"""Add what a map needs to be read: legend, scale bar, title, whose data it is."""

from collections.abc import Callable
from typing import Final

import geopandas as gpd
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch

from geo.basemap import ATTRIBUTION
from geo.earth import GEOD
from geo.incidents.layers.areas import AREAS
from geo.plotting.symbols import GREY, INK, LOOKS, UNKNOWN_TYPE, Symbol, draw_symbols, statuses_of, symbols, types_of
from geo.plotting.view import View

PLACES_FROM: Final = "places: GeoNames (CC BY 4.0)"
MOST_BAR: Final = 0.25  # of the width of the map
HEADING_SIZE, TEXT_SIZE, LINE = 8.5, 7.6, 10.5  # printer's points
SAMPLE_X, TEXT_X = 9.0, 24.0


class Legend:
    """A column beside the map that is written from top to bottom, in printer's points."""

    def __init__(self, figure: Figure, axes: Axes) -> None:
        """Take the room to the right of the map."""
        place, (width, height) = axes.get_position(), figure.get_size_inches() * 72
        left = place.x1 + 0.012
        self.panel = figure.add_axes((left, place.y0, 1 - left, place.height))
        self.panel.set(xlim=(0, (1 - left) * width), ylim=(0, place.height * height))
        self.panel.axis("off")
        self.y = place.height * height - 4

    def heading(self, text: str) -> None:
        """Begin a new part."""
        self.panel.text(0, self.y, text, fontsize=HEADING_SIZE, weight="bold", va="top", color=INK)
        self.y -= HEADING_SIZE * 1.3 + 4

    def entry(self, text: str, sample: Callable[[float, float], object]) -> None:
        """Explain what `sample` draws at the place that it is given."""
        lines = text.count("\n") + 1
        self.y -= lines * LINE / 2 + 2
        sample(SAMPLE_X, self.y)
        self.panel.text(TEXT_X, self.y, text, fontsize=TEXT_SIZE, va="center", linespacing=1.2, color=INK)
        self.y -= lines * LINE / 2 + 2

    def gap(self) -> None:
        """Leave some room before the next part."""
        self.y -= 10

    def mark(self, symbol: Symbol, status: str = "reported") -> Callable[[float, float], object]:
        """Make a sample of a mark."""
        return lambda x, y: draw_symbols(self.panel, [(x, y)], symbol, status, 8)

    def circle(self, x: float, y: float) -> None:
        """Make a sample of a circle of uncertainty."""
        rim = {"ec": "#777777", "lw": 0.8, "ls": (0, (3, 2))}
        self.panel.add_patch(Circle((x, y), 8, fc="#77777722", **rim))

    def words(self, x: float, y: float) -> None:
        """Make a sample of words that stand for a mark."""
        self.panel.text(x, y, "Abc", fontsize=TEXT_SIZE, style="italic", ha="center", va="center", color=GREY)

    def arrow(self, x: float, y: float) -> None:
        """Make a sample of an arrow."""
        ends = ((x - 9, y), (x + 9, y))
        style = "-|>,head_length=0.5,head_width=0.24"
        self.panel.add_patch(
            FancyArrowPatch(*ends, arrowstyle=style, mutation_scale=10, color=INK, lw=1.2, shrinkA=0, shrinkB=0)
        )


def draw_legend(figure: Figure, axes: Axes, incidents: gpd.GeoDataFrame, *, circles: bool, arrows: bool) -> None:
    """Explain marks, fillings, circles and arrows, as far as the map has them."""
    legend = Legend(figure, axes)
    counts, statuses = types_of(incidents).value_counts(), statuses_of(incidents)
    legend.heading("Incidents")
    for name, symbol in symbols().items():
        if name in counts:
            legend.entry(f"{name} ({counts[name]:,})", legend.mark(symbol))
    legend.gap()
    grey = symbols()[UNKNOWN_TYPE]
    if not statuses.eq("reported").all():
        legend.heading("Status")
        for status, look in LOOKS.items():
            if statuses.eq(status).any():
                legend.entry(look.text, legend.mark(grey, status))
        legend.gap()
    coarse = incidents["geo_precision"].isin(AREAS).any()
    if circles or arrows or coarse:
        legend.heading("Where")
    if circles:
        legend.entry("the true place lies inside\nnine times out of ten", legend.circle)
    if coarse:
        legend.entry("words without a mark: only the\nprovince, region or country is known", legend.words)
    if arrows:
        legend.entry("answered by: from an incident\nto what was done in answer", legend.arrow)


def draw_scale_bar(axes: Axes, view: View) -> tuple[float, float, float, float]:
    """Draw a bar whose length is true in the middle of the map.

    Returns:
        The box that it takes, as shares of the map: left, bottom, right, top.
    """
    left, bottom, right, top = view.box
    width, middle = right - left, np.array([(left + right) / 2, (bottom + top) / 2])
    ends = view.unproject(middle + np.array([[-0.5, 0.0], [0.5, 0.0]]) * width * MOST_BAR)
    most_m = GEOD.inv(*ends[0], *ends[1])[2]
    power = 10 ** np.floor(np.log10(most_m))
    length_m = max(step * power for step in (1, 2, 5) if step * power <= most_m)
    share = MOST_BAR * length_m / most_m
    x, y, rise = left + 0.025 * width, bottom + 0.045 * (top - bottom), 0.008 * (top - bottom)
    ends_x = [x, x, x + share * width, x + share * width]
    axes.plot(ends_x, [y + rise, y, y, y + rise], color=INK, lw=1.2, zorder=8)
    name = f"{length_m / 1000:,.0f} km" + (" at the equator" if view.is_world else "")
    axes.text(x + share * width / 2, y + rise, name, ha="center", va="bottom", fontsize=7.5, color=INK, zorder=8)
    return (0.0, 0.0, 0.055 + share, 0.1)


def draw_title(figure: Figure, axes: Axes, title: str, subtitle: str) -> None:
    """Write the title above the map, and below it what the map shows."""
    x, top = axes.get_position().x0, axes.get_position().y1
    height = figure.get_figheight() * 72
    figure.text(x, top + 22 / height, title, fontsize=13, weight="bold", va="bottom", parse_math=False, color=INK)
    figure.text(x, top + 7 / height, subtitle, fontsize=8.5, va="bottom", parse_math=False, color="#555555")


def draw_sources(figure: Figure, axes: Axes) -> None:
    """Say below the map whose data it is made of."""
    text = f"Land and borders: {ATTRIBUTION}, no judgement on who holds the ground; {PLACES_FROM}. Drawn with geo."
    height = figure.get_figheight() * 72
    place = axes.get_position()
    figure.text(place.x0, place.y0 - 6 / height, text, fontsize=6.3, va="top", color="#777777")
