"""What is a toponym, and which place it means."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geoparsing import Toponym, find_toponyms
from geo.report import Report
from tests.conftest import examples


def toponyms(text: str) -> list[Toponym]:
    return find_toponyms(Report(id="r", text=text))


def texts(text: str) -> list[str]:
    return [toponym.text for toponym in toponyms(text)]


def meaning(text: str, name: str) -> tuple[str, str, str]:
    """Country, kind and first-level division of the place that `name` means in `text`."""
    found = next(toponym for toponym in toponyms(text) if toponym.text == name)
    place = found.located
    assert place is not None
    return place.country_code, place.kind, place.admin1


@given(st.text(min_size=1).filter(str.strip))
@settings(deadline=None, max_examples=examples(150))
def test_any_text_is_read_and_offsets_give_the_words(text: str) -> None:
    for toponym in toponyms(text):
        assert text[toponym.start : toponym.end] == toponym.text != ""


WORDS = st.sampled_from(
    ["Mosul", "U.S.", "the", "north", "of", "20 km", "(", ")", ",", ".", "\n\n", "’s", "“", "Al-Asad", "ISTANBUL", "Île",
     "São Paulo", "between", "and", "Mr.", "Paris", "Province", "İzmir", "ﬁ", "\u0301", "🚀", "موصل", "Київ", "--", "St."]
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=30).map(" ".join).filter(str.strip))
@settings(deadline=None, max_examples=examples(200))
def test_toponyms_come_in_order_and_do_not_overlap(text: str) -> None:
    found = toponyms(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= toponym.confidence <= 1 for toponym in found)


def test_line_breaks_inside_a_name_are_part_of_its_text() -> None:
    text = "Soldiers were flown to San\nSalvador at night, and then on to Guatemala City by the army."
    assert "San\nSalvador" in texts(text)


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Iraqi troops entered the town.", "Iraqi", "IQ"),
        ("Two US soldiers were killed in the blast.", "US", "US"),
        ("The U.S. has sent more troops to the region.", "U.S.", "US"),
        ("Dozens of South Sudanese refugees crossed the river.", "South Sudanese", "SS"),
        ("A Chechen commander was arrested.", "Chechen", "RU"),
    ],
)
def test_words_for_peoples_know_their_country(text: str, name: str, code: str) -> None:
    found = next(toponym for toponym in toponyms(text) if toponym.text == name)
    assert found.place is not None
    assert found.place.country_code == code


def test_a_word_for_a_people_is_a_nationality_and_a_place_is_none() -> None:
    kinds = {t.text: t.kind for t in toponyms("Syrian aircraft bombed the city of Aleppo in Syria.")}
    assert kinds == {"Syrian": "nationality", "Aleppo": "place", "Syria": "place"}


@pytest.mark.parametrize(
    "text",
    [
        "Mr Paris said he had not slept for two days.",
        "On Monday in March nobody was to be reached by telephone.",
        "Fighters of the Islamic State of Iraq and Syria claimed the attack.",
        "Judge Lincoln Houston heard the case.",
    ],
)
def test_persons_days_and_armed_groups_are_no_places(text: str) -> None:
    assert texts(text) == []


def test_possessives_and_stops_stand_outside_a_name_but_inside_initials() -> None:
    assert texts("Protests in Kenya's capital spread, and the U.S. Embassy closed. All left Nairobi.") == [
        "Kenya", "U.S.", "Nairobi",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "code", "admin1"),
    [
        ("The fire broke out in Paris, Texas, on Sunday.", "Paris", "US", "Texas"),
        ("The fire broke out in Paris on Sunday, French officials said in France.", "Paris", "FR", "Île-de-France"),
        ("Police in London, Ontario, arrested two men.", "London", "CA", "Ontario"),
        ("Police in London arrested two men near Heathrow.", "London", "GB", "England"),
    ],
)
def test_what_a_place_is_said_to_lie_in_decides_which_it_is(text: str, name: str, code: str, admin1: str) -> None:
    assert meaning(text, name)[::2] == (code, admin1)


def test_the_country_of_the_other_places_decides_between_namesakes() -> None:
    colombia = "Guerrillas left Medellin and Bogota for Cartagena, the army of Colombia said."
    spain = "Trains from Madrid and Valencia to Cartagena were late, the railways of Spain said."
    assert meaning(colombia, "Cartagena")[0] == "CO"
    assert meaning(spain, "Cartagena")[0] == "ES"


def test_the_noun_beside_a_name_decides_between_a_town_and_a_division() -> None:
    assert meaning("Rebels burned trucks in San Miguel department, El Salvador.", "San Miguel")[1] == "admin"
    assert meaning("Rebels burned trucks in the city of San Miguel, El Salvador.", "San Miguel")[1] == "settlement"


def test_a_name_has_one_meaning_in_a_report() -> None:
    text = "A storm hit Birmingham, Alabama. Birmingham has no power. Schools in Birmingham are closed."
    assert {t.place.admin1 for t in toponyms(text) if t.text == "Birmingham" and t.place} == {"Alabama"}


def test_a_name_that_no_gazetteer_has_is_placed_where_it_is_said_to_lie() -> None:
    found = next(t for t in toponyms("Shells fell on Zqorvahil Hospital in Mosul, Iraq.") if "Zqorvahil" in t.text)
    assert found.text == "Zqorvahil Hospital"
    assert found.place is None
    assert found.container is not None
    assert found.container.name == "Mosul"


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_the_case_of_letters_may_say_nothing(change: object) -> None:
    assert callable(change)
    text = change(
        "Rockets hit a base near Kirkuk in northern Iraq on Friday. Troops from Baghdad went to Mosul later, "
        "and aircraft of the United States bombed a road in Syria, officials said in Washington."
    )
    found = {t.text.lower() for t in toponyms(text)}
    assert {"kirkuk", "iraq", "baghdad", "mosul", "united states", "syria", "washington"} <= found


@pytest.mark.parametrize(("name", "code"), [("موصل", "IQ"), ("Київ", "UA"), ("Москва", "RU"), ("بغداد", "IQ")])
def test_names_in_other_scripts_resolve_inside_english_text(name: str, code: str) -> None:
    found = toponyms(f"The sign on the road to {name} was damaged by shells, a resident of {name} said.")
    assert [t.place.country_code for t in found if t.place] == [code, code]


def test_candidates_are_ranked_and_their_scores_are_probabilities() -> None:
    found = next(t for t in toponyms("He was born in Springfield.") if t.text == "Springfield")
    scores = [candidate.score for candidate in found.candidates]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.001
    assert found.place == found.candidates[0].place


def test_a_text_without_letters_has_no_toponyms() -> None:
    assert toponyms("... 12 -- 34 !") == []


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Shots were fired outside the White House.", "geo:white-house"),
        ("Protesters were killed in Kurdistan province, rights groups said.", "geonames:126584"),
        ("Soldiers raided Jenin Refugee Camp, Israeli forces said.", "geo:jenin-refugee-camp"),
    ],
)
def test_a_name_means_what_has_that_very_name(text: str, place_id: str) -> None:
    assert place_id in {t.place.id for t in toponyms(text) if t.place}


@pytest.mark.parametrize(
    "text",
    [
        "An aid agency's English language training centre was closed.",
        "Two English-language newspapers were shut.",
        "Male health worker killed by gunmen.",
        "MALE NURSE KILLED BY GUNMEN.",
    ],
)
def test_tongues_and_men_are_no_places(text: str) -> None:
    assert not toponyms(text)


@pytest.mark.parametrize(
    ("name", "place_id"),
    [("Okhmatdyt hospital", "geo:okhmatdyt"), ("the Jenin Refugee camp", "geo:jenin-refugee-camp")],
)
def test_sites_are_known_with_their_noun_in_small_letters(name: str, place_id: str) -> None:
    assert place_id in {t.place.id for t in toponyms(f"Rockets hit {name} on Monday.") if t.place}
