"""Hold the grammar of a text, read once for all finders: words, their classes, sentences, numbers, who says what."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.extraction.language.clauses import VerbGroup, read_verb_group
from geo.extraction.language.quantities import Quantity, find_quantities
from geo.extraction.language.reported_speech import ReportedSpeech, find_reported_speech
from geo.extraction.language.sentences import Sentence, find_sentences
from geo.extraction.language.tokens import Words, read_words
from geo.extraction.language.word_classes import tag_words
from geo.memo import Memo
from geo.tables import word_classes

_BEFORE_REACH: Final = 5  # words from "residents said" to what they say
_AFTER_REACH: Final = 16  # words from what is said to "police said"


@dataclass(frozen=True, slots=True, eq=False)
class TaggedText:
    """A text cut into words, with the class of each of them."""

    words: Words
    tags: str  # one letter per word, see word_classes.tag_words
    sentences: Sequence[Sentence]
    quantities: tuple[Quantity, ...]
    speech: ReportedSpeech
    verbs: Memo[int, VerbGroup]  # by the index of the verb, each read when it is first asked for

    def word_or_class(self, at: int) -> str:
        """Say what a word is: itself where it is a little word, else its class; "nothing" outside the text."""
        if not 0 <= at < len(self.tags):
            return "nothing"
        word, tag = self.words.words[at], self.tags[at]
        if word in word_classes()["speaking"]:
            return "speaking"
        return word if tag in "PAC,SN'" else tag


def tag_text(text: str) -> TaggedText:
    """Read the words of a text and what they are."""
    words = read_words(text)
    return with_tags(words, tag_words(words))


def with_tags(words: Words, tags: str) -> TaggedText:
    """Read the grammar of words whose classes are known."""
    sentences = find_sentences(words)
    speech = find_reported_speech(words, tags, sentences)
    firsts = [sentence.first for sentence in sentences]

    def read_verb(at: int) -> VerbGroup:
        return read_verb_group(words, tags, at, firsts[bisect_right(firsts, at) - 1])

    return TaggedText(words, tags, sentences, find_quantities(words), speech, Memo(read_verb))


def find_source(text: TaggedText, first: int, stop: int) -> str:
    """Return the last word of who says the words `first` to `stop`: "officials said"; "" when nobody is named."""
    words, tags, speech = text.words.words, text.tags, text.speech
    for saying in reversed(speech.within(first - _BEFORE_REACH, first)):
        if words[saying.at] != "according" and "." not in tags[saying.at : first]:
            return words[saying.speakers[-1].stop - 1]
    for saying in speech.within(stop, stop + _AFTER_REACH)[:1]:
        between = words[stop : saying.at]
        if "." not in tags[stop : saying.at] and word_classes()["opens_clause"].isdisjoint(between):
            return words[saying.speakers[-1].stop - 1]
    return ""
