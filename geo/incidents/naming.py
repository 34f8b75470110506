"""Tell whether two texts may name the same actor: "US troops" and "American soldiers" do.

An actor is reduced to the countries and the proper names in its text; words for people
in general ("gunmen", "fighters") name nobody in particular.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.resources import read_table

WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
LONGEST_NAME: Final = 5  # words; "United States of America"
MIN_LETTERS: Final = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the text of an actor names: codes of countries, and words of proper names."""

    countries: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@cache
def identity(actor: str | None) -> Identity:
    """Reduce the text of an actor to whom it names; null and people in general name nobody."""
    words = [word.rstrip(".").lower().replace(".", "") for word in WORD.findall(actor or "")]
    words = [word.removesuffix("'s").removesuffix("’s") for word in words]
    countries, names, at = set(), set(), 0
    while at < len(words):
        for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            code = _nations().get(" ".join(words[at : at + length]))
            if code:
                countries.add(code)
                break
        else:
            length = 1
            if len(words[at]) >= MIN_LETTERS and not words[at].isdigit() and words[at] not in _common_words():
                names.add(words[at])
        at += length
    return Identity(frozenset(countries), frozenset(names))


@cache
def relation(one: str | None, other: str | None) -> str:
    """Compare two actors: `agree`, `differ`, or `unsaid` when one of them names nobody."""
    a, b = identity(one), identity(other)
    shared = len(a.names & b.names)
    if a.countries & b.countries or shared > min(len(a.names), len(b.names)) / 2:
        return "agree"
    if shared:  # "Islamic State" and "Islamic Jihad", but also "Qassem" and "Qasem Soleimani"
        return "unsaid"
    if (a.names and b.names) or (a.countries and b.countries):
        return "differ"
    # "an Iraqi militia" may or may not be "Kataib Hezbollah".
    return "unsaid"


@cache
def _nations() -> dict[str, str]:
    nations = {}
    for row in read_table("demonyms.csv"):
        if row["country_code"] and not row["place"]:
            nations[row["word"].lower()] = row["country_code"]
    for row in read_table("countries.csv"):
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            nations[name.lower().replace(".", "")] = row["code"]
    return nations


@cache
def _common_words() -> frozenset[str]:
    words = {row[form] for row in read_table("people.csv") for form in ("noun", "plural")}
    words |= {row[form] for row in read_table("targets.csv") for form in ("noun", "plural")}
    words |= {word for row in read_table("word_classes.csv") for word in row["words"].split()}
    return frozenset(words)
