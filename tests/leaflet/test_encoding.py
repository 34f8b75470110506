"""What goes into a page comes out of it, and nothing in it can end a script."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.leaflet.encoding import column_bytes, delta_list, encode_block, script_json
from tests.leaflet.decoding import BLOCK


@given(st.binary(max_size=2000))
def test_a_block_holds_only_letters_that_html_does_not_mind(data: bytes) -> None:
    found = BLOCK.fullmatch(encode_block("core", data, part=3).html().strip())
    assert found is not None
    assert (found[1], found[2]) == ("core", "3")


@given(st.text(max_size=200))
def test_json_in_a_script_reads_back_and_cannot_end_it(text: str) -> None:
    written = script_json({"title": text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written)["title"] == text


def test_half_a_surrogate_pair_does_not_stop_a_page() -> None:
    assert json.loads(script_json("a\ud800b")) == "a?b"


def test_bytes_of_a_column_lie_plane_by_plane() -> None:
    assert column_bytes(np.array([0x0102, 0x0304], dtype=np.uint16)) == bytes([2, 4, 1, 3])


def test_differences_wrap_so_that_null_costs_nothing() -> None:
    days = np.array([5, 7, -(2**31)], dtype=np.int32)
    planes = np.frombuffer(column_bytes(days, delta=True), np.uint8).reshape(4, 3)
    assert np.cumsum(planes.T.copy().view("<i4").ravel(), dtype=np.int32).tolist() == days.tolist()


@pytest.mark.parametrize("points", [[[3, 4]], [[1, 2], [3, 5], [3, 4]]])
def test_points_are_written_as_steps(points: list[list[int]]) -> None:
    steps = np.array(delta_list(np.array(points))).reshape(-1, 2)
    assert np.cumsum(steps, axis=0).tolist() == points
