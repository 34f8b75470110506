import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import normalise

SPELLINGS = [
    ("al-Asad", "Al Asad", "AL ASAD", "al‑Asad", "al–Asad"),
    ("Baghdād", "Baghdad", "BAGHDAD", "Bag̱hdād".replace("̱", "")),
    ("St. Petersburg", "Saint Petersburg", "St Petersburg", "Saint-Petersburg"),
    ("Mount Everest", "Mt. Everest", "Mt Everest"),
    ("Ba'qubah", "Baʿqubah", "Ba’qūbah", "Ba`qubah"),
    ("U.S.", "US", "us", "U.S"),
    ("Washington, D.C.", "Washington DC", "Washington D.C."),
    ("البوكمال", "بوكمال", "البوكمــال"),
    ("الرقة", "الرقه", "رقة"),
    ("Łódź", "Lodz", "LODZ"),
    ("Straße", "Strasse"),
    ("Tromsø", "Tromso"),
    ("İzmir", "Izmir", "izmir"),
    ("Москва", "МОСКВА"),
    ("서울", "서울"),
]


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda s: s[0])
def test_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({normalise(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("El Salvador", "Salvador"), ("Niger", "Nigeria"), ("La Paz", "Paz"), ("Hit", "Hitt")]
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40))
def test_the_key_is_blind_to_case(text: str) -> None:
    assert normalise(text.upper()) == normalise(text.lower()) == normalise(text)


@given(st.text(alphabet="abcdefgh iklm nopr stuw", min_size=1, max_size=20), st.sampled_from("̶́̄̈"))
def test_the_key_is_blind_to_diacritics(text: str, mark: str) -> None:
    accented = unicodedata.normalize("NFC", "".join(c + mark if c.isalpha() else c for c in text))
    assert normalise(accented) == normalise(text)


@given(st.text(max_size=40))
def test_a_key_has_single_spaces_and_none_at_its_ends(text: str) -> None:
    assert normalise(text) == " ".join(normalise(text).split())


def test_what_holds_no_letter_has_no_key() -> None:
    assert normalise("—, '’ ...") == ""
