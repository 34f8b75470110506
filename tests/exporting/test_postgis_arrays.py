"""Arrays of PostGIS stay arrays of their type, through a layer and into another table."""

import os
from collections.abc import Iterator
from datetime import UTC, date

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point

import geo
from tests.conftest import examples, missing
from tests.exporting.test_postgis import asked


@pytest.fixture
def address() -> Iterator[str]:
    """Name a table of this file's own: files run side by side."""
    base = os.environ.get("GEO_POSTGRES")
    if not base:
        missing("PostgreSQL with PostGIS (its address in GEO_POSTGRES)")
    yield f"{base}?table=arrays"
    asked(base, "DROP TABLE IF EXISTS arrays")


MOMENTS = st.datetimes().map(lambda moment: moment.replace(fold=0))
ITEMS = {
    "bigint[]": st.integers(-(2**63), 2**63 - 1),
    "double precision[]": st.floats(allow_nan=False),
    "boolean[]": st.booleans(),
    "date[]": st.dates(),
    "timestamp without time zone[]": MOMENTS,
    "timestamp with time zone[]": MOMENTS.map(lambda moment: moment.replace(tzinfo=UTC)),
    "text[]": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
}
TYPES = "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'arrays'::regclass AND attnum > 0"


def types(address: str) -> dict[str, str]:
    return dict(asked(address, TYPES))  # type: ignore[arg-type]


def layer_of(columns: dict[str, list[object]]) -> gpd.GeoDataFrame:
    rows = len(next(iter(columns.values())))
    made = {name: pd.Series(cells, dtype=object) for name, cells in columns.items()}
    return gpd.GeoDataFrame({"n": range(rows), **made}, geometry=[Point(n, n) for n in range(rows)], crs="EPSG:4326")


def in_order(layer: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(layer.drop(columns="geometry")).sort_values("n", ignore_index=True)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_arrays_come_back_with_their_types(address: str, data: st.DataObject) -> None:
    columns: dict[str, list[object]] = {}
    for kind, items in ITEMS.items():
        cells = st.one_of(st.none(), st.lists(st.one_of(st.none(), items), max_size=3))
        drawn = data.draw(st.lists(cells, min_size=2, max_size=2), label=kind)
        columns[kind] = [*drawn, [data.draw(items)]]
    layer = layer_of(columns)
    asked(address, "DROP TABLE IF EXISTS arrays")
    geo.write_layer(layer, address)
    first = types(address)
    assert {name: first[name] for name in ITEMS if name != "text[]"} == {
        name: name for name in ITEMS if name != "text[]"
    }
    back = geo.read_layer(address)
    wanted, got = in_order(layer), in_order(back)
    for kind in ITEMS:
        assert repr(got[kind].tolist()) == repr(wanted[kind].tolist())
    asked(address, "DROP TABLE arrays")
    geo.write_layer(back, address)
    assert types(address) == first


@pytest.mark.parametrize(
    "kind",
    [
        "smallint[]",
        "integer[]",
        "bigint[]",
        "real[]",
        "double precision[]",
        "boolean[]",
        "date[]",
        "timestamp without time zone[]",
    ],
)
@pytest.mark.parametrize("cell", ["'{}'", "null", "'{null}'"])
def test_arrays_without_items_keep_their_type(address: str, kind: str, cell: str) -> None:
    asked(address, f"CREATE TABLE arrays (n int, a {kind}, g geometry(Point, 4326))")
    asked(address, f"INSERT INTO arrays VALUES (1, {cell}, ST_SetSRID(ST_Point(1, 2), 4326))")  # noqa: S608 - of this file
    layer = geo.read_layer(address)
    asked(address, "DROP TABLE arrays")
    geo.write_layer(layer, address)
    assert types(address)["a"] == kind
    assert repr(geo.read_layer(address)["a"].tolist()) == repr(layer["a"].tolist())


def test_not_a_number_and_infinity_stay_in_arrays(address: str) -> None:
    geo.write_layer(layer_of({"a": [[float("nan"), float("-inf"), 1.0]]}), address)
    assert repr(geo.read_layer(address)["a"].tolist()) == "[[nan, -inf, 1.0]]"


def test_days_that_python_does_not_have_stay_texts(address: str) -> None:
    asked(address, "CREATE TABLE arrays (a date[], g geometry(Point, 4326))")
    asked(address, "INSERT INTO arrays VALUES ('{infinity,2020-02-29}', ST_SetSRID(ST_Point(1, 2), 4326))")
    assert geo.read_layer(address)["a"].tolist() == [["infinity", "2020-02-29"]]


@pytest.mark.parametrize(
    ("stored", "cells"),
    [("jsonb", [[1, 2]]), ("smallint[]", [[1, None]]), ("jsonb", [["a"]]), ("varchar[]", [["a"]]), ("real[]", [[0.1]])],
)
def test_a_table_that_is_there_keeps_its_types(address: str, stored: str, cells: list[object]) -> None:
    asked(address, f"CREATE TABLE arrays (n bigint, a {stored}, geometry geometry(Point, 4326))")
    geo.write_layer(layer_of({"a": cells}), address)
    assert types(address)["a"] == stored.replace("varchar", "character varying")
    assert geo.read_layer(address)["a"].tolist() == cells


@pytest.mark.parametrize(
    "cells", [[[1, "a"]], [[[1, 2], [3, 4]]], [[2**70]], [{"a": 1}], [[{"a": 1}]], [[1], 5], [[1, 2.5]], [[True, 1]]]
)
def test_other_lists_and_objects_are_json(address: str, cells: list[object]) -> None:
    geo.write_layer(layer_of({"a": cells}), address)
    assert types(address)["a"] == "jsonb"
    assert geo.read_layer(address)["a"].tolist() == cells


def test_days_of_an_array_are_written_to_files_as_texts(address: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    geo.write_layer(layer_of({"a": [[date(2020, 2, 29), None]]}), address)
    geo.write_layer(geo.read_layer(address), tmp_path / "a.geojson")
    assert geo.read_layer(tmp_path / "a.geojson")["a"].tolist() == [["2020-02-29", None]]
