"""Bring the spellings of a name to one key.

The key is blind to case, diacritics, apostrophes, hyphens and full stops, and to Arabic's
variants of letters; "Saint" and "Mount" are written short. Articles stay, since
"El Salvador" is not "Salvador": the index holds Arabic names with and without theirs.
"""

import re
import unicodedata
from typing import Final

from geo.memo import remember

# Letters that Unicode does not take apart.
_LETTERS: Final = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
    "ə": "a", "ǝ": "a", "ŋ": "ng", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o", "ß": "ss",
    # Arabic, Persian, Urdu and Kurdish forms of one letter
    "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ە": "ه", "ٱ": "ا", "ء": "", "ـ": "",
}  # fmt: skip
_SPACING: Final = '-‐‑‒–—―−/\\_,;:()[]{}"“”„«»|+*#·•،'
_DROPPED: Final = "'’‘‛`´ʻʼʽʾʿˈˊˋ′ʹʺ״׳\u200c\u200d\u200e\u200f\u00ad"
_TRANSLATE: Final = str.maketrans(
    _LETTERS | dict.fromkeys(_SPACING, " ") | dict.fromkeys(_DROPPED, "") | {"&": " and "}
)
# The marks of Latin, Greek, Cyrillic, Hebrew and Arabic; those of Indic scripts are vowels and stay.
_MARKS: Final = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_ARABIC: Final = re.compile("[\u0621-\u064a]")
# "U.S." and "D.C." are one word, "St.Gallen" is two.
_INITIALS: Final = re.compile(r"\b(\w)\.(?=\w\b)")
_SHORT: Final = {"saint": "st", "mount": "mt", "fort": "ft"}
_LONG: Final = re.compile(r"\b(?:saint|mount|fort)\b")


@remember
def normalise(text: str) -> str:
    """Make the key under which the index holds a name; the same key for every spelling.

    Args:
        text: A name in any script.

    Returns:
        Lower-case words with single spaces between; normalising it again changes nothing.
        Empty when nothing of the text is a letter or a digit.
    """
    if text.isascii() and text.isalpha():  # most words of a report: nothing to take out
        key = text.lower()
        return _SHORT.get(key, key)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = _MARKS.sub("", text)
    text = text.lower().translate(_TRANSLATE)
    if "." in text:
        text = _INITIALS.sub(r"\1", text).replace(".", " ")
    key = " ".join(text.split())
    if _LONG.search(key):
        key = _LONG.sub(lambda found: _SHORT[found[0]], key)
    return key if key.isascii() else _unify(key)


def _unify(key: str) -> str:
    """Put Hangul together again and take the article off Arabic words."""
    words = unicodedata.normalize("NFC", key).split()
    return " ".join(_without_article(word) if _ARABIC.match(word) else word for word in words)


def _without_article(word: str) -> str:
    while word.startswith("ال") and len(word) > 4:  # noqa: PLR2004 - what is left is still a word
        word = word[2:]
    return word
