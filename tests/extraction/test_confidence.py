"""What is shown is decided by what a report says, not by how long it is."""

from datetime import date

import pytest

from geo.extraction.pipeline import extract_report
from geo.incident import Incident
from geo.report import Report

WEATHER = (
    " The morning was dry and mild. Light clouds are expected over the hills tomorrow."
    " Temperatures will reach thirty degrees. The rains are due in two weeks."
)


def shown(text: str, title: str = "") -> list[Incident]:
    return extract_report(Report(id="confidence", text=text, title=title, published=date(2023, 5, 12)))


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested 30 suspected kidnappers in Kaduna on Monday.",
        "Hundreds of people marched through Nairobi on Tuesday to protest against new taxes.",
        "Gunmen attacked a village near Maiduguri on Wednesday and killed nine people.",
    ],
)
def test_sentences_that_add_nothing_hide_nothing(text: str) -> None:
    (alone,), beside = shown(text), shown(text + WEATHER)
    assert [one.sub_event_type for one in beside] == [alone.sub_event_type]
    assert abs(beside[0].confidence - alone.confidence) < 0.2


@pytest.mark.parametrize(
    "text",
    [
        "Arsenal beat Tottenham 3-2. Saka shot past the goalkeeper and Havertz killed off the game with a late goal.",
        "The thriller bombed at the box office in London. Critics attacked the director for a plot that kills its hero.",
        "The bank launched a raid on its rival's customers in Madrid. Shares exploded after the takeover battle ended.",
        "A man was jailed in Leeds on Friday for the murder of his neighbour in 1998. The judge called the killing cruel.",
        "An earthquake struck near Erzurum on Sunday. The quake killed forty people and rescuers dug for survivors.",
        "Marines stormed a mock village near Tabuk in a drill on Monday. The exercise, the largest for years, ends Friday.",
    ],
)
def test_what_is_no_conflict_is_not_shown(text: str) -> None:
    assert not shown(text)
