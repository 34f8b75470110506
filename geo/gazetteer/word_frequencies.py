"""How common words are in English. Source: wordfreq."""

from pathlib import Path
from typing import Final

import marisa_trie

from geo.gazetteer.names import map_array, values_of

_STEPS: Final = 25  # of the stored numbers to a power of ten


class WordFrequencies:
    """How often words are used, mapped from the files of a folder."""

    def __init__(self, folder: Path) -> None:
        """Open the word list of an index."""
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / "words.marisa"))
        self._counts = values_of(map_array(folder / "words.npy"))

    def zipf(self, word: str) -> float:
        """Say how common a word is: log10 of its count in a billion words, 0 when unknown.

        "the" is 7.7, "reading" 4.9, "Mosul" 3.2.
        """
        number = self._trie.get(word.lower())
        return 0.0 if number is None else self._counts[number] / _STEPS
