"""Cut a text into words and marks; everything that reads a report walks over the same words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress

_WORD = re.compile(
    r"((?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d{1,3}(?:,\d{3})+(?![^\W_])"  # 1,200
    r"|\d+\.\d+(?![^\W_])"  # 2.5
    r"|[^\W_]+"  # words, numbers, AK47, 3rd
    r"|['’]s\b"
    r"|[^\w\s]|_)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text, in small letters, with their offsets."""

    text: str
    low: str  # the text in small letters, of the same length
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def at(self, offset: int) -> int:
        """Return which word covers an offset, or else begins next after it."""
        return bisect_right(self.ends, offset)

    def before(self, offset: int) -> int:
        """Return how many words begin before an offset."""
        return bisect_left(self.starts, offset)

    def span(self, first: int, stop: int) -> str:
        """Return the original text of the words `first` to `stop`, the latter excluded."""
        return self.text[self.starts[first] : self.ends[stop - 1]]

    def get(self, index: int) -> str:
        """Return a word, or "" outside of the text."""
        return self.words[index] if 0 <= index < len(self.words) else ""


def small(text: str) -> str:
    """Put a text into small letters without changing its length.

    A capital whose small form is longer ("İ") stays as it is, so that offsets hold.
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(form if len(form := char.lower()) == 1 else char for char in text)


def read_words(text: str) -> Words:
    """Cut a text into words and marks."""
    low = small(text)
    parts = _WORD.split(low)  # a gap, a word, a gap, ..., a gap
    ends = list(accumulate(map(len, parts)))
    return Words(text, low, parts[1::2], ends[:-1:2], ends[1::2])


def places_of(words: Sequence[str], wanted: Container[str]) -> list[int]:
    """List where words stand that a table has."""
    return list(compress(range(len(words)), map(wanted.__contains__, words)))


def end_of_phrase(tokens: Sequence[str], index: int, phrase: Sequence[str], skipped: Collection[str]) -> int:
    """Return where a phrase ends that begins at `index`, hyphens and the like left out; 0 when the words are others."""
    at = index
    for wanted in phrase:
        while at > index and at < len(tokens) and tokens[at] in skipped:
            at += 1
        if at >= len(tokens) or tokens[at] != wanted:
            return 0
        at += 1
    return at
