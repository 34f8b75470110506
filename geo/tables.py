"""Read the tables of data/ that several rooms need: each parsed here, once, into typed rows.

A table that one module alone reads is parsed in that module; both ways there is one parser for each table, and both
see the rows that the user added (`geo.additions`, by way of `read_table`).
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from geo.resources import read_table


class ActorRow(NamedTuple):
    """A body that incidents name: an armed force, a rebel group, a militia, a gang, a party."""

    name: str
    kind: str  # state, rebel, militia, gang, protesters, civilians
    country_code: str  # ISO 3166-1 alpha-2, "" of none
    roles: tuple[str, ...]  # of a state's force: army, police, security, government
    aliases: tuple[str, ...]


class DemonymRow(NamedTuple):
    """A word for a people, and what it stands for."""

    word: str
    is_people: bool  # "Iraqis", not "Iraqi"
    country_code: str  # "" where it stands for no country
    place: str  # named when the word stands for less or more than a country


class NounRow(NamedTuple):
    """A noun for people, a body of people or a thing."""

    noun: str  # "" where it has the plural alone
    plural: str  # "" where it has none
    sort: str  # people, body, thing
    kind: str  # civilian, state, rebel, ... of people; health, vehicle, ... of things


class PersonNameRow(NamedTuple):
    """How many of a million people bear a name."""

    name: str
    given: int
    surname: int


class NumberRow(NamedTuple):
    """A number word, or a phrase for one."""

    words: str
    role: str  # unit, scale, vague, measure, share, "untold", how large, distance, before ...
    least: int | None  # None: open
    most: int | None


class EffectRow(NamedTuple):
    """A word for what was done to people."""

    word: str
    effect: str  # killed, wounded, kidnapped, arrested, raped
    use: str  # how the word is used: done, doing, do, event, state, sum, lives, body, "befell"


class WeaponRow(NamedTuple):
    """A weapon with its class."""

    weapon: str
    weapon_class: str


class CountryRow(NamedTuple):
    """A country or territory: name in the news, conventional point, further names."""

    code: str
    name: str
    lat: str
    lon: str
    aliases: tuple[str, ...]


class EventTypeRow(NamedTuple):
    """How an event type is drawn."""

    event_type: str
    colour: str  # "#rrggbb"
    shape: str  # circle, diamond, hexagon, square, star, triangle


def split(cell: str) -> tuple[str, ...]:
    """Take a cell of names apart, which ";" parts."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


@cache
def actors() -> tuple[ActorRow, ...]:
    """Read data/events/actors.csv."""
    return tuple(
        ActorRow(row["name"], row["kind"], row["country_code"], tuple(row["role"].split()), split(row["aliases"]))
        for row in read_table("events/actors.csv")
    )


@cache
def demonyms() -> tuple[DemonymRow, ...]:
    """Read data/language/demonyms.csv."""
    return tuple(
        DemonymRow(row["word"], row["kind"] == "people", row["country_code"], row["place"])
        for row in read_table("language/demonyms.csv")
    )


@cache
def people() -> tuple[NounRow, ...]:
    """Read data/language/people.csv: nouns for people and bodies of people."""
    rows = read_table("language/people.csv")
    return tuple(NounRow(row["noun"], row["plural"], "body" if row["body"] else "people", row["kind"]) for row in rows)


@cache
def targets() -> tuple[NounRow, ...]:
    """Read data/language/targets.csv: nouns for things that are attacked."""
    return tuple(
        NounRow(row["noun"], row["plural"], "thing", row["kind"]) for row in read_table("language/targets.csv")
    )


@cache
def further_nouns() -> tuple[NounRow, ...]:
    """Read data/language/nouns.csv: nouns of WordNet beyond those of `people` and `targets`."""
    return tuple(
        NounRow(row["noun"], row["plural"], row["sort"], row["kind"]) for row in read_table("language/nouns.csv")
    )


@cache
def person_names() -> tuple[PersonNameRow, ...]:
    """Read data/language/person_names.csv."""
    return tuple(
        PersonNameRow(row["name"], int(row["given_per_million"] or 0), int(row["surname_per_million"] or 0))
        for row in read_table("language/person_names.csv")
    )


@cache
def number_words() -> tuple[NumberRow, ...]:
    """Read data/language/number_words.csv."""
    return tuple(
        NumberRow(
            row["words"],
            row["role"],
            int(row["least"]) if row["least"] else None,
            int(row["most"]) if row["most"] else None,
        )
        for row in read_table("language/number_words.csv")
    )


