from geo.extraction import extract_report
from geo.report import Report

TEXT = "Two bombers stormed a packed church in southwestern Pakistan on Sunday, killing nine worshippers."


def place(title: str, text: str = TEXT) -> str | None:
    return extract_report(Report(id="r", title=title, text=text), least=0.0)[0].place_name


def test_the_headline_names_the_town_of_a_region() -> None:
    assert place("Suicide bombers storm church in Quetta") == "Quetta"


def test_a_town_elsewhere_or_one_of_two_is_not_taken() -> None:
    assert place("Rome mourns dead of church attack") != "Rome"
    assert place("Quetta and Karachi on alert after church attack") not in {"Quetta", "Karachi"}


def test_a_town_whose_name_the_region_has_may_be_the_region() -> None:
    found = place("Gaza strikes kill ten", "Jets struck targets in the Gaza Strip on Tuesday, killing ten people.")
    assert found == "Gaza Strip"


def test_a_later_incident_keeps_its_region() -> None:
    text = f"A bomb killed three people in Karachi on Saturday. {TEXT}"
    found = extract_report(Report(id="r", title="Bombers storm church in Quetta", text=text), least=0.0)
    assert "Quetta" not in [one.place_name for one in found]
