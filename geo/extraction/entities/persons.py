"""Find persons who are named, in any case.

In mixed case a capital marks a name, in all capitals nothing does: there a title before it, or a known given
name in front, decides, or words that are neither English nor places.
"""

import string
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from geo.extraction.language.tokens import Words, places_of
from geo.gazetteer import open_gazetteer
from geo.gazetteer.normalise import normalise
from geo.memo import remember
from geo.resources import read_table
from geo.tables import further_nouns, people, person_names, targets, word_class, word_classes, words_with_role

_LONGEST: Final = 5  # words of a name, its little ones counted
_LITTLE: Final = word_class("name_particle")
_ABBREVIATION: Final = 4  # letters of the longest title that ends in a full stop: "Capt."
_CAPITALS: Final = string.ascii_uppercase.encode()
_ASCII_LETTERS: Final = string.ascii_letters.encode()
_GIVEN_ENOUGH: Final = 40  # bearers per million from which a word alone begins a name in all capitals
_OLDEST: Final = 110  # years of a person's age
_FOREIGN: Final = 1.8  # how common a word is in English (Zipf's scale) up to which it may begin a name unknown
_RARE: Final = 3.7  # up to which a word may go on with a name in a text of capitals
_DAY_PARTS: Final = word_class("day_part")  # "killed Ana Diaz early on Friday"
_BEFORE_PLACES: Final = word_class("before_place")


@dataclass(frozen=True, slots=True)
class Person:
    """A person who is named, with the title before the name."""

    first: int  # index of the first word, the title included
    stop: int  # index one past the last word
    name: int  # index of the first word of the name itself


@cache
def _given_names() -> frozenset[str]:
    known = [row.name for row in person_names() if row.given >= _GIVEN_ENOUGH]
    further = (row["name"] for row in read_table("language/given_names.csv"))
    return frozenset((*known, *further)) - _LITTLE | {"abu", "umm"}


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row.name for row in person_names() if row.surname)


@cache
def _name_openers() -> frozenset[str]:
    return words_with_role("title") | _given_names()


@cache
def _plurals() -> frozenset[str]:
    return frozenset(row.plural for rows in (people(), targets(), further_nouns()) for row in rows)


def find_persons(words: Words, tags: str) -> list[Person]:
    """Find the persons who are named, in text order; one named in full is known by the surname too."""
    full = _find_full(words, tags)
    surnames = {
        word
        for person in full
        for word in words.words[person.name + 1 : person.stop]
        if len(word) > _ABBREVIATION and word not in word_classes()["no_name"] and word.isalpha()
    }
    if not _mostly_upper(words.text):
        full += _find_by_age(words, tags, {at for person in full for at in range(person.first, person.stop)})
    found = full + _find_between(words, tags, full)
    taken = {at for person in found for at in range(person.first, person.stop)}
    end = 0
    for index in places_of(words.words, surnames) if surnames else ():
        if index in taken or index < end or not _is_capital(words, index):
            continue
        end = index + 1
        while end < len(tags) and words.words[end] in surnames and end not in taken:
            end += 1
        found.append(Person(index, end, index))
    return sorted(found, key=lambda person: person.first)


def _find_by_age(words: Words, tags: str, taken: set[int]) -> list[Person]:
    """Find those whose names no table has by the age beside them: "30-year-old Kyaw Soe", "Kyaw Soe, 30,"."""
    found = []
    for index, word in enumerate(words.words):
        if not (word == "old" and words.words[max(0, index - 3) : index] == ["-", "year", "-"]):
            continue
        stop = _name_stop(words, tags, index + 1, capitals=False)
        if stop - index > 2 and index + 1 not in taken:  # noqa: PLR2004 -- two words at least
            aged = index > 3 and words.words[index - 4].isdigit()  # noqa: PLR2004 -- "30 - year - old"
            found.append(Person(index - 4 if aged else index + 1, stop, index + 1))
    for index in range(2, len(tags) - 2):
        if not (words.words[index].isdigit() and 0 < int(words.words[index]) < _OLDEST and index - 1 not in taken):
            continue
        if words.words[index - 1] != "," or words.words[index + 1] not in {",", "."} or index - 2 in taken:
            continue
        first = index - 1
        while first and index - 1 - first < _LONGEST and tags[first - 1] == "n" and _may_be_name(words, first - 1):
            first -= 1
        if index - 1 - first >= 2 and not _is_place(" ".join(words.words[first : index - 1])):  # noqa: PLR2004
            found.append(Person(first, index - 1, first))
    return found


