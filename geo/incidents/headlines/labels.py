"""Name actors and places as a headline does: shortly, in the case and the letters that news is written in."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from geo.gazetteer.romanisation import plain_letters
from geo.incidents.headlines.phrases import phrase_label
from geo.resources import read_table
from geo.tables import further_nouns, people, targets, word_class

LONGEST: Final = 64  # characters of one name in a headline
LONGEST_PAIR: Final = 48  # of two names in one
STATES: Final = frozenset({"EU", "UAE", "UK", "UN", "US", "USA"})
# Words of names that begin phrases for people, too.
GENERIC: Final = frozenset({"Armed", "Military", "Police", "Popular", "Security", "Special"})
SMALL_WORDS: Final = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"})


@cache
def abbreviations() -> frozenset[str]:
    """Give the abbreviations that stay in capitals: those of known actors."""
    aliases = (name for row in read_table("events/actors.csv") for name in (row["name"], *row["aliases"].split(";")))
    return frozenset(word for name in aliases for word in re.findall(r"\w+", name) if word.isupper()) | STATES


def in_prose(text: str) -> str:
    """Write a text of capitals only, as telegrams and wires have them, in the case of prose."""
    if text.upper() != text or text.lower() == text or text in abbreviations():
        return text
    words = [_word_in_prose(word) for word in text.split(" ")]
    return words[0][:1].upper() + " ".join(words)[1:]


@cache
def common_words() -> frozenset[str]:
    """Give the words that a noun phrase may begin with: nouns, singular and plural, and what describes people."""
    nouns = (word for row in (*people(), *further_nouns(), *targets()) for word in (row.noun, row.plural))
    further = {row["term"]: row["en"].split() for row in read_table("page/headlines.csv") if row["part"] == "small"}
    described = (row["adjective"].split(" ")[0] for row in read_table("page/adjective_labels.csv"))
    small = frozenset(nouns) | frozenset(word for word in described if word.islower())
    return small | word_class("describing") | word_class("generic_force") | frozenset(further["first"])


@cache
def unspecific_words() -> frozenset[str]:
    """Give the names of victims that say nothing beside others: "people"."""
    rows = read_table("page/headlines.csv")
    return next(frozenset(row["en"].split()) for row in rows if row["part"] == "small" and row["term"] == "unspecific")


@cache
def names_of_actors() -> frozenset[str]:
    """Give the words with a capital in names of known actors: "Pentagon officials" keeps its own."""
    names = (name for row in read_table("events/actors.csv") for name in (row["name"], *row["aliases"].split(";")))
    return frozenset(word for name in names for word in re.findall(r"\w+", name) if word.istitle()) - GENERIC


@cache
def nationalities() -> frozenset[str]:
    """Give the words of peoples and faiths, which are written with a capital everywhere."""
    faiths = next(row["en"] for row in read_table("page/headlines.csv") if row["term"] == "capital")
    return frozenset(row["word"] for row in read_table("language/demonyms.csv")) | frozenset(faiths.split())


def within_a_sentence(text: str) -> str:
    """Take the capital from a noun phrase that began a sentence ("Angry demonstrators"); a name keeps it."""
    first, *others = text.split(" ")
    is_named = first in names_of_actors() and others
    if first in abbreviations() or is_named or first in nationalities() or not first[1:].islower():
        return text
    common = re.sub("['\u2019]s?$", "", first.lower()) in common_words()
    is_name = others and not (others[-1].islower() and (others[0].islower() or others[0] in nationalities()))
    if not common or is_name:
        return text
    return text[:1].lower() + text[1:]


def _word_in_prose(word: str) -> str:
    if word.lower() in SMALL_WORDS:
        return word.lower()
    return word if word.strip(".,'’") in abbreviations() or any(map(str.isdigit, word)) else word.title()


def shortened(text: str) -> str:
    """Cut a long name at a word."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"


@cache
def actor_names(lang: str) -> dict[str, str]:
    """Read what headlines call the actors of data/page/actor_labels.csv."""
    return {row["actor"]: row[lang] or row["en"] for row in read_table("page/actor_labels.csv")}