def words_of(role: str) -> frozenset[str]:
    """List the number words of a role."""
    return frozenset(row.words for row in number_words() if row.role == role)


def bounds_of(role: str) -> dict[str, tuple[int | None, int | None]]:
    """Give the least and the most that the number words of a role can mean."""
    return {row.words: (row.least, row.most) for row in number_words() if row.role == role}


@cache
def word_roles() -> Mapping[str, frozenset[str]]:
    """Read data/language/word_roles.csv: word -> what it says of a name beside it (title, organisation, ...)."""
    roles: dict[str, set[str]] = defaultdict(set)
    for row in read_table("language/word_roles.csv"):
        roles[row["word"]].add(row["role"])
    return {word: frozenset(found) for word, found in roles.items()}


@cache
def words_with_role(role: str) -> frozenset[str]:
    """List the words of one role: "title", "organisation"."""
    return frozenset(word for word, roles in word_roles().items() if role in roles)


@cache
def word_classes() -> Mapping[str, frozenset[str]]:
    """Read data/language/word_classes.csv: class -> its words."""
    classes: dict[str, frozenset[str]] = {}
    for row in read_table("language/word_classes.csv"):
        classes[row["class"]] = classes.get(row["class"], frozenset()) | frozenset(row["words"].split())
    return classes


def word_class(name: str) -> frozenset[str]:
    """Return the words of one class of data/language/word_classes.csv."""
    return word_classes()[name]


@cache
def linking_phrases(role: str) -> frozenset[tuple[str, ...]]:
    """Read the phrases of one role from data/language/linking_phrases.csv, each as its words."""
    rows = read_table("language/linking_phrases.csv")
    return frozenset(tuple(row["phrase"].split()) for row in rows if row["role"] == role)


@cache
def calendar_words(role: str) -> Mapping[str, int]:
    """Read the words of one role from data/language/calendar_words.csv: month, weekday, season, ordinal, count."""
    return {row["word"]: int(row["number"]) for row in read_table("language/calendar_words.csv") if row["role"] == role}


@cache
def effects() -> Mapping[str, EffectRow]:
    """Read data/events/effects.csv by word."""
    return {row["word"]: EffectRow(row["word"], row["effect"], row["use"]) for row in read_table("events/effects.csv")}


@cache
def weapons() -> tuple[WeaponRow, ...]:
    """Read data/events/weapons.csv."""
    return tuple(WeaponRow(row["weapon"], row["class"]) for row in read_table("events/weapons.csv"))


@cache
def triggers() -> tuple[Mapping[str, str], ...]:
    """Read data/events/triggers.csv; `geo.extraction.triggers` makes patterns of the rows."""
    return tuple(read_table("events/triggers.csv"))


@cache
def related_types() -> Mapping[str, frozenset[str]]:
    """Read data/events/related_types.csv: sub-event type -> those that one event is often reported as, too."""
    return mutual("events/related_types.csv")


def mutual(table: str) -> Mapping[str, frozenset[str]]:
    """Read a table of pairs of sub-event types; what holds one way holds the other."""
    pairs: dict[str, set[str]] = defaultdict(set)
    for row in read_table(table):
        pairs[row["sub_event_type"]].add(row["related"])
        pairs[row["related"]].add(row["sub_event_type"])
    return {kind: frozenset(others) for kind, others in pairs.items()}


@cache
def countries() -> tuple[CountryRow, ...]:
    """Read data/gazetteer/countries.csv."""
    return tuple(
        CountryRow(row["code"], row["name"], row["lat"], row["lon"], split(row["aliases"]))
        for row in read_table("gazetteer/countries.csv")
    )


@cache
def event_types() -> tuple[EventTypeRow, ...]:
    """Read data/events/event_types.csv, in the order of legends."""
    rows = sorted(read_table("events/event_types.csv"), key=lambda row: int(row["order"]))
    return tuple(EventTypeRow(row["event_type"], row["colour"], row["shape"]) for row in rows)


@cache
def tiles() -> Mapping[str, Mapping[str, str]]:
    """Read data/page/tiles.csv by name: url, attribution, max_zoom, subdomains."""
    return {row["name"]: row for row in read_table("page/tiles.csv")}


@cache
def credit_rows() -> tuple[Mapping[str, str], ...]:
    """Read data/page/credits.csv: what, source, licence, url."""
    return tuple(read_table("page/credits.csv"))
