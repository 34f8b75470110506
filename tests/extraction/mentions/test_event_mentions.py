from datetime import date

from geo.extraction.annotations import annotate
from geo.extraction.mentions.event_mentions import EventMention, find_event_mentions, states_date
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
    dated = [mention for mention in find_event_mentions(annotated) if states_date(annotated, mention)]
    assert any(one.date is not None and one.date.precision == "range" for one in dated)


def test_aircraft_and_bombs_that_kill_give_a_deed_its_type() -> None:
    assert mentions("Helicopters fired rockets at an office.")[0].sub_event_type == "Air/drone strike"
    assert mentions("A bomb killed five people.")[-1].sub_event_type == "Remote explosive/landmine/IED"
    assert mentions("A guard with a bomb was killed by gunmen.")[-1].sub_event_type == "Attack"


def test_a_claim_is_of_the_deed_before_an_arrest() -> None:
    found = mentions("Gunmen killed five people. Two suspects were detained. Boko Haram claimed responsibility.")
    assert [[one.text for one in mention.blamed] for mention in found] == [["Boko Haram"], []]
