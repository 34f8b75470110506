"""In a notebook a table of incidents is a map and a table to read."""

import sys
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from shapely import Point

from geo import notebook
from geo.incident import Evidence, Incident
from geo.incidents import empty_frame, to_frame


@pytest.fixture
def incidents() -> gpd.GeoDataFrame:
    incident = Incident(
        incident_id="i1",
        report_ids=("r1",),
        event_type="Explosions/Remote violence",
        sub_event_type="Air/drone strike",
        date_start=date(2020, 3, 11),
        date_end=date(2020, 3, 12),
        place_name="<b>Albu Kamal</b>",
        country="Syria",
        uncertainty_m=20_000.0,
        lon=40.9,
        lat=34.4,
        actor1="US",
        actor2="militias & friends",
        killed_min=26,
        wounded_min=3,
        wounded_max=5,
        status="denied",
        attribution="CENTCOM",
        evidence=(Evidence(report_id="r1", start=0, end=9, text="Warplanes\nattacked <script>."),),
    )
    return to_frame([incident])


def test_a_row_reads_as_a_person_would_say_it(incidents: gpd.GeoDataFrame) -> None:
    shown = notebook.table_of(incidents)
    for words in (
        "2020-03-11 – 2020-03-12",
        "Air strike by US on militias &amp; friends",
        "± 20 km, Syria",
        "US → militias &amp; friends",
        "at least 26 killed, 3–5 wounded",
        "denied: CENTCOM",
    ):
        assert words in shown


def test_the_words_of_a_report_are_never_markup(incidents: gpd.GeoDataFrame) -> None:
    shown = notebook.show(incidents)
    assert shown is not None
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "Warplanes attacked &lt;script&gt;." in shown


def test_a_table_comes_with_its_map_and_says_how_much_is_left_out(incidents: gpd.GeoDataFrame) -> None:
    many = pd.concat([incidents] * 12, ignore_index=True)
    shown = notebook.show(many)
    assert shown is not None
    assert "data:image/png;base64," in shown
    assert shown.count("<tr>") == 1 + notebook.ROWS
    assert "and 2 more" in shown
    assert "data:image/png" in str(notebook.show(empty_frame()))


def test_other_tables_look_as_they_always_did(incidents: gpd.GeoDataFrame) -> None:
    for other in (incidents[["place_name", "geometry"]], gpd.GeoDataFrame(geometry=[Point(0, 0)])):
        assert notebook.show(other) == other._repr_html_()


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [(3, 3, "3"), (3, 5, "3–5"), (26, pd.NA, "at least 26"), (pd.NA, 4, "up to 4"), (pd.NA, pd.NA, ""), (0, 0, "0")],
)
def test_a_range_is_said_plainly(least: int, most: int, said: str) -> None:
    assert notebook.span(least, most) == said


def test_without_a_notebook_nothing_is_registered() -> None:
    assert notebook.register() is False


def test_in_a_notebook_any_slice_shows_itself(incidents: gpd.GeoDataFrame) -> None:
    shell = InteractiveShell.instance()
    try:
        assert notebook.register() is True
        bundle, _ = shell.display_formatter.format(incidents[incidents["killed_min"] > 3])
        assert "data:image/png" in bundle["text/html"]
    finally:
        InteractiveShell.clear_instance()
        sys.modules["builtins"].__dict__.pop("get_ipython", None)
