"""What a person decided stays decided when the reports are read anew."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from shapely import Point

from geo.incident import Evidence, Incident
from geo.incidents import COLUMNS, Edits, apply_review, conform, is_as_extracted, settle_types, to_frame

Make = Callable[..., Incident]


@pytest.fixture
def machine(taji: Make) -> gpd.GeoDataFrame:
    """What the extraction finds: three incidents of two reports."""
    return to_frame(
        [
            taji("i1", "r1"),
            taji("i2", "r2", place_name="Erbil", lon=44.0, lat=36.2, evidence=(span("r2", 50),)),
            taji("i3", "r2", in_response_to=("i1",), evidence=(span("r2", 90),)),
        ]
    )


def span(report: str, start: int) -> Evidence:
    return Evidence(report_id=report, start=start, end=start + 9, text="Rockets.")


def by_id(frame: gpd.GeoDataFrame, incident_id: str) -> pd.Series:
    return frame.set_index("incident_id").loc[incident_id]


def moved(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    edited = frame.copy()
    edited.loc[0, "geometry"] = Point(44.3, 33.6)
    return edited


# With a log, and without one: as a GeoPackage and as any other format come back.
LOGS = [None, Edits(changed={"i1": frozenset({"geometry"})})]


def test_a_layer_that_nobody_edited_changes_nothing(machine: gpd.GeoDataFrame) -> None:
    for log in (None, Edits()):
        result = apply_review(machine, machine, log)
        assert result["reviewed"].isna().all()
        assert_frame_equal(result[list(COLUMNS)], machine)


@pytest.mark.parametrize("log", LOGS)
def test_a_moved_point_stays_where_it_was_put(machine: gpd.GeoDataFrame, log: Edits | None) -> None:
    row = by_id(apply_review(machine, moved(machine), log), "i1")
    assert row["geometry"] == Point(44.3, 33.6)
    assert (row["reviewed"], row["reviewed_fields"]) == ("changed", "geometry")


def test_rounded_coordinates_are_no_decision(machine: gpd.GeoDataFrame) -> None:
    rounded = machine.copy()
    rounded["geometry"] = rounded.geometry.set_precision(1e-7)
    assert apply_review(machine, rounded)["reviewed"].isna().all()


@pytest.mark.parametrize("log", [None, Edits(dropped={"i2": frozenset({("r2", 50)})})])
def test_a_deleted_row_stays_away_and_is_remembered(machine: gpd.GeoDataFrame, log: Edits | None) -> None:
    result = apply_review(machine, machine[machine["incident_id"] != "i2"], log)
    assert result["incident_id"].tolist() == ["i1", "i3"]
    assert result.attrs["dropped"] == [{"incident_id": "i2", "spans": [["r2", 50]]}]


def test_a_row_of_the_persons_own_is_kept(machine: gpd.GeoDataFrame) -> None:
    own = pd.DataFrame({"place_name": ["Balad"], "latitude": [34.0], "longitude": [44.36]})
    edited = pd.concat([machine, conform(own)], ignore_index=True)
    for log in (None, Edits()):
        result = apply_review(machine, edited, log)
        assert len(result) == 4
        assert result["reviewed"].tolist()[-1] == "added"
        assert result["place_name"].tolist()[-1] == "Balad"


def test_a_row_copied_in_qgis_is_a_row_of_the_persons_own(machine: gpd.GeoDataFrame) -> None:
    copy = machine.iloc[[0]].assign(place_name="the gate")
    result = apply_review(machine, pd.concat([machine, copy], ignore_index=True), Edits(added=frozenset({"i1"})))
    assert result["place_name"].tolist() == ["Camp Taji", "Erbil", "Camp Taji", "the gate"]
    assert result["reviewed"].tolist()[-1] == "added"


def test_an_incident_of_a_new_report_comes_in(machine: gpd.GeoDataFrame, taji: Make) -> None:
    new = pd.concat([machine, to_frame([taji("i9", "r9")])], ignore_index=True)
    for log in LOGS:
        result = apply_review(new, moved(machine), log)
        assert result["incident_id"].tolist() == ["i1", "i2", "i3", "i9"]
        assert by_id(result, "i1")["geometry"] == Point(44.3, 33.6)


def test_with_a_log_what_nobody_touched_is_as_the_new_extraction_has_it(machine: gpd.GeoDataFrame) -> None:
    better = machine.assign(weapon=pd.Series(["rockets"] * 3, dtype="str"))
    row = by_id(apply_review(better, moved(machine), LOGS[1]), "i1")
    assert (row["weapon"], row["reviewed_fields"]) == ("rockets", "geometry")


def test_with_a_log_what_the_machine_finds_no_longer_goes_unless_a_person_touched_it(
    machine: gpd.GeoDataFrame,
) -> None:
    result = apply_review(machine.iloc[2:], moved(machine), LOGS[1])
    assert result["incident_id"].tolist() == ["i3", "i1"]


def test_an_incident_is_known_again_by_its_evidence(machine: gpd.GeoDataFrame) -> None:
    renamed = machine.copy()
    renamed["incident_id"] = ["k1", "k2", "k3"]
    renamed["in_response_to"] = pd.Series([[], [], ["k1"]], dtype="object")
    for log in LOGS:
        result = apply_review(renamed, moved(machine), log)
        assert result["incident_id"].tolist() == ["k1", "k2", "k3"]
        assert by_id(result, "k1")["geometry"] == Point(44.3, 33.6)
        assert by_id(result, "k3")["in_response_to"] == ["k1"]
    log = Edits(dropped={"i2": frozenset({("r2", 50)})})
    assert apply_review(renamed, machine.drop(index=1), log)["incident_id"].tolist() == ["k1", "k3"]


@pytest.mark.parametrize(
    ("column", "cell", "pair"),
    [
        ("sub_event_type", "Armed clash", ("Battles", "Armed clash")),
        ("event_type", "Battles", ("Battles", None)),
    ],
)
def test_a_mended_type_takes_its_other_half_along(
    machine: gpd.GeoDataFrame, column: str, cell: str, pair: tuple[str, str | None]
) -> None:
    edited = machine.copy()
    edited.loc[0, column] = cell
    row = by_id(apply_review(machine, edited), "i1")
    assert (row["event_type"], None if pd.isna(row["sub_event_type"]) else row["sub_event_type"]) == pair


def test_a_decided_number_wins_over_a_newer_one_that_contradicts_it(machine: gpd.GeoDataFrame) -> None:
    edited = machine.copy()
    edited.loc[0, ["killed_min", "killed_max"]] = [7, 9]
    log = Edits(changed={"i1": frozenset({"killed_min"})})
    row = by_id(apply_review(machine, edited, log), "i1")
    assert (row["killed_min"], row["killed_max"]) == (7, 7)


def test_an_edited_layer_is_drawn_with_types_that_fit_each_other(machine: gpd.GeoDataFrame) -> None:
    edited = machine.copy()
    edited.loc[0, "sub_event_type"] = "Armed clash"
    edited.loc[1, "event_type"] = "Battles"
    log = Edits(changed={"i1": frozenset({"sub_event_type"}), "i2": frozenset({"event_type"})})
    drawn = settle_types(edited, log)
    assert drawn["event_type"].tolist()[:2] == ["Battles", "Battles"]
    assert drawn["sub_event_type"].iloc[0] == "Armed clash"
    assert drawn["sub_event_type"].isna().tolist() == [False, True, False]
    assert_frame_equal(settle_types(edited, None), edited)


def test_decisions_of_earlier_rounds_last(machine: gpd.GeoDataFrame) -> None:
    once = apply_review(machine, moved(machine), LOGS[1])
    once.loc[1, "killed_min"] = 2
    twice = apply_review(machine, once, Edits(changed={"i2": frozenset({"killed_min"})}))
    assert by_id(twice, "i1")["geometry"] == Point(44.3, 33.6)
    assert by_id(twice, "i2")["killed_min"] == 2
    assert twice["reviewed"].tolist()[:2] == ["changed", "changed"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("date_start", pd.Timestamp("2020-03-10")),
        ("killed_max", 4),
        ("actor1", "Kataib Hezbollah"),
        ("actor2", None),
        ("uncertainty_m", 500.0),
        ("in_response_to", ["i2"]),
        ("status", "alleged"),
    ],
)
def test_every_kind_of_cell_can_be_decided(machine: gpd.GeoDataFrame, column: str, cell: Any) -> None:
    edited = machine.copy()
    cells = edited[column].tolist()
    edited[column] = pd.Series([cell, *cells[1:]], dtype=edited[column].dtype)
    for log in (None, Edits(changed={"i1": frozenset({column})})):
        row = by_id(apply_review(machine, edited, log), "i1")
        assert row["reviewed_fields"] == column
        assert row[column] == cell or (cell is None and pd.isna(row[column]))


def test_only_an_extraction_that_nobody_changed_counts_as_extracted(machine: gpd.GeoDataFrame) -> None:
    fresh = apply_review(machine, machine)
    assert is_as_extracted(fresh)
    assert is_as_extracted(conform(fresh))
    assert not is_as_extracted(machine)
    assert not is_as_extracted(fresh.iloc[1:])
    changed = fresh.copy()
    changed.loc[0, "killed_max"] = 9
    assert not is_as_extracted(changed)


def test_columns_of_the_persons_own_are_kept(machine: gpd.GeoDataFrame) -> None:
    edited = machine.assign(note=["seen", "", "to ask"])
    assert apply_review(machine.iloc[::-1], edited)["note"].tolist() == ["to ask", "", "seen"]
