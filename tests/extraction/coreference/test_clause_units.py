from datetime import date

import pytest

from geo.extraction.annotations import annotate
from geo.extraction.coreference.clause_units import group_by_clause
from geo.extraction.coreference.resolution import cluster_mentions
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


def units(text: str) -> list[list[str]]:
    found = annotate(Report(id="r", text=text, published=date(2021, 6, 15)))
    return [
        [found.words.span(one.trigger.first, one.trigger.stop) for one in unit.mentions]
        for unit in group_by_clause(found, find_event_mentions(found))
    ]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Troops repulsed a rebel attack near Jaffna overnight.", [["repulsed", "attack"]]),
        ("A suicide bombing at a hospital in Quetta killed more than 70 people.", [["suicide bombing", "killed"]]),
        (
            "Fighters attacked a site for displaced people near Boga, killing at least 57 civilians.",
            [["attacked", "killing"], ["displaced"]],
        ),
        (
            "The number of people killed when gunmen opened fire at a hall rose to 133.",
            [["number of people killed", "opened fire"]],
        ),
    ],
)
def test_what_a_verb_and_its_nouns_report_is_one(text: str, bound: list[list[str]]) -> None:
    assert units(text) == bound


@pytest.mark.parametrize(
    "text",
    [
        "Hours after the hospital attack, a suicide bomber struck a funeral in Nangarhar.",
        "The group fired 100 rockets after one of its members died in prison.",
    ],
)
def test_what_came_after_is_another(text: str) -> None:
    assert len(units(text)) > 1


def test_a_toll_that_rose_a_day_after_is_of_the_same() -> None:
    text = "The death toll from an attack on a ward rose to 24, a day after gunmen stormed the building."
    found = annotate(Report(id="r", text=text, published=date(2021, 6, 15)))
    assert len(cluster_mentions(found, find_event_mentions(found))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Shelling of the city of Belgorod killed 20 people.",
        "Twin explosions tore through a rally in Kabul, killing 80 people and wounding 231.",
        "Gunmen killed two clerks in what the police called a revenge attack.",
        "Four clerks were shot dead in an attack on a police station.",
        "A chemical attack on the rebel-held town of Douma killed 42 people.",
    ],
)
def test_what_a_deed_did_and_what_it_is_called_are_one(text: str) -> None:
    assert sum("rally" not in unit for unit in units(text)) == 1


def test_revenge_for_a_killing_is_not_that_killing() -> None:
    assert len(units("Iran fired missiles at Israel in what it called revenge for the killing of a general.")) == 2
