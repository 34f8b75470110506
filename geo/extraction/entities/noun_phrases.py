"""Find the noun phrases that name people and things: who did it, to whom, and how many.

A phrase is found from its head, the noun: everything before the noun that a noun phrase can hold belongs to it,
up to the article or the number that opens it. Roles are decided elsewhere.
"""

from collections.abc import Sequence
from itertools import compress
from typing import Final

from geo.extraction.entities.national_forces import is_attack
from geo.extraction.entities.nouns import AGED, NATIONALITY, SENSES, Noun, nouns
from geo.extraction.entities.persons import find_persons
from geo.extraction.language.chunks import NounPhrase
from geo.extraction.language.quantities import Quantity
from geo.extraction.language.tagged_text import TaggedText
from geo.extraction.language.tokens import Words
from geo.tables import word_class, word_classes

_MASS: Final = word_class("mass_noun")
_LONGEST: Final = 8  # words before the head
_ALSO_VERBS: Final = word_class("participle_or_verb")
_POINTERS: Final = word_class("demonstrative")
_PAIRS: Final = word_class("pair")
_KIN: Final = _PAIRS | {"family", "families"}
_AGED: Final = frozenset({"old", "olds"})  # of "16-year-old"
_YEAR: Final = ["-", "year", "-"]
_SHORT: Final = 4  # letters of "red", "wing": too short to be recognised by their endings
_BEFORE_AGE: Final = word_class("before_age")
_UNIT_WORDS: Final = word_class("small_number")


def find_phrases(text: TaggedText) -> tuple[NounPhrase, ...]:
    """Find the phrases for people and things, and the numbers that may stand for people, in text order."""
    words, tags, quantities = text.words, text.tags, text.quantities
    by_stop = {quantity.stop: quantity for quantity in quantities}
    table, tokens = nouns(), words.words
    taken = [False] * (len(tokens) + 1)
    found: list[NounPhrase] = []
    for person in find_persons(words, tags):
        titled = person.name > person.first
        if not titled and words.get(person.stop) in table:  # an Al Jazeera journalist
            continue
        first = _title_start(words, tags, person.first) if titled else person.first
        found.append(
            NounPhrase(first, person.stop, person.stop - 1, "name", "person", 1, 1, counted=True, tail=person.stop)
        )
        taken[first : person.stop] = [True] * (person.stop - first)
    senses = list(map(SENSES.__getitem__, tokens))
    for index in compress(range(len(tokens)), senses):
        noun = senses[index]
        if noun is NATIONALITY:
            noun = _by_nation(words, tags, index)
        elif tokens[index] in _AGED:
            noun = _by_age(words, tags, index)
        if noun is None or taken[index] or not _is_head(words, tags, index, noun):
            continue
        phrase = _phrase(words, tags, index, noun, by_stop)
        if not any(taken[phrase.first : phrase.stop]):
            found.append(phrase)
            taken[phrase.first : phrase.stop] = [True] * (phrase.stop - phrase.first)
    for quantity in quantities:
        if (
            not any(taken[quantity.first : quantity.stop])
            and not quantity.bare_year
            and not _is_age(words, quantity)
            and _may_be_people(words, quantity)
        ):
            first, stop = quantity.first, quantity.stop
            found.append(
                NounPhrase(first, stop, stop - 1, "number", "", quantity.least, quantity.most, counted=True, tail=stop)
            )
    found.sort(key=lambda phrase: phrase.first)
    return tuple(found)


def _by_nation(words: Words, tags: str, index: int) -> Noun | None:
    """Know a nationality that stands for a person: "one Salvadoran was hurt", "a female Iraqi"."""
    hyphen = words.get(index + 1) == "-" and words.ends[index] == words.starts[index + 1]
    if tags[index + 1 : index + 2] in {"n", "C"} or hyphen or index == 0:
        return None
    before = words.words[index - 1]
    before = words.get(index - 2) if before in {"male", "female", "young", "elderly"} else before
    aged = before in _AGED and words.words[max(0, index - 4) : index - 1] == _YEAR
    return AGED if aged or before in {"a", "an", "one", "another"} else None


def _by_age(words: Words, tags: str, index: int) -> Noun | None:
    """Know an age that stands for a person: "a 16-year-old was shot"; not "a 16-year-old boy"."""
    describes = tags[index + 1 : index + 2] == "n" and not words.words[index + 1].endswith("ed")
    aged = words.words[max(0, index - 3) : index] == _YEAR and not describes
    return SENSES[words.words[index]] if aged else None


