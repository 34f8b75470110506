"""The printed map shows what is known, as sharp as it is known."""

import subprocess
import sys
from datetime import date
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from geo.errors import CrsError, ExportError
from geo.incidents import empty_frame
from geo.incidents.headlines.page_titles import title
from geo.plotting import Picture, plot, save_figure
from geo.plotting.maps import describe, span
from geo.plotting.symbols import LOOKS, SIGN, mark_style, symbols


def texts(figure: Picture) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text().strip()]


def words(figure: Picture) -> str:
    return "\n".join(text.get_text() for text in texts(figure))


def test_without_a_title_of_its_own_a_picture_is_called_as_the_page_is(incidents: gpd.GeoDataFrame) -> None:
    assert title(incidents, "en") in words(plot(incidents))


def test_places_are_named_with_their_days_and_the_legend_counts(incidents: gpd.GeoDataFrame) -> None:
    said = " ".join(words(plot(incidents, title="Iraq")).split())  # labels break into lines
    for part in (
        "Iraq",
        "Shelling or missile attack at Camp Taji",
        "11 – 14 Mar",
        "6 incidents, 11 – 14 Mar 2020; 1 without a known place not drawn",
        "Explosions/Remote violence (4)",
        "Battles (1)",
        "denied by one side",
        "planned",
        "Status",
        "answered by",
        "Natural Earth",
        "GeoNames",
        "200 km",
    ):
        assert part in said


def test_every_status_looks_different(incidents: gpd.GeoDataFrame) -> None:
    battle = symbols()["Battles"]
    looks = {(str(mark_style(battle, status)), look.inside) for status, look in LOOKS.items()}
    assert len(looks) == len(LOOKS)
    for status, look in LOOKS.items():
        axes = plot(incidents.assign(status=status)).axes
        assert any(c.get_gid() == SIGN for c in axes[0].collections) == bool(look.inside)
        assert (look.text in {text.get_text() for text in axes[1].texts}) == (status != "reported")


def test_no_two_labels_of_the_map_overlap(incidents: gpd.GeoDataFrame) -> None:
    figure = plot(incidents)
    axes = figure.axes[0]
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) > 8
    assert not [pair for pair in combinations(boxes, 2) if pair[0].padded(-1).overlaps(pair[1].padded(-1))]
    frame = axes.get_window_extent()
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)


def test_what_is_known_by_its_province_or_country_is_words_and_no_mark(incidents: gpd.GeoDataFrame) -> None:
    figure = plot(incidents)
    marks = [c for c in figure.axes[0].collections if c.get_zorder() >= 4 and c.get_gid() != SIGN]
    assert sum(len(mark.get_offsets()) for mark in marks) == 3
    assert "somewhere in Anbar" in words(figure).replace("\n", " ")


def test_days_have_their_year_where_the_incidents_span_several(incidents: gpd.GeoDataFrame) -> None:
    later = incidents.copy()
    later.loc[0, ["date_start", "date_end"]] = pd.Timestamp("2021-01-02")
    assert "2 Jan 2021" in words(plot(later))


def test_an_arrow_runs_from_what_is_answered_to_the_answer(incidents: gpd.GeoDataFrame) -> None:
    figure = plot(incidents)
    (arrow,) = (patch for patch in figure.axes[0].patches if isinstance(patch, FancyArrowPatch))
    path = arrow._path_original.vertices
    left, right = figure.axes[0].get_xlim()
    assert left < path[-1, 0] < path[0, 0] < right  # from Taji in the east to al-Asad in the west
    assert not [p for p in plot(incidents, arrows=False).axes[0].patches if isinstance(p, FancyArrowPatch)]


def test_no_arrow_is_drawn_between_incidents_of_one_place(incidents: gpd.GeoDataFrame) -> None:
    world = incidents.iloc[[0, 1, 2]].copy()
    world["geometry"] = gpd.points_from_xy([44.2567, 44.2567, -120.0], [33.5239, 33.5239, 40.0], crs=incidents.crs)
    for frame in (world.iloc[:2], world):  # a region, and the whole world
        assert frame["in_response_to"].map(len).sum() == 1
        assert not [p for p in plot(frame).axes[0].patches if isinstance(p, FancyArrowPatch)]


