from datetime import date

import pytest

from geo.extraction import extract_report
from geo.incident import Incident
from geo.report import Report


def read(text: str) -> Incident:
    (found,) = extract_report(Report(id="r", text=text, published=date(2019, 5, 3)))
    return found


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Gunmen threw a grenade at a bank in Kirkuk on Monday, wounding at least four cooks, officials said.",
         {"bank", "cooks"}),
        ("Rockets hit a base in Kirkuk on Monday, killing an American contractor and wounding four US troops.",
         {"American contractor", "US troops"}),
        ("Gunmen shot dead Gen. Adam Farouk, the chief of the guard, in Baghdad on Monday.", {"Gen. Adam Farouk"}),
        ("Gunmen killed at least 26 people in Kano on Sunday.", {"people"}),
        ("A shell killed two bakers in Kano on Sunday, according to the mayor, Ana Diaz.", {"bakers"}),
        ("A BOMB EXPLODED ON MONDAY IN FRONT OF A TAVERN IN LIMA. NOBODY WAS HURT.", {"tavern"}),
        ("On Monday gunmen ambushed the motorcade of a tycoon near Lima.", {"motorcade of a tycoon"}),
    ],
)  # fmt: skip
def test_victims_are_called_by_a_few_content_words(text: str, called: set[str]) -> None:
    named = read(text).actor2
    assert named is not None
    assert set(named.split("; ")) == called


def test_persons_come_before_things() -> None:
    named = read("A missile hit a base near Mosul on Monday, killing Gen. Adam Farouk and two guards.").actor2
    assert named is not None
    assert named.startswith("Gen. Adam Farouk")


def test_neither_weapons_nor_places_are_victims() -> None:
    named = read("A bomb was thrown at a bank in Lima on Monday, police in Lima said.").actor2
    assert named == "bank"


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("GUNMEN KILLED COLONEL ADAM FAROUK EARLY ON MONDAY IN MOSUL. NINE PEOPLE WERE KILLED IN ALL.",
         {"Colonel Adam Farouk"}),
        ("A shell hit a mill near Mosul on Monday. The White House first said that nobody was killed.", {"mill"}),
        ("Jets bombed a convoy near Mosul on Monday. A monitor said that the planes were foreign.", {"convoy"}),
        ("On Monday jets bombed depots of the militia near Mosul in answer to a rocket attack on a base in Kirkuk.",
         {"depots of the militia"}),
        ("Gunmen shot dead Adam Farouk, the head of the millers' union and deputy leader of the bakers, in Kano on Monday.",
         {"Adam Farouk"}),
        ("The death toll from a car bomb in Kano on Monday rose to nine.", None),
        ("Gunmen killed nine cooks at the entrance of a mosque in Kano on Monday, a doctor said.", {"cooks"}),
    ],
)  # fmt: skip
def test_who_flew_speaks_or_is_only_counted_is_no_victim(text: str, called: set[str] | None) -> None:
    named = extract_report(Report(id="r", text=text, published=date(2019, 5, 3)))[0].actor2
    assert (set(named.split("; ")) if named else None) == called


def test_whose_killing_was_answered_was_not_struck_by_the_answer() -> None:
    text = "Iran's response to the killing of Adam Farouk was a missile attack on Monday on a depot near Mosul."
    found = extract_report(Report(id="r", text=text, published=date(2019, 5, 3)))
    assert [one.actor2 for one in found] == ["Adam Farouk", "depot"]


def test_those_counted_as_wounded_are_victims_however_the_count_grew() -> None:
    named = read("The number of Dutch troops with lung injuries from a missile attack on a base near Mosul on Monday has "
                "grown to 12.")  # fmt: skip
    assert named.wounded_min == 12
    assert "Dutch troops" in str(named.actor2)


def test_who_did_it_is_named_once() -> None:
    assert read("On Monday US and British warplanes bombed a depot near Mosul.").actor1 == "US and British warplanes"


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("A bomb exploded at a bank in Lima on Monday. The Shining Path claimed responsibility for the attack.", "Shining Path"),
        ("Rockets hit a base near Mosul on Monday, officials of the US-led coalition said.", None),  # who only says so
        ("Two soldiers were killed in Lima on Monday when a bomb exploded.", None),  # who suffered it
    ],
)  # fmt: skip
def test_who_did_it_may_be_named_elsewhere(text: str, doer: str | None) -> None:
    named = read(text).actor1
    assert named is None if doer is None else named is not None and doer in named


def test_the_soldiers_of_a_clash_are_not_on_both_sides() -> None:
    incident = read("Soldiers clashed with militants in Mosul on Monday, killing five militants.")
    assert incident.actor2 is not None
    assert "militants" in incident.actor2
    assert "Soldiers" not in incident.actor2


def test_the_sides_of_a_clash_that_nobody_began_are_distinguished() -> None:
    found = read("Clashes in Kirkuk on Monday killed 24 civilians, 13 soldiers and nine militants.")
    assert (found.actor1, found.killed_min) == ("soldiers", 46)
    assert set((found.actor2 or "").split("; ")) == {"civilians", "militants"}


def test_who_only_acts_or_is_elsewhere_meanwhile_is_no_victim() -> None:
    text = "Rockets landed in Kabul on Monday as President Ashraf Ghani was attending prayers, wounding two guards."
    assert read(text).actor2 == "guards"
    assert not read("Islamic State said its fighters fired the rockets that hit Kabul on Monday.").actor2
