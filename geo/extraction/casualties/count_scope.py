"""Decide what a count is of: all who suffered, of one deed or of a time with many."""

import re
from typing import Final

from geo.extraction.language.tagged_text import TaggedText
from geo.tables import linking_phrases, word_class

_IN_ALL: Final = linking_phrases("in_all")
_IN_ALL_FIRST: Final = frozenset(cue[0] for cue in _IN_ALL)
_TOTAL: Final = word_class("total")
_WHOLE_REACH: Final = 4  # words between a count and "in all", or "a total of" and the count
_PERIOD_REACH: Final = 14  # words of a clause that are looked at for the time that it counts over
_CLAUSES: Final = word_class("ends_count")
_SOME: Final = r"(?:\S+ ){0,2}"
_TIMES: Final = r"(?:weeks|months|years|decades|month|year|decade)"
_PERIOD: Final = re.compile(
    rf" (?:(?:over|in|during|within|for) the (?:past|last|previous) {_SOME}{_TIMES}|in (?:\S+ )?{_TIMES} of"
    rf"|(?:so far )?this year|in the first (?:half|quarter|{_SOME}{_TIMES}) of"
    rf"|since (?:the (?:start|beginning|outbreak)|early|late|mid|\d{{4}}|last (?:year|month)"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)) "
)


def is_whole(text: TaggedText, first: int, stop: int) -> bool:
    """Say whether the words `first` to `stop` count all: "ten people were killed in all", "the toll rose to 12"."""
    words, tags = text.words, text.tags
    inside = words.words[max(0, first - _WHOLE_REACH) : stop]
    if "toll" in inside or not _TOTAL.isdisjoint(inside):
        return True
    for at in range(first, min(len(tags), stop + _WHOLE_REACH)):
        if at >= stop and tags[at] == ".":
            return False
        if words.words[at] in _IN_ALL_FIRST and any(tuple(words.words[at : at + len(cue)]) == cue for cue in _IN_ALL):
            return True
    return False


def is_over_period(text: TaggedText, first: int, stop: int) -> bool:
    """Say whether a clause counts over a time: "more than 550 have died since April", "in the past two years"."""
    words, tags = text.words, text.tags
    begin, end = first, stop
    while begin > max(0, first - _PERIOD_REACH) and tags[begin - 1] not in ".S":
        begin -= 1
    while end < min(len(tags), stop + _PERIOD_REACH) and tags[end] != "." and words.words[end] not in _CLAUSES:
        end += 1
    if tags[begin - 1 : begin] == "S" and words.words[begin - 1] == "since":
        begin -= 1
    clause = f" {' '.join(words.words[begin:end])} "
    return _PERIOD.search(clause) is not None
