"""Say what a count of people is worth: whether it is of all who suffered, and who counted."""

from typing import Final

from geo.extraction.language.tokens import Words
from geo.extraction.language.word_classes import tag_words, word_classes

_IN_ALL: Final = (
    ("in", "all"), ("in", "total"), ("all", "told"), ("altogether",), ("overall",), ("all", "together"),
)  # fmt: skip
_TOTAL: Final = frozenset({"total", "totalling", "totaling"})
_WHOLE_REACH: Final = 4  # words between a count and "in all", or "a total of" and the count
_SAID_REACH: Final = 6  # words between "residents said" and a count
_SOURCE_REACH: Final = 16  # words between a count and who counted behind it


def is_whole(words: Words, first: int, stop: int) -> bool:
    """Say whether the words `first` to `stop` count all: "ten people were killed in all", "the toll rose to 12"."""
    inside = words.words[max(0, first - _WHOLE_REACH) : stop]
    if "toll" in inside or not _TOTAL.isdisjoint(inside):
        return True
    tags = tag_words(words)
    for at in range(first, min(len(tags), stop + _WHOLE_REACH)):
        if at >= stop and tags[at] == ".":
            return False
        if any(tuple(words.words[at : at + len(told)]) == told for told in _IN_ALL):
            return True
    return False


def find_source(words: Words, first: int, stop: int) -> str:
    """Give the last word of who counted the words `first` to `stop`: "officials said"; "" when nobody is named."""
    tags, speaking = tag_words(words), word_classes()["speaking"]
    for at in range(first - 1, max(0, first - _SAID_REACH), -1):
        if tags[at] == ".":
            break
        if words.words[at] in speaking and tags[at - 1] in "n'":
            return words.words[at - 1]
    for at in range(stop, min(len(tags), stop + _SOURCE_REACH)):
        word = words.words[at]
        if tags[at] == "." or word in {"but", "while", ";"}:
            return ""
        if word == "according" and words.get(at + 1) == "to":
            end = at + 2
            while end < len(tags) and tags[end] in "Dn-'":
                end += 1
            return words.words[end - 1]
        if word in speaking and tags[at - 1] != "A":
            return words.words[at - 1]
    return ""
