from geo.extraction.entities.national_forces import attack_after, force_name, in_country, national_at, role_of
from geo.extraction.language.tokens import read_words


def test_an_army_without_a_nationality_is_that_of_the_country() -> None:
    assert in_country("army", "CL", "Chile").startswith("army (Chile)") or "Chile" in in_country("army", "CL", "Chile")
    assert in_country("FMLN", "SV", "El Salvador") == "FMLN"


def test_two_nationalities_stand_side_by_side() -> None:
    found = national_at(read_words("Syrian or Russian airstrikes"), 0)
    assert found is not None
    assert found.codes == ("SY", "RU")


def test_a_proxy_is_not_the_state_that_backs_it() -> None:
    assert national_at(read_words("Turkish-backed factions"), 0) is None


def test_us_is_a_country_in_capitals_only() -> None:
    assert national_at(read_words("US troops"), 0) is not None
    assert national_at(read_words("they told us everything"), 2) is None


def test_an_attack_may_be_called_by_its_nation() -> None:
    words = read_words("Iranian ballistic missile attack")
    nation = national_at(words, 0)
    assert nation is not None
    assert attack_after(words, nation)


def test_armed_men_are_no_force_of_a_state() -> None:
    assert role_of(["armed", "men"]) == ""
    assert role_of(["riot", "police"]) == "police"
    assert force_name("Syrian army", ["SY"], "army") == "Syrian Armed Forces"
