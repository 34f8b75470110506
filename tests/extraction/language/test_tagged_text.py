from geo.extraction.language.tagged_text import tag_text


def test_a_text_is_read_once_with_words_sentences_and_numbers() -> None:
    tagged = tag_text("Two bakers died. The mayor said so.")
    assert len(tagged.tags) == len(tagged.words.words)
    assert len(tagged.sentences) == 2
    assert [number.least for number in tagged.quantities] == [2]
    assert [tagged.words.words[saying.at] for saying in tagged.speech.sayings] == ["said"]


def test_each_verb_group_is_read_once() -> None:
    tagged = tag_text("Two bakers were killed.")
    assert tagged.verbs[3] is tagged.verbs[3]