def _find_between(words: Words, tags: str, persons: list[Person]) -> list[Person]:
    """Find who stands in a list between two persons: "Ana Diaz, Xochi Tlapa, and Luis Gil"."""
    found = []
    for person, following in pairwise(persons):
        at = person.stop + (words.get(person.stop) == ",")
        stop = at
        while stop < following.first and tags[stop] == "n" and _may_be_name(words, stop):
            stop += 1
        between = words.words[stop : following.first]
        if at > person.stop and 2 <= stop - at <= _LONGEST and between in ([","], [",", "and"], ["and"]):  # noqa: PLR2004
            found.append(Person(at, stop, at))
    return found


def _may_be_name(words: Words, index: int) -> bool:
    word = words.words[index]
    common = (
        word in word_classes()["no_name"]
        or word in words_with_role("title")
        or word in words_with_role("organisation")
        or word.endswith(("ed", "ing", "tion"))
    )
    return not common and _is_capital(words, index)


def _is_capital(words: Words, index: int) -> bool:
    return words.text[words.starts[index]].isupper()


def _find_full(words: Words, tags: str) -> list[Person]:
    """Find persons by a title or a given name."""
    found: list[Person] = []
    capitals = _mostly_upper(words.text)
    titles, given, end = words_with_role("title"), _given_names(), 0
    openers = _name_openers()
    known = places_of(words.words, openers)
    if capitals:
        known = [i for i, word in enumerate(words.words) if word in openers or _is_unknown(word)]
    for index in known:
        word = words.words[index]
        if index < end or tags[index] != "n" or not _is_capital(words, index):
            continue
        titled = word in titles
        name = index + 1 if titled else index
        if titled:
            name += words.get(name) == "." and len(word) <= _ABBREVIATION
        elif word in word_classes()["no_name"] or (
            word not in given and not (capitals and _may_begin(words, tags, index))
        ):
            continue
        stop = _name_stop(words, tags, name, capitals=capitals)
        if stop - name < (1 if titled and not capitals else 2):
            continue
        if words.get(index - 1) == "the" and words.get(stop) in word_classes()["building"]:
            continue  # "the General Santander school"
        if word not in given and not titled and _is_place(" ".join(words.words[name:stop])):
            continue
        if not titled or not capitals or _any_given(words, name, stop):
            found.append(Person(index, stop, name))
            end = stop
    return found


def _may_begin(words: Words, tags: str, index: int) -> bool:
    """Return whether a word that no table has may begin a name in a text of capitals: neither English nor a place."""
    if words.get(index - 1) in _BEFORE_PLACES or tags[index + 1 : index + 2] != "n":
        return False
    return _is_unknown(words.words[index]) and not _is_place(words.words[index])


@remember
def _is_unknown(word: str) -> bool:
    """Return whether a word is long enough for a name, and no English that is often read."""
    return len(word) > _ABBREVIATION and _commonness(word) < _FOREIGN


def _is_name_word(word: str) -> bool:
    """Return whether a word of a text of capitals may go on with a name: no common word that is not one, too."""
    known = word in _given_names() or word in _surnames()
    return (known or _commonness(word) < _RARE) and word not in _plurals()


def _commonness(word: str) -> float:
    return open_gazetteer().zipf(word)


@remember
def _is_place(name: str) -> bool:
    return bool(open_gazetteer().find_rows(normalise(name)))


def _mostly_upper(text: str) -> bool:
    sample = text[:2000]
    plain = sample.encode("ascii", "ignore")
    odd = [] if sample.isascii() else [char for char in sample if not char.isascii()]
    upper = len(plain) - len(plain.translate(None, _CAPITALS)) + sum(map(str.isupper, odd))
    letters = len(plain) - len(plain.translate(None, _ASCII_LETTERS)) + sum(map(str.isalpha, odd))
    return upper > 0.7 * max(1, letters)


def _any_given(words: Words, name: int, stop: int) -> bool:
    return any(word in _given_names() for word in words.words[name:stop])


def _name_stop(words: Words, tags: str, name: int, *, capitals: bool) -> int:
    """Return where a name ends that begins at `name`; `name` itself when none does."""
    at, last = name, name
    titles, organisations = words_with_role("title"), words_with_role("organisation")
    while at < min(len(tags), name + _LONGEST + 2):
        word = words.words[at]
        if word == "-" or (word in _LITTLE and (at > name or word in {"abu", "al", "el", "bin"})):
            at += 1
            continue
        if tags[at] != "n" or word in word_classes()["no_name"] or word in titles or not word[0].isalpha():
            break
        if word in organisations or word.endswith(("ed", "ing", "tion")) or len(word) == 1:
            if len(word) == 1 and words.get(at + 1) == ".":
                at += 2
                continue
            break
        if not (_is_name_word(word) if capitals else words.text[words.starts[at]].isupper()):
            break
        if word in _DAY_PARTS and tags[at + 1 : at + 2] in {"P", "T", "D"}:
            break
        at += 1
        last = at
    return last if last - name <= _LONGEST else name