def test_incidents_of_one_place_can_all_be_seen(incidents: gpd.GeoDataFrame) -> None:
    crowd = pd.concat([incidents.iloc[[0]]] * 9, ignore_index=True)
    crowd["incident_id"] = [f"i{n}" for n in range(9)]
    marks = [c for c in plot(crowd).axes[0].collections if isinstance(c, PathCollection) and len(c.get_offsets()) == 9]
    spots = np.asarray(marks[0].get_offsets())
    width = np.sqrt(marks[0].get_sizes()[0]) / 526 * np.ptp(plot(crowd).axes[0].get_xlim())
    assert min(np.hypot(*(a - b)) for a, b in combinations(spots, 2)) > width / 2


def test_an_empty_table_gives_the_map_of_the_world() -> None:
    figure = plot(empty_frame())
    assert "No incidents" in words(figure)
    left, right = figure.axes[0].get_xlim()
    assert right - left > 30_000_000


def test_the_antimeridian_is_a_place_like_any_other(incidents: gpd.GeoDataFrame) -> None:
    fiji = incidents.iloc[:2].copy()
    fiji["geometry"] = gpd.points_from_xy([179.9, -179.8], [-17.0, -16.5])
    figure = plot(fiji)
    left, right = figure.axes[0].get_xlim()
    assert right - left < 500_000
    (arrow,) = (patch for patch in figure.axes[0].patches if isinstance(patch, FancyArrowPatch))
    assert np.ptp(arrow._path_original.vertices[:, 0]) < 100_000


def test_a_name_is_never_read_as_a_formula(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    odd = incidents.iloc[:1].copy()
    odd["place_name"] = r"$\frac{1}$ of $x_"
    figure = plot(odd, title=r"$\bad")
    save_figure(figure, tmp_path / "map.png")
    assert r"$\frac{1}$ of $x_" in words(figure)


def test_the_same_incidents_give_the_same_bytes(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    figures = [plot(incidents) for _ in (1, 2)]
    for suffix, magic in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        files = [tmp_path / f"{n}{suffix}" for n in (1, 2)]
        for figure, file in zip(figures, files, strict=True):
            save_figure(figure, file)
        first, second = (file.read_bytes() for file in files)
        assert first == second
        assert first.startswith(magic)


def test_another_suffix_is_refused_and_nothing_is_written(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    figure = plot(incidents)
    for name in ("map.jpg", "map"):
        with pytest.raises(ExportError, match=r"\.png, \.svg or \.pdf"):
            save_figure(figure, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_another_crs_is_converted_and_none_is_refused(incidents: gpd.GeoDataFrame) -> None:
    assert plot(incidents.to_crs(3857))._repr_png_().startswith(b"\x89PNG")
    with pytest.raises(CrsError, match="set_crs"):
        plot(incidents.set_crs(None, allow_override=True))


def test_a_picture_shows_itself_in_a_notebook(incidents: gpd.GeoDataFrame) -> None:
    assert plot(incidents)._repr_png_().startswith(b"\x89PNG")


@pytest.mark.slow
def test_drawing_leaves_pyplot_alone() -> None:
    code = "import sys, geo.plotting, geo.incidents as i; geo.plotting.plot(i.empty_frame()); sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_many_incidents_are_small_dots_in_reasonable_time(incidents: gpd.GeoDataFrame) -> None:
    many = pd.concat([incidents.iloc[:4]] * 500, ignore_index=True)
    many["incident_id"] = [f"i{n}" for n in range(len(many))]
    figure = plot(many)
    assert "2,000 incidents" in words(figure)
    assert not [patch for patch in figure.axes[0].patches if isinstance(patch, FancyArrowPatch)]


def test_an_incident_of_no_type_is_drawn_too(incidents: gpd.GeoDataFrame) -> None:
    without_type = incidents.iloc[:1].copy()
    without_type.loc[0, ["event_type", "sub_event_type", "status", "place_name", "geo_precision"]] = None
    without_type["uncertainty_m"] = np.nan
    assert "Unknown type (1)" in words(plot(without_type))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2020, 3, 11), date(2020, 3, 11), "11 Mar 2020"),
        (date(2020, 3, 11), date(2020, 3, 14), "11 – 14 Mar 2020"),
        (date(2020, 2, 28), date(2020, 3, 1), "28 Feb – 1 Mar 2020"),
        (date(2019, 12, 27), date(2020, 3, 13), "27 Dec 2019 – 13 Mar 2020"),
        (date(2019, 3, 1), date(2020, 3, 13), "1 Mar 2019 – 13 Mar 2020"),
    ],
)
def test_days_are_said_as_people_do(first: date, last: date, said: str) -> None:
    assert span(first, last) == said


def test_a_map_says_what_it_cannot_show(incidents: gpd.GeoDataFrame) -> None:
    assert describe(incidents.iloc[4:5]) == "1 incident"
    assert describe(empty_frame()) == "No incidents"
