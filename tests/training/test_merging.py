"""B-cubed and pairs say how well clusters agree with events."""

import pytest

from geo.training.merging.labelled import events
from geo.training.merging.scores import score


def test_clusters_that_are_the_events_are_perfect() -> None:
    found = score([1, 1, 2, 3, 3, 3], ["a", "a", "b", "c", "c", "c"])
    assert (found.precision, found.recall, found.f1) == (1, 1, 1)
    assert (found.merged, found.wrong, found.missed) == (4, 0, 0)


def test_nothing_merged_is_precise_and_misses_every_pair() -> None:
    found = score([1, 2, 3], ["a", "a", "b"])
    assert found.precision == 1
    assert found.recall == pytest.approx((0.5 + 0.5 + 1) / 3)
    assert (found.pair_precision, found.pair_recall) == (1, 0)


def test_all_merged_is_complete_and_hides_events() -> None:
    found = score([1, 1, 1], ["a", "a", "b"])
    assert found.recall == 1
    assert found.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert (found.merged, found.wrong) == (3, 2)


def test_the_labels_name_some_fifty_events_of_several_reports() -> None:
    assert len(events()) > 300
    assert len(set(events().values())) > 50
