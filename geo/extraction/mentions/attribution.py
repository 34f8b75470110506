"""Find who tells of something: "the Observatory reported", "according to the police"."""

from typing import Final

from geo.extraction.language.chunks import Chunk, chunks_left, chunks_right
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.tokens import Words

_SAYING: Final = frozenset(
    "said says reported reports announced claimed claims confirmed stated declared told added asserted affirmed "
    "indicated revealed disclosed alleged maintained insisted noted quoted warned".split()
)


def find_sources(words: Words, tags: str, sentence: Sentence) -> Chunk | None:
    """Find who says what a sentence tells; None when the report says it itself."""
    for i in range(sentence.first, sentence.stop):
        word = words.words[i]
        if word == "according" and words.get(i + 1) == "to":
            found = chunks_right(words, tags, i + 2, sentence.stop)
            if found:
                return found[0]
        if word in _SAYING and tags[i] == "V" and (i == sentence.first or tags[i - 1] != "A"):
            found = chunks_left(words, tags, i, sentence.first) or _inverted(words, tags, i, sentence)
            if found:
                return found[0]
    return None


def _inverted(words: Words, tags: str, at: int, sentence: Sentence) -> list[Chunk]:
    """Read ", said the minister"."""
    if at == sentence.first or tags[at - 1] not in ',"':
        return []
    return chunks_right(words, tags, at + 1, sentence.stop)
