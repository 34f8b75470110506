"""Know the points of the compass as people write them (data/importing/compass_words.csv)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from geo.resources import read_table

_WORD: Final = re.compile(r"[^\W\d_]{3,}")


@cache
def _letters() -> dict[str, str]:
    return {row["word"]: row["letter"] for row in read_table("importing/compass_words.csv") if row["word"]}


def with_letters(cell: str) -> str:
    """Write N, S, E and W for the words North, Norte, Sud, Ouest and their like."""
    return _WORD.sub(lambda found: _letters().get(bare(found[0]), found[0]), cell)


def meaning_in_words(cells: Iterable[str | None]) -> str | None:
    """Say whether O is W or E beside words such as Oeste or Ost; None when there are none, or of both kinds."""
    words = {bare(word) for cell in cells if cell for word in _WORD.findall(cell)}
    found = {_letters()[word] for word in words if word in _letters() and word[0] == "o"}
    return found.pop() if len(found) == 1 else None


def bare(text: str) -> str:
    """Write a text in small letters without accents."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in apart if not unicodedata.combining(char))


def meaning_of_o(headers: Sequence[str]) -> str | None:
    """Say whether O is W or E in columns that are called so; None when the names do not say."""
    names = [bare(header).strip() for header in headers]
    rows = [row for row in read_table("importing/compass_words.csv") if row["header"]]
    found = {row["o"] for row in rows for name in names if re.search(row["header"], name)}
    return found.pop() if len(found) == 1 else None
