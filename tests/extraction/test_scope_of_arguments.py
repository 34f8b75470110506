"""A number, a day, a place or an actor is taken from what is victims of the incident, not from beside it."""

from datetime import date

import pytest

from geo.extraction import extract_report
from geo.incident import Incident
from geo.report import Report


def read(text: str) -> list[Incident]:
    return extract_report(Report(id="r", text=text, published=date(2023, 8, 10)))


def one(text: str) -> Incident:
    (found,) = read(text)
    return found


@pytest.mark.parametrize(
    "background",
    [
        "The conflict, which began in May 2021, has killed tens of thousands of people.",
        "The United Nations says more than 9,000 civilians have been killed since the invasion in May 2021.",
        "Bandits have killed at least 700 people in the state so far this year.",
    ],
)
def test_a_total_of_the_war_is_not_the_toll_of_the_attack(background: str) -> None:
    found = one(f"Gunmen killed four bakers in the town of Zaria on Tuesday. {background}")
    assert (found.killed_min, found.date_start) == (4, date(2023, 8, 8))


def test_what_happened_a_year_ago_has_its_own_row() -> None:
    news, *_ = sorted(
        read(
            "On Tuesday two policemen were hurt in Eldoret when protesters threw stones, local media reported.\n\n"
            "Last June at least 60 people died in protests against a tax."
        ),
        key=lambda found: found.date_start or date.max,
        reverse=True,
    )
    assert (news.killed_min, news.wounded_min, news.date_start) == (None, 2, date(2023, 8, 8))


def test_two_days_earlier_is_not_counted_from_since() -> None:
    text = (
        "Rebels shelled a camp near Goma on Tuesday, killing six people. They have held the hills since May 2022.\n\n"
        "Two days earlier gunmen abducted three aid workers on the road to Sake."
    )
    (abduction,) = [found for found in read(text) if found.sub_event_type.startswith("Abduction")]
    assert abduction.date_start == date(2023, 8, 6)


def test_a_strike_is_where_its_own_sentence_has_it() -> None:
    text = (
        "In the southern port of Odesa, debris of a drone set fire to a warehouse, the mayor said.\n\n"
        "Ukraine's General Staff said its own drones had hit an oil refinery in Ryazan, south-east of Moscow, on Tuesday."
    )
    (strike,) = [found for found in read(text) if found.country_code == "RU"]
    assert strike.place_name is not None
    assert "Ryazan" in strike.place_name
    assert strike.actor1 is not None
    assert "Ukraine" in strike.actor1


def test_who_reports_it_is_no_victim() -> None:
    text = "Drones hit flats in Kharkiv on Tuesday, killing four people and wounding two children, regional officials said."
    victims = one(text).actor2
    assert victims is not None
    assert "officials" not in victims


def test_the_dead_did_not_wound_the_others() -> None:
    found = one("A drone strike on a market in Mellit killed 34 people and wounded dozens more on Tuesday.")
    assert found.actor1 is None


def test_thousands_of_demonstrators_are_one_demonstration() -> None:
    found = one("Police fired tear gas on Tuesday to disperse thousands of demonstrators in Nairobi.")
    assert found.event_count_min is None


def test_a_source_keeps_its_whole_name() -> None:
    found = one("A protester was killed in Nairobi on Tuesday, the Kenya National Commission on Human Rights said.")
    assert found.attribution == "Kenya National Commission on Human Rights"


def test_a_town_that_the_army_recaptures_is_regained() -> None:
    found = one("The army said on Tuesday it had recaptured the town of Um Ruwaba, east of El Obeid, after fighting.")
    assert found.sub_event_type == "Government regains territory"
    assert found.actor1 is not None
    assert "Sudan" in found.actor1


def test_a_protest_is_a_fact_whatever_the_police_are_accused_of() -> None:
    text = (
        "Police fired tear gas on Tuesday to disperse thousands of demonstrators in Nairobi.\n\n"
        "An opposition leader accused the police of using excessive force against the demonstrators."
    )
    assert {found.status for found in read(text)} == {"reported"}


@pytest.mark.parametrize(
    "text",
    [
        "Weiss scored twice in Bremen on Tuesday, and a rocket from Ben Adler killed off the game.",
        "The club rejected a hostile takeover bid from a fund in Houston on Tuesday.",
    ],
)
def test_idioms_of_sport_and_business_are_no_incidents(text: str) -> None:
    assert not read(text)


def test_an_attack_on_the_title_race_is_no_attack() -> None:
    text = (
        "Bremen launched a late attack on the title race on Saturday. Weiss scored twice, and a rocket from Ben Adler "
        'killed off the game. "We were bombarded in the first half," the coach said.'
    )
    assert not read(text)
