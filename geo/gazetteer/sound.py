"""Bring names that were written by ear to one key.

Names in Arabic, Persian, Cyrillic and other scripts are spelled in Latin letters as each
newsroom hears them: "Marea", "Maree", "Mari'". This second key is coarser than `normalise`'s,
so it is asked only when that knows nothing, and only for places where such scripts are written.
"""

import re
from typing import Final

# Countries whose names come to us by transliteration.
BY_EAR: Final = frozenset(
    "AE AF AM AZ BD BH BY DJ DZ EG EH ER ET GE IL IN IQ IR JO KG KW KZ LB LK LY MA MM MR NP OM PK PS QA RU SA SD SO SY "
    "TD TJ TM TN TR UA UZ YE".split()
)
LEAST: Final = 4  # letters of a key; shorter ones sound like too much else
_ARTICLES: Final = frozenset("al el ul ad adh ar as ash at ath az an".split())
_SOUNDS: Final = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("ph", "f"), ("kh|gh", "g"), ("sch|tch|sh|ch", "c"), ("dh|th|zh", "d"), ("q|ck", "k"),
        ("dj|g(?=[ei])", "j"),
        ("ou|oo|ow|aw|au|eu|w|o|u", "u"), ("ei|ai|ay|ey|ee|ie|iy|yi|ij|e|i|y", "i"), ("(?<=.)h", ""), ("z", "s"),
        ("t", "d"), ("v|b", "b"), (r"(.)\1+", r"\1"), ("(?<=..)[ai]$", ""),
    )
]  # fmt: skip


def sound(key: str) -> str:
    """Make the coarse key of a normalised name; empty when it is too short to distinguish places.

    Args:
        key: A name as `normalise` gives it.
    """
    if not key.isascii():
        return ""
    words = [word for word in key.split() if word not in _ARTICLES]
    heard = "".join(_hear(word) for word in words)
    return heard if len(heard) >= LEAST else ""


def _hear(word: str) -> str:
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word
