"""Draw the static map of incidents."""

from datetime import date
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes

from geo.call_arguments import checked
from geo.gazetteer.romanisation import plain_letters
from geo.importing.accepting import as_incidents
from geo.incidents.contract.schema import coordinates
from geo.incidents.headlines.headline import headlines
from geo.incidents.headlines.page_titles import title as title_of
from geo.incidents.layers.areas import AREAS
from geo.plotting.furniture import draw_legend, draw_scale_bar, draw_sources, draw_title
from geo.plotting.ground import context_towns, country_names, draw_ground
from geo.plotting.labels import Label, Room, draw_labels, even_lines
from geo.plotting.marks import (
    CROWD,
    Floats,
    Marks,
    draw_areas,
    draw_arrows,
    draw_marks,
    draw_tethers,
    place_marks,
)
from geo.plotting.picture import Picture
from geo.plotting.symbols import GREY
from geo.plotting.view import View, choose_view

WIDTH, MAP_WIDTH, LEFT, BELOW, ABOVE = 720.0, 526.0, 18.0, 22.0, 54.0  # printer's points
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MOST_LABELS: Final = 40
HEADLINE_LABELS: Final = 12  # this many of the heaviest get their headline, where there is room for it
HEADLINE_WIDTH: Final = 34  # characters of a line of it
DATED_LABELS: Final = 15
MOST_CIRCLES: Final = 2_000
TOWNS: Final = 14
SPACED_FROM: Final = 0.08  # of the map's width: a country with so much room is named in spaced capitals


@checked
def plot(
    incidents: Any,
    *,
    title: str | None = None,
    circles: bool = True,
    arrows: bool = True,
    labels: bool = True,
) -> Picture:
    """Draw a map of incidents that can be printed.

    Args:
        incidents: What `geo.to_map` takes; empty tables give an empty map.
        title: Above the map; where and when the incidents were, when not given.
        circles: Draw the areas in which the incidents may have happened.
        arrows: Draw retaliation.
        labels: Name places, countries and the larger towns.

    Returns:
        A matplotlib figure outside pyplot, 10 inches wide. `geo.plotting.save_figure` writes it.

    Raises:
        CrsError: If `incidents` is not in EPSG:4326.
    """
    incidents = as_incidents(incidents)
    view = choose_view(coordinates(incidents), incidents["uncertainty_m"].to_numpy())
    figure, axes, size = _page(view)
    countries = draw_ground(axes, view)
    marks = place_marks(incidents, view, MAP_WIDTH)
    circles = circles and 0 < len(incidents) <= MOST_CIRCLES
    if circles:
        draw_areas(axes, view, incidents)
    lines = draw_arrows(axes, view, incidents, marks) if arrows else []
    draw_tethers(axes, marks)
    draw_marks(axes, incidents, marks)
    bar = draw_scale_bar(axes, view)
    if labels:
        room = _room(marks, lines, bar, view, size)
        draw_labels(axes, [*_place_labels(incidents, marks, view), *_context(view, countries, marks)], room)
    placed = ~np.isnan(coordinates(incidents)).any(axis=1)
    if len(incidents):
        draw_legend(figure, axes, incidents[placed], circles=circles, arrows=bool(lines))
    draw_title(figure, axes, title or title_of(incidents, "en"), describe(incidents))
    draw_sources(figure, axes)
    return figure


def _page(view: View) -> tuple[Picture, Axes, tuple[float, float]]:
    """Lay out a page with an empty map, and say how wide and high that is in points."""
    height = MAP_WIDTH / view.aspect
    whole = height + BELOW + ABOVE
    figure = Picture(figsize=(WIDTH / 72, whole / 72), facecolor="white")
    axes = figure.add_axes((LEFT / WIDTH, BELOW / whole, MAP_WIDTH / WIDTH, height / whole))
    left, bottom, right, top = view.box
    axes.set(xlim=(left, right), ylim=(bottom, top), xticks=[], yticks=[], aspect="equal", autoscale_on=False)
    for side in axes.spines.values():
        side.set(color="#8a8a8a", linewidth=0.8, zorder=9, visible=not view.is_world)
    return figure, axes, (MAP_WIDTH, height)


def _room(marks: Marks, lines: list[Floats], bar: Any, view: View, size: tuple[float, float]) -> Room:
    """Say what labels keep off: every mark, the scale bar, and arrows if possible."""
    spots = (marks.shown - view.box[:2]) / marks.point_m
    spots = spots[: 0 if len(marks.rows) > CROWD else None]
    boxes = np.column_stack([spots - 0.55 * marks.size, spots + 0.55 * marks.size])
    boxes = np.vstack([boxes, np.array(bar) * [*size, *size]])
    paths = [shapely.LineString((line - view.box[:2]) / marks.point_m) for line in lines]
    dense = shapely.get_coordinates(shapely.segmentize(paths, 4.0))
    return Room(*size, boxes, dense)


