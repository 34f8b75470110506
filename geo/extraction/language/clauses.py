"""Read the grammar around a verb: its auxiliaries, its voice, its relative pronoun, a subject behind it.

"Two clerks who were later shot and killed" and "Killed in the raid were two clerks": each verb group is read once, when
it is first asked for, and every later step uses the same reading.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from geo.extraction.language.tokens import Words
from geo.tables import linking_phrases, word_class, word_classes

_LONGEST: Final = 9  # words from the first auxiliary to its last verb
_PARTICIPLE: Final = re.compile(r"(?<=-)V|(?<=[,DP#])V(?=n)")  # "US-linked", "armed men"
_INVERTED_REACH: Final = 18  # words from "killed" to "were A and B"
_CLAUSE_OPENERS: Final = word_class("clause_begin")
_PERSONAL: Final = word_class("personal_relative")
_RELATIVE_PAIRS: Final = linking_phrases("relative")


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class VerbGroup:
    """A verb with the auxiliaries and adverbs before it."""

    first: int  # index of the first of them; of the verb itself where there is none
    is_passive: bool  # "were later killed", "were shot and killed", "got killed"
    relative: str  # the pronoun before it: who, whom, which, that; "" without one
    is_infinitive: bool  # "to kill"
    inverted: int  # where the subject of "killed in the raid were A and B" begins; -1 where it stands before


def read_verb_group(words: Words, tags: str, at: int, floor: int) -> VerbGroup:
    """Read the verb group that the word `at` ends, down to word `floor`, with which the sentence begins."""
    first, passive = at, False
    tokens, be = words.words, word_classes()["be"]
    while first > floor and at - first < _LONGEST:
        if tokens[first - 1] in be:
            passive = True
        elif tags[first - 1] == "C" and first - 2 >= floor and tags[first - 2] == "V":
            first -= 1  # "were shot and killed": the auxiliary is that of both
        elif tags[first - 1] not in "AR":
            break
        first -= 1
    before = words.get(first - 1) if first > floor else ""
    relative = before if before in word_classes()["relative"] else ""
    inverted = -1 if relative or passive else _inverted_subject(words, tags, at, floor)
    return VerbGroup(first, passive, relative, before == "to", inverted)


def _inverted_subject(words: Words, tags: str, at: int, floor: int) -> int:
    """Find where the subject begins in "Killed in the same strike were A and B"; -1 in any other order."""
    if tags[floor:at].strip('RPDN".'):  # "Among those killed were"
        return -1
    for i in range(at + 1, min(len(tags), at + _INVERTED_REACH)):
        if tags[i] in ".,SV":
            return -1
        if words.words[i] in word_classes()["be"]:
            return i + 1
    return -1


def is_personal(relative: str) -> bool:
    """Return whether a relative pronoun stands for people: "who", not "which"."""
    return relative in _PERSONAL


def clause_begin(words: Words, tags: str, at: int, floor: int) -> int:
    """Return where the clause of the word `at` begins, a strong mark or a relative word; at least `floor`."""
    for i in range(at - 1, floor - 1, -1):
        if tags[i] == "." or (tags[i] == "S" and words.words[i] in _CLAUSE_OPENERS):
            return i
    return floor


def opens_relative_clause(words: Sequence[str]) -> bool:
    """Return whether a relative clause begins among some words: "the shelling of a town, in which 25 were killed"."""
    return any(pair in _RELATIVE_PAIRS for pair in pairwise(words))


def is_one_clause(tags: str) -> bool:
    """Return whether words of these classes hold no verb and no new clause; "US-linked", "armed" men hold none."""
    return not any(tag in "VSA" for tag in _PARTICIPLE.sub("n", tags))
