"""The same actor has many names; people in general are nobody in particular."""

import pytest

from geo.incidents.merging.actor_identity import identity, relation


@pytest.mark.parametrize(
    ("one", "other", "sameness"),
    [
        ("US troops", "American soldiers", "same_group"),
        ("two US troops and one British medic", "the United States", "same_group"),
        ("Kataib Hezbollah", "the militia Kataib Hezbollah", "same_group"),
        ("Iran", "Iranian forces", "same_group"),
        ("U.S. warplanes", "US", "same_group"),
        ("ISIS gunmen", "Islamic State", "same_group"),
        ("General Qassem Soleimani", "QASSEM SOLEIMANI; two guards", "same_name"),
        ("the governor, Nawres Hamid", "Nawres Hamid of Nineveh", "same_name"),
    ],
)
def test_names_of_one_actor_agree(one: str, other: str, sameness: str) -> None:
    assert relation(one, other) == relation(other, one) == sameness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US warplanes", "Israeli jets"),
        ("Kataib Hezbollah", "Boko Haram"),
        ("Iraqi militia", "US troops"),
        ("Islamic State", "Islamic Jihad"),
    ],
)
def test_names_of_two_actors_differ(one: str, other: str) -> None:
    assert relation(one, other) == relation(other, one) == "differ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gunmen", "US troops"),
        (None, "Iran"),
        ("an Iraqi militia", "Kataib Hezbollah"),
        ("12 fighters", "the army"),
        ("Qassem Soleimani", "Qasem Soleimani"),
    ],
)
def test_people_in_general_leave_it_open(one: str | None, other: str) -> None:
    assert relation(one, other) == relation(other, one) == "unsaid"


def test_an_identity_holds_countries_groups_and_names_apart() -> None:
    found = identity("Saudi Arabia and the Houthi movement")
    assert found.countries == {"SA"}
    assert len(found.groups) == 1
    assert identity("Nawres Hamid, an interpreter").names == {"nawres", "hamid"}