def _title_start(words: Words, tags: str, first: int) -> int:
    """Take in what stands before a title: "former defense minister ..."."""
    floor = max(0, first - 5)
    while first > floor and tags[first - 1] in "n-" and _may_describe(words.words, tags, first - 1):
        if words.words[first - 1] == "dead":  # gunmen shot dead General ...
            return first
        first -= 1
    return first - 1 if first and tags[first - 1] == "D" and words.words[first - 1] != "that" else first


def _is_head(words: Words, tags: str, index: int, noun: Noun) -> bool:
    """Return whether a noun heads its phrase, or else only describes the next one ("police station")."""
    word, following, at = words.words[index], words.get(index + 1), index + 1
    led = following == "-" and words.ends[index] == words.starts[at]  # "police-led", not "priests - five of them"
    armed = noun.sort == "thing" and is_attack(following)  # "three car bombs"
    if led or armed or (word == "couple" and following == "of"):  # "a couple of soldiers"
        return False
    if words.get(index - 1) == "-" and words.get(index - 2) in {"anti", "ex", "non", "pro"}:
        return words.get(index - 2) in {"ex", "non"}
    if not following or tags[at] != "n" or (noun.sort != "thing" and is_attack(following)):
        return True
    if following in nouns():
        return noun.plural and noun.sort == "people" and word not in _MASS and following not in {"members", "forces"}
    if (
        (noun.plural and word not in _MASS)
        or following in word_classes()["harm_verb"]
        or following.endswith(("ed", "ing", "ly"))
    ):
        return True
    return _upper(words, at) != _upper(words, index)


def _upper(words: Words, index: int) -> bool:
    return words.text[words.starts[index]].isupper()


def _phrase(words: Words, tags: str, head: int, noun: Noun, by_stop: dict[int, Quantity]) -> NounPhrase:
    """Grow a phrase to the left of its head, and to the right over "of ..."."""
    tokens, first, quantity = words.words, head, None
    floor = max(0, head - _LONGEST)
    while first > floor:
        candidate = by_stop.get(first)
        if candidate is not None and (not candidate.bare_year or _counts(tokens, candidate, head, noun)):
            if tokens[first] != "-" and tokens[first] not in {"year", "month", "years"}:
                quantity, first = candidate, candidate.first
                if (
                    first
                    and (tags[first - 1] == "D" or tokens[first - 1] == "her")
                    and tokens[first - 1] not in _POINTERS
                ):
                    first -= 1
                break
            first = candidate.first
            continue
        if tags[first - 1] == "D" and tokens[first - 1] != "that":
            first -= 1
            counted = by_stop.get(first) if tokens[first] == "other" else None
            if counted is not None and not counted.bare_year:  # "a dozen other members"
                quantity, first = counted, counted.first
            elif (
                first > floor and tokens[first - 1] == "of" and (part := by_stop.get(first - 1)) and not part.bare_year
            ):
                quantity, first = part, part.first  # "three of its soldiers"
            break
        if not _may_describe(tokens, tags, first - 1):
            break
        first -= 1
    while first < head and tokens[first] in {"-", "'s", "'"}:
        first += 1
    stop, tail = head + 1, _tail(words, tags, head + 1)
    size = _size(tokens, head, by_stop, counted=quantity is not None) if tokens[head] in _KIN else None
    least, most, has_number = _how_many(tokens, first, head, noun, quantity) if size is None else _many(size, quantity)
    return NounPhrase(first, stop, head, noun.sort, noun.kind, least, most, has_number, tail)


def _counts(tokens: Sequence[str], number: Quantity, head: int, noun: Noun) -> bool:
    """Return whether what may be a year counts people all the same: "2000 people", not "the 2011 protesters"."""
    named = number.first and tokens[number.first - 1] in word_classes()["determiner"]
    return noun.sort == "people" and noun.plural and number.stop == head and not named


def _may_describe(tokens: Sequence[str], tags: str, at: int) -> bool:
    """Return whether a word can stand between the opening of a phrase and its noun."""
    word, tag = tokens[at], tags[at]
    if word == '"':  # 'other "coalition" troops'
        return '"' in tokens[max(0, at - 3) : at] or '"' in tokens[at + 1 : at + 4]
    opened = at > 0 and (tags[at - 1] in "D#-" or tokens[at - 1] in _UNIT_WORDS)
    describing = word in word_classes()["describing"]
    if tag in "-'" or describing:
        return not describing or word not in _ALSO_VERBS or opened
    if tag == "V":
        return (opened and word.endswith(("ed", "ing"))) or tags[at - 1 : at] == "-"  # "stone-throwing youths"
    if tag != "n" or word in word_classes()["harm_verb"]:
        return False
    return opened or not _may_be_verb(tokens, tags, at)


