"""Recognise the forces of states by a nationality, or by the country of the incident.

"Burmese junta troops", "Syrian or Russian airstrikes"; in Peru, "the army" is Peru's.

What a country's army or police is called stands in `data/events/actors.csv`, where its name is not simply its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.language.tokens import Words
from geo.resources import read_table
from geo.tables import actors, demonyms, word_classes

# What follows a nationality that acts by proxy: "Turkish-backed factions" are not Turkey's.
_ROLES: Final = ("police", "security", "government", "army")  # classes of words, in the order in which they count
_STEPS: Final = 6  # words and marks between a nation and its attack: "F-16 fighter"


@dataclass(frozen=True, slots=True)
class National:
    """Nationalities side by side: "Syrian or Russian"."""

    first: int  # index of the first word
    stop: int  # index one past the last word
    codes: tuple[str, ...]


@cache
def nationalities() -> dict[str, str]:
    """Read the adjectives of nationality, and abbreviations that stand as such: word -> country code."""
    found = {row["word"]: row["country_code"] for row in read_table("language/country_abbreviations.csv")}
    for row in demonyms():
        if row.country_code:
            found.setdefault(row.word.lower(), row.country_code)
    return found


@cache
def _table() -> dict[tuple[str, str], str]:
    """Read the names of armies and police forces: (country, role) -> name."""
    return {(actor.country_code, role): actor.name for actor in actors() for role in actor.roles if actor.country_code}


@cache
def _generic_words() -> frozenset[str]:
    """List the words that say no more of a force than what it is."""
    return word_classes()["generic_force"].union(*(word_classes()[f"role_{role}"] for role in _ROLES))


def _is_nobodys(words: Sequence[str]) -> bool:
    """Recognise "armed men" and "an armed group", who are no force: whoever is only armed is in nobody's army."""
    return bool(words) and words[-1] in {"men", "man", "gunmen", "people", "persons", "youths", "group", "groups"}


def role_of(words: Sequence[str]) -> str:
    """Return whether words mean an army, police, a security service or a government; "" for none."""
    distinct = set(words)
    if _is_nobodys(words):
        return ""
    return next((role for role in _ROLES if distinct & word_classes()[f"role_{role}"]), "")


def force_name(text: str, codes: Sequence[str], role: str) -> str:
    """Name a state's force as in the table, else in the words of the report."""
    if len(codes) != 1:
        return text
    return _with_branch(text, _table().get((codes[0], role), text))


def _with_branch(text: str, name: str) -> str:
    """Keep the branch of a force: "Salvadoran Air Force (Salvadoran Armed Forces)"."""
    whole = word_classes()["branch"].isdisjoint(text.lower().split())
    return name if whole or text == name else f"{text} ({name})"


def in_country(text: str, country_code: str | None, country: str | None) -> str:
    """Name a force that the report does not give a nationality, by the country that it acted in.

    Args:
        text: The words of the report, without article: "security forces".
        country_code: Where it happened, ISO 3166-1 alpha-2.
        country: The country's English name.

    Returns:
        The table's name, or the words with the country in brackets: "army (Peru)". What is no mere word for a
        force ("guerrillas", "FMLN") stays as it is, and so does what may be anybody's: "jets".
    """
    words = text.lower().replace("-", " - ").split()
    role = role_of(words)
    if not country_code or not country or not role or not set(words) <= _generic_words():
        return text
    if not set(words) & word_classes()[f"role_{role}"] - word_classes()["materiel"]:
        return text  # "jets bombed depots" accuses no state
    name = _table().get((country_code, role))
    if name:
        return _with_branch(text, name)
    return text if country_code in _with_foreign_forces() else f"{text} ({country})"


@cache
def _with_foreign_forces() -> frozenset[str]:
    """Read the countries in which the army of another acts, so that "the army" may be either's."""
    return frozenset(row["acts_in"] for row in read_table("events/forces_abroad.csv"))


def national_at(words: Words, index: int) -> National | None:
    """Read the nationalities that begin at a word: "Syrian", "US and British", "Russian or Syrian"."""
    table, tokens = nationalities(), words.words
    if tokens[index] not in _first_words():
        return None
    at, codes = index, []
    while at < len(tokens):
        both = " ".join(tokens[at : at + 2])
        if both in table:  # South Sudanese
            codes.append(table[both])
            at += 2
        elif tokens[at] in table and is_meant(words, at):
            codes.append(table[tokens[at]])
            at += 1
        else:
            break
        if at + 1 < len(tokens) and tokens[at] in {"and", "or", "/", "-"} and tokens[at + 1] in table:
            at += 1
        else:
            break
    if not codes or (words.get(at) == "-" and words.get(at + 1) in word_classes()["by_proxy"]):
        return None
    return National(index, at, tuple(dict.fromkeys(codes)))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.partition(" ")[0] for name in nationalities())


def is_meant(words: Words, index: int) -> bool:
    """Refuse the pronoun "us" where a country is asked for."""
    if words.words[index] not in {"us", "uk", "un"}:
        return True
    return words.text[words.starts[index] : words.ends[index]].isupper()


def attack_after(words: Words, national: National) -> bool:
    """Return whether an attack is called by its nation: "Russian shelling", "Iranian ballistic missile attack"."""
    at, classes = national.stop, word_classes()
    while at < len(words.words) and at - national.stop < _STEPS and _leads_to_attack(words.words[at]):
        if (
            words.words[at] in classes["attack_noun"]
            and not _leads_to_attack(words.get(at + 1))
            and (words.get(at + 1) not in classes["attack_noun"])
        ):
            return True
        at += 1
    return words.get(at) in classes["attack_noun"] | classes["aircraft"]


def _leads_to_attack(word: str) -> bool:
    """Say whether a word may stand between a nation and its attack, or is of the name of a craft: "F-16"."""
    return bool(word) and (word in word_classes()["before_attack"] or word.isdigit() or len(word) == 1)


def is_attack(word: str) -> bool:
    """Return whether a word is one for an attack, or for what it is done with."""
    return word in word_classes()["attack_noun"]
