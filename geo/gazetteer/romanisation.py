"""Write romanised names as news does, without the marks of scholars."""

import re
import unicodedata
from functools import cache
from typing import Final

# Marks of romanisation (BGN/PCGN, ALA-LC) that news leaves out: macron, dot below, cedilla, line below.
MARKS: Final = frozenset("\u0304\u0323\u0327\u0331")
AIN: Final = "\u02bb\u02bc\u02be\u02bf\u2018\u2019"  # letters that stand for hamza and ain
KEPT: Final = frozenset("çÇ")  # no romanisation: French, Portuguese and Turkish
TURKISH: Final = frozenset("ıİğĞ")  # beside one of these a cedilla below s is none either: Şanlıurfa


@cache
def plain_letters(text: str) -> str:
    """Write a romanised name without the marks of scholars: "Al Qā’im" is Al Qaim, "Nāḩiyat" Nahiyat."""
    if text.isascii():
        return text
    letters = []
    kept = KEPT | frozenset("şŞ") if TURKISH & set(text) else KEPT
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        bare = parts if letter in kept else "".join(part for part in parts if part not in MARKS)
        letters.append(unicodedata.normalize("NFC", bare))
    # An elided article keeps its apostrophe: N’Djamena, L’Aquila.
    return re.sub(rf"(?<!\b[A-Z])[{AIN}]", "", "".join(letters)).replace("\u2019", "'")
