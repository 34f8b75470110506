from datetime import date, timedelta

from geo.extraction.annotations import annotate
from geo.extraction.arguments.event_date import (
    EventDate,
    after_answer,
    before_other,
    choose_event_date,
    soon_after,
    with_companion,
)
from geo.extraction.coreference.resolution import cluster_mentions
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report

TODAY = date(2021, 6, 9)
MONDAY = EventDate(date(2021, 6, 7), date(2021, 6, 7), "day", "clause")
OPEN = EventDate(date(2021, 6, 3), TODAY, "week", "published")


def test_the_date_of_its_own_clause_dates_an_incident() -> None:
    annotated = annotate(Report(id="r", text="Gunmen killed two bakers on Monday.", published=TODAY))
    (cluster,) = cluster_mentions(annotated, find_event_mentions(annotated))
    found = choose_event_date(annotated, cluster)
    assert (found.first, found.last, found.source) == (date(2021, 6, 7), date(2021, 6, 7), "clause")


def test_without_a_date_it_is_of_the_week_before_publication() -> None:
    annotated = annotate(Report(id="r", text="Gunmen killed two bakers.", published=TODAY))
    (cluster,) = cluster_mentions(annotated, find_event_mentions(annotated))
    found = choose_event_date(annotated, cluster)
    assert (found.last, found.precision) == (TODAY, "week")


def test_an_undated_incident_is_dated_by_the_one_that_it_answers_accompanies_or_follows() -> None:
    assert after_answer(OPEN, MONDAY, TODAY) == EventDate(MONDAY.first, TODAY, "range", "answered")
    assert with_companion(OPEN, MONDAY).first == MONDAY.first
    assert soon_after(OPEN, MONDAY).last == date(2021, 6, 8)


def test_a_dated_incident_keeps_its_own_date() -> None:
    earlier = EventDate(date(2021, 6, 1), date(2021, 6, 1), "day", "clause")
    assert after_answer(earlier, MONDAY, TODAY) == earlier
    assert with_companion(earlier, MONDAY) == earlier


def test_a_series_ends_with_what_came_after_it() -> None:
    series = EventDate(TODAY - timedelta(days=60), TODAY, "range", "clause")
    assert before_other(series, MONDAY).last == MONDAY.first
