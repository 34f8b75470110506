from datetime import date

from geo.extraction.annotations import annotate
from geo.extraction.mentions.event_mentions import EventMention, find_event_mentions, tells_its_date
from geo.report import Report


def mentions(text: str) -> list[EventMention]:
    return find_event_mentions(annotate(Report(id="r", text=text)))


def test_the_attack_is_definite_and_an_attack_is_not() -> None:
    (the,), (an,) = mentions("The attack shocked the town."), mentions("An attack shocked the town.")
    assert the.definite
    assert not an.definite


def test_a_weapon_gives_a_general_word_its_type() -> None:
    (found,) = mentions("Rebels attacked the town with mortars.")
    assert found.sub_event_type == "Shelling/artillery/missile attack"


def test_a_stretch_behind_a_list_of_parts_dates_its_clause() -> None:
    text = "Monday's raid came after over 20 raids on depots, including one in Kirkuk, over the past three months."
    annotated = annotate(Report(id="r", text=text, published=date(2019, 5, 10)))
    told = [mention for mention in find_event_mentions(annotated) if tells_its_date(annotated, mention)]
    assert any(one.date is not None and one.date.precision == "range" for one in told)
