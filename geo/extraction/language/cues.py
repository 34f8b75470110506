"""Read the cues that separate incidents, or make one the answer to another (data/events/relation_cues.csv)."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from geo.extraction.language.tokens import Words, places_of, read_words
from geo.resources import read_table


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in read_table("events/relation_cues.csv"):
        words = tuple(read_words(row["cue"]).words)
        table.setdefault(words[0], []).append((words, row["meaning"]))
    return {first: tuple(sorted(cues, key=lambda cue: -len(cue[0]))) for first, cues in table.items()}


def cue_at(words: Words, at: int) -> tuple[str, int] | None:
    """Read the cue that begins at a word: its meaning and how many words it has."""
    for cue, meaning in _cues().get(words.words[at], ()):
        if tuple(words.words[at : at + len(cue)]) == cue:
            return meaning, len(cue)
    return None


@dataclass(frozen=True, slots=True)
class RelationCues:
    """The cues of a text, in text order."""

    begins: list[int]  # index of the first word of each
    found: list[tuple[str, int]]  # its meaning and how many words it has


def find_relation_cues(words: Words) -> RelationCues:
    """Find the cues of a text, once for all that ask for the words between two mentions."""
    found = [(at, cue) for at in places_of(words.words, _cues()) if (cue := cue_at(words, at)) is not None]
    return RelationCues([at for at, _ in found], [cue for _, cue in found])


def cues_between(cues: RelationCues, first: int, stop: int) -> set[str]:
    """List what the cues among the words `first` to `stop` mean."""
    found: set[str] = set()
    at = first
    for n in range(bisect_left(cues.begins, first), bisect_left(cues.begins, stop)):
        if cues.begins[n] >= at:
            meaning, length = cues.found[n]
            found.add(meaning)
            at = cues.begins[n] + length
    return found
