from datetime import date

from geo.extraction.annotations import annotate
from geo.extraction.arguments.anniversaries import remembered_days
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.extraction.temporal.calendar import DaySpan
from geo.report import Report

TODAY = date(2021, 6, 9)


def days(text: str) -> DaySpan | None:
    annotated = annotate(Report(id="r", text=text, published=TODAY))
    return remembered_days(annotated, find_event_mentions(annotated)[-1], TODAY)


def test_an_anniversary_dates_what_it_remembers() -> None:
    found = days("Families marked the tenth anniversary of the bombing of the market.")
    assert found is not None
    assert found.first is not None
    assert found.first.year == 2011


def test_news_after_an_anniversary_is_not_remembered() -> None:
    assert days("A year after the truce, gunmen killed two bakers.") is None
