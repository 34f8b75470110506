"""What speaks for two incidents being one is named level by level."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from geo.incident import Incident
from geo.incidents.merging.comparison_levels import COMPONENTS, distance_m, kinship
from geo.incidents.merging.facts import gather_facts
from geo.incidents.merging.merging_points import merging_points
from geo.incidents.merging.pair_scores import explain
from geo.vocabulary import SUB_EVENT_TYPES

Make = Callable[..., Incident]
AL_ASAD = {"place_id": "icao:ORAA", "lon": 42.4412, "lat": 33.7856}
IRAQ = {"place_id": "geonames:99237", "geo_precision": "country", "lon": 44.0, "lat": 33.0, "uncertainty_m": 450_000.0}
ANBAR = {
    "place_id": "geonames:99592",
    "geo_precision": "admin",
    "lon": 41.9,
    "lat": 33.1,
    "uncertainty_m": 250_000.0,
    "admin1": "Anbar",
}


@pytest.mark.parametrize(
    ("component", "change", "level"),
    [
        ("type", {}, "same"),
        ("type", {"sub_event_type": "Air/drone strike"}, "kindred"),
        ("type", {"sub_event_type": "Agreement"}, "other"),
        ("happened", {"status": "planned"}, "one"),
        ("series", {"event_count_min": 20}, "one"),
        ("date", {}, "same_day"),
        ("date", {"date_start": date(2020, 3, 9)}, "overlap"),
        ("date", {"date_start": date(2020, 1, 1)}, "vague"),
        ("date", {"date_start": date(2020, 3, 12), "date_end": date(2020, 3, 12)}, "next_day"),
        ("date", {"date_start": date(2020, 3, 13), "date_end": date(2020, 3, 13)}, "apart"),
        ("date", {"date_start": None, "date_end": None}, "unknown"),
        ("place", {}, "same_site"),
        ("place", {"geo_precision": "settlement"}, "same_town"),
        ("place", {"geo_precision": "settlement", "uncertainty_m": 22_000.0}, "same_city"),
        ("place", {"place_id": "x", "lat": 33.56, "uncertainty_m": 5000.0}, "neighbours"),
        ("place", {"geo_precision": "near", "place_id": "x", "lat": 33.56, "uncertainty_m": 5000.0}, "nearby"),
        ("place", AL_ASAD, "apart"),
        ("place", IRAQ, "in_country"),
        ("place", {**IRAQ, "country_code": "SY"}, "apart"),
        ("place", {**ANBAR, "admin1": "Baghdad"}, "inside"),
        ("place", ANBAR, "apart"),
        ("place", {"lon": None, "lat": None}, "unknown"),
        ("place", {"lon": None, "lat": None, "country_code": "SY"}, "apart"),
        ("actor2", {"actor2": "American soldiers"}, "same_group"),
        ("actor2", {"actor2": "Iranian diplomats"}, "differ"),
        ("actor2", {"actor2": None}, "unsaid"),
        ("actor2", {"actor2": "guards of Camp Taji"}, "unsaid"),
        ("killed", {"killed_min": 3, "killed_max": None}, "equal"),
        ("killed", {"killed_min": 5, "killed_max": 5}, "near"),
        ("killed", {"killed_min": 26, "killed_max": 26}, "differ"),
        ("killed", {"killed_min": 0, "killed_max": 0}, "differ"),
        ("killed", {"killed_min": None, "killed_max": None}, "unsaid"),
    ],
)
def test_a_level_has_a_name(taji: Make, component: str, change: dict[str, Any], level: str) -> None:
    one, other = taji("i1", "r1"), taji("i2", "r2", **change)
    assert explain(one, other)[component][0] == level
    assert explain(other, one)[component][0] == level


def test_nobody_hurt_in_both_is_said_so(taji: Make) -> None:
    none = {"killed_min": 0, "killed_max": 0}
    assert explain(taji(**none), taji("i2", "r2", **none))["killed"] == ("none", 0.5)


def test_one_dead_in_both_says_less_than_three(taji: Make) -> None:
    one = {"killed_min": 1, "killed_max": 1}
    assert explain(taji(**one), taji("i2", "r2", **one))["killed"] == ("equal_few", 1.0)
    assert explain(taji(), taji("i2", "r2"))["killed"] == ("equal", 2.5)


def test_one_dead_and_two_speak_neither_for_nor_against(taji: Make) -> None:
    one, two = ({"killed_min": n, "killed_max": n} for n in (1, 2))
    assert explain(taji(**one), taji("i2", "r2", **two))["killed"] == ("near_few", 0.0)


def test_every_component_that_is_compared_stands_in_the_table() -> None:
    assert set(merging_points()) == {*COMPONENTS, "verdict"}


def test_kinship_is_mutual_and_every_type_is_its_own() -> None:
    matrix = kinship()
    assert (matrix == matrix.T).all()
    assert (np.diag(matrix) == 2).all()
    strike, agreement = SUB_EVENT_TYPES.index("Air/drone strike"), SUB_EVENT_TYPES.index("Agreement")
    assert matrix[strike, agreement] == 0


def test_baghdad_lies_54_km_from_baquba_whichever_comes_first(taji: Make) -> None:
    facts = gather_facts([taji(lon=44.366, lat=33.315), taji("i2", lon=44.645, lat=33.745)])
    there, back = (distance_m(facts, np.array([i]), np.array([1 - i]))[0] for i in (0, 1))
    assert there == pytest.approx(54_300, rel=0.01)
    assert there == pytest.approx(back)
