from geo.extraction.entities.nouns import NATIONALITY, nouns, sense


def test_a_noun_is_for_people_a_body_or_a_thing() -> None:
    assert nouns()["soldiers"].sort == "people"
    assert nouns()["hospital"].sort == "thing"
    assert nouns()["soldiers"].plural


def test_a_profession_is_known_by_its_ending() -> None:
    found = sense("radiologists")
    assert found is not None
    assert (found.sort, found.plural) == ("people", True)


def test_a_nationality_may_stand_for_a_person() -> None:
    assert sense("salvadoran") is NATIONALITY
