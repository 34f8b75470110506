"""Know the forces of states: by a nationality ("Burmese junta troops", "Syrian or Russian airstrikes"), or by
the country that something happened in ("the army").

What a country's army or police is called stands in `data/actors.csv`, where its name is not simply its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.words import Words
from geo.resources import read_table

# What follows a nationality that acts by proxy: "Turkish-backed factions" are not Turkey's.
_PROXY: Final = frozenset(
    "backed led linked allied affiliated aligned supported made style born sponsored trained funded occupied".split()
)
_ROLES: Final = {
    role: frozenset(words.split())
    for role, words in (
        ("police", "police policeman policemen policewoman gendarme gendarmes gendarmerie constable constables detectives"),
        ("security", "security intelligence agents agent enforcement"),
        ("government", "government governments authorities administration regime officials official ministry"),
        ("army", "army military troops soldiers soldier forces force warplane warplanes jets jet aircraft helicopter "
                 "helicopters artillery navy marines gunboats gunboat tanks drones infantry paratroopers junta airmen "
                 "armed snipers invaders occupiers battalion brigade units unit navy patrol missiles guards"),
    )
}  # fmt: skip
_GENERIC: Final = frozenset().union(*_ROLES.values()) | set(
    "the local government's state-run armed members member of personnel officers officer state special federal national "
    "regime's some several air border rural municipal plainclothes uniformed heavily unidentified masked pro-government "
    "services service men group combined joint led suspected alleged government's law large number public anti riot - and".split()
)
_ATTACKS: Final = frozenset(
    "airstrike airstrikes strike strikes shelling shellings bombardment bombardments bombing bombings missile missiles rocket "
    "rockets drone drones artillery raid raids attack attacks offensive invasion incursion incursions fire operation "
    "operations siege blockade mortar mortars shell shells bomb bombs aggression".split()
)
_BETWEEN: Final = frozenset(
    "air ballistic cruise missile rocket drone artillery aerial military regime government army barrel cluster bomb "
    "naval ground mortar night - retaliatory suspected tank forces".split()
)


@dataclass(frozen=True, slots=True)
class National:
    """Nationalities side by side: "Syrian or Russian"."""

    first: int  # index of the first word
    stop: int  # index one past the last word
    codes: tuple[str, ...]


@cache
def nationalities() -> dict[str, str]:
    """Read the adjectives of nationality, and abbreviations that stand as such: word -> country code."""
    found = {"u.s.": "US", "us": "US", "usa": "US", "uk": "GB", "u.k.": "GB", "uae": "AE", "drc": "CD", "myanmar": "MM"}
    for row in read_table("demonyms.csv"):
        if row["country_code"] and " " not in row["word"]:
            found.setdefault(row["word"].lower(), row["country_code"])
    return found


@cache
def _table() -> dict[tuple[str, str], str]:
    """Read the names of armies and police forces: (country, role) -> name."""
    return {
        (row["country_code"], role): row["name"]
        for row in read_table("actors.csv")
        for role in row["role"].split()
        if row["country_code"]
    }


def role_of(words: Sequence[str]) -> str:
    """Say whether words mean an army, police, a security service or a government; "" for none."""
    told = set(words)
    for role, members in _ROLES.items():
        if told & members:
            return role
    return ""


def force_name(told: str, codes: Sequence[str], role: str) -> str:
    """Name a state's force: as the table has it, else as told."""
    if len(codes) != 1:
        return told
    return _table().get((codes[0], role), told)


def in_country(told: str, country_code: str | None, country: str | None) -> str:
    """Name a force that the report does not give a nationality, by the country that it acted in.

    Args:
        told: The words of the report, without article: "security forces".
        country_code: Where it happened, ISO 3166-1 alpha-2.
        country: The country's English name.

    Returns:
        The table's name, or the words with the country in brackets: "army (Peru)". What is no mere word for a
        force ("guerrillas", "FMLN") stays as it is.
    """
    words = told.lower().replace("-", " - ").split()
    role = role_of(words)
    if not country_code or not country or not role or not set(words) <= _GENERIC:
        return told
    return _table().get((country_code, role)) or f"{told} ({country})"


def national_at(words: Words, index: int) -> National | None:
    """Read the nationalities that begin at a word: "Syrian", "US and British", "Russian or Syrian"."""
    table, told = nationalities(), words.words
    at, codes = index, []
    while at < len(told) and told[at] in table and is_meant(words, at):
        codes.append(table[told[at]])
        at += 1
        if at + 1 < len(told) and told[at] in {"and", "or", "/", "-"} and told[at + 1] in table:
            at += 1
            continue
        break
    if not codes or (words.get(at) == "-" and words.get(at + 1) in _PROXY):
        return None
    return National(index, at, tuple(dict.fromkeys(codes)))


def is_meant(words: Words, index: int) -> bool:
    """Refuse the pronoun "us" where a country is asked for."""
    if words.words[index] not in {"us", "uk", "un"}:
        return True
    return words.text[words.starts[index] : words.ends[index]].isupper()


def attack_after(words: Words, national: National) -> bool:
    """Say whether an attack is called by its nation: "Russian shelling", "Iranian ballistic missile attack"."""
    at = national.stop
    while (
        at < len(words.words)
        and at - national.stop < 3
        and words.words[at] in _BETWEEN
        and words.words[at + 1 : at + 2]
    ):  # noqa: PLR2004
        if words.words[at] in _ATTACKS and words.words[at + 1] not in _ATTACKS and words.words[at + 1] not in _BETWEEN:
            return True
        at += 1
    return words.get(at) in _ATTACKS


def is_attack(word: str) -> bool:
    """Say whether a word is one for an attack, or for what it is done with."""
    return word in _ATTACKS