def _may_be_verb(tokens: Sequence[str], tags: str, at: int) -> bool:
    """Return whether a word may end a clause before a phrase: "officers beat | protesting students"."""
    word = tokens[at]
    if tokens[at + 1 : at + 2] and tokens[at + 1] in word_classes()["participle"]:
        return True
    return word.endswith(("ed", "ing")) and len(word) > _SHORT and (at == 0 or tags[at - 1] != "-")


def _tail(words: Words, tags: str, stop: int) -> int:
    """Take in what follows with "of": "headquarters of the workers' union"."""
    if words.get(stop) != "of":
        return stop
    at, end = stop + 1, min(len(tags), stop + 9)
    while at < end and tags[at] == "D":
        at += 1
    begun = at
    while at < end and (
        tags[at] in "n#-'" or (words.words[at] in {"of", "and"} and at + 1 < end and tags[at + 1] in "nD")
    ):
        if words.words[at] in word_classes()["harm_verb"] or (words.words[at] == "and" and tags[at + 1] == "D"):
            break
        at += 1
    return at if at > begun else stop


def _size(
    tokens: Sequence[str], head: int, by_stop: dict[int, Quantity], *, counted: bool
) -> tuple[int, int | None] | None:
    """Return how many a family or a couple is: "a family of six"; at least two where no size is given."""
    word = tokens[head]
    if word in _PAIRS:
        return (3, 3) if word == "triplets" else (2, 2)
    size = by_stop.get(head + 3) if tokens[head + 1 : head + 2] == ["of"] else None
    if size is not None and size.first == head + 2 and size.least:
        return size.least, size.most
    return None if word == "family" and not counted else (2, None)  # "one family" is no one person


def _many(size: tuple[int, int | None], quantity: Quantity | None) -> tuple[int | None, int | None, bool]:
    """Count the people of so many couples or families of a size."""
    if quantity is None or quantity.least is None:
        return (*size, True)
    most = None if size[1] is None or quantity.most is None else size[1] * quantity.most
    return size[0] * quantity.least, most, True


def _how_many(
    tokens: Sequence[str],
    first: int,
    head: int,
    noun: Noun,
    quantity: Quantity | None,
) -> tuple[int | None, int | None, bool]:
    """Return how many people a phrase stands for: least, most, and whether its words say so."""
    if noun.sort != "people":
        return (quantity.least, quantity.most, True) if quantity else (None, None, False)
    if quantity is not None:
        return quantity.least, quantity.most, True
    opener = tokens[first] if first < head else ""
    if not noun.plural:
        return (0, 0, True) if opener == "no" else (1, 1, opener in {"a", "an", "one", "another"})
    return (0, 0, True) if opener == "no" else (2, None, False)


def _is_age(words: Words, quantity: Quantity) -> bool:
    """Return whether a number is one of the ages of "two boys aged three and 13"."""
    at = quantity.first - 1
    while at >= 0 and (
        words.words[at] in {",", "and", "or", "to", "between"}
        or words.words[at].isdigit()
        or words.words[at] in _UNIT_WORDS
    ):
        at -= 1
    return at >= 0 and words.words[at] in _BEFORE_AGE


def _may_be_people(words: Words, quantity: Quantity) -> bool:
    """Return whether a number without a noun can stand for people: "two were killed", "leaving 12 dead"."""
    if (
        words.get(quantity.first - 1) in word_classes()["before_no_people"]
        or words.get(quantity.stop) in word_classes()["after_no_people"]
    ):
        return False
    if (
        words.get(quantity.first - 1) == ","
        and words.get(quantity.stop) in {",", ")"}
        and quantity.stop - quantity.first == 1
    ):
        return False  # "Rodriguez, 65, was"
    if words.get(quantity.stop - 1) in {"no", "half", "couple"}:
        return words.get(quantity.stop) in {"casualties", "deaths", "injuries", "fatalities", "victims", "one"}
    return words.get(quantity.first - 1) not in {"-", ":", "/"} or quantity.first == 0
