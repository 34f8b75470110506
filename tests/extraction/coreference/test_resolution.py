from datetime import date

import pytest

from geo.extraction.annotations import AnnotatedReport, annotate
from geo.extraction.coreference.event_relations import find_answers
from geo.extraction.coreference.resolution import cluster_mentions, group_by_clause
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


def annotated(text: str) -> AnnotatedReport:
    return annotate(Report(id="r", text=text, published=date(2021, 6, 15)))


def units(text: str) -> list[list[str]]:
    found = annotated(text)
    return [
        [one.trigger.entry.name for one in unit.mentions] for unit in group_by_clause(found, find_event_mentions(found))
    ]


def groups(text: str) -> list[list[str]]:
    found = annotated(text)
    return [
        [one.trigger.entry.name for one in group.mentions]
        for group in cluster_mentions(found, find_event_mentions(found))
    ]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("A car bomb that killed two bakers.", [["car bomb", "kill"]]),
        ("Two bakers were killed in an attack.", [["kill", "attack"]]),
        ("Gunmen attacked a bus, killing two bakers.", [["attack", "kill"]]),
        ("The shelling of the town on Saturday, in which 25 bakers were killed.", [["shelling", "kill"]]),
        ("They answered the shelling of the town, in which 25 bakers were killed.", [["shelling", "kill"]]),
        ("Two bakers were wounded when soldiers opened fire.", [["wound", "open fire"]]),
    ],
)
def test_grammar_groups_mentions_of_a_sentence(text: str, bound: list[list[str]]) -> None:
    assert units(text)[0][:2] == bound[0][:2]


def test_the_attack_refers_back() -> None:
    assert (
        len(groups("Gunmen stormed a hotel in Quetta. The attack lasted an hour. The killings shocked the town.")) <= 2
    )
    (first, *_) = groups("A bomb exploded in Quetta. The attack wounded a baker.")
    assert "attack" in first


def test_two_victims_in_two_towns_are_two_incidents() -> None:
    text = "Gunmen killed Judge Marta Solis in Cali on 2 May. On 9 June, hitmen murdered Senator Pablo Rivas in Pasto."
    assert len(groups(text)) == 2


def test_an_air_strike_and_a_rocket_attack_are_two_incidents() -> None:
    assert len(groups("An air strike hit Sirte. A rocket attack killed a baker in Misrata.")) == 2


def test_meanwhile_another_was_shot_elsewhere() -> None:
    text = (
        "Gunmen murdered Judge Marta Solis in Cali on Monday. Meanwhile, a nun was shot dead in Pasto early on Tuesday."
    )
    assert len(groups(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Jets launched airstrikes on a camp in retaliation for a rocket attack on a base.",
        "A rocket attack hit a base. The army retaliated with air strikes on a camp.",
        "The army's response to the rocket attack was an air strike on a camp.",
    ],
)
def test_the_strikes_answer_the_rockets(text: str) -> None:
    found = annotated(text)
    clusters = cluster_mentions(found, find_event_mentions(found))
    types = [group.types[0] for group in clusters]
    strike, rockets = types.index("Air/drone strike"), types.index("Shelling/artillery/missile attack")
    assert find_answers(found, clusters) == {strike: [rockets]}


def test_what_only_came_later_is_no_answer() -> None:
    found = annotated("A rocket attack hit a base. This was followed by an air strike on a camp.")
    assert find_answers(found, cluster_mentions(found, find_event_mentions(found))) == {}
