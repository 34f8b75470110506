"""Tell whether two texts may name the same actor: "US troops" and "American soldiers" do.

An actor is reduced to the countries, the known groups and the rare names in its text; words for
people in general ("gunmen", "fighters") name nobody in particular. A rare name says most: there
are many attacks by the same group, but few on the same person.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.gazetteer import open_gazetteer
from geo.resources import read_table

WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
LONGEST_NAME: Final = 5  # words; "United States of America"
MIN_LETTERS: Final = 3
COMMON_ZIPF: Final = 4.0  # a word that prose has more than ten times in a million words is no rare name


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the text of an actor names."""

    countries: frozenset[str] = frozenset()  # ISO 3166-1 alpha-2
    groups: frozenset[str] = frozenset()  # words in the names of armed groups and forces
    names: frozenset[str] = frozenset()  # words that are rare and neither of these


@cache
def identity(actor: str | None) -> Identity:
    """Reduce the text of an actor to whom it names; null and people in general name nobody."""
    words = [word.rstrip(".").lower().replace(".", "") for word in WORD.findall(actor or "")]
    words = [word.removesuffix("'s").removesuffix("’s") for word in words]
    countries, others, at = set(), set(), 0
    while at < len(words):
        for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            code = _nations().get(" ".join(words[at : at + length]))
            if code:
                countries.add(code)
                break
        else:
            length = 1
            others.add(words[at])
        at += length
    told = {word for word in others if len(word) >= MIN_LETTERS and word not in _common_words()}
    groups = told & _group_words()
    names = {word for word in told - groups if word.isalpha() and open_gazetteer().zipf(word) < COMMON_ZIPF}
    return Identity(frozenset(countries), frozenset(groups), frozenset(names))


@cache
def relation(one: str | None, other: str | None) -> str:
    """Compare two actors.

    Returns:
        `same_name` when they share a rare name, `same_group` when they share a group or country,
        `differ` when they name different ones, and `unsaid` when one of them names nobody:
        "an Iraqi militia" may or may not be "Kataib Hezbollah".
    """
    a, b = identity(one), identity(other)
    if _mostly_shared(a.names, b.names):
        return "same_name"
    if a.countries & b.countries or _mostly_shared(a.groups, b.groups):
        return "same_group"
    if a.names & b.names or a.groups & b.groups:
        return "unsaid"  # "Islamic State" and "Islamic Jihad", but also "Qassem" and "Qasem Soleimani"
    pairs = ((a.names, b.names), (a.groups, b.groups), (a.countries, b.countries))
    return "differ" if any(ours and theirs for ours, theirs in pairs) else "unsaid"


def _mostly_shared(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return len(ours & theirs) > min(len(ours), len(theirs)) / 2


@cache
def _nations() -> dict[str, str]:
    nations = {}
    for row in read_table("demonyms.csv"):
        if row["country_code"] and not row["place"]:
            nations[row["word"].lower()] = row["country_code"]
    for row in read_table("countries.csv"):
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            nations[name.strip().lower().replace(".", "")] = row["code"]
    return nations


@cache
def _group_words() -> frozenset[str]:
    names = (name for row in read_table("actors.csv") for name in (row["name"], *row["aliases"].split(";")))
    return frozenset(word.lower() for name in names for word in WORD.findall(name)) - _common_words()


@cache
def _common_words() -> frozenset[str]:
    words = {row[form] for row in read_table("people.csv") for form in ("noun", "plural")}
    words |= {row[form] for row in read_table("targets.csv") for form in ("noun", "plural")}
    words |= {word for row in read_table("word_classes.csv") for word in row["words"].split()}
    return frozenset(words)
