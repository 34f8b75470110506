"""The timeline shows when, and how unsure that is."""

import geopandas as gpd
import pandas as pd
from matplotlib.text import Text

from geo.incidents import empty_frame
from geo.plotting import save_figure, timeline
from tests.synthetic import make_incidents


def words(figure) -> str:
    figure.canvas.draw()
    return "\n".join(text.get_text() for text in figure.findobj(Text))


def test_a_row_per_place_in_the_order_in_which_places_come_up(incidents: gpd.GeoDataFrame) -> None:
    figure = timeline(incidents, title="Spring")
    said = words(figure)
    assert "Spring" in said
    assert "2 without a known day" not in said
    assert "6 incidents" not in said
    assert "1 without a known day not drawn" in said
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names[:3] == ["Al Asad Air Base", "Anbar", "Camp Taji"]


def test_an_unsure_day_is_a_bar_from_the_first_to_the_last(incidents: gpd.GeoDataFrame) -> None:
    bars = [line.get_xdata() for line in timeline(incidents).axes[0].lines]
    assert [list(bar) for bar in bars] == [[18332, 18335]]  # 11 to 14 March 2020, days since 1970


def test_many_incidents_are_counted() -> None:
    figure = timeline(make_incidents(2_000, seed=3))
    assert "incidents per 30 days" in words(figure)
    heights = [patch.get_height() for patch in figure.axes[0].patches]
    dated = make_incidents(2_000, seed=3)["date_start"].notna().sum()
    assert sum(heights) == dated


def test_nothing_to_show_is_said(tmp_path) -> None:
    figure = timeline(empty_frame())
    assert "No incidents with a known day" in words(figure)
    save_figure(figure, tmp_path / "time.svg")


def test_incidents_of_one_place_and_day_stand_above_each_other(incidents: gpd.GeoDataFrame) -> None:
    twice = pd.concat([incidents.iloc[:1]] * 2, ignore_index=True)
    heights = {tuple(c.get_offsets()[0])[1] for c in timeline(twice).axes[0].collections if len(c.get_offsets())}
    assert len(heights) == 2
