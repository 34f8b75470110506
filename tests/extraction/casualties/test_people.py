from geo.extraction.casualties.people import PeopleOfText
from geo.extraction.entities.noun_phrases import find_phrases
from geo.extraction.language.tagged_text import tag_text


def people_of(text: str) -> PeopleOfText:
    tagged = tag_text(text)
    return PeopleOfText(tagged, find_phrases(tagged))


def test_people_are_found_from_the_word_behind_and_before_them() -> None:
    people = people_of("Two clerks saw three guards.")
    before, behind = people.left_of(2), people.right_of(3)
    assert before is not None
    assert behind is not None
    assert (before.items[0].least, behind.items[0].least) == (2, 3)


def test_a_preposition_keeps_people_from_being_the_subject() -> None:
    people = people_of("Two clerks in a car with three guards were hurt.")
    subject = people.subject_before(people.tokens.index("were"))
    assert subject is not None
    assert subject.items[0].least == 2


def test_a_full_stop_cuts_people_from_the_next_verb() -> None:
    people = people_of("Two clerks left. Later it burned.")
    assert people.nearest_subject(people.tokens.index("burned")) is None
