"""Return whether two texts may name the same actor: "US troops" and "American soldiers" do.

An actor is reduced to the countries, the known groups and the rare names in its text; words for
people in general ("gunmen", "fighters") name nobody in particular. A rare name says most: there
are many attacks by the same group, but few on the same person.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.gazetteer import open_gazetteer
from geo.tables import actors, countries, demonyms, people, targets, word_classes

WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
LONGEST_NAME: Final = 8  # words; "Military Forces of the United States"
MIN_LETTERS: Final = 3
COMMON_ZIPF: Final = 4.0  # a word that prose has more than ten times in a million words is no rare name


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the text of an actor names."""

    countries: frozenset[str] = frozenset()  # ISO 3166-1 alpha-2
    groups: frozenset[str] = frozenset()  # as data/events/actors.csv calls them
    names: frozenset[str] = frozenset()  # words that are rare and neither of these


@cache
def identity(actor: str | None) -> Identity:
    """Reduce the text of an actor to whom it names; null and people in general name nobody."""
    written = [word.rstrip(".").replace(".", "") for word in WORD.findall(actor or "")]
    words = [_bare(word) for word in written]
    countries: set[str] = set()
    groups: set[str] = set()
    others: set[str] = set()
    at = 0
    while at < len(words):
        for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            short = len(phrase) < MIN_LETTERS + 1 and not written[at].isupper()  # "is" is no "IS"
            if not short and (group := _groups().get(phrase)):
                groups |= group.groups
                countries |= group.countries
                break
            if code := _nations().get(phrase):
                countries.add(code)
                break
        else:
            length = 1
            others.add(words[at])
        at += length
    distinctive = {word for word in others if len(word) >= MIN_LETTERS and word not in _common_words()}
    names = {word for word in distinctive if word.isalpha() and open_gazetteer().zipf(word) < COMMON_ZIPF}
    return Identity(frozenset(countries), frozenset(groups), frozenset(names))


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s")


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
    if a.countries & b.countries or a.groups & b.groups:
        return "same_group"
    if a.names & b.names:
        return "unsaid"  # "Qassem" and "Qasem Soleimani", but also two brothers
    pairs = ((a.names, b.names), (a.groups, b.groups), (a.countries, b.countries))
    return "differ" if any(ours and theirs for ours, theirs in pairs) else "unsaid"


def _mostly_shared(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return len(ours & theirs) > min(len(ours), len(theirs)) / 2


@cache
def _nations() -> dict[str, str]:
    nations = {}
    for row in demonyms():
        if row.country_code and not row.place:
            nations[row.word.lower()] = row.country_code
    for country in countries():
        for name in (country.name, *country.aliases):
            nations[name.lower().replace(".", "")] = country.code
    return nations


@cache
def _groups() -> dict[str, Identity]:
    """Whom the names and aliases of armed groups and forces mean.

    "Shia Militias (Iraq)" are many, any of which another report may name: that is no group of
    its own. A state's forces are its own and the state's.
    """
    groups: dict[str, Identity] = {}
    for actor in actors():
        home = frozenset({actor.country_code} - {""})
        many = _nations().get(actor.name.rpartition("(")[2].rstrip(")").lower()) in home
        own = frozenset() if many else frozenset({actor.name})
        known = Identity(home if many or actor.kind == "state" else frozenset(), own)
        for name in (actor.name, *actor.aliases):
            words = [_bare(word.rstrip(".").replace(".", "")) for word in WORD.findall(name)]
            groups.setdefault(" ".join(words), known)
    return groups


@cache
def _common_words() -> frozenset[str]:
    nouns = {form for row in (*people(), *targets()) for form in (row.noun, row.plural)}
    return frozenset(nouns.union(*word_classes().values()))
