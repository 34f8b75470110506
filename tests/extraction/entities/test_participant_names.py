import pytest

from geo.extraction.entities.participant_names import content_words, is_empty, is_place, is_weapon, parts_of, tidy


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("at least four US troops", "US troops"),
        ("wounding dozens", ""),
        ("LEAVING ONE DEAD", ""),
        ("arrested three teachers", "teachers"),
        ("the storming of the US Embassy", "US Embassy"),
        ("an undetermined number of bakers", "bakers"),
        ("- American F-15 jets", "American F-15 jets"),
        ("French troops plan", "French troops"),
        ("French troops", "French troops"),
        ("MEMBERS OF THE", "MEMBERS"),
        ("FOREIGN MINISTRY WHY", "FOREIGN MINISTRY"),
        ("Gen. Qassem Suleimani", "Gen. Qassem Suleimani"),
        ('CAMINO REAL" HOTEL', "CAMINO REAL HOTEL"),
        ("26-year-old baker", "26-year-old baker"),
        ("headquarters of the Liberal Party", "headquarters of the Liberal Party"),
        ("the four year old girl", "four year old girl"),
        ("1,200", ""),
    ],
)
def test_words_lose_what_says_nothing_to_a_reader(text: str, called: str) -> None:
    assert tidy(text) == called


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("two US troops and one British medic", ["US troops", "British medic"]),
        ("Adam al-Basri, the chief of the militia, along with several guards", ["Adam al-Basri"]),
        ("four sentries, at least two cooks and a baker", ["sentries", "cooks", "baker"]),
        ("US and British warplanes", ["US and British warplanes"]),
        ("the mayor with his son", ["mayor", "son"]),
        ("", []),
    ],
)
def test_a_list_is_called_by_its_parts(text: str, called: list[str]) -> None:
    assert parts_of(text) == called


def test_places_weapons_and_nobody_are_known() -> None:
    assert is_place("Kirkuk")
    assert is_place("BAGHDAD")
    assert is_place("Marib province")
    assert not is_place("US Embassy")
    assert not is_place("bakers")
    assert is_weapon("hand grenade")
    assert not is_weapon("bank")
    assert is_empty("people")
    assert not is_empty("young people")


def test_names_are_compared_by_their_content_words() -> None:
    assert content_words("the British warplanes") < content_words("US and British warplanes")
