"""Distinguish passive from active: "was bombed", "his son wounded on Saturday", "the murdered priest"."""

from typing import Final

from geo.extraction.language.tagged_text import TaggedText
from geo.extraction.language.tokens import Words
from geo.extraction.triggers import Trigger
from geo.tables import word_class

_AT_WORK: Final = frozenset({"strike"})  # verbs whose "-ing" before a noun says who they are
_UNIT_WORDS: Final = word_class("small_number")


def is_modifier(words: Words, tags: str, trigger: Trigger, stop: int) -> bool:
    """Return whether a participle stands before its noun: "the murdered priest", "for displaced people"."""
    if trigger.stop >= stop or tags[trigger.stop] not in "n#" or trigger.first == 0:
        return False
    before, opened = tags[trigger.first - 1], words.words[trigger.first - 1] in _UNIT_WORDS
    counted = opened or (before == "n" and words.words[trigger.first - 2 : trigger.first - 1] == ["-"])
    if trigger.form == "ing":  # "34 striking miners"
        return trigger.entry.name in _AT_WORK and (before in "D#" or counted)
    return trigger.form == "past" and (before in "D#P" or opened)


def past_dates(words: Words, tags: str, at: int, stop: int) -> int:
    """Step over a date between a verb and its object: "captured on Thursday a village"."""
    ahead = at
    while ahead < stop and (tags[ahead] in "TR" or (words.words[ahead] == "on" and tags[ahead + 1 : ahead + 2] == "T")):
        ahead += 1
    return ahead if "T" in tags[at:ahead] else at


def is_passive(text: TaggedText, trigger: Trigger, stop: int) -> bool:
    """Return whether a past form is passive: after "was", or with nothing that it could act on."""
    words, tags, verb = text.words, text.tags, text.verbs[trigger.first]
    if verb.is_passive:
        return trigger.form == "past" or _may_be_past(words, trigger)
    if trigger.form != "past" and not _may_be_past(words, trigger):
        return False
    holds_object = trigger.stop - trigger.first > 1 and (" ~ " in trigger.entry.name or tags[trigger.stop - 1] == "n")
    active = verb.first < trigger.first and tags[trigger.first - 1] == "A"  # has killed, did attack
    if holds_object or active:  # "blocked the railway in Basra", "opened fire in Basra"
        return False
    after = past_dates(words, tags, trigger.stop, stop)
    if after > trigger.stop and tags[after : after + 1] in {"D", "n", "#"}:
        return False
    return _has_no_object(words, tags, trigger.stop, stop)


def _may_be_past(words: Words, trigger: Trigger) -> bool:
    """Return whether a bare form may be a participle: "was overrun"."""
    return trigger.form == "base" and words.words[trigger.first].endswith("n")


def _has_no_object(words: Words, tags: str, at: int, stop: int) -> bool:
    """Return whether nothing follows a verb that it could act on."""
    following, ahead = tags[at] if at < stop else ".", tags[at + 1 : at + 3]
    if following == "P" and ahead[:1] == "T" and words.words[at - 1].endswith("ed"):  # "his son wounded on Saturday"
        return True
    if following == "C" and ahead[:1] == "V":  # "shot and killed a boy"
        return ahead[1:] not in {"D", "n", "#", "N"}
    nothing = following in "P.,T" or words.get(at) in ("when", "while", "and", "as", "during")
    return nothing and words.get(at) not in ("on", "at", "upon", "into", "against")
