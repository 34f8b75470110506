from geo.extraction.annotations import annotate
from geo.extraction.mentions.event_mentions import EventMention, find_event_mentions
from geo.report import Report


def mentions(text: str) -> list[EventMention]:
    return find_event_mentions(annotate(Report(id="r", text=text)))


def test_they_stands_for_whom_the_sentence_before_names() -> None:
    found = mentions("Gunmen stormed the village. They killed a baker.")[-1]
    assert [one.text for one in found.agents] == ["Gunmen"]


def test_the_owner_of_a_murder_is_its_victim_and_that_of_an_attack_its_perpetrator() -> None:
    murder = mentions("The nurses' murder shocked the town.")[0]
    attack = mentions("The guerrilla attack shocked the town.")[0]
    assert [one.text for one in murder.patients] == ["nurses"]
    assert [one.kind for one in attack.agents] == ["rebel"]


def test_a_known_body_gets_the_name_of_the_table() -> None:
    found = mentions("The FMLN kidnapped a mayor.")[0]
    assert [one.name for one in found.agents] == ["FMLN: Farabundo Marti National Liberation Front"]
