"""Whole columns become JSON texts, and JSON texts whole columns."""

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.exporting.arrow_json import json_cells, json_texts, parse_json
from geo.exporting.arrow_types import EVIDENCE, TEXTS

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.none() | texts))
def test_any_text_is_escaped_as_the_standard_asks(cells: list[str | None]) -> None:
    written = json_texts(pa.array(cells, pa.large_string()))
    assert [json.loads(text) for text in written.to_pylist()] == cells


@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False)))
def test_any_number_comes_back_as_it_was_and_looks_like_no_whole_number(cells: list[float | None]) -> None:
    written = json_texts(pa.array(cells, pa.float64())).to_pylist()
    assert [json.loads(text) for text in written] == cells
    assert all(text == "null" or not text.lstrip("-").isdigit() for text in written)


@given(st.lists(st.none() | st.lists(st.none() | texts)), st.integers(0, 3))
def test_lists_and_windows_into_lists_are_written_whole(cells: list[list[str | None] | None], first: int) -> None:
    window = pa.array(cells, TEXTS).slice(first)
    assert [json.loads(text) for text in json_texts(window).to_pylist()] == cells[first:]
    assert json_cells(window).null_count == window.null_count


def test_what_was_written_is_parsed_again() -> None:
    span = {"report_id": "r", "start": 1, "end": None, "text": 'He said "no".\n'}
    evidence = pa.array([[span, span], [], None], EVIDENCE)
    column = pa.chunked_array([json_cells(evidence)])
    assert pa.chunked_array(parse_json(column, EVIDENCE), EVIDENCE).to_pylist() == evidence.to_pylist()


@pytest.mark.parametrize("text", ["Rockets hit.", '[{"other": 1}]', '[]}\n{"v":[]', "{", ""])
def test_what_is_no_evidence_is_refused(text: str) -> None:
    with pytest.raises(pa.ArrowInvalid):
        list(parse_json(pa.chunked_array([pa.array([text], pa.large_string())]), EVIDENCE))
