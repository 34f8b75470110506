"""New reports are merged with what was merged before, and all is as if it had come at once."""

import itertools
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.incident import Incident
from geo.incidents import merge_incidents
from geo.incidents.merging.incremental import Merging
from geo.incidents.merging.month_blocks import components
from tests.benchmarks.test_incidents import mentions
from tests.conftest import examples
from tests.incidents.merging.test_candidate_pairs import worlds
from tests.incidents.merging.test_pipeline import accounts

Make = Callable[..., Incident]


@settings(max_examples=examples(150), deadline=None)
@given(st.one_of(accounts(), worlds()), st.lists(st.integers(0, 25), max_size=4), st.integers(0, 99))
def test_reports_that_come_bit_by_bit_are_merged_as_all_at_once(
    incidents: list[Incident], cuts: list[int], seed: int
) -> None:
    shuffled = list(incidents)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - a shuffle, no secret
    merging = Merging()
    edges = [0, *sorted(min(cut, len(incidents)) for cut in cuts), len(incidents)]
    for start, stop in itertools.pairwise(edges):
        merging.add(shuffled[start:stop])
    assert merging.merged() == merge_incidents(incidents)


@pytest.mark.slow
def test_a_year_of_reports_that_comes_by_the_week_is_merged_as_all_at_once() -> None:
    incidents = mentions(1500, days=365, places=100)
    weeks: dict[int, list[Incident]] = {}
    for n, incident in enumerate(incidents):
        weeks.setdefault(n * 52 // len(incidents), []).append(incident)
    merging = Merging()
    for week in weeks.values():
        merging.add(week)
    assert merging.merged() == merge_incidents(incidents)


def test_what_new_reports_do_not_touch_is_not_clustered_again(taji: Make) -> None:
    merging = Merging()
    merging.add(
        taji(f"{n:04}{k}", f"r{n}{k}", date_start=day, date_end=day)
        for n in range(200)
        for day in [taji().date_start + timedelta(3 * n)]
        for k in "ab"
    )
    before = merging.clustered
    merging.add([taji("new", "r")])
    assert merging.clustered - before == 3
    assert len(merging.merged()) == 200


def test_an_incident_cannot_be_added_twice(taji: Make) -> None:
    merging = Merging()
    merging.add([taji("a", "r1")])
    with pytest.raises(InputError, match="'a' was added before"):
        merging.add([replace(taji("a", "r1"), killed_min=4)])


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_components_are_what_edges_connect(edges: list[tuple[int, int]]) -> None:
    one, other = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    label = components(31, one, other)
    reached = {n: {n} for n in range(31)}
    for a, b in edges:
        both = reached[a] | reached[b]
        for n in both:
            reached[n] = both
    assert label.tolist() == [min(reached[n]) for n in range(31)]
