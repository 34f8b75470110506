"""Find what incidents are done with: "18 Katyusha rockets", "a car bomb", "machetes".

The class of a weapon helps to say what kind of incident it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.language.quantities import Quantity
from geo.extraction.language.tagged_text import TaggedText
from geo.extraction.language.tokens import Words, end_of_phrase, places_of, read_words
from geo.extraction.language.word_classes import any_in
from geo.tables import weapons, word_class, word_classes

_SKIPPED: Final = frozenset("-.")
_MINES: Final = frozenset({"mine", "mines"})
_PIT_REACH: Final = 60  # words around "mine" that show which sort it is
_OPENERS: Final = word_class("article")
# Bodies and places, not weapons, where these words follow: "bomb squad", "rocket scientist", "gun control".


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A weapon in the words of the report."""

    first: int  # index of the first word, number and adjectives included
    stop: int  # index one past the last word
    start: int  # offset of the first character
    end: int  # offset one past the last character
    text: str  # the words, without article: "18 Katyusha rockets"
    weapon_class: (
        str  # air, artillery, ied, landmine, suicide, grenade, chemical, firearm, blade, blunt, arson, nonlethal
    )
    count_min: int | None = None  # how many, where the words say so
    count_max: int | None = None


@cache
def _weapons() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Read the table: first word -> the weapons that begin so with their classes, the longest first."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for row in weapons():
        words = tuple(word for word in read_words(row.weapon).words if word not in _SKIPPED)
        for form in (words, (*words[:-1], _plural(words[-1]))):
            found.setdefault(form[0], {}).setdefault(form, row.weapon_class)
    return {first: tuple(sorted(forms.items(), key=lambda form: -len(form[0]))) for first, forms in found.items()}


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return f"{word}es"
    return {"knife": "knives"}.get(word, f"{word}s")


def find_weapons(text: TaggedText) -> list[WeaponMention]:
    """Find the weapons that a text mentions, in text order."""
    words = text.words
    table, tokens, found, end = _weapons(), words.words, [], 0
    counts: dict[int, Quantity] = {}
    for index in places_of(tokens, table):
        if index < end:
            continue
        for form, weapon_class in table[tokens[index]]:
            stop = end_of_phrase(tokens, index, form, _SKIPPED)
            if stop and words.get(stop) not in word_classes()["after_no_weapon"] and not _is_pit(words, index, form):
                counts = counts or {quantity.stop: quantity for quantity in text.quantities}
                first = _first(tokens, index, set(counts))
                quantity = counts.get(first)
                begin = quantity.first if quantity and not quantity.bare_year else first
                least, most = (quantity.least, quantity.most) if quantity and begin != first else (None, None)
                where = (begin, stop, words.starts[begin], words.ends[stop - 1])
                written = " ".join(_text(words, begin, stop).split())
                found.append(WeaponMention(*where, written, weapon_class, least, most))
                end = stop
                break
    return found


def _is_pit(words: Words, index: int, form: Sequence[str]) -> bool:
    """Return whether a mine is one that miners work in: the words around mention gold, shafts or miners."""
    around = words.words[max(0, index - _PIT_REACH) : index + _PIT_REACH]
    return form[-1] in _MINES and len(form) == 1 and any_in(around, "mining") and "landmine" not in around


def _first(tokens: Sequence[str], index: int, numbers: set[int]) -> int:
    """Take in the adjectives before a weapon, up to a number."""
    at = index
    while (
        at > 0
        and at not in numbers
        and (
            tokens[at - 1] in word_classes()["describing_weapon"]
            or (tokens[at - 1] == "-" and at > 1 and tokens[at - 2] in word_classes()["describing_weapon"])
        )
    ):
        at -= 1
    while at < index and tokens[at] == "-":
        at += 1
    return at


def _text(words: Words, first: int, stop: int) -> str:
    at = first
    while at < stop - 1 and words.words[at] in _OPENERS:
        at += 1
    return words.span(at, stop)
