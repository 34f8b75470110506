import pytest

from geo.extraction.language.inflection import inflect


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("raid", {"raid", "raids", "raided", "raiding"}),
        ("seize", {"seize", "seizes", "seized", "seizing"}),
        ("stab", {"stab", "stabs", "stabbed", "stabbing"}),
        ("bury", {"bury", "buries", "buried", "burying"}),
        ("torch", {"torch", "torches", "torched", "torching"}),
        ("bomb", {"bomb", "bombs", "bombed", "bombing"}),
    ],
)
def test_a_regular_verb_has_four_forms(verb: str, forms: set[str]) -> None:
    assert set(inflect(verb)) == forms