def actor_label(text: str, lang: str, joins: dict[str, str]) -> str:
    """Name who took part: "A", "A and B", "A and others"; how many these are, readers would take for the toll.

    Args:
        text: Of `actor1` or `actor2`: names divided by "; ".
        lang: Of the headline.
        joins: Templates `two` and `more` of data/page/headlines.csv.
    """
    every = split_actors(text)
    specific = [name for name in every if name.lower() not in unspecific_words()]
    names = [_name_of(name, lang, joins) for name in specific or every]
    if not names:
        return text
    if len(names) == 1:
        return names[0]
    if len(names) == 2 and sum(map(len, names)) <= LONGEST_PAIR:  # noqa: PLR2004
        return joins["two"].replace("{first}", names[0]).replace("{second}", names[1])
    return joins["more"].replace("{first}", names[0])


def in_full(text: str, lang: str, joins: dict[str, str]) -> str:
    """Name everybody of a cell of actors, as the details of an incident do; in English as the cell has them."""
    return text if lang == "en" else "; ".join(_name_of(name, lang, joins) for name in split_actors(text))


def _name_of(name: str, lang: str, joins: dict[str, str]) -> str:
    return _known_name(name, lang) or _noun_label(name, lang, joins) or _actor_in_prose(name)


def _known_name(name: str, lang: str) -> str | None:
    known = actor_names(lang)
    return known.get(name) or known.get(within_a_sentence(name)) or news_places(lang).get(name)


def _noun_label(name: str, lang: str, joins: dict[str, str]) -> str | None:
    """Write a phrase of nouns in a language other than English; None where it is a name, or not known."""
    if lang == "en":
        return None
    prose = within_a_sentence(in_prose(without_bracket(name)))
    return phrase_label(prose, lang, lambda part: _known_name(part, lang), joins)


def without_bracket(name: str) -> str:
    """Take the country or abbreviation from the end of a name: "police (South Africa)"."""
    return re.sub(r"(?<=\S) \((?:[^()]|\([^()]*\))*\)$", "", name)


def _actor_in_prose(name: str) -> str:
    name = without_bracket(name)
    name = re.sub(r"^[A-Z-]{2,9}: (?=\S)", "", name)  # "MEND: Movement for ...": the colon divides off the toll
    return shortened(plain_letters(within_a_sentence(in_prose(name))))


def split_actors(text: str) -> list[str]:
    """Divide a cell of actors into them."""
    return [name for part in text.split(";") if (name := part.strip())]


@cache
def place_names(lang: str) -> dict[str, str]:
    """Read what a language calls the places of data/page/place_labels.csv; {} for English."""
    rows = read_table("page/place_labels.csv")
    return {row["place"]: row[lang] for row in rows if row.get(lang)}


@cache
def news_places(lang: str) -> dict[str, str]:
    """Read the places of `place_names` that news names as actors: countries and large towns, no town called Adam."""
    return {row["place"]: row[lang] for row in read_table("page/place_labels.csv") if row.get(lang) and row["fr"]}


def place_label(text: str, lang: str, directions: Mapping[str, Mapping[str, str]]) -> str:
    """Name a place: as the language calls it, else as English-language news does.

    Args:
        text: Name of a place, or of a part or side of one: "northern Iraq", "north of Baghdad".
        lang: Of the label.
        directions: Templates of the parts `area` and `side` of data/page/headlines.csv, by bearing, and `site`.
    """
    plain = plain_letters(in_prose(text))
    known = place_names(lang)
    if plain in known:
        return known[plain]
    part = re.sub(r"^the (\S+) of (?:the )?", r"\1 ", plain)  # "the north of Lebanon" is northern Lebanon
    found = re.fullmatch(r"(\S+?)( of)? (.+)", part)
    if found and known and found[1].lower() in bearings() and found[3] in known:
        template = directions["side" if found[2] else "area"].get(bearings()[found[1].lower()])
        if template:
            return template.replace("{name}", known[found[3]])
    for pattern, template in directions["site"].items():
        if found := re.fullmatch(pattern, plain):
            return shortened(template.replace("{name}", known.get(found[1], found[1])))
    return shortened(plain)


@cache
def bearings() -> dict[str, str]:
    """Read the words of direction with their degrees, "" for the middle."""
    return {row["word"]: row["bearing"] for row in read_table("language/directions.csv")}


def labels(
    texts: Iterable[str | None],
    kind: str,
    lang: str,
    joins: dict[str, str],
    directions: Mapping[str, Mapping[str, str]],
) -> list[str | None]:
    """Name every text of a column; `kind` is `actor` or `place`."""
    if kind == "actor":
        return [None if text is None else actor_label(text, lang, joins) for text in texts]
    return [None if text is None else place_label(text, lang, directions) for text in texts]