def _place_labels(incidents: gpd.GeoDataFrame, marks: Marks, view: View) -> list[Label]:
    """Name the places, the heaviest toll first; where there are few, with what happened there or its days."""
    vague = np.flatnonzero(incidents["geo_precision"].isin(AREAS) & ~np.isnan(coordinates(incidents)).any(axis=1))
    shown = incidents.iloc[[*marks.rows, *vague]].reset_index(drop=True)
    far = view.project(coordinates(incidents)[vague])
    spots = (np.vstack([marks.spots, far]) - view.box[:2]) / marks.point_m
    seats = (np.vstack([marks.shown, far]) - view.box[:2]) / marks.point_m
    weights, lines = weights_of(shown), headlines(shown, most=int(2.6 * HEADLINE_WIDTH))  # in three lines
    names = shown["place_name"].fillna(shown["place_text"]).map(plain_letters, na_action="ignore")
    years = _spans_years(shown)
    found: list[Label] = []
    groups = shown.groupby([names, shown["geo_precision"].isin(AREAS)], sort=True).groups.items()
    for name, group in sorted(groups, key=lambda entry: -weights[np.asarray(entry[1])].sum()):
        rows = np.asarray(group)
        coarse = bool(name[1])
        middle = spots[rows].mean(axis=0)
        reach = 1.0 if coarse else float(np.abs(seats[rows] - middle).max() + marks.size / 2)
        style = {"color": GREY if coarse else "#1b1b1b", "style": "italic" if coarse else "normal", "zorder": 6}
        if reach > 60:  # noqa: PLR2004 - incidents near one town, but not near each other
            middle, reach = seats[rows[0]], marks.size / 2
        days = days_of(shown.loc[rows], years=years)
        short = f"{name[0]} ({len(rows)})" if len(rows) > 1 else str(name[0])
        has_headline = len(rows) == 1 and (coarse or len(found) < HEADLINE_LABELS)
        text = even_lines(lines.iloc[rows[0]], HEADLINE_WIDTH, most=3) if has_headline else short
        if len(shown) <= DATED_LABELS:
            text, short = (f"{each}\n{days}".strip() for each in (text, short))
        found.append(Label(text, float(middle[0]), float(middle[1]), reach, 7.6, style, short=short))
    return found[:MOST_LABELS]


def weights_of(incidents: pd.DataFrame) -> Floats:
    """Say how much each incident weighs: the killed and wounded, and one for itself, shape (n,)."""
    columns = [incidents[f"{what}_max"].fillna(incidents[f"{what}_min"]).fillna(0) for what in ("killed", "wounded")]
    return np.asarray(np.ones(len(incidents)) + sum(column.to_numpy(dtype=np.float64) for column in columns))


def _spans_years(incidents: pd.DataFrame) -> bool:
    """Return whether days alone would leave the year open."""
    first, last = incidents["date_start"].min(), incidents["date_end"].max()
    return not pd.isna(first) and not pd.isna(last) and first.year != last.year


def _context(view: View, countries: dict[str, Any], marks: Marks) -> list[Label]:
    """Name countries and large towns for orientation, in grey and where room is left."""
    corner, labels = np.array(view.box[:2]), []
    for name, spots, room_m in country_names(view, countries):
        wide = room_m > SPACED_FROM * (view.box[2] - view.box[0])
        text = " ".join(name.upper()) if wide else name.upper()
        seats, style = (spots - corner) / marks.point_m, {"color": "#a39b8b", "zorder": 3}
        labels.append(Label(text, 0, 0, 0, 7.5, style, seats=seats))
    for name, *spot in context_towns(view, TOWNS):
        x, y = (spot - corner) / marks.point_m
        style = {"color": "#8d867a", "zorder": 3}
        labels.append(Label(name, x, y, 1.5, 6.5, style, wandering=False, dot=True))
    return labels


def describe(incidents: gpd.GeoDataFrame) -> str:
    """Say in a line what the map shows, and what it cannot show."""
    number = len(incidents)
    if not number:
        return "No incidents"
    text = f"{number:,} incident{'s' if number > 1 else ''}"
    days = days_of(incidents, years=True)
    text += f", {days}" if days else ""
    nowhere = int(incidents.geometry.isna().sum())
    return text + (f"; {nowhere:,} without a known place not drawn" if nowhere else "")


def days_of(incidents: pd.DataFrame, *, years: bool = False) -> str:
    """Write the days of incidents as people do: "27 Dec - 3 Jan 2020"; empty when none is known."""
    first, last = incidents["date_start"].min(), incidents["date_end"].max()
    if pd.isna(first) or pd.isna(last):
        return ""
    return span(first, last, years=years)


def span(first: date, last: date, *, years: bool = True) -> str:
    """Write two days as one span."""
    end = f"{last.day} {MONTHS[last.month - 1]}" + (f" {last.year}" if years else "")
    if first == last:
        return end
    begin = f"{first.day}"
    if (first.month, first.year) != (last.month, last.year):
        begin += f" {MONTHS[first.month - 1]}"
    if years and first.year != last.year:
        begin += f" {first.year}"
    return f"{begin} \u2013 {end}"
