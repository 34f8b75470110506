import pytest

from geo.extraction.annotations import annotate
from geo.extraction.language.clauses import clause_begin, is_one_clause, opens_relative_clause
from geo.extraction.language.tagged_text import TaggedText
from geo.report import Report


def tag_text(text: str) -> TaggedText:
    return annotate(Report(id="r", text=text)).text


@pytest.mark.parametrize(
    ("text", "verb", "passive", "relative"),
    [
        ("Two clerks were later killed.", "killed", True, ""),
        ("Two clerks were shot and killed.", "killed", True, ""),
        ("Gunmen have killed two clerks.", "killed", False, ""),
        ("The blast that killed two clerks was heard far away.", "killed", False, "that"),
        ("A clerk who was reportedly killed had a son.", "killed", True, "who"),
    ],
)
def test_a_verb_has_a_voice_and_may_have_a_relative_pronoun(
    text: str, verb: str, *, passive: bool, relative: str
) -> None:
    tagged = tag_text(text)
    group = tagged.verbs[tagged.words.words.index(verb)]
    assert (group.is_passive, group.relative) == (passive, relative)


def test_the_subject_of_an_inverted_sentence_stands_behind_the_auxiliary() -> None:
    tagged = tag_text("Killed in the raid were Marta Solis and Pablo Rivas.")
    assert tagged.words.words[tagged.verbs[0].inverted] == "marta"


def test_an_infinitive_is_known_by_to() -> None:
    tagged = tag_text("He came to kill the mayor.")
    assert tagged.verbs[tagged.words.words.index("kill")].is_infinitive


def test_a_clause_begins_at_its_relative_word() -> None:
    tagged = tag_text("The army denied it, while rebels attacked the town.")
    words = tagged.words.words
    assert words[clause_begin(tagged.words, tagged.tags, words.index("attacked"), 0)] == "while"


def test_in_which_opens_a_relative_clause() -> None:
    assert opens_relative_clause(["raid", ",", "in", "which", "ten"])
    assert not opens_relative_clause(["in", "the", "raid"])


def test_words_between_two_verbs_are_not_one_clause() -> None:
    assert is_one_clause("PDn")
    assert not is_one_clause("nVDn")
