"""A short run of the fuzzing with every test run; `make fuzz` is the longer one."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.readers import Reader, Tally, broken, readers, try_one

READERS = list(readers())


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_a_broken_file_is_read_or_refused_in_words(reader: Reader, tmp_path: Path, seed: int) -> None:
    tally = Tally()
    try_one(reader, broken(reader, random.Random(seed)), tmp_path, tally)  # noqa: S311 - no secrets
    assert tally.faults == []


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
@example(data=b"\x1f\x8b")  # the beginning of a gzip file and no more
def test_any_bytes_are_read_or_refused_in_words(reader: Reader, tmp_path: Path, data: bytes) -> None:
    tally = Tally()
    try_one(reader, data, tmp_path, tally)
    assert tally.faults == []


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_whole_file_is_read_whole(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / f"whole{reader.suffix}"
    path.write_bytes(reader.whole)
    assert reader.read(path) == (reader.rows, 0)
