"""Tables of PostGIS that other people made are read as they are, and come back from a second table the same."""

import os
from collections.abc import Iterator

import geopandas as gpd
import pandas as pd
import pytest
from shapely import from_wkt

import geo
from geo.errors import GeoWarning, InputError
from tests.conftest import missing
from tests.exporting.test_postgis import asked


@pytest.fixture
def address() -> Iterator[str]:
    """Name a table of this file's own: files run side by side."""
    base = os.environ.get("GEO_POSTGRES")
    if not base:
        missing("PostgreSQL with PostGIS (its address in GEO_POSTGRES)")
    yield f"{base}?table=f"
    asked(base, "DROP TABLE IF EXISTS f")


ODD = """CREATE TABLE f (id serial PRIMARY KEY, "order" text, "quo""te" varchar(5), "naïve" numeric(10, 2), whole numeric,
    exact numeric, r real, h smallint, j json, jb jsonb, ta text[], ia int[], d date, ts timestamp, tz timestamptz,
    e int4range, u uuid, b bytea, g geometry(Point, 3857))"""
ROWS = """INSERT INTO f ("order", "quo""te", "naïve", whole, exact, r, h, j, jb, ta, ia, d, ts, tz, e, u, b, g) VALUES
    ('a', 'q', 12.50, 3, '123456789012345678901.5', 1.5, 3, '{"a": [1]}', '{"b": null}', '{a, "b c"}', '{1, null}',
    '2020-02-29', '2020-01-01 12:00', '2020-01-01 12:00+05', '[1,5)', 'd4f12987-c639-47ca-a7ba-e180d92070d4', '\\x00ff',
    ST_Transform(ST_SetSRID(ST_Point(44, 33), 4326), 3857)),
    (null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)"""


def test_odd_columns_are_read_by_their_values_and_go_round(address: str) -> None:
    asked(address, ODD)
    asked(address, ROWS)
    layer = geo.read_layer(address)
    first = layer.iloc[0]
    assert first[["order", 'quo"te', "naïve", "whole", "exact", "r", "h"]].tolist() == [
        "a", "q", 12.5, 3, "123456789012345678901.5", 1.5, 3,
    ]  # fmt: skip
    assert first[["j", "jb", "ta", "ia"]].tolist() == [{"a": [1]}, {"b": None}, ["a", "b c"], [1, None]]
    assert first["tz"] == pd.Timestamp("2020-01-01 07:00", tz="UTC")
    assert (round(first["geometry"].x, 6), round(first["geometry"].y, 6)) == (44, 33)
    asked(address, "DROP TABLE f")
    geo.write_layer(layer, address)
    back = geo.read_layer(address)
    assert list(back.columns) == list(layer.columns)
    assert back.dtypes.astype(str).tolist() == layer.dtypes.astype(str).tolist()
    assert repr(back.to_dict("records")) == repr(layer.to_dict("records"))


SHAPES = {
    "geography(Point)": ["POINT (44 33)", None],
    "geometry(Geometry, 4326)": ["POINT (44 33)", "LINESTRING (0 0, 1 1)", None],
    "geometry(PointZ, 4326)": ["POINT Z (44 33 5)"],
    "geometry": ["SRID=4326;POINT (44 33)", "SRID=4326;POINT Z (44 33 5)"],
}


def written(layer: gpd.GeoDataFrame) -> list[str | None]:
    return [None if shape is None else shape.wkt for shape in layer.sort_values("n").geometry]


@pytest.mark.parametrize("kind", SHAPES)
def test_shapes_of_every_kind_go_round(address: str, kind: str) -> None:
    asked(address, f"CREATE TABLE f (g {kind}, n int)")
    for n, shape in enumerate(SHAPES[kind]):
        asked(address, f"INSERT INTO f VALUES ({'null' if shape is None else repr(shape)}, {n})")  # noqa: S608 - of this file
    layer = geo.read_layer(address)
    plain = [shape and shape.removeprefix("SRID=4326;") for shape in SHAPES[kind]]
    assert written(layer) == plain
    asked(address, "DROP TABLE f")
    geo.write_layer(layer, address)
    assert written(geo.read_layer(address)) == plain


def test_curves_are_read_as_lines_and_an_empty_table_as_an_empty_layer(address: str) -> None:
    asked(address, "CREATE TABLE f (g geometry)")
    assert len(geo.read_layer(address)) == 0
    asked(address, "INSERT INTO f VALUES ('SRID=4326;CIRCULARSTRING(0 0, 1 1, 2 0)')")
    (arc,) = geo.read_layer(address).geometry
    assert arc.distance(from_wkt("POINT (1 1)")) < 1e-6


def test_days_beyond_the_calendar_are_missing_and_counted(address: str) -> None:
    asked(address, "CREATE TABLE f (d date, g geometry(Point, 4326))")
    asked(address, "INSERT INTO f VALUES ('infinity'), ('0044-03-15 BC'), ('2020-01-01')")
    with pytest.warns(GeoWarning, match="2 days of 'd' outside the years 1 to 9999"):
        days = geo.read_layer(address)["d"]
    assert [str(day) for day in days.dropna()] == ["2020-01-01"]


def test_a_schema_may_stand_before_the_table(address: str) -> None:
    asked(address, "CREATE TABLE f (g geometry(Point, 4326))")
    assert len(geo.read_layer(address.replace("=f", "=public.f"))) == 0


def test_what_cannot_be_read_is_said_with_the_next_step(address: str) -> None:
    asked(address, "CREATE TABLE f (lat float, lon float)")
    with pytest.raises(InputError, match="no column of geometry, only lat, lon; add one"):
        geo.read_layer(address)
    with pytest.raises(InputError, match=r"did you mean public\.f\?"):
        geo.read_layer(address.replace("=f", "=F"))
    asked(address, "ALTER TABLE f ADD COLUMN g geometry")
    asked(address, "INSERT INTO f VALUES (1, 2, ST_Point(1, 2))")
    with pytest.raises(
        InputError, match=r"no SRID; expected one: SELECT UpdateGeometrySRID\('public', 'f', 'g', 4326\)"
    ):
        geo.read_layer(address)
