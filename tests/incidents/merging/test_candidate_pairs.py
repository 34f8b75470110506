"""Blocking saves comparisons and loses no match."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.incident import Incident
from geo.incidents.merging.candidate_pairs import CROWD, candidate_pairs, number_bucket
from geo.incidents.merging.facts import Facts, gather_facts
from geo.incidents.merging.merging_points import merging_points
from geo.incidents.merging.pair_scores import score_pairs
from tests.conftest import examples

Make = Callable[..., Incident]
PLACES = [
    {"place_id": "geo:taji", "geo_precision": "site", "lon": 44.2567, "lat": 33.5239, "uncertainty_m": 3000.0},
    {"place_id": "geo:town", "geo_precision": "settlement", "lon": 44.30, "lat": 33.53, "uncertainty_m": 9000.0},
    {"place_id": "geo:far", "geo_precision": "near", "lon": 43.13, "lat": 36.34, "uncertainty_m": 25_000.0},
    {"place_id": "geo:province", "geo_precision": "admin", "lon": 44.3, "lat": 33.4, "uncertainty_m": 90_000.0},
    {"place_id": "geo:iraq", "geo_precision": "country", "lon": 44.0, "lat": 33.0, "uncertainty_m": 450_000.0},
    {"country_code": "SY", "place_id": "geo:syria", "geo_precision": "country", "lon": 38.0, "lat": 35.0, "uncertainty_m": 350_000.0},
    {"country_code": "SY", "place_id": "geo:kamal", "geo_precision": "settlement", "lon": 44.33, "lat": 33.50, "uncertainty_m": 6000.0},
    {"country_code": None, "geo_precision": "unknown"},
]  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> list[Incident]:
    """Accounts of few events, exact and vague, so that many may match."""
    incidents = []
    for n in range(draw(st.integers(2, 25))):
        place = {"country_code": "IQ"} | draw(st.sampled_from(PLACES))
        day = date(2020, 3, 11) + timedelta(draw(st.integers(0, 12)))
        incidents.append(
            Incident(
                incident_id=f"i{n:02}",
                report_ids=(f"r{n}",),
                event_type="Explosions/Remote violence",
                sub_event_type=draw(st.sampled_from(["Air/drone strike", "Shelling/artillery/missile attack"])),
                date_start=day,
                date_end=day + timedelta(draw(st.sampled_from([0, 0, 1, 6, 7, 30]))),
                actor1=draw(st.sampled_from([None, "US troops", "American soldiers", "gunmen", "Iran"])),
                actor2=draw(st.sampled_from([None, "Kataib Hezbollah", "a school", "Qassem Suleimani"])),
                killed_min=draw(st.sampled_from([None, 0, 2, 3, 26, 28])),
                wounded_min=draw(st.sampled_from([None, 5, 6, 40, 44])),
                **place,
            )
        )
    return incidents


def all_matches(facts: Facts) -> set[tuple[int, int]]:
    i, j = np.triu_indices(len(facts.ids), 1)
    pairs = score_pairs(facts, i, j)
    good = pairs.score >= merging_points()["verdict"]["same"]
    return set(zip(pairs.i[good].tolist(), pairs.j[good].tolist(), strict=True))


def found(facts: Facts) -> set[tuple[int, int]]:
    weight = np.ones(len(facts.ids), dtype=np.int64)
    return {pair for i, j in candidate_pairs(facts, weight) for pair in zip(i.tolist(), j.tolist(), strict=True)}


@settings(max_examples=examples(200), deadline=None)
@given(worlds())
def test_every_pair_that_comparing_all_would_accept_is_a_candidate(incidents: list[Incident]) -> None:
    facts = gather_facts(incidents)
    assert all_matches(facts) <= found(facts)


def test_a_vague_match_needs_a_name_or_a_number_in_common() -> None:
    best = {name: max(worth for level, worth in levels.items()) for name, levels in merging_points().items()}
    signs = {"same_name", "same_group", "equal", "equal_few"}
    unsigned = {
        name: max(worth for level, worth in merging_points()[name].items() if level not in signs)
        for name in ("actor1", "actor2", "killed", "wounded")
    }
    rest = sum(unsigned.values()) + best["type"] + best["weapon"]
    vague_place = max(merging_points()["place"][level] for level in ("inside", "in_country", "unknown"))
    vague_date = max(merging_points()["date"][level] for level in ("vague", "unknown"))
    assert rest + best["date"] + vague_place < merging_points()["verdict"]["same"]
    assert rest + vague_date + best["place"] < merging_points()["verdict"]["same"]


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_numbers_that_are_close_share_a_bucket_or_lie_in_neighbouring_ones(one: int, other: int) -> None:
    more, fewer = max(one, other), min(one, other)
    if more - fewer <= max(1, more / 10):
        a, b = number_bucket(np.array([more, fewer], dtype=float)).tolist()
        assert abs(a - b) <= 1


def test_places_on_both_sides_of_the_antimeridian_meet(taji: Make) -> None:
    east = taji("a", "r1", lon=179.99, lat=-17.0, geo_precision="settlement", uncertainty_m=5000.0, place_id="x")
    west = replace(east, incident_id="b", lon=-179.99, place_id="y")
    assert found(gather_facts([east, west])) == {(0, 1)}


def test_a_crowd_makes_pairs_in_proportion_to_its_size(taji: Make) -> None:
    def pairs(number: int) -> int:
        incidents = [
            taji(f"i{n:04}", f"r{n}", killed_min=n % 50 + 3, wounded_min=n, actor2=None) for n in range(number)
        ]
        facts = gather_facts(incidents)
        return sum(len(i) for i, _ in candidate_pairs(facts, np.ones(number, dtype=np.int64)))

    assert pairs(2000) <= 2000 * CROWD
    assert math.isclose(pairs(2000) / pairs(1000), 2, rel_tol=0.1)
