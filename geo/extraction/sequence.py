"""Read how two tellings follow each other: does the one answer the other, or does another begin?"""

from functools import cache
from typing import Final

from geo.extraction.readings import Reading
from geo.extraction.tellings import Telling
from geo.extraction.words import read_words
from geo.resources import read_table

_REACH: Final = 12  # words before a trigger in which a contrast stands
_POINTING: Final = frozenset("it this that they these those".split())  # "It was the answer to": what was told before
_WIDEST: Final = 30  # words between two triggers of which the one answers the other


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in read_table("sequence_cues.csv"):
        words = tuple(read_words(row["cue"]).words)
        table.setdefault(words[0], []).append((words, row["meaning"]))
    return {first: tuple(sorted(cues, key=lambda cue: -len(cue[0]))) for first, cues in table.items()}


def meaning_at(reading: Reading, at: int) -> tuple[str, int] | None:
    """Read the cue that begins at a word: its meaning and how many words it has."""
    for words, meaning in _cues().get(reading.words.words[at], ()):
        if tuple(reading.words.words[at : at + len(words)]) == words:
            return meaning, len(words)
    return None


def meanings_between(reading: Reading, first: int, stop: int) -> set[str]:
    """List what the cues among the words `first` to `stop` mean."""
    found: set[str] = set()
    at = first
    while at < stop:
        cue = meaning_at(reading, at)
        if cue:
            found.add(cue[0])
        at += cue[1] if cue else 1
    return found


def answer_between(reading: Reading, one: Telling, other: Telling) -> str:
    """Say whether `one`, told before `other`, answers it, is answered by it, or neither: "answers", "answered", ""."""
    first, stop = one.trigger.stop, other.trigger.first
    if other.sentence.index - one.sentence.index > 1 or stop - first > _WIDEST:
        return ""
    meanings = meanings_between(reading, first, stop) - {"contrast", "after"}
    if other.sentence is not one.sentence:
        opens = reading.words.words[other.sentence.first] in _POINTING
        return "answered" if "answered" in meanings else "answers" if "answers" in meanings and opens else ""
    turned = "A" in reading.tags[first:stop] or "with" in reading.words.words[first:stop]
    if turned and "answers" in meanings_between(reading, one.sentence.first, one.trigger.first):
        return "answered"  # "the response to A was B", "they answered A with B"
    return meanings.pop() if len(meanings) == 1 else "answers" if "answers" in meanings else ""


def has_contrast(reading: Reading, telling: Telling) -> bool:
    """Say whether the words before a trigger begin another incident: "another attack"."""
    begin = max(telling.sentence.first, telling.trigger.first - _REACH)
    return bool({"contrast", "after"} & meanings_between(reading, begin, telling.trigger.stop))
