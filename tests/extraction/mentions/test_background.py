from datetime import date

import pytest

from geo.extraction import extract_report
from geo.extraction.annotations import annotate
from geo.extraction.mentions.background import DATED, TOTAL
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("Gunmen killed two bakers on Monday.", ""),
        ("Gunmen killed two bakers on 4 January 2019.", DATED),
        ("Bombs have killed thousands since 2019.", TOTAL),
    ],
)
def test_totals_and_old_days_are_background(text: str, background: str) -> None:
    report = Report(id="r", text=text, published=date(2021, 6, 9))
    assert find_event_mentions(annotate(report))[0].background == background


def test_the_dead_of_a_war_are_no_toll_of_one_attack() -> None:
    text = (
        "Forces shot down a helicopter on Monday near Nakhchivan, killing two crew members. At least 1,000 people have died "
        "since fighting broke out on September 27."
    )
    found = extract_report(Report(id="r", text=text, published=date(2020, 11, 9)))
    assert [one.killed_min for one in found] == [2]
