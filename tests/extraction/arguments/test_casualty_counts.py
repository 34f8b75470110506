from datetime import date

import pytest

from geo.extraction import extract_report
from geo.report import Report

NAMED = "Gunmen shot and killed Juan Perez and Ana Diaz in Cali on Thursday. Ten people were killed in all."
TOTAL = "A bomb killed two soldiers in Kirkuk on Monday. At least 33 were killed in total in the bombing."
LATER = (
    "A car bomb killed five people in Mosul on Monday. "
    "Two more victims died on Tuesday, bringing the death toll to seven."
)
BEHIND = (
    "An airstrike hit a market in Sanaa on Monday, killing 54 people, according to Amnesty. "
    "At least 40 people were killed in the strike, police said."
)
BEFORE = (
    "Police said 40 people were killed when an airstrike hit a market in Sanaa on Monday. "
    "Residents said 54 people were killed in the strike."
)


@pytest.mark.parametrize(("text", "least", "most"), [(NAMED, 10, 10), (TOTAL, 33, None), (LATER, 7, 7)])
def test_a_total_holds_the_parts_counted_elsewhere(text: str, least: int, most: int | None) -> None:
    (found,) = extract_report(Report(id="r", text=text, published=date(2019, 5, 3)))
    assert (found.killed_min, found.killed_max) == (least, most)


@pytest.mark.parametrize("text", [BEHIND, BEFORE])
def test_the_tolls_of_several_sources_make_a_range(text: str) -> None:
    (found,) = extract_report(Report(id="r", text=text, published=date(2019, 5, 3)))
    assert (found.killed_min, found.killed_max) == (40, 54)


def test_different_people_add_up() -> None:
    text = "A mine killed two shepherds near Mosul on Monday. A nurse was killed in the same blast, police said."
    (found,) = extract_report(Report(id="r", text=text, published=date(2019, 5, 3)))
    assert found.killed_min == 3


def test_whoever_puts_the_toll_at_a_number_is_a_source_and_no_victim() -> None:
    text = (
        "A car bomb killed at least nine people in Sadr City on Thursday, police said. "
        "An interior ministry official put the death toll at six."
    )
    (found,) = extract_report(Report(id="r", text=text, published=date(2019, 5, 3)))
    assert (found.killed_min, found.killed_max) == (6, None)
    assert "official" not in (found.actor2 or "")


def test_two_children_among_them_are_part_of_the_dead() -> None:
    text = "Shelling killed 20 people in Belgorod on Thursday, two children among them."
    (found,) = extract_report(Report(id="r", text=text, published=date(2019, 5, 3)))
    assert (found.killed_min, found.killed_max) == (20, 20)
