from datetime import date

import pytest

from geo.extraction.annotations import annotate
from geo.extraction.arguments.event_type import ruled_out
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.extraction.pipeline import draft_incidents
from geo.report import Report


def impossible(text: str) -> frozenset[str]:
    annotated = annotate(Report(id="r", text=text, published=date(2021, 6, 15)))
    return ruled_out(annotated, find_event_mentions(annotated))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The archbishop was murdered at the altar.", "Air/drone strike"),
        ("Police raided a house in Herat and killed two students.", "Air/drone strike"),
        ("Gunmen killed the mayor of Herat.", "Armed clash"),
        ("Gunmen killed the mayor of Herat.", "Suicide bomb"),
        ("A bomb exploded at a market in Herat.", "Grenade"),
    ],
)
def test_a_type_that_nothing_supports_is_ruled_out(text: str, kind: str) -> None:
    assert kind in impossible(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Warplanes killed ten people in Herat.", "Air/drone strike"),
        ("Gunmen attacked a police post and killed two officers.", "Armed clash"),
        ("A bomber blew himself up at a market in Herat.", "Suicide bomb"),
        ("Men threw sticks of dynamite at the consulate in Herat.", "Grenade"),
    ],
)
def test_a_type_that_something_supports_stays_possible(text: str, kind: str) -> None:
    assert kind not in impossible(text)


def test_what_is_ruled_out_has_no_probability() -> None:
    annotated = annotate(Report(id="r", text="The archbishop of Herat was murdered at the altar.", published=None))
    (draft,) = draft_incidents(annotated)
    assert draft.own.type_probabilities["Air/drone strike"] == 0.0
    assert sum(draft.own.type_probabilities.values()) == pytest.approx(1.0)
