from geo.extraction.annotations import annotate
from geo.extraction.mentions.event_mentions import EventMention, find_event_mentions
from geo.report import Report


def mentions(text: str) -> list[EventMention]:
    return find_event_mentions(annotate(Report(id="r", text=text)))


def test_the_accused_are_blamed_and_the_accuser_is_the_source() -> None:
    (found,) = [one for one in mentions("The ministry blamed the FMLN for the attack on the bank.") if one.blamed]
    assert [one.kind for one in found.blamed] == ["rebel"]
    assert [one.text for one in found.sources] == ["ministry"]


def test_without_a_cue_the_source_is_who_says_it() -> None:
    found = mentions("Rebels attacked the town, the police said.")[0]
    assert [one.text for one in found.sources] == ["police"]
    assert not found.blamed
