"""Write the names of a text in capitals as people write them: "ABU MAHDI AL-MUHANDIS" is Abu Mahdi al-Muhandis."""

import re
from functools import cache
from typing import Final

from geo.extraction.entities.national_forces import nationalities
from geo.extraction.entities.nouns import nouns
from geo.extraction.language.tokens import Words
from geo.gazetteer import open_gazetteer
from geo.tables import actors, weapons, word_class, word_classes, words_with_role

_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*\.?")
_AROUND: Final = 40  # characters on either side by which a text in capitals is known
_ARTICLES: Final = word_class("small_particle")
_COMMON: Final = 3.5  # how common a word is from which on it is no name by itself (Zipf's scale)


def write_name(words: Words, name: str | None) -> str | None:
    """Return a name in the case in which people write it, where the text around it is all in capitals.

    Args:
        words: Of the text that the name is taken from.
        name: As the text has it; several are joined by "; ".
    """
    if not name or not any(part.isupper() for part in name.split("; ")):
        return name
    return "; ".join(_written(part) if part.isupper() and _is_flat(words, part) else part for part in name.split("; "))


def _is_flat(words: Words, name: str) -> bool:
    """Return whether a name stands among words that are all in capitals."""
    at = words.text.find(name)
    if at < 0:
        return False
    around = words.text[max(0, at - _AROUND) : at] + words.text[at + len(name) : at + len(name) + _AROUND]
    return not any(map(str.islower, around)) and any(map(str.isupper, around))


def _written(name: str) -> str:
    found = list(_LETTERS.finditer(name))
    lowered = [one[0].lower() for one in found]
    written, named, end = "", False, 0  # `named`: whether the word before is of somebody's name
    for n, one in enumerate(found):
        word = lowered[n]
        kept = word in _abbreviations()
        small = word in _ARTICLES or _is_little(word)
        title = word.rstrip(".") in words_with_role("title") and n + 1 < len(lowered) and not _is_common(lowered[n + 1])
        common = small or (_is_thing(word) if named else _is_common(word) and not title)
        nation = word in nationalities()
        written += name[end : one.start()]
        written += one[0] if kept else word.capitalize() if nation or not common else word
        named, end = not (kept or nation or common) or (named and word in _ARTICLES), one.end()
    return written + name[end:]


def _is_little(word: str) -> bool:
    classes = word_classes()
    return any(word in classes[name] for name in ("preposition", "conjunction", "determiner"))


def _is_thing(word: str) -> bool:
    return word in _weapons()


def _is_common(word: str) -> bool:
    """Return whether a word is no name: a noun of the tables, or a common word that names no place."""
    if word in nouns() or _is_thing(word) or word in word_classes()["describing"]:
        return True
    gazetteer = open_gazetteer()
    return gazetteer.zipf(word) >= _COMMON and not gazetteer.find(word)


@cache
def _weapons() -> frozenset[str]:
    names = {row.weapon.lower() for row in weapons()}
    return frozenset(names | {f"{name}s" for name in names})


@cache
def _abbreviations() -> frozenset[str]:
    """List the abbreviations of the table of actors, and of nationalities, in small letters."""
    aliases = {alias for row in actors() for alias in row.aliases if alias.isupper() and " " not in alias}
    return frozenset(alias.lower() for alias in aliases) | {"us", "u.s.", "uk", "u.k.", "un", "u.n.", "eu"}
