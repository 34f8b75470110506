from datetime import date

import pytest

from geo.extraction.pipeline import extract_report
from geo.report import Report

PUBLISHED = date(2021, 6, 15)  # a Tuesday


def day_of(text: str, words: str) -> str:
    """Return the first day of the incident in the words."""
    found = extract_report(Report(id="r", text=text, published=PUBLISHED))
    return next(str(one.date_start) for one in found if any(words in span.text for span in one.evidence))


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("The mayor of Herat was shot dead on Sunday, police said on Tuesday.", "shot dead", "2021-06-13"),
        ("Gunmen shot a doctor in Herat on Sunday. He died in hospital on Monday.", "shot a doctor", "2021-06-13"),
        (
            "A bomb killed two teachers in Herat on Sunday. Some 3,000 people have been killed in the province since 2015.",
            "two teachers",
            "2021-06-13",
        ),
        (
            "Rebels will be tried for the murder of a bishop on 16 November in Herat, the court said.",
            "murder",
            "2020-11-16",
        ),
        (
            "A bomb went off at a market in Herat this morning.\n\nPolice found two more. Four people were killed in the explosion.",
            "killed in the explosion",
            "2021-06-15",
        ),
        ("May 2021: In Herat, a teacher was abducted. She was held for days.", "abducted", "2021-05-01"),
    ],
)
def test_an_incident_is_of_the_day_that_a_reader_takes_it_for(text: str, words: str, day: str) -> None:
    assert day_of(text, words) == day


def test_a_date_of_another_incident_stays_with_that() -> None:
    text = "On 2 May rebels shelled Kunduz and killed four people. Three men kidnapped a priest in Herat on 9 June."
    assert day_of(text, "shelled") == "2021-05-02"
    assert day_of(text, "kidnapped") == "2021-06-09"
