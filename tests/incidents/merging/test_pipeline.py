"""The same incident in several reports is one row; what only looks alike stays apart."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.incident import Incident
from geo.incidents import explain_merges, merge_incidents
from geo.incidents.merging.facts import Facts, Rows
from geo.incidents.merging.pair_scores import Pairs, score_pairs
from geo.incidents.merging.pipeline import group_incidents
from tests.benchmarks.scaling import denser
from tests.conftest import examples

Make = Callable[..., Incident]
IRAQ = {
    "place_id": "geonames:99237",
    "place_name": "Iraq",
    "geo_precision": "country",
    "lon": 44.0,
    "lat": 33.0,
    "uncertainty_m": 450_000.0,
}
MOSUL = {
    "place_id": "geonames:99072",
    "place_name": "Mosul",
    "geo_precision": "settlement",
    "lon": 43.13,
    "lat": 36.34,
    "uncertainty_m": 9000.0,
    "actor2": None,
}
BOMB = {**MOSUL, "sub_event_type": "Remote explosive/landmine/IED"}


def partition(incidents: list[Incident]) -> set[frozenset[str]]:
    return {frozenset(i.incident_id for i in group) for group in group_incidents(incidents)}


def apart(*incidents: Incident) -> bool:
    return all(len(group) == 1 for group in partition(list(incidents)))


def test_one_incident_of_three_reports_is_one_row(taji: Make) -> None:
    near = {"place_id": "geonames:98182", "geo_precision": "near", "lat": 33.55, "uncertainty_m": 20_000.0}
    rows = merge_incidents([taji("a", "r1"), taji("b", "r2", **near), taji("c", "r3", actor2=None)])
    assert len(rows) == 1
    assert rows[0].report_ids == ("r1", "r2", "r3")
    assert len(rows[0].evidence) == 3


def test_what_one_report_has_as_two_is_two(taji: Make) -> None:
    assert apart(taji("a", "r1"), taji("b", "r1"))


def test_two_bombings_of_one_report_are_not_made_one_by_a_third_report(taji: Make) -> None:
    first = taji("a", "r1", **BOMB, killed_min=None, killed_max=None)
    second = replace(first, incident_id="b")
    third = taji("c", "r2", **BOMB)
    for rows in (merge_incidents([first, second, third]), merge_incidents([third, second, first])):
        assert len(rows) == 2
        assert all(len(set(row.report_ids)) == len(row.report_ids) for row in rows)


def test_same_town_and_day_with_other_numbers_stay_apart(taji: Make) -> None:
    few, many = {"killed_min": 2, "killed_max": 2}, {"killed_min": 26, "killed_max": 26}
    assert apart(taji("a", "r1", **{**BOMB, **few}), taji("b", "r2", **{**BOMB, **many}))


def test_a_report_without_numbers_does_not_bridge_reports_whose_numbers_differ(taji: Make) -> None:
    few, many, none = ({"killed_min": n, "killed_max": n} for n in (2, 26, None))
    accounts = [taji(k, f"r{k}", **{**BOMB, **n}) for k, n in (("a", few), ("b", none), ("c", many))]
    assert frozenset("ac") not in partition(accounts)
    assert frozenset("abc") not in partition(accounts)


def test_same_town_and_day_with_another_kind_of_incident_stay_apart(taji: Make) -> None:
    assert apart(taji("a", "r1", **MOSUL), taji("b", "r2", **MOSUL, sub_event_type="Peaceful protest"))


def test_same_town_and_day_by_other_actors_stay_apart(taji: Make) -> None:
    common = {**MOSUL, "killed_min": None, "killed_max": None}
    assert apart(taji("a", "r1", **common, actor1="Iran"), taji("b", "r2", **common, actor1="Turkish jets"))


def test_the_same_base_two_days_later_is_another_attack(taji: Make) -> None:
    later = date(2020, 3, 13)
    assert apart(taji("a", "r1"), taji("b", "r2", date_start=later, date_end=later))


def test_a_plan_is_not_its_carrying_out(taji: Make) -> None:
    assert apart(taji("a", "r1", status="threatened"), taji("b", "r2"))


def test_a_series_reported_as_one_is_none_of_its_attacks(taji: Make) -> None:
    assert apart(taji("a", "r1", event_count_min=20), taji("b", "r2"))


def test_an_attack_somewhere_in_iraq_is_none_in_particular_of_two(taji: Make) -> None:
    vague = taji("a", "r1", **IRAQ, actor1="US")
    here = taji("b", "r2", **{**MOSUL, "actor1": "US"})
    there = taji("c", "r2", actor1="US", actor2=None)
    assert partition([vague, here]) == {frozenset("ab")}
    assert partition([vague, here, there]) == {frozenset("a"), frozenset("b"), frozenset("c")}


def test_a_border_does_not_part_what_lies_on_it(taji: Make) -> None:
    kamal = {
        "place_id": "geonames:174448",
        "lon": 40.92,
        "lat": 34.45,
        "geo_precision": "settlement",
        "uncertainty_m": 6000.0,
    }
    qaim = {
        "place_id": "geonames:99347",
        "lon": 41.02,
        "lat": 34.39,
        "geo_precision": "near",
        "uncertainty_m": 15_000.0,
    }
    accounts = [taji("a", "r1", **kamal, country_code="SY"), taji("b", "r2", **qaim, country_code="IQ")]
    assert partition(accounts) == {frozenset("ab")}


def test_without_a_day_only_the_very_same_place_brings_accounts_together(taji: Make) -> None:
    undated = {"date_start": None, "date_end": None}
    assert partition([taji("a", "r1", **undated), taji("b", "r2", **undated)]) == {frozenset("ab")}
    assert apart(taji("a", "r1", **undated, **IRAQ), taji("b", "r2", **undated, **IRAQ))


def test_every_merge_gives_account_of_itself(taji: Make) -> None:
    account = explain_merges([taji("b", "r2"), taji("a", "r1"), taji("z", "r3", **MOSUL)])
    assert account[["incident_id", "one", "other"]].to_numpy().tolist() == [["a", "a", "b"]]
    row = account.iloc[0]
    assert (row["date"], row["place"], row["killed"], row["actor2"]) == ("same_day", "same_site", "equal", "same_group")
    assert row["score"] == 1 + 3 + 3.5 + 2.5 + 1


def test_nothing_merges_into_nothing() -> None:
    assert merge_incidents([]) == []
    assert len(explain_merges([])) == 0


@st.composite
def accounts(draw: st.DrawFn) -> list[Incident]:
    """Many accounts of few events: a small world, so that they meet."""
    incidents = []
    for n in range(draw(st.integers(0, 14))):
        place = draw(st.sampled_from([MOSUL, IRAQ, {}]))
        killed = draw(st.sampled_from([None, 0, 2, 3, 26]))
        day = draw(st.sampled_from([None, date(2020, 3, 11), date(2020, 3, 12)]))
        incidents.append(
            Incident(
                incident_id=f"i{n:02}",
                report_ids=(f"r{draw(st.integers(0, 4))}",),
                event_type="Explosions/Remote violence",
                sub_event_type=draw(st.sampled_from(["Air/drone strike", "Shelling/artillery/missile attack"])),
                date_start=day,
                date_end=day + timedelta(draw(st.integers(0, 9))) if day else None,
                country_code="IQ",
                actor1=draw(st.sampled_from([None, "US", "gunmen", "Iran"])),
                killed_min=killed,
                killed_max=killed,
                in_response_to=(f"i{n - 1:02}",) if n and draw(st.booleans()) else (),
                **{k: v for k, v in place.items() if k != "actor2"},
            )
        )
    return incidents


@settings(max_examples=examples(60), deadline=None)
@given(accounts(), st.integers(0, 99))
def test_the_order_of_reports_changes_nothing(incidents: list[Incident], seed: int) -> None:
    shuffled = list(incidents)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - a shuffle, no secret
    rows = merge_incidents(incidents)
    assert merge_incidents(shuffled) == rows
    ids = [member for group in partition(incidents) for member in group]
    assert sorted(ids) == [incident.incident_id for incident in incidents]
    for group in group_incidents(incidents):
        reports = [report for member in group for report in member.report_ids]
        assert len(set(reports)) == len(reports)
    known = {row.incident_id for row in rows}
    assert all(set(row.in_response_to) <= known - {row.incident_id} for row in rows)


def test_work_grows_in_proportion_to_the_reports_of_one_event(taji: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counting(facts: Facts, i: Rows, j: Rows) -> Pairs:
        compared.append(len(i))
        return score_pairs(facts, i, j)

    monkeypatch.setattr("geo.incidents.merging.clustering.score_pairs", counting)
    work = {}
    for number in (400, 1600):
        compared.clear()
        incidents = [
            taji(f"i{n:03}", f"r{n}", killed_min=20 + n % 40, killed_max=None, wounded_min=n) for n in range(number)
        ]
        assert len(group_incidents(incidents)) <= number // 10
        work[number] = sum(compared)
    assert work[1600] / work[400] < 7  # 16 if all were compared with all


def test_matches_of_many_events_are_compared_by_the_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def counting(facts: Facts, i: Rows, j: Rows) -> Pairs:
        calls.append(len(i))
        return score_pairs(facts, i, j)

    monkeypatch.setattr("geo.incidents.merging.clustering.score_pairs", counting)
    assert len(group_incidents(denser(20_000))) < 11_000
    assert len(calls) < sum(calls) / 10  # one call for each pair if every match were compared by itself
