"""One bad row of a table is named and left out; the others are used."""

from typing import Any

import pandas as pd
import pytest

from geo.errors import GeoError, SchemaError
from geo.incidents import apply_review, conform
from geo.incidents.contract.refusals import NAMED_EACH
from geo.incidents.contract.written_days import DAY_FIRST, MONTH_FIRST, order_of
from tests.synthetic import make_incidents

GOOD = {"longitude": "44.3", "latitude": "33.3", "date_start": "2020-03-13", "killed_min": "3", "event_type": "Riots"}


def conformed(*rows: dict[str, Any]) -> tuple[pd.DataFrame, list[str]]:
    problems: list[GeoError] = []
    return conform(pd.DataFrame(rows), on_problem=problems.append), [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("date_start", "last week"),
        ("date_start", "2020-02-31"),
        ("killed_min", "many"),
        ("killed_min", "2.5"),
        ("killed_min", "-1"),
        ("killed_min", "inf"),
        ("killed_min", "1e300"),
        ("latitude", "133"),
        ("latitude", "north"),
        ("event_type", "Weather"),
        ("evidence", '[{"text": 5}]'),
        ("evidence", '[{"text": "Shots", "start": "at a letter"}]'),
        ("confidence", "150"),
        ("country_code", "Iraq"),
        ("date_end", "2019-01-01"),
    ],
)
def test_a_bad_cell_costs_its_row_alone(column: str, cell: str) -> None:
    bad = GOOD | {column: cell}
    table, problems = conformed(GOOD, bad, GOOD | {"killed_min": "4"})
    assert table["killed_min"].tolist() == [3, 4]
    assert len(problems) == 1
    assert "row 2" in problems[0]
    with pytest.raises(SchemaError, match=r"row 2\b"):
        conform(pd.DataFrame([GOOD, bad]))


def test_a_column_that_is_wrong_throughout_is_said_once() -> None:
    table, problems = conformed(*[GOOD | {"killed_min": f"about {n}"} for n in range(500)], GOOD)
    assert len(table) == 1
    assert len(problems) == NAMED_EACH + 1
    assert "490 more rows" in problems[-1]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["3/12/2020", "3/13/2020"], ["2020-03-12", "2020-03-13"]),
        (["12/3/2020", "13/3/2020"], ["2020-03-12", "2020-03-13"]),
        (["12.3.2020", "3.12.2020"], ["2020-03-12", "2020-12-03"]),
        (["3/3/2020"], ["2020-03-03"]),
        (["3/12/2020 0:00", "2020/03/14"], None),
        (["2020/03/14", "2020-03-14T10:00:00"], ["2020-03-14", "2020-03-14"]),
    ],
)
def test_days_of_spreadsheets_are_read_where_the_column_shows_the_month(
    cells: list[str], days: list[str] | None
) -> None:
    table, problems = conformed(*[GOOD | {"date_start": cell} for cell in cells])
    if days is None:
        assert "row 1" in problems[0]
        return
    assert ([day.isoformat()[:10] for day in table["date_start"]], problems) == (days, [])


def test_days_that_can_be_two_are_refused_one_by_one() -> None:
    table, problems = conformed(
        *[GOOD | {"date_start": cell} for cell in ("3/12/2020", "2020-03-13", "13/3/2020", "3/13/2020")]
    )
    assert order_of([["3/12/2020", "13/3/2020", "3/13/2020"]]) is None
    assert len(table) == 1
    assert len(problems) == 3
    assert order_of([["13/3/2020"], ["1/1/2020"]]) == DAY_FIRST
    assert order_of([["3/13/2020"]]) == MONTH_FIRST


def test_an_end_that_is_not_said_is_the_other_end() -> None:
    table, _ = conformed(GOOD, GOOD | {"date_start": None, "date_end": "2020-03-14"})
    assert table["date_end"].astype(str).tolist() == table["date_start"].astype(str).tolist()


def test_an_unreadable_row_of_a_review_decides_nothing() -> None:
    extracted = make_incidents(4)
    edited = pd.DataFrame(extracted.drop(columns="geometry"))
    edited["longitude"], edited["latitude"] = extracted.geometry.x, extracted.geometry.y
    edited["confidence"] = edited["confidence"].astype(object)
    edited.loc[1, "confidence"] = "sure"
    with pytest.raises(SchemaError, match="row 2"):
        apply_review(extracted, edited)
