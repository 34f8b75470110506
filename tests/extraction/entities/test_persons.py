import pytest

from geo.extraction.entities.persons import find_persons
from geo.extraction.language.tokens import read_words
from geo.extraction.language.word_classes import tag_words


def persons(text: str) -> list[str]:
    words = read_words(text)
    return [words.span(found.first, found.stop) for found in find_persons(words, tag_words(words))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("THE MURDER OF DANILO GUTIERREZ WAS REPORTED TODAY.", ["DANILO GUTIERREZ"]),  # a Spanish given name
        ("GUNMEN KILLED ZORBELIO QUISPE, A TEACHER.", ["ZORBELIO QUISPE"]),  # neither English nor a place
        ("A BOMB EXPLODED IN USULUTAN DEPARTMENT.", []),
        ("TROOPS KILLED DANILO GUERRILLAS", []),
        ("Gunmen shot dead Gen. Adam Farouk in Baghdad.", ["Gen. Adam Farouk"]),
    ],
)
def test_persons_are_known_by_names_of_many_languages(text: str, names: list[str]) -> None:
    assert persons(text) == names
