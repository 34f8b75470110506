from geo.extraction.language.cues import cues_between, find_relation_cues
from geo.extraction.language.tokens import read_words


def meanings(text: str) -> set[str]:
    words = read_words(text)
    return cues_between(find_relation_cues(words), 0, len(words.words))


def test_retaliation_makes_one_event_the_answer_to_another() -> None:
    assert "answers" in meanings("The army shelled the town in retaliation for an ambush.")


def test_another_attack_is_a_contrast() -> None:
    assert "contrast" in meanings("In another attack, a bomb went off.")


def test_plain_words_mean_nothing() -> None:
    assert meanings("The baker sold bread.") == set()
