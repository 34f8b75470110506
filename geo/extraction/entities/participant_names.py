"""Call people and things in a few mention words: "at least four US troops, officials" are "US troops"."""

import re
from functools import cache
from typing import Final

from geo.extraction.entities.nouns import nouns
from geo.extraction.language.inflection import inflect
from geo.gazetteer import open_gazetteer
from geo.gazetteer.normalise import normalise
from geo.geoparsing.location.spatial_relations import directions
from geo.memo import remember
from geo.tables import effects, weapons, word_class, word_classes

# Where one of several ends, or where what is said about them begins; a number may follow "and" (NUMBERS).
_SPLIT: Final = (
    r"\s*[,;]\s+(?:and\s+)?|\s+(?:along|together)\s+with\s+|\s+as well as\s+|\s+including\s+|\s+among them\b"
    r"|\s+with\s+(?=(?:his|her|their)\s)|\s+reportedly\b.*"
    r"|\s+and\s+(?=(?:a|an|the|his|her|their|its|some|several|others?|at least|over|more than|\d+|NUMBERS)\s)"
)
_APPOSED: Final = re.compile(
    r"\s*,\s+(?=(?:the|a|an|one of|his|her|their|its|who|which|whose|aged|\d+)\b)", re.IGNORECASE
)
_EMPTY: Final = word_class("nobody_in_particular")
_ACTING: Final = word_class("acting_noun")
_NO_ACTORS: Final = word_class("no_actor")
_MERE: Final = word_class("unspecific_place")
_OF: Final = word_class("counting_noun")
_LITTLE: Final = word_class("name_function_word")
_PLACE_WORDS: Final = word_class("division_noun")
_CITY: Final = 100_000  # people; smaller ones share their names with too much in a text of capitals
_SHORT: Final = 3  # letters of an abbreviation: US
_LAST: Final = word_class("clause_opener")


@cache
def _splitter() -> re.Pattern[str]:
    numbers = "|".join(sorted(word for word in word_classes()["count"] if word not in {"some", "over", "more"}))
    return re.compile(_SPLIT.replace("NUMBERS", numbers), re.IGNORECASE)


@cache
def _openers() -> frozenset[str]:
    classes = word_classes()
    return (classes["determiner"] | classes["opening_number"] | classes["count"] | classes["preposition"]) | {
        "undetermined", "unspecified", "unknown", "estimated", "approximate", "of", "and", "or", "so", "one", "total",
        "further", "additional", "dead",
    }  # fmt: skip


@cache
def _verbs() -> frozenset[str]:
    """List the forms of verbs that no noun phrase begins with: "wounding dozens", "arrested three teachers"."""
    classes = word_classes()
    forms = {word for word in effects() if word.endswith(("ing", "ed")) or word in {"kill", "kills"}}
    for verb in classes["verb"]:
        forms.update(form for form, kind in inflect(verb).items() if kind in {"ing", "past"})
    forms |= classes["reporting"] | classes["light"]
    return frozenset(forms - classes["describing"] - {"wounded", "injured", "detained"})


@cache
def _weapons() -> frozenset[str]:
    names = {row.weapon.lower() for row in weapons()}
    return frozenset(names | {f"{name}s" for name in names}).difference(nouns())


def parts_of(text: str, *, person: bool = False) -> list[str]:
    """Name each of those in a list: "two guards and a cook" are "guards" and "cook".

    Args:
        text: The words of a report.
        person: Whether they begin with a person by name, so that ", the chief of ..." only says who that is.
    """
    words = " ".join(text.split())
    if person or _is_name(words.split(",", 1)[0]):
        words = _APPOSED.split(words, maxsplit=1)[0]
    cleaned = (tidy(part) for part in _splitter().split(words) if part)
    return [part for part in cleaned if part]


@remember
def tidy(text: str) -> str:
    """Take away what stands before and behind a noun phrase: articles, numbers, verbs, marks; "" leaves nothing."""
    words = " ".join(text.split()).strip(" -–—:;,/'\"").split()
    while words and not _is_age(words) and (_is_opener(words[0]) or _is_verb(words) or _counts(words)):
        del words[0]
    while words and (_bare(words[-1]) in _LITTLE | _LAST | {""} or _bare(words[-1]) in _openers() - {"one"}):
        del words[-1]
    kept = _without_verb(words)
    return _balanced(" ".join(kept)) if kept else ""


