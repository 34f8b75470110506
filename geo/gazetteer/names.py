"""Find rows by key, in three memory-mapped files.

<stem>.marisa       every key; its id points into heads
<stem>_heads.npy    per key: a row, or (with the top bit set) a place in more
<stem>_more.npy     count, row, row, ... for keys of several places
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import marisa_trie
import numpy as np
from numpy.typing import NDArray

_SEVERAL: Final = 1 << 31


class Names:
    """Keys of one sort, and the rows that each leads to."""

    def __init__(self, folder: Path, stem: str) -> None:
        """Map the files."""
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / f"{stem}.marisa"))
        self._heads = values_of(map_array(folder / f"{stem}_heads.npy"))
        self._more = values_of(map_array(folder / f"{stem}_more.npy"))

    def rows(self, key: str) -> Sequence[int]:
        """Give the rows that `key` leads to, in the order in which they were written."""
        number = self._trie.get(key)
        if number is None:
            return ()
        head = self._heads[number]
        if not head & _SEVERAL:
            return (head,)
        at = head ^ _SEVERAL
        return tuple(self._more[at + 1 : at + 1 + self._more[at]])

    def extends(self, key: str) -> bool:
        """Say whether some longer key goes on after the words of `key`."""
        return next(self._trie.iterkeys(key + " "), None) is not None


def map_array(path: Path) -> NDArray[Any]:
    """Map an array; as a plain array, since taking one item from a memmap is five times slower."""
    mapped: NDArray[Any] = np.asarray(np.load(path, mmap_mode="r"))
    return mapped


def values_of(array: NDArray[Any]) -> Sequence[Any]:
    """Give the values of an array as Python's own numbers: one by one, that is several times quicker."""
    return cast("Sequence[Any]", array.data)


def write_names(folder: Path, stem: str, found: Mapping[str, Sequence[int]]) -> None:
    """Write the rows of every key."""
    trie = marisa_trie.Trie(found)
    heads = np.zeros(len(found), "u4")
    more: list[int] = []
    for key, rows in found.items():
        if len(rows) == 1:
            heads[trie[key]] = rows[0]
        else:
            heads[trie[key]] = _SEVERAL | len(more)
            more += [len(rows), *rows]
    trie.save(str(folder / f"{stem}.marisa"))
    np.save(folder / f"{stem}_heads.npy", heads)
    np.save(folder / f"{stem}_more.npy", np.array(more, "u4"))
