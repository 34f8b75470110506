"""The table of growth (`python -m tests.benchmarks.scaling`) measures what it says, here on small sizes."""

from pathlib import Path

import pytest

from tests.benchmarks.scaling import Merging, archive, denser, exponent, main, merge, one_event, stream_mb


@pytest.mark.slow
def test_each_row_has_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--merge", "200", "--one-event", "", "--stream", "", "--reports", "0"])
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in capsys.readouterr().out.splitlines()[2:]]
    assert [row[:2] for row in rows] == [
        ["merging an archive", "200 incidents"],
        ["merging a denser world", "200 incidents"],
    ]
    assert all(float(row[3]) >= 0 and float(row[5]) > 20 for row in rows)


def test_ten_times_the_seconds_for_ten_times_the_incidents_is_an_exponent_of_one() -> None:
    assert exponent(Merging(100, 10, 2.0, 50), Merging(1000, 100, 20.0, 70)) == pytest.approx(1)


@pytest.mark.slow
def test_a_stream_is_read_to_its_end(tmp_path: Path) -> None:
    peak, found = stream_mb(40, tmp_path)
    assert found >= 40
    assert peak > 50  # no upper bound: a child starts with the peak of the process that forked it, here a whole suite


def test_the_corpora_are_what_their_names_say() -> None:
    assert len({one.date_end for one in archive(3000)}) < len({one.date_end for one in archive(9000)})
    assert len({one.date_end for one in denser(3000)}) > 500
    assert merge(one_event, 500).rows < 20
