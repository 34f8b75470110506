import pytest

from geo.extraction.annotations import annotate
from geo.extraction.pipeline import draft_incidents
from geo.report import Report


def perpetrators(text: str) -> list[str | None]:
    return [draft.names.perpetrator for draft in draft_incidents(annotate(Report(id="r", text=text)))]


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("FMLN guerrillas killed two mayors in San Salvador.", "FMLN: Farabundo Marti National Liberation Front"),
        (
            "Two mayors were killed by FMLN guerrillas in San Salvador.",
            "FMLN: Farabundo Marti National Liberation Front",
        ),
        ("Two mayors were killed in San Salvador.", None),
        ("Shells killed two workers and wounded a third at a grain store near Zwolle, the mayor said.", None),
    ],
)
def test_the_perpetrator_is_who_the_report_makes_it(text: str, perpetrator: str | None) -> None:
    assert perpetrators(text)[0] == perpetrator


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("Four teachers were shot dead in Ndop on Tuesday. Parents blamed separatist fighters.", "separatist fighters"),
        ("Four teachers were shot dead in Ndop. The Taliban claimed responsibility.", "Taliban"),
        ("Six people were killed in Bassa. A priest put the blame on masked gunmen.", "masked gunmen"),
        ("A colonel attributed the bombing in Pattani to Malay separatists.", "Malay separatists"),
        ("A bomb killed two in Goma. The president accused the opposition of theft.", None),
        ("A gunman killed eight students in Haifa before an off-duty officer shot him dead.", "gunman"),
        ("Three bombs killed 41 people who received sweets from American soldiers in Baghdad.", None),
        ("Masked gunmen shot twelve people in Paris. It was France's deadliest attack in years.", "Masked gunmen"),
    ],
)
def test_blame_reaches_over_sentences_but_not_whoever_stands_near(text: str, perpetrator: str | None) -> None:
    assert perpetrators(text)[0] == perpetrator


def test_the_army_without_a_nationality_is_that_of_the_country() -> None:
    (found,) = perpetrators("The army shelled a village near Lashio in Myanmar.")
    assert found is not None
    assert "Myanmar" in found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A man killed three shoppers in Lyon on Monday. Police shot the gunman dead.", ["man"]),
        (
            (
                "Gunmen killed five people in Kano on Monday. Two suspects were arrested in Lagos on Tuesday. Boko Haram "
                "claimed responsibility."
            ),
            ["Boko Haram", None],
        ),
        ("A bomb killed five people in Kano on Monday. No group claimed responsibility.", [None]),
        (
            "The ELN killed three soldiers in Arauca on Monday. The group also killed seven policemen in Soledad.",
            ["ELN: National Liberation Army", "ELN: National Liberation Army"],
        ),
        ("Islamic State said its fighters fired the rockets that hit Kabul on Monday.", ["Islamic State"]),
        (
            "Israeli warplanes bombed Rafah on Monday. Apache helicopters fired rockets at an office in Ramallah.",
            ["Israel Defense Forces (IDF)", "Israel Defense Forces (IDF)"],
        ),
    ],
)
def test_nobody_is_named_for_what_others_did(text: str, named: list[str | None]) -> None:
    assert perpetrators(text) == named


def test_the_army_of_one_incident_does_not_lend_its_name_to_aircraft_of_nobody() -> None:
    text = "Syrian forces and Russian forces met near Idlib on Monday. Helicopters fired rockets at a clinic in Hama."
    assert perpetrators(text)[-1] not in {"Military Forces of Syria", "Armed Forces of the Russian Federation"}


def test_a_nameless_bomber_of_another_incident_is_not_named() -> None:
    text = "A car bomb killed 37 people in Ankara on Sunday. In May 29 people died in Izmir when a suicide bomber hit a bus."
    assert perpetrators(text)[0] is None


def test_who_somebody_is_dressed_as_did_nothing() -> None:
    assert perpetrators("A gunman dressed as a policeman killed at least 84 people near Oslo on Friday.") == ["gunman"]


def test_gunmen_arrest_nobody() -> None:
    text = "Gunmen killed five people in Kano on Monday. Two suspects were arrested in Lagos on Tuesday."
    assert perpetrators(text) == ["Gunmen", None]
