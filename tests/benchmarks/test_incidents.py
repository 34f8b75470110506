"""How long the table of incidents takes: checking, merging, deriving layers, drawing."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from geo.incident import Incident
from geo.incidents import conform, merge_incidents, places_layer, to_frame, uncertainty_layer, validate
from geo.plotting import plot
from tests.synthetic import make_incidents

SUBS = ("Air/drone strike", "Shelling/artillery/missile attack", "Armed clash", "Attack")
ACTORS = ("US troops", "Kataib Hezbollah", "gunmen", None)


def mentions(number: int, *, days: int = 700, places: int = 2_000, seed: int = 1) -> list[Incident]:
    """Make events in towns of ten countries, each covered by one to six reports, a fifth of them vaguely."""
    rng = np.random.default_rng(seed)
    towns = [(int(c), *(np.array([c * 8 - 40, c * 2]) + rng.uniform(-1, 1, 2))) for c in rng.integers(0, 10, places)]
    found: list[Incident] = []
    while len(found) < number:
        where = int(rng.integers(places))
        country, lon, lat = towns[where]
        day = date(2020, 1, 1) + timedelta(int(rng.integers(days)))
        kind, killed = int(rng.integers(4)), int(rng.integers(1, 40))
        for report in rng.choice(number // 5, int(rng.choice([1, 1, 2, 3, 6])), replace=False):
            vague = rng.random() < 0.2
            found.append(
                Incident(
                    incident_id=f"i{len(found)}",
                    report_ids=(f"r{report}",),
                    event_type="Battles" if kind == 2 else "Explosions/Remote violence",
                    sub_event_type=SUBS[kind],
                    date_start=day - timedelta(5 if rng.random() < 0.1 else 0),
                    date_end=day,
                    country_code=chr(65 + country) * 2,
                    place_id=f"country{country}" if vague else f"town{where}",
                    geo_precision="country" if vague else "settlement",
                    lon=float(country * 8 - 40) if vague else float(lon),
                    lat=float(country * 2) if vague else float(lat),
                    uncertainty_m=400_000.0 if vague else 5_000.0,
                    killed_min=killed if rng.random() < 0.7 else None,
                    actor1=ACTORS[killed % 4],
                )
            )
    return found


def test_merging_ten_thousand_reports(benchmark: Any) -> None:
    found = mentions(10_000)
    merged = benchmark.pedantic(merge_incidents, (found,), rounds=2)
    assert len(merged) < len(found)


def test_merging_a_hundred_thousand_reports(benchmark: Any) -> None:
    found = mentions(100_000)
    benchmark.pedantic(merge_incidents, (found,), rounds=1)


def test_putting_a_hundred_thousand_incidents_into_the_table(benchmark: Any) -> None:
    benchmark.pedantic(to_frame, (mentions(100_000),), rounds=2)


@pytest.mark.parametrize("check", [validate, conform], ids=lambda f: f.__name__)
def test_checking_a_million_rows(benchmark: Any, check: Any) -> None:
    benchmark.pedantic(check, (make_incidents(1_000_000, seed=1),), rounds=1)


@pytest.mark.parametrize("derive", [uncertainty_layer, places_layer], ids=lambda f: f.__name__)
def test_deriving_a_layer_of_a_hundred_thousand_rows(benchmark: Any, derive: Any) -> None:
    benchmark.pedantic(derive, (make_incidents(100_000, seed=1),), rounds=2)


def test_drawing_a_hundred_incidents(benchmark: Any) -> None:
    benchmark.pedantic(plot, (make_incidents(100, seed=1),), rounds=3)
