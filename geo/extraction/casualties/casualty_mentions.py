"""Count who was killed, wounded, kidnapped or arrested, as least and most.

Lists are added up; a part ("including three children") is marked as one, so that nobody is counted twice. That
nobody was hurt is a count too: none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from geo.extraction.casualties.affected import before_verb, find_affected, find_affected_as, is_verb
from geo.extraction.casualties.count_scope import is_over_period, is_whole
from geo.extraction.casualties.people import PeopleOfText
from geo.extraction.entities.coordination import Coordination
from geo.extraction.language.chunks import NounPhrase
from geo.extraction.language.tagged_text import TaggedText, find_source
from geo.extraction.language.tokens import Words, places_of
from geo.resources import read_table
from geo.tables import effects, word_class, word_classes

_NOT: Final = word_class("not")
_FATALLY: Final = word_class("fatally")
_LOOSE: Final = word_class("vague_quantifier")
_NO_HARM: Final = frozenset({"off"})  # "killed off the game"
_NOBODY: Final = word_class("nobody")
_NO_PEOPLE: Final = word_class("after_no")
_SINGLE_REACH: Final = 6  # words between "killed" and "not a single person"
_FEW_WORDS: Final = 4  # between "no" and "casualties"
_ANY_REACH: Final = 9  # words between "not" and "any casualties"


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """People who were killed, wounded, kidnapped, ..., as counted in the text."""

    first: int  # index of the first word: of the effect or of the people, whichever comes first
    stop: int  # index one past the last word
    start: int  # offset of the first character
    end: int  # offset one past the last character
    effect: str  # killed, wounded, kidnapped, arrested, raped
    least: int | None  # how many; None: open
    most: int | None
    who: str | None  # the words for the people; None when only a number is given
    who_first: int  # index of the first of those words, their number included
    who_stop: int  # index one past the last
    part_of_total: bool = False  # counted already in another mention ("including three children")
    vague: bool = False  # the words do not say how many ("killed civilians")
    kind: str = ""  # of the people: civilian, state, rebel, ... ; "" unknown
    whole: bool = False  # the total of all: "in all", "a total of", "bringing the toll to"
    over_period: bool = False  # of a time with many deeds: "since April", "in three weeks of clashes"
    source: str = ""  # the last word of who counted: "according to the police"; "" when the report does


def find_casualties(text: TaggedText, phrases: Sequence[NounPhrase]) -> list[CasualtyMention]:
    """Find all counts of people killed, wounded, kidnapped, arrested or raped, in text order.

    Args:
        text: The text, in any case.
        phrases: Its noun phrases, in text order.
    """
    anchors = [at for at in places_of(text.words.words, _anchors()) if text.words.get(at + 1) not in _NO_HARM]
    if not anchors:
        return []
    people = PeopleOfText(text, phrases)
    found = [mention for index in anchors for mention in _read(people, index)]
    found.sort(key=lambda mention: (mention.start, mention.part_of_total))
    return [_with_standing(text, mention) for mention in _without_doubled(found)]


@cache
def _anchors() -> frozenset[str]:
    return frozenset(effects()) | frozenset(_missed()) | _FATALLY


@cache
def _missed() -> Mapping[str, tuple[str, ...]]:
    """Read the nouns that "no" denies, with the effects that did not happen: "no casualties"."""
    return {row["noun"]: tuple(row["effects"].split()) for row in read_table("events/denied_effects.csv")}


def _with_standing(text: TaggedText, mention: CasualtyMention) -> CasualtyMention:
    """Return whether a count is of all who suffered, and who counted."""
    if not mention.least or mention.part_of_total:
        return mention
    first, stop = mention.first, mention.stop
    over_period = is_over_period(text, first, stop)
    whole = not over_period and is_whole(text, first, stop)
    return replace(mention, whole=whole, over_period=over_period, source=find_source(text, first, stop))


def _without_doubled(found: Sequence[CasualtyMention]) -> list[CasualtyMention]:
    """Keep one of the mentions that count the same words for the same effect."""
    kept = {(mention.effect, mention.who_stop): mention for mention in reversed(found)}
    return [mention for mention in found if kept[mention.effect, mention.who_stop] is mention]


def _read(text: PeopleOfText, index: int) -> list[CasualtyMention]:
    """Read the counts of the harm word at an index."""
    word = text.tokens[index]
    nobody = _nobody(text, index, word)
    if nobody:
        return nobody
    if word == "death" and text.get(index - 1) == "to" and is_verb(text, index - 2):
        return _mentions(text, index - 2, "killed", find_affected_as(text, index - 2, "done"))  # stabbed to death
    if word in _FATALLY and index + 1 < len(text.tokens) and is_verb(text, index + 1):
        return _mentions(text, index + 1, "killed", find_affected_as(text, index + 1, "done"))
    one = _pronoun(text, index, word)
    if one is not None:
        return [one]
    if word not in text.effects or text.get(index - 1) in _FATALLY:  # "fatally wounded": read with the adverb
        return []
    return _mentions(text, index, text.effects[word].effect, find_affected(text, index))


def _nobody(text: PeopleOfText, index: int, word: str) -> list[CasualtyMention]:
    """Read "no casualties", "did not cause any deaths", "no one was hurt", "nobody was killed"."""
    first = _not_a_single(text, index, word)
    if first is None and word in _missed():
        first = _no_noun(text, index)
    if first is None and text.use_of(word) in {"done", "befell"}:
        first = _no_subject(text, index)
    if first is None:
        return []
    effects = _missed().get(word) or (text.effects[word].effect,)
    where = _where(text.words, first, index + 1)
    return [CasualtyMention(*where, effect, 0, 0, None, first, index + 1) for effect in effects]


def _where(words: Words, first: int, stop: int) -> tuple[int, int, int, int]:
    """Give the words `first` to `stop` of a mention, and their offsets."""
    return first, stop, words.starts[first], words.ends[stop - 1]


def _not_a_single(text: PeopleOfText, index: int, word: str) -> int | None:
    """Read "killed not a single person", "without killing a single person", "not one person was killed"."""
    if word not in text.effects or text.effects[word].use not in {"done", "doing", "do"}:
        return None
    tokens = text.tokens
    for at in range(max(0, index - _SINGLE_REACH), min(index + _SINGLE_REACH, len(tokens) - 2)):
        one = tokens[at : at + 2] in (["a", "single"], ["even", "one"], ["even", "a"]) or tokens[at] == "one"
        if one and tokens[at - 1 : at] == ["not"]:
            return None if "." in text.tags[min(at, index) : max(at, index)] else at - 1
        if one and at > index and not _NOT.isdisjoint(tokens[max(0, index - 3) : index]) and at - index <= 2:  # noqa: PLR2004
            return index - 1 if tokens[at] != "one" or tokens[at + 1] in _NO_PEOPLE else None
    return None


def _no_noun(text: PeopleOfText, index: int) -> int | None:
    tokens = text.tokens
    for at in range(index - 1, max(-1, index - 1 - _FEW_WORDS), -1):
        if tokens[at] in {"no", "without", "neither", "zero"}:
            return at
        if tokens[at] == "any":
            return next((back for back in range(at - 1, max(-1, at - _ANY_REACH), -1) if tokens[back] in _NOT), None)
        if text.tags[at] not in "nCR,A-" and tokens[at] not in {"reported", "reports", "of"}:
            return None
    return None


def _no_subject(text: PeopleOfText, index: int) -> int | None:
    before, _ = before_verb(text, index)
    for at in range(max(0, before - 2), before + 1):
        word = text.tokens[at]
        if word in _NOBODY or (word == "no" and text.get(at + 1) in _NO_PEOPLE):
            return at
    return None


def _pronoun(text: PeopleOfText, index: int, word: str) -> CasualtyMention | None:
    """Read "killing her", "he later died": one person, mentioned before."""
    use = text.use_of(word)
    at = -1
    if use in {"done", "doing"} and text.get(index + 1) in {"him", "her"}:
        at = index + 1 if text.tags[index + 2 : index + 3] != "n" else -1
    elif use == "befell" or (use == "done" and before_verb(text, index)[1]):
        before = before_verb(text, index)[0] - 1
        at = before if text.get(before) in {"he", "she"} else -1
    elif word == "dead" and text.get(index - 1) in {"him", "her"}:
        at = index - 1
    if at < 0:
        return None
    words, effect = text.words, text.effects[word].effect
    where = _where(words, min(at, index), max(at, index) + 1)
    return CasualtyMention(*where, effect, 1, 1, None, at, at + 1)


def _mentions(text: PeopleOfText, index: int, effect: str, people: Coordination | None) -> list[CasualtyMention]:
    """Add a list up, and mark its parts."""
    items = [item for item in people.items if item.sort != "body" or item.counted] if people else []
    counted = _without_apposed(text.tokens, items)
    if people is None or not counted:
        return []
    open_end = any(item.most is None for item in counted)
    most = None if open_end else sum(item.most or 0 for item in counted)
    sure = [item for item in counted if not _is_loose(text, item)] or counted
    least = sum(item.least or 0 for item in sure)
    unknown = least == 0 and any(item.least is None for item in counted)
    total = replace(
        _mention(text, index, effect, counted[0].first, _whole(text, counted[-1])),
        least=None if unknown else least,
        most=most,
        vague=not any(item.counted for item in counted),
        kind=counted[-1].kind,
    )
    parts = [
        replace(
            _mention(text, index, effect, part.first, part.stop),
            least=part.least,
            most=part.most,
            part_of_total=True,
            kind=part.kind,
        )
        for part in people.parts
    ]
    return [total, *parts]


def _mention(text: PeopleOfText, index: int, effect: str, first: int, stop: int) -> CasualtyMention:
    words = text.words
    where = _where(words, min(index, first), max(index + 1, stop))
    return CasualtyMention(*where, effect, None, None, words.span(first, stop), first, stop)


def _is_loose(text: PeopleOfText, item: NounPhrase) -> bool:
    """Return whether a phrase only opens the count of a list: "Adam, along with several others" is at least one."""
    return item.most is None and not _LOOSE.isdisjoint(text.tokens[item.first : item.stop])


def _whole(text: PeopleOfText, phrase: NounPhrase) -> int:
    """Take in the noun after a number that no table knows: "seven masons"."""
    stop = phrase.stop
    if phrase.sort != "number" or text.tags[stop : stop + 1] != "n":
        return stop
    word = text.tokens[stop]
    return stop if word in word_classes()["harm_verb"] or word in text.effects or word.endswith("ed") else stop + 1


def _without_apposed(tokens: Sequence[str], items: Sequence[NounPhrase]) -> list[NounPhrase]:
    """Drop who is only called together before being counted: "the priests, five Spaniards and one Dane"."""
    kept: list[NounPhrase] = []
    for item in items:
        if kept and item.counted and not kept[-1].counted and tokens[kept[-1].first] == "the":
            beside = tuple(tokens[kept[-1].stop : item.first]) == (",",)
            if beside:
                kept.pop()
        kept.append(item)
    return kept
