"""Know words: their roles beside names, how common they are, who is called so, which nations they name."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from geo import tables
from geo.gazetteer import Gazetteer, normalise, open_gazetteer
from geo.geoparsing.words.demonyms import demonyms
from geo.geoparsing.words.names import name_table
from geo.memo import Memo
from geo.resources import read_table

# A table of words is emptied when it holds so many, so that memory stays flat.
MOST_WORDS: Final = 200_000
# Words as common as this ("have", "back") begin a name only if the table calls them openers ("new", "san").
COMMON_ZIPF: Final = 5.4
_ZIPF_STEPS: Final[Sequence[float]] = (0.01, 3.0, 3.8, 4.5, 5.2)
_BEARER_STEPS: Final = (1, 50, 500)
_FUNCTION: Final = 6.0  # words as common as "with"
# Roles that matter beside a name.
ROLES: Final = frozenset(
    {"locative", "title", "organisation", "direction", "speech", "month", "weekday", "religion", "holiday"}
)
_STRONGEST_ROLES: Final = ("locative", "title", "organisation", "speech", "direction")
_DETERMINERS: Final = frozenset({"the", "a", "an", "this", "that"})
# Features that name the word itself.
_LEXICAL: Final = frozenset({"l", "r", "l2", "r2", "l2l1", "runfirst", "runlast"})
_ALWAYS_SEEN: Final = frozenset({"of", "de"})
_NO_ROLES: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class PlaceNoun:
    """A noun that says what sort of thing a name is."""

    kind: str
    feature_class: str
    radius_m: float


@dataclass(slots=True, eq=False)  # not frozen: that would triple the time of making one
class Word:
    """What is known of one word as it is written; one object per spelling, so identity is equality."""

    text: str
    key: str  # as the gazetteer would spell it, without "'s"
    lower: str  # lower case, without "'s"
    cut: int  # characters of "'s" at the end
    shape: str  # "l" lower, "C" Capital, "U" UPPER, "d" with digits, "x" no cases (Arabic)
    zipf: float  # log10 of uses in a billion words, 0 when unknown
    roles: frozenset[str]
    given: int  # bearers of it as a given name, per million
    surname: int
    nouns: tuple[PlaceNoun, ...]
    starts: bool  # some name begins with it, and it is no common word
    phrases: tuple[tuple[str, ...], ...]  # what follows it in names that are no places
    side: str  # its class as a neighbour of a name
    face: "Word" = field(
        init=False
    )  # what scoring sees of it: itself, or the first word that looks the same to all weights


WordTable = Memo[str, Word]


def word_table() -> WordTable:
    """Give the one table of words of the gazetteer in use; a gazetteer with new places begins a new one."""
    return _TABLES[open_gazetteer()]


_TABLES: Final[Memo[Gazetteer, WordTable]] = Memo(lambda _: Memo(_look_up, MOST_WORDS), most=1)


def _look_up(text: str) -> Word:
    """Look up everything about a word."""
    cut = 2 if text[-2:] in {"'s", "'S"} and len(text) > 2 else 0  # noqa: PLR2004 - "'s" has two characters
    stem = text[:-cut] if cut else text
    lower, key = stem.lower(), normalise(stem)
    plain = lower.replace(".", "")
    zipf = open_gazetteer().zipf(plain)
    roles = tables.word_roles().get(plain, _NO_ROLES)
    given, surname = person_names().get(lower, (0, 0))
    shape, nouns = _shape(stem), place_nouns().get(lower, ())
    word = Word(
        text=text,
        key=key,
        lower=lower,
        cut=cut,
        shape=shape,
        zipf=zipf,
        roles=roles,
        given=given,
        surname=surname,
        nouns=nouns,
        starts=_starts(key, zipf, roles),
        phrases=_not_places().get(lower, ()),
        side=_side(lower, shape, zipf, roles, "given" if given else "surname" if surname else "", nouns=bool(nouns)),
    )
    word.face = _face(word)
    return word


def _face(word: Word) -> Word:
    """Find the word that stands for all that no weight distinguishes, so that few sums need remembering."""
    if word.lower in _weighed_words() or word.lower in _ALWAYS_SEEN:
        return word
    look = (
        word.shape, word.roles, zipf_step(word.zipf), word.zipf > _FUNCTION, bearers(word.given), bearers(word.surname),
        tuple(noun.kind for noun in word.nouns), word.cut > 0,
    )  # fmt: skip
    return _faces().setdefault(look, word)


@cache
def _faces() -> dict[Hashable, Word]:
    return {}


@cache
def _weighed_words() -> frozenset[str]:
    """Read which words have weights of their own as neighbours of a name."""
    named = (row["feature"].partition("=") for row in read_table("models/toponym_weights.csv"))
    return frozenset(part for name, _, words in named if name in _LEXICAL for part in words.split("_"))


def _side(lower: str, shape: str, zipf: float, roles: frozenset[str], person: str, *, nouns: bool) -> str:
    """Name the class of a word as a neighbour of a name; one letter where the word itself says little."""
    if lower in _DETERMINERS:
        return "the"
    role_name = "noun" if nouns else ""
    if roles:
        role_name = next((role for role in _STRONGEST_ROLES if role in roles), role_name)
    if role_name:
        return role_name + shape
    if shape == "l":
        return f"low{int(zipf > _FUNCTION)}"
    return person or shape


def zipf_step(zipf: float) -> int:
    """Sort words by how common they are, from 0 (unknown) to 5."""
    return bisect(_ZIPF_STEPS, zipf)


def bearers(count: int) -> int:
    """Sort names by how many bear them, from 0 (nobody) to 3."""
    return bisect(_BEARER_STEPS, count)


def _starts(key: str, zipf: float, roles: frozenset[str]) -> bool:
    """Return whether a name may begin with the word even where capitals say nothing."""
    if not key or (zipf > COMMON_ZIPF and "opener" not in roles):
        return False
    name = name_table()[key]
    return name.known or name.extends


def _shape(stem: str) -> str:
    if stem.isalpha() or not any(char.isdigit() for char in stem):
        if stem.islower():
            return "l"
        if stem.isupper():
            return "U" if len(stem) > 1 else "C"
        if stem.lower() == stem.upper():
            return "x"
        return "C" if stem[0].isupper() or "'" in stem else "l"  # "d'Ivoire" is written large
    return "d"


@cache
def place_nouns() -> Mapping[str, tuple[PlaceNoun, ...]]:
    """Read the nouns that say what sort of thing a name is."""
    nouns: dict[str, list[PlaceNoun]] = defaultdict(list)
    for row in read_table("language/place_nouns.csv"):
        nouns[row["noun"]].append(PlaceNoun(row["kind"], row["feature_class"], float(row["radius_m"])))
    return {noun: tuple(found) for noun, found in nouns.items()}


@cache
def person_names() -> Mapping[str, tuple[int, int]]:
    """Read how many in a million bear a name, as a given name and as a surname."""
    return {row.name: (row.given, row.surname) for row in tables.person_names()}


@cache
def _not_places() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Read the names that are no places, by their first word; the longest first.

    Among them are the bodies of events/actors.csv, "Kataib Hezbollah", but for those that are called after a country.
    """
    phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in [row["words"] for row in read_table("language/not_places.csv")] + _bodies():
        first, *rest = words.replace("-", " ").split()
        phrases[first].append(tuple(rest))
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in phrases.items()}


@cache
def _demonym_starts() -> frozenset[str]:
    return frozenset(key.split()[0] for key in demonyms())


def _bodies() -> list[str]:
    """Read the names of actors of two words and more in which no word is a people or a country."""
    named = [
        name.strip().lower() for actor in tables.actors() for name in [actor.name.partition("(")[0], *actor.aliases]
    ]
    country_row = open_gazetteer()
    return [
        name
        for name in named
        if " " in name
        and name.replace(" ", "").isalpha()
        and not any(normalise(word) in _demonym_starts() or country_row.rows(normalise(word)) for word in name.split())
    ]