def _bare(word: str) -> str:
    return word.lower().strip(".,:;'\"()[]-")


def _is_opener(word: str) -> bool:
    bare = _bare(word)
    number = bare.replace(",", "").replace(".", "").isdigit() and not word.endswith("-")
    return not bare or bare in _openers() or number or word_classes()["count"].issuperset(bare.split("-"))


def _is_age(words: list[str]) -> bool:
    """Return whether a number counts years of age: "a four year old girl"."""
    return (
        len(words) > 1 and words[0].lower() not in {"a", "an", "the"} and words[1].lower().startswith(("year", "month"))
    )


def _is_verb(words: list[str]) -> bool:
    """Return whether words begin with a verb: "wounding dozens", "wounded Ana Diaz", not "wounded soldiers"."""
    first = words[0].lower()
    return first in _verbs() or (first in effects() and first != words[0].title() and _is_name(" ".join(words[1:])))


def _counts(words: list[str]) -> bool:
    """Return whether words begin with a counting noun or that of the event: "number of ...", "the storming of ..."."""
    first = words[0].lower()
    return words[1:2] in (["of"], ["OF"]) and (first in _OF or first in effects() or first.endswith("ing"))


def _without_verb(words: list[str]) -> list[str]:
    """Drop one verb behind people: "French troops plan"."""
    if len(words) < 2 or words[-1][:1].isupper() != words[-2][:1].isupper() or words[-1].isupper():  # noqa: PLR2004
        return words
    before, last = nouns().get(words[-2].lower()), words[-1].lower()
    known = last in nouns() or last.endswith("s")
    return words[:-1] if before is not None and before.sort == "people" and before.plural and not known else words


def _balanced(text: str) -> str:
    """Drop a quote or bracket without its other half."""
    for opening, closing in ('""', "()", "[]"):
        if (opening == closing and text.count(opening) % 2) or text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return " ".join(text.split())


def _is_name(text: str) -> bool:
    words = [word for word in text.split() if word.lower() not in _LITTLE]
    return len(words) > 1 and not text.isupper() and all(any(map(str.isupper, word)) for word in words)


@remember
def content_words(text: str) -> frozenset[str]:
    """Return the words of a name that distinguish it."""
    bare = (_bare(word).removesuffix("'s") for word in text.replace("-", " ").split())
    return frozenset(word.removesuffix("s") for word in bare if word and word not in _LITTLE)


def is_empty(text: str) -> bool:
    """Return whether words name nobody in particular: "people", "members"."""
    return all(_bare(word) in _EMPTY | _LITTLE for word in text.split())


@remember
def may_act(text: str) -> bool:
    """Say whether words may name who did something: no "areas", "others" or "general" (strike), no town."""
    words = [_bare(word) for word in text.split()]
    adjective = word_classes()["of_deeds"].issuperset(words)  # "third major"
    head = _bare(text.split(" of ", maxsplit=1)[0].rpartition(" ")[2])
    nobody = adjective or head in _NO_ACTORS or is_empty(text) or is_mere(text) or is_place(text)
    return not _ACTING.isdisjoint(words) or not nobody


def is_mere(text: str) -> bool:
    """Return whether words name a thing no closer than as a place: "multiple sites"."""
    head = text.split(" of ", maxsplit=1)[0]
    return _bare(head.rsplit(maxsplit=1)[-1]) in _MERE


def is_weapon(text: str) -> bool:
    """Return whether words name what was fought with."""
    words = text.lower().split(" of ")[0].split()
    return bool(words) and (words[-1] in _weapons() or " ".join(words) in _weapons())


def is_place(text: str) -> bool:
    """Return whether words are only the name of a town, province or country."""
    words = text.split()
    if len(words) > 2 and words[1].lower() == "of" and words[0].lower() in directions():  # noqa: PLR2004
        return True  # "west of El Obeid"
    if len(words) > 1 and words[-1].lower() in _PLACE_WORDS:
        words = words[:-1]
    if any(word.lower() in nouns() for word in words) or not all(word[:1].isupper() for word in words):
        return False
    gazetteer, small = open_gazetteer(), text.isupper() and len(text) > _SHORT
    return any(
        gazetteer.kind(row) != "site" and (not small or gazetteer.population[row] >= _CITY)
        for row in gazetteer.find_rows(normalise(" ".join(words)))
    )
