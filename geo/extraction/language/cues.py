"""Read the cues that separate incidents, or make one the answer to another (data/events/relation_cues.csv)."""

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
    for told, meaning in _cues().get(words.words[at], ()):
        if tuple(words.words[at : at + len(told)]) == told:
            return meaning, len(told)
    return None


def cues_between(words: Words, first: int, stop: int) -> set[str]:
    """List what the cues among the words `first` to `stop` mean."""
    found: set[str] = set()
    at = first
    for opening in places_of(words.words[first:stop], _cues()):
        cue = cue_at(words, first + opening) if first + opening >= at else None
        if cue:
            found.add(cue[0])
            at = first + opening + cue[1]
    return found
