"""Draw when incidents happened: a row per place, a bar as long as the day is unsure.

Above a few dozen places rows would say nothing; then incidents are counted by day, week or month.
"""

from datetime import date, timedelta
from typing import Any, Final

import geopandas as gpd
import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from geo.plotting.maps import describe
from geo.plotting.picture import Picture
from geo.plotting.symbols import GREY, INK, draw_symbols, mark_style, statuses_of, symbols, types_of

EPOCH: Final = date(1970, 1, 1).toordinal()
MOST_ROWS: Final = 30
MOST_MARKS: Final = 300
ROW_INCHES: Final = 0.3
WIDTH_INCHES: Final = 10.0
LONGEST_NAME: Final = 34
BINS: Final = ((120, 1, "day"), (900, 7, "week"), (10**9, 30, "30 days"))


def timeline(incidents: gpd.GeoDataFrame, *, title: str | None = None) -> Picture:
    """Draw incidents along time.

    Args:
        incidents: The contract's table.
        title: Above the picture; "Incidents over time" when not given.

    Returns:
        A figure outside pyplot: marks of event types in a row per place, from the first day on
        which each can have happened to the last; or a histogram when there are too many.
        Incidents without a day are counted below the title.
    """
    dated = incidents[incidents["date_start"].notna() & incidents["date_end"].notna()]
    names = _row_names(dated)
    as_rows = names.nunique() <= MOST_ROWS and len(dated) <= MOST_MARKS
    rows = max(names.nunique(), 3) if as_rows else 9
    figure = Picture(figsize=(WIDTH_INCHES, 1.7 + ROW_INCHES * rows), facecolor="white")
    height = figure.get_figheight()
    axes = figure.add_axes((0.24 if as_rows else 0.07, 0.75 / height, 0.73 if as_rows else 0.9, 1 - 1.55 / height))
    if len(dated):
        (_draw_rows if as_rows else _draw_counts)(axes, dated, names)
    else:
        axes.set(xticks=[], yticks=[])
    _finish(figure, axes, incidents, dated, title or "Incidents over time")
    return figure


def _row_names(incidents: pd.DataFrame) -> "pd.Series[str]":
    names = incidents["place_name"].fillna(incidents["place_text"]).fillna("place unknown")
    return names.str.slice(0, LONGEST_NAME)


def _draw_rows(axes: Axes, incidents: pd.DataFrame, names: "pd.Series[str]") -> None:
    """Draw a row per place, in the order in which the places come up."""
    order = incidents.groupby(names)["date_start"].min().sort_values(kind="stable").index
    heights = {name: -n for n, name in enumerate(order)}
    spots: dict[tuple[str, date], int] = {}
    types, statuses = types_of(incidents), statuses_of(incidents)
    for n, (first, last) in enumerate(zip(incidents["date_start"], incidents["date_end"], strict=True)):
        name, symbol = names.iloc[n], symbols()[types.iloc[n]]
        # Incidents of one place and day stand a little above each other.
        nudge = spots.setdefault((name, first), 0)
        spots[name, first] += 1
        y = heights[name] + 0.22 * nudge
        begin, end = _number(first), _number(last)
        if last > first:
            axes.plot(
                [begin, end], [y, y], color=symbol.colour, linewidth=5, alpha=0.3, solid_capstyle="round", zorder=2
            )
        draw_symbols(axes, [((begin + end) / 2, y)], symbol, statuses.iloc[n], 8, zorder=3)
    axes.set_yticks(list(heights.values()), list(heights), fontsize=8)
    for label in axes.get_yticklabels():
        label.set_parse_math(False)  # a place's name is never a formula
    axes.set_ylim(-len(order) + 0.4, 0.7)
    axes.grid(axis="y", color="#eeeeee", zorder=0)
    _draw_days(axes, incidents)


def _draw_counts(axes: Axes, incidents: pd.DataFrame, names: "pd.Series[str]") -> None:  # noqa: ARG001
    """Count incidents by the middle of their days, stacked by event type."""
    first, last = (incidents[name].map(date.toordinal).to_numpy(dtype=np.int64) for name in ("date_start", "date_end"))
    days = (first + last) // 2
    span = int(days.max() - days.min()) + 1
    width, unit = next((width, unit) for most, width, unit in BINS if span <= most)
    bins = np.arange(days.min(), days.max() + width + 1, width)
    left = [int(day) - EPOCH for day in bins[:-1]]
    below, types = np.zeros(len(left)), types_of(incidents).to_numpy()
    for name, symbol in symbols().items():
        counts, _ = np.histogram(days[types == name], bins)
        axes.bar(left, counts, width=width, bottom=below, align="edge", color=symbol.colour, linewidth=0)
        below += counts
    axes.set_ylabel(f"incidents per {unit}", fontsize=8)
    axes.tick_params(axis="y", labelsize=8)
    _draw_days(axes, incidents)


def _number(day: date) -> int:
    """Write a day as matplotlib counts days."""
    return day.toordinal() - EPOCH


def _draw_days(axes: Axes, incidents: pd.DataFrame) -> None:
    first, last = incidents["date_start"].min().date(), incidents["date_end"].max().date()
    pad = timedelta(days=max(1, round((last - first).days * 0.03)))
    low = first - pad if first - date.min > pad else first
    high = last + pad if date.max - last > pad else last
    axes.set_xlim(_number(low), _number(high))
    axes.xaxis_date()
    locator = mdates.AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.xaxis.get_offset_text().set_fontsize(8)
    axes.tick_params(axis="x", labelsize=8)


def _finish(figure: Picture, axes: Axes, incidents: pd.DataFrame, dated: pd.DataFrame, title: str) -> None:
    """Write title, legend and what is missing."""
    height, place = figure.get_figheight(), axes.get_position()
    undated = len(incidents) - len(dated)
    text = describe(dated) if len(dated) else "No incidents with a known day"
    text = text.split(";")[0] + (f"; {undated:,} without a known day not drawn" if undated and len(dated) else "")
    figure.text(0.02, 1 - 0.3 / height, title, fontsize=13, weight="bold", va="center", color=INK, parse_math=False)
    figure.text(0.02, 1 - 0.56 / height, text, fontsize=8.5, va="center", color="#555555")
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(GREY)
    axes.tick_params(axis="y", length=0)
    counts, handles = types_of(dated).value_counts(), []
    for name, symbol in symbols().items():
        if name in counts:
            options: dict[str, Any] = {"s": (7 * symbol.scale) ** 2, **mark_style(symbol)}
            handles.append(axes.scatter([], [], **options, label=f"{name} ({counts[name]:,})"))
    if handles:
        options = {"loc": "lower left", "ncols": min(4, len(handles)), "frameon": False, "fontsize": 7.8}
        figure.legend(handles=handles, bbox_to_anchor=(place.x0 - 0.01, 0.02), handletextpad=0.2, **options)
