"""The table of toponyms."""

import geopandas as gpd
import pytest

from geo.errors import InputError
from geo.geoparsing import geoparse
from geo.geoparsing.frame import COLUMNS
from geo.report import Report


def test_a_text_gives_one_row_per_toponym_in_its_order() -> None:
    table = geoparse("Rockets from Gaza hit Israel; Israeli jets replied.")
    assert list(table.columns) == [*COLUMNS, "geometry"]
    assert table["text"].tolist() == ["Gaza", "Israel", "Israeli"]
    assert table["country_code"].tolist()[1:] == ["IL", "IL"]
    assert table["feature_class"].tolist()[1:] == ["A", "A"]
    assert table.crs == "EPSG:4326"


def test_reports_are_distinguished_by_their_id() -> None:
    reports = [Report(id="a", text="Floods in Bangladesh."), Report(id="b", text="Floods in Nepal.")]
    assert geoparse(reports)["report_id"].tolist() == ["a", "b"]


def test_nothing_found_is_an_empty_table_of_the_same_form() -> None:
    table = geoparse("Nobody was there.")
    assert isinstance(table, gpd.GeoDataFrame)
    assert list(table.columns) == [*COLUMNS, "geometry"]
    assert len(table) == 0
    assert table.crs == "EPSG:4326"


def test_an_empty_text_is_refused_and_one_without_places_gives_no_row() -> None:
    with pytest.raises(InputError, match="empty text"):
        geoparse("  ")
    assert len(geoparse("It rained.")) == 0


def test_a_toponym_that_nothing_places_has_no_point() -> None:
    table = geoparse("They met at the village of Zqorvahil.")
    assert table.loc[table["text"] == "Zqorvahil", "geometry"].isna().all()
