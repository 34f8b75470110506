import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.annotations import annotate
from geo.extraction.entities.weapons import WeaponMention
from geo.report import Report


def find_weapons(text: str) -> list[WeaponMention]:
    return annotate(Report(id="r", text=text or ".")).weapons


@pytest.mark.parametrize(
    ("text", "named", "kind"),
    [
        ("They fired 18 Katyusha rockets.", "18 Katyusha rockets", "artillery"),
        ("a car bomb", "car bomb", "ied"),
        ("A CAR-BOMB", "CAR-BOMB", "ied"),
        ("a suicide car bomb", "suicide car bomb", "suicide"),
        ("two barrel bombs", "two barrel bombs", "air"),
        ("a ballistic missile", "ballistic missile", "artillery"),
        ("a drone", "drone", "air"),
        ("men with machetes", "machetes", "blade"),
        ("knives", "knives", "blade"),
        ("a rifle grenade", "rifle grenade", "grenade"),
        ("dynamite", "dynamite", "ied"),
        ("AK-47s", "AK-47s", "firearm"),
        ("anti-personnel mines", "anti-personnel mines", "landmine"),
        ("chlorine gas", "chlorine gas", "chemical"),
        ("Molotov cocktails", "Molotov cocktails", "arson"),
        ("rubber-coated steel bullets", "rubber-coated steel bullets", "nonlethal"),
    ],
)
def test_a_weapon_is_found_with_its_class(text: str, named: str, kind: str) -> None:
    assert [(found.text, found.weapon_class) for found in find_weapons(text)] == [(named, kind)]


def test_the_number_of_weapons_is_kept() -> None:
    (found,) = find_weapons("at least 30 rockets fell")
    assert (found.text, found.count_min, found.count_max) == ("at least 30 rockets", 30, None)


def test_a_bomb_squad_is_no_weapon() -> None:
    assert find_weapons("The bomb squad came. Gun control is debated.") == []


@given(
    st.lists(
        st.sampled_from("a car - bomb 18 Katyusha rockets the of heavy machine gun . two mm 122 drones".split()),
        max_size=12,
    )
)
def test_no_words_break_the_reading_of_weapons(parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0
    for found in find_weapons(text):
        assert end <= found.end <= len(text)
        assert found.start < found.end
        assert found.text in " ".join(text[found.start : found.end].split())
        end = found.end


def test_a_mine_in_which_people_dig_is_no_weapon() -> None:
    assert not find_weapons("Three miners were shot dead at a gold mine near Rustenburg.")
    assert find_weapons("Three farmers were killed by a mine on a track near Rustenburg.")
