from datetime import date

import pytest

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
