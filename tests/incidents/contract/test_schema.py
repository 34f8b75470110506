"""The table holds what the contract says, and says what is wrong when it does not."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import CrsError, SchemaError
from geo.incident import Evidence, Incident
from geo.incidents import COLUMNS, DTYPES, empty_frame, to_frame, validate
from geo.vocabulary import EVENT_TYPE_OF, SUB_EVENT_TYPES

Make = Callable[..., Incident]


def test_the_columns_come_in_the_order_of_the_contract(taji: Make) -> None:
    assert COLUMNS[:3] == ("incident_id", "report_ids", "event_type")
    assert COLUMNS[15] == "geometry"
    assert COLUMNS[-2:] == ("evidence", "confidence")
    assert list(to_frame([taji()]).columns) == list(COLUMNS)


def test_an_empty_table_has_every_column_and_type() -> None:
    empty, full_types = empty_frame(), {name: str(dtype) for name, dtype in DTYPES.items()}
    assert {name: str(dtype) for name, dtype in empty.dtypes.items()} == full_types
    assert empty.crs == "EPSG:4326"
    assert len(validate(empty)) == 0


def test_a_day_compares_with_texts_and_moments_and_a_number_of_dead_is_whole(taji: Make) -> None:
    frame = to_frame([taji(wounded_min=12)])
    row = frame.iloc[0]
    assert row["date_start"] == pd.Timestamp("2020-03-11")
    assert (frame["date_start"] > "2020-03-10").all()
    assert (frame["date_start"] <= pd.Timestamp("2020-03-11")).all()
    assert frame["date_start"].dt.year.tolist() == [2020]
    assert frame.resample("MS", on="date_start").size().tolist() == [1]
    assert frame["killed_min"].dtype == "Int64"
    assert row["wounded_min"] == 12
    assert row["wounded_max"] is pd.NA


def test_what_is_not_said_is_null_and_a_list_of_nothing_is_empty() -> None:
    bare = Incident(incident_id="i1", report_ids=("r1",), event_type="Battles", sub_event_type="Armed clash", actor1="")
    row = to_frame([bare]).iloc[0]
    assert row["geometry"] is None
    assert pd.isna(row["actor1"])
    assert pd.isna(row["date_start"])
    assert row["in_response_to"] == row["evidence"] == []


def test_evidence_keeps_its_four_keys_in_order(taji: Make) -> None:
    assert to_frame([taji()])["evidence"].iloc[0] == [
        {"report_id": "r1", "start": 0, "end": 11, "text": "Rockets hit."}
    ]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("killed_min", 5, "killed_min no greater than killed_max"),
        ("killed_min", -1, "at least 0"),
        ("status", "rumoured", "one of reported, claimed"),
        ("sub_event_type", "Bombing", "Air/drone strike"),
        ("confidence", 1.5, "from 0 to 1"),
        ("uncertainty_m", float("inf"), "finite radius"),
        ("country_code", "IRQ", "ISO 3166-1"),
        ("incident_id", "i1", "each id once"),
        ("incident_id", None, "a value"),
        ("actor1", "", "null"),
        ("date_end", pd.Timestamp("2020-03-01"), "date_start no greater than date_end"),
    ],
)
def test_a_wrong_cell_is_named_with_column_row_and_remedy(taji: Make, column: str, cell: Any, said: str) -> None:
    frame = to_frame([taji("i1"), taji("i2", "r2", killed_max=3)])
    frame.loc[1, column] = cell
    with pytest.raises(SchemaError, match=column) as error:
        validate(frame)
    assert said in str(error.value)
    assert "row 1" in str(error.value) or "row 2" in str(error.value)


@pytest.mark.parametrize("cell", ["r1", ("r1",), [1], None, [""]])
def test_a_list_of_ids_is_a_list_of_texts(taji: Make, cell: Any) -> None:
    frame = to_frame([taji()])
    frame["report_ids"] = pd.Series([cell], dtype="object")
    with pytest.raises(SchemaError, match="report_ids"):
        validate(frame)


def test_a_column_of_another_type_is_named(taji: Make) -> None:
    with pytest.raises(SchemaError, match=r"killed_min.*Int64.*conform"):
        validate(to_frame([taji()]).astype({"killed_min": "float64"}))


def test_a_missing_column_is_named(taji: Make) -> None:
    with pytest.raises(SchemaError, match="expected 'actor1'"):
        validate(to_frame([taji()]).drop(columns="actor1"))


def test_another_crs_is_refused_with_the_way_out(taji: Make) -> None:
    with pytest.raises(CrsError, match=r"EPSG:3857.*to_crs"):
        validate(to_frame([taji()]).to_crs(3857))


def test_columns_of_the_users_own_may_follow(taji: Make) -> None:
    assert len(validate(to_frame([taji()]).assign(reviewed="changed"))) == 1


def test_a_point_off_the_globe_is_refused(taji: Make) -> None:
    with pytest.raises(SchemaError, match=r"geometry.*longitude"):
        validate(to_frame([taji(lon=200.0)]))


texts = st.one_of(st.none(), st.text(min_size=1, max_size=8))
counts = st.one_of(st.none(), st.integers(0, 10_000))


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    sub = draw(st.sampled_from(SUB_EVENT_TYPES))
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    place = draw(st.one_of(st.none(), st.tuples(st.floats(-180, 180), st.floats(-90, 90))))
    killed = sorted(draw(st.lists(st.integers(0, 999), min_size=2, max_size=2)))
    return Incident(
        incident_id=f"i{draw(st.integers(0, 10**9))}",
        report_ids=tuple(draw(st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=3))),
        event_type=EVENT_TYPE_OF[sub],
        sub_event_type=sub,
        date_start=days[0],
        date_end=days[1],
        lon=place[0] if place else None,
        lat=place[1] if place else None,
        actor1=draw(texts),
        weapon=draw(texts),
        killed_min=killed[0],
        killed_max=killed[1],
        wounded_min=draw(counts),
        evidence=(Evidence(report_id="r", start=0, end=1, text=draw(st.text(max_size=9))),),
        confidence=draw(st.floats(0, 1)),
    )


@settings(deadline=None)
@given(st.lists(incidents(), max_size=5, unique_by=lambda i: i.incident_id))
def test_every_incident_comes_out_of_the_table_as_it_went_in(incidents: list[Incident]) -> None:
    frame = validate(to_frame(incidents))
    assert isinstance(frame, gpd.GeoDataFrame)
    for incident, row in zip(incidents, frame.itertuples(), strict=True):
        assert row.report_ids == list(incident.report_ids)
        assert (row.date_start.date(), row.date_end.date()) == (incident.date_start, incident.date_end)
        assert row.killed_max == incident.killed_max
        assert (None if pd.isna(row.wounded_min) else row.wounded_min) == incident.wounded_min
        assert (None if pd.isna(row.actor1) else row.actor1) == incident.actor1
        assert row.evidence[0]["text"] == incident.evidence[0].text
        assert (None if row.geometry is None else (row.geometry.x, row.geometry.y)) == (
            None if incident.lon is None else (incident.lon, incident.lat)
        )
