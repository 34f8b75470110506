"""Hold what the language of a text is: words, their classes and the numbers among them, read once for all finders."""

from dataclasses import dataclass

from geo.extraction.language.quantities import Quantity, find_quantities
from geo.extraction.language.tokens import Words, read_words
from geo.extraction.language.word_classes import tag_words


@dataclass(frozen=True, slots=True, eq=False)
class TaggedText:
    """A text cut into words, with the class of each of them."""

    words: Words
    tags: str  # one letter per word, see word_classes.tag_words
    quantities: tuple[Quantity, ...]


def tag_text(text: str) -> TaggedText:
    """Read the words of a text and what they are."""
    words = read_words(text)
    return with_tags(words, tag_words(words))


def with_tags(words: Words, tags: str) -> TaggedText:
    """Read the numbers of words whose classes are known."""
    return TaggedText(words, tags, find_quantities(words))
