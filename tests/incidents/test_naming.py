"""The same actor has many names; people in general are nobody in particular."""

import pytest

from geo.incidents.naming import identity, relation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US troops", "American soldiers"),
        ("two US troops and one British medic", "the United States"),
        ("Kataib Hezbollah", "the militia Kataib Hezbollah"),
        ("Iran", "Iranian forces"),
        ("U.S. warplanes", "US"),
    ],
)
def test_names_of_one_actor_agree(one: str, other: str) -> None:
    assert relation(one, other) == relation(other, one) == "agree"


@pytest.mark.parametrize(
    ("one", "other"),
    [("US warplanes", "Israeli jets"), ("Kataib Hezbollah", "Boko Haram"), ("Iraqi militia", "US troops")],
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
        ("Islamic State", "Islamic Jihad"),
    ],
)
def test_people_in_general_leave_it_open(one: str | None, other: str) -> None:
    assert relation(one, other) == relation(other, one) == "unsaid"


def test_an_identity_holds_countries_and_names_apart() -> None:
    told = identity("Saudi Arabia and the Houthi movement")
    assert told.countries == {"SA"}
    assert "houthi" in told.names
