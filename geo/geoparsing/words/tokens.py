"""Cut a text into words and what stands between them, quickly."""

import re
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import Final

from geo.geoparsing.words.lexicon import Word, word_table

# Letters and digits, with apostrophes ("Sana'a"), stops of initials ("D.C") and combining marks inside.
_WORDS: Final = re.compile(r"(\w+(?:'\w+|\.\w\b|[\u0300-\u036f\u064b-\u065f]+\w*)*)")
_SHAPE: Final = attrgetter("shape")
_SHORT: Final = frozenset({"short", "abbreviation"})
# From this share of words in capitals (or without any) on, the case of letters says nothing.
_FLAT_UPPER: Final = 0.6
_FLAT_LOWER: Final = 0.01


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text; gap `i` stands before word `i`, the last gap after all."""

    words: list[Word]
    starts: list[int]
    gaps: list[str]
    flat: bool  # the text does not mark names by capitals

    def end(self, i: int) -> int:
        """Give the offset behind word `i`, without "'s", with the last stop of initials and short forms ("Va.")."""
        word = self.words[i]
        end = self.starts[i] + len(word.text) - word.cut
        stopped = "." in word.text or ("short" in word.roles and (word.shape == "C" or self.flat))
        return end + 1 if stopped and self.gaps[i + 1][:1] == "." else end

    def opens_sentence(self, i: int) -> bool:
        """Return whether word `i` begins a sentence."""
        gap = self.gaps[i]
        if i == 0 or "\n" in gap or "?" in gap or "!" in gap or '"' in gap:
            return True
        if "." not in gap:
            return False
        before = self.words[i - 1]
        return not (before.roles & _SHORT or len(before.lower) == 1)


def tokenise(text: str) -> Tokens:
    """Cut a readable text into words."""
    parts = _WORDS.split(text)
    ends = list(accumulate(map(len, parts)))
    words = list(map(word_table().__getitem__, parts[1::2]))
    return Tokens(words, ends[0:-1:2], parts[0::2], _is_flat(words))


def _is_flat(words: list[Word]) -> bool:
    shapes = "".join(map(_SHAPE, words))
    upper, capital = shapes.count("U"), shapes.count("C")
    cased = upper + capital + shapes.count("l")
    return cased > 0 and (upper >= _FLAT_UPPER * cased or upper + capital <= _FLAT_LOWER * cased)
