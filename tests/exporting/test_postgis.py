"""Layers go to PostGIS and come back value for value and type for type."""

import os
from collections.abc import Iterator

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

import geo
from geo.errors import ExportError, InputError
from geo.exporting import postgis
from geo.incidents import conform
from tests.conftest import examples, missing
from tests.synthetic import make_incidents as some_incidents

TEXTS = st.one_of(
    st.none(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
)


@pytest.fixture
def address() -> Iterator[str]:
    base = os.environ.get("GEO_POSTGRES")
    if not base:
        missing("PostgreSQL with PostGIS (its address in GEO_POSTGRES)")
    dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi")
    yield f"{base}?table=t"
    with dbapi.connect(base) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS t")
        connection.commit()


def asked(address: str, question: str) -> list[tuple[object, ...]]:
    from adbc_driver_postgresql import dbapi  # noqa: PLC0415

    with dbapi.connect(address.partition("?")[0]) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        answer = [tuple(row) for row in cursor.fetchall()] if question.startswith("SELECT") else []
        connection.commit()
        return answer


def same(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> None:
    one, other = (frame.sort_values("incident_id", ignore_index=True) for frame in (one, other))
    assert list(one.columns) == list(other.columns)
    assert one.dtypes.astype(str).tolist() == other.dtypes.astype(str).tolist()
    pd.testing.assert_frame_equal(
        pd.DataFrame(one.drop(columns="geometry")), pd.DataFrame(other.drop(columns="geometry"))
    )
    assert one.geometry.geom_equals_exact(other.geometry, 1e-9).where(one.geometry.notna(), other.geometry.isna()).all()


def test_a_layer_comes_back_as_it_was(address: str) -> None:
    layer = some_incidents(500)
    geo.write_layer(layer, address)
    same(geo.read_layer(address), layer)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_values_come_back(address: str, data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 4))
    column = lambda values: data.draw(st.lists(values, min_size=rows, max_size=rows))  # noqa: E731
    frame = gpd.GeoDataFrame(
        {
            "incident_id": [f"i{n}" for n in range(rows)],
            "actor1": column(TEXTS),
            "report_ids": column(
                st.lists(
                    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), max_size=3
                )
            ),
            "date_start": column(st.one_of(st.none(), st.dates())),
            "killed_min": column(st.one_of(st.none(), st.integers(0, 2**40))),
            "confidence": column(st.one_of(st.none(), st.floats(0, 1))),
            "my_text": pd.array(column(TEXTS), dtype="str"),
            "my_flag": pd.array(column(st.one_of(st.none(), st.booleans())), dtype="boolean"),
        },
        geometry=column(st.one_of(st.none(), st.builds(Point, st.floats(-180, 180), st.floats(-90, 90)))),
        crs="EPSG:4326",
    )
    layer = conform(frame)
    asked(address, "DROP TABLE IF EXISTS t")
    geo.write_layer(layer, address)
    same(geo.read_layer(address), layer)


def test_types_index_and_comments_are_what_postgis_users_expect(address: str) -> None:
    geo.write_layer(some_incidents(5), address)
    kinds = dict(
        asked(
            address,
            "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0",
        )
    )
    assert kinds["geometry"] == "geometry(Point,4326)"
    assert kinds["report_ids"] == "text[]"
    assert kinds["evidence"] == "jsonb"
    assert kinds["date_start"] == "date"
    indexes = " ".join(str(row[0]) for row in asked(address, "SELECT indexdef FROM pg_indexes WHERE tablename = 't'"))
    assert "USING gist (geometry)" in indexes
    comment = asked(address, "SELECT col_description('t'::regclass, 1)")
    assert comment[0][0]


def test_known_ids_are_brought_up_to_date_and_new_ones_added(address: str) -> None:
    layer = some_incidents(4)
    geo.write_layer(layer.iloc[:3].reset_index(drop=True), address)
    changed = layer.copy()
    changed["actor1"] = "Somebody else"
    geo.write_layer(changed, address)
    back = geo.read_layer(address)
    assert len(back) == 4
    assert set(back["actor1"]) == {"Somebody else"}


def test_a_refused_write_leaves_the_table_as_it_was(address: str) -> None:
    layer = some_incidents(3)
    geo.write_layer(layer, address)
    lines = layer.copy()
    lines.loc[0, "geometry"] = LineString([(0, 0), (1, 1)])
    with pytest.raises(ExportError):
        geo.write_layer(lines, address)
    same(geo.read_layer(address), layer)


REFUSED = {
    "an id that comes twice": ({"incident_id": ["a", "a"]}, "'a' stands twice"),
    "no id": ({"incident_id": ["a", None]}, "row 2 has no incident_id"),
    "a column of the system's": ({"xmin": [1, 2]}, "'xmin': PostgreSQL has a column of its own"),
    "a nameless column": ({"": [1, 2]}, "without a name"),
    "a moment finer than PostgreSQL's": ({"t": pd.to_datetime(["2020-01-01 00:00:00.123456789"] * 2)}, "column 't' cannot"),
    "a null character": ({"a": ["x", "\0"]}, "null character"),
    "a null character within": ({"a": [{"x": "\0"}, {}]}, "null character"),
    "too many columns": ({f"c{n}": [1, 2] for n in range(1700)}, "PostgreSQL refuses: tables can have at most 1600 columns"),
}  # fmt: skip


@pytest.mark.parametrize(("columns", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_a_table_cannot_hold_is_said_in_one_sentence(
    address: str, columns: dict[str, list[object]], reason: str
) -> None:
    layer = gpd.GeoDataFrame(columns, geometry=[Point(1, 2), Point(3, 4)], crs="EPSG:4326")
    with pytest.raises(ExportError) as error:
        geo.write_layer(layer, address)
    assert reason in str(error.value)
    assert len(str(error.value)) < 200


def test_a_text_that_only_looks_like_a_null_character_is_kept(address: str) -> None:
    cells = [{"x": "\\u0000"}, {"x": "\\\\u0000"}]
    layer = gpd.GeoDataFrame({"a": cells}, geometry=[Point(1, 2), Point(3, 4)], crs="EPSG:4326")
    geo.write_layer(layer, address)
    assert geo.read_layer(address)["a"].tolist() == cells


def test_another_type_in_a_table_of_an_earlier_day_is_refused_with_its_reason(address: str) -> None:
    one = gpd.GeoDataFrame({"a": [1]}, geometry=[Point(1, 2)], crs="EPSG:4326")
    geo.write_layer(one, address)
    with pytest.raises(ExportError, match='PostgreSQL refuses: column "a" is of type bigint'):
        geo.write_layer(one.assign(a="x"), address)


def test_errors_say_what_to_do(address: str) -> None:
    base = address.partition("?")[0]
    with pytest.raises(ExportError, match="which table"):
        geo.write_layer(some_incidents(1), base)
    with pytest.raises(InputError, match="there is no such table"):
        geo.read_layer(f"{base}?table=nowhere")
    with pytest.raises(InputError, match="is the server running") as error:
        geo.read_layer("postgresql://me:secret@127.0.0.1:1/db?table=t")
    assert "secret" not in str(error.value)


def test_without_the_driver_the_error_names_the_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "adbc_driver_postgresql", None)
    with pytest.raises(InputError, match=r"geo-incidents\[postgis\]"):
        postgis.read_layer("postgresql://127.0.0.1/db?table=t")
