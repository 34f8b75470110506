import pytest

from geo.extraction.annotations import annotate
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.extraction.mentions.factuality import Factuality
from geo.report import Report


def factuality(text: str) -> Factuality:
    return find_event_mentions(annotate(Report(id="r", text=text)))[0].factuality


@pytest.mark.parametrize(
    "text",
    [
        "The army may attack the town.",
        "There is speculation that the navy will refrain from a direct attack on the port.",
        "They would kill anybody who came.",
        "The police prevented an attack on the embassy.",
        "If rebels attack the town, the army will answer.",
        "He came to kill the mayor.",
    ],
)
def test_what_is_only_spoken_of_has_not_happened(text: str) -> None:
    assert not factuality(text).is_asserted


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebels attacked the town.", "reported"),
        ("Gunmen tried to kidnap the mayor.", "reported"),
        ("The group threatened to kill the mayor.", "threatened"),
        ("The group plans to attack the town.", "planned"),
        ("The police accused the group of killing the mayor.", "alleged"),
        ("The group claimed responsibility for the attack.", "claimed"),
        ("The army did not attack the town.", "denied"),
    ],
)
def test_a_mention_has_its_factuality(text: str, status: str) -> None:
    assert factuality(text).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Four suspected gunmen were detained in Bryansk.", "reported"),
        ("The alleged attack took place on Monday.", "alleged"),
        ('A gunman yelling "All must die" stormed a synagogue.', "reported"),
        ('Rebels closed in, vowing to "storm" the capital.', "threatened"),
    ],
)
def test_a_cue_counts_for_what_it_stands_beside(text: str, status: str) -> None:
    found = find_event_mentions(annotate(Report(id="r", text=text)))
    assert found[-1].factuality.status == status
    assert found[-1].factuality.is_asserted
