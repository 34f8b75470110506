"""A GDELT export is read by where its tabs stand, and cell by cell where a line is irregular: the same comes out."""

from pathlib import Path

import pandas as pd
import pytest

import geo


def row(number: int, code: str, url: str = "https://example.org/a") -> list[str]:
    cells = [""] * 61
    cells[0:5] = [str(number), "20240818", "202408", "2024", "2024.6247"]
    cells[26], cells[51], cells[52], cells[53] = code, "4", "Gao, Gao, Mali", "ML"
    cells[56], cells[57], cells[59], cells[60] = "16.27", "-0.04", "20240819130000", url
    return cells


def written(path: Path, rows: list[list[str]], end: str = "\n") -> Path:
    path.write_bytes("".join("\t".join(cells) + end for cells in rows).encode())
    return path


CODES = ["190", "010", "1823", "", "195", "043", "14", "183"]
REGULAR = [row(n, code) for n, code in enumerate(CODES, 1)]
VIOLENT = ["gdelt:1", "gdelt:3", "gdelt:5", "gdelt:7", "gdelt:8"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_incidents_are_the_rows_whose_code_says_so(tmp_path: Path, end: str) -> None:
    incidents = geo.read_layer(written(tmp_path / "x.export.CSV", REGULAR, end))
    assert incidents["incident_id"].tolist() == VIOLENT
    assert incidents["report_ids"].tolist() == [["https://example.org/a"]] * len(VIOLENT)


def test_a_long_code_a_control_character_and_a_blank_line_change_nothing_for_other_rows(tmp_path: Path) -> None:
    odd = [
        *REGULAR,
        row(9, "190 and more words"),
        row(10, "190", "https://example.org/\x01b"),
        ["x"],
        row(11, "190", "https://example.org/\u00fc"),
    ]
    problems: list[Exception] = []
    incidents = geo.read_layer(written(tmp_path / "x.export.CSV", odd), on_problem=problems.append)
    assert incidents["incident_id"].tolist() == [*VIOLENT, "gdelt:10", "gdelt:11"]
    assert [str(problem).split(": ")[-1] for problem in problems] == [
        "has 1 cells where the header has 61; the row is left out."
    ]


def test_all_rows_are_kept_on_request_and_agree_with_those_that_are_chosen(tmp_path: Path) -> None:
    path = written(tmp_path / "x.export.CSV", REGULAR)
    everything = geo.read_layer(path, everything=True).set_index("incident_id")
    assert len(everything) == len(CODES)
    chosen = geo.read_layer(path).set_index("incident_id")
    pd.testing.assert_frame_equal(
        pd.DataFrame(everything.loc[chosen.index, ["event_type", "sub_event_type", "place_name", "country"]]),
        pd.DataFrame(chosen[["event_type", "sub_event_type", "place_name", "country"]]),
    )
