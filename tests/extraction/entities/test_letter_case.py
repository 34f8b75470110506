import pytest

from geo.extraction.entities.letter_case import write_name
from geo.extraction.language.tokens import read_words


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("ABU MAHDI AL-MUHANDIS", "Abu Mahdi al-Muhandis"),
        ("GENERAL ADAM FAROUK", "General Adam Farouk"),
        ("MOURNERS", "mourners"),
        ("US TROOPS", "US troops"),
        ("IRAQI OFFICIALS; BRITISH MEDIC", "Iraqi officials; British medic"),
        ("WEAPONS DEPOTS OF KATAIB HEZBOLLAH", "weapons depots of Kataib Hezbollah"),
    ],
)
def test_names_of_a_text_in_capitals_are_written_as_people_write_them(capitals: str, written: str) -> None:
    text = f"ON MONDAY IN BASRA {capitals.replace('; ', ' AND A ')} WERE IN THE TOWN, REPORTS FROM THE SOUTH SAID."
    assert write_name(read_words(text), capitals.partition("; ")[0]) == written.partition("; ")[0]


def test_an_abbreviation_in_other_text_stays_as_it_is() -> None:
    assert write_name(read_words("The leader of the FMLN met reporters in the town."), "FMLN") == "FMLN"
