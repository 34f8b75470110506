from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geo
from geo.extraction import extract_report
from geo.incident import Incident
from geo.report import Report
from geo.vocabulary import EVENT_TYPE_OF, STATUSES
from tests.conftest import examples

PUBLISHED = date(2021, 6, 15)  # a Tuesday


def incidents(text: str) -> list[Incident]:
    return extract_report(Report(id="r", text=text, published=PUBLISHED))


def only(text: str) -> Incident:
    (found,) = incidents(text)
    return found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gunmen killed four farmers in a village near Maiduguri on Monday.", "Attack"),
        ("A car bomb exploded outside a police station in Kabul on Monday, killing six people.", "Remote explosive/landmine/IED"),
        ("A suicide bomber blew himself up in a market in Baghdad on Monday and killed twenty people.", "Suicide bomb"),
        ("Warplanes bombed a rebel-held town near Aleppo on Monday, killing nine people.", "Air/drone strike"),
        ("The army shelled a suburb of Donetsk with heavy artillery on Monday.", "Shelling/artillery/missile attack"),
        ("Unknown men threw a hand grenade into a bar in Bujumbura on Monday and wounded four people.", "Grenade"),
        ("Armed men kidnapped three engineers near Port Harcourt on Monday.", "Abduction/forced disappearance"),
        ("Thousands of people marched peacefully through Minsk on Monday to demand new elections.", "Peaceful protest"),
        ("Looters ransacked shops in Durban on Monday.", "Looting/property destruction"),
        ("Soldiers clashed with rebels near Goma on Monday; seven rebels and two soldiers were killed.", "Armed clash"),
        ("Police seized rifles and ammunition from a house in Nuevo Laredo on Monday.", "Disrupted weapons use"),
        ("The government and the rebels signed a ceasefire agreement in Khartoum on Monday.", "Agreement"),
    ],
)  # fmt: skip
def test_each_kind_of_incident_is_recognised_by_its_words(text: str, kind: str) -> None:
    found = incidents(text)
    assert kind in [incident.sub_event_type for incident in found]
    assert all(incident.event_type == EVENT_TYPE_OF[incident.sub_event_type] for incident in found)


def test_an_incident_has_its_day_place_people_and_words() -> None:
    text = "Gunmen killed four farmers in Maiduguri on Monday, police said. The road was closed for hours."
    found = only(text)
    assert (found.date_start, found.date_end, found.date_precision) == (date(2021, 6, 14), date(2021, 6, 14), "day")
    assert (found.place_name, found.country_code) == ("Maiduguri", "NG")
    assert (found.killed_min, found.killed_max) == (4, 4)
    assert found.actor1 is not None
    assert "gunmen" in found.actor1.lower()
    assert found.actor2 is not None
    assert "farmers" in found.actor2
    (evidence,) = found.evidence
    assert text[evidence.start : evidence.end] == evidence.text
    assert 0 <= found.confidence <= 1


def test_the_same_report_in_capitals_says_the_same() -> None:
    text = "Gunmen killed four farmers in Maiduguri on Monday, police said."
    plain, capitals = only(text), only(text.upper())
    for name in ("sub_event_type", "date_start", "place_name", "killed_min", "killed_max"):
        assert getattr(plain, name) == getattr(capitals, name)


def test_several_mentions_of_one_incident_are_one() -> None:
    found = only(
        "A bomb exploded at a bank in Medellin on Monday. The explosion wounded five people. "
        "Nobody has claimed responsibility for the attack."
    )
    assert (found.wounded_min, found.wounded_max) == (5, 5)
    assert len(found.evidence) > 1


def test_incidents_on_different_days_in_different_towns_stay_apart() -> None:
    found = incidents(
        "Gunmen killed a judge in Medellin on Monday. On 2 May, guerrillas kidnapped an engineer near Cali."
    )
    assert [one.place_name for one in found] == ["Medellín", "Cali"]
    assert found[1].date_start == date(2021, 5, 2)


@pytest.mark.parametrize(
    "text",
    [
        "The minister warned that any attack on Iran would lead to war.",
        "An earthquake killed eight people on the island of Java on Monday.",
        "The president condemned terrorism and called for dialogue.",
        "The foreign ministers met in Geneva on Monday to discuss trade.",
    ],
)
def test_what_did_not_happen_and_what_is_no_conflict_is_not_shown(text: str) -> None:
    assert not [one for one in incidents(text) if one.status == "reported"]


def test_an_answer_is_linked_to_what_it_answers() -> None:
    found = incidents(
        "Warplanes struck militia bases in Iraq on Monday in retaliation for a rocket attack the day before on a camp "
        "near Mosul that killed two soldiers."
    )
    by_kind = {one.sub_event_type: one for one in found}
    strike, rockets = by_kind["Air/drone strike"], by_kind["Shelling/artillery/missile attack"]
    assert strike.in_response_to == (rockets.incident_id,)
    assert rockets.date_start == date(2021, 6, 13)


def test_a_series_reported_as_one_has_its_number() -> None:
    found = incidents("Guerrillas carried out at least 12 bomb attacks on banks in Medellin over the past week.")
    assert [one.event_count_min for one in found] == [12]


def test_names_are_stable_and_their_own() -> None:
    text = "Gunmen killed a judge in Medellin on Monday. On 2 May, guerrillas kidnapped an engineer near Cali."
    names = [one.incident_id for one in incidents(text)]
    assert names == [one.incident_id for one in incidents(text)]
    assert len(set(names)) == len(names)
    assert all(name[0].isalpha() for name in names)


def test_news_without_a_date_is_of_the_days_before_it() -> None:
    found = only("Gunmen killed four farmers in Maiduguri, police said.")
    assert (found.date_start, found.date_end) == (date(2021, 6, 9), PUBLISHED)
    assert found.date_precision == "week"


def test_without_any_day_the_date_stays_open() -> None:
    (found,) = extract_report(Report(id="r", text="Gunmen killed four farmers in Maiduguri, police said."))
    assert (found.date_start, found.date_end, found.date_precision) == (None, None, "unknown")


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.sampled_from(
    "killed attack the rebels bomb , . on Monday in Lima and by who 's [ ] ( ) \" police said two \n exploded was of".split(" ")
), min_size=1, max_size=60))  # fmt: skip
def test_no_text_breaks_the_reading(words: list[str]) -> None:
    text = " ".join(words)
    if not text.strip():
        return
    for found in incidents(text):
        assert found.status in STATUSES
        for evidence in found.evidence:
            assert text[evidence.start : evidence.end] == evidence.text


def test_the_seed_reports_are_read() -> None:
    found = [one for report in geo.read(Path(geo.__file__).parent.parent / "seeds") for one in extract_report(report)]
    assert {"Air/drone strike", "Shelling/artillery/missile attack"} <= {one.sub_event_type for one in found}


@pytest.mark.parametrize("text", ["Gunmen killed two in a take-over", "Two died -about", "Killed: the passer-by", "x-"])
def test_a_text_may_end_within_a_word_with_a_hyphen(text: str) -> None:
    extract_report(Report(id="r", text=text), least=0.0)
