"""Read the cues that separate incidents, or make one the answer to another (data/events/relation_cues.csv)."""

from bisect import bisect_left
from functools import cache, lru_cache

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


@lru_cache(maxsize=1)  # every pair of mentions of a report asks for the words between them
def _all_cues(words: Words) -> tuple[list[int], list[tuple[str, int]]]:
    """Find where the cues of a text begin, with what `cue_at` reads there."""
    found = [(at, cue) for at in places_of(words.words, _cues()) if (cue := cue_at(words, at)) is not None]
    return [at for at, _ in found], [cue for _, cue in found]


def cues_between(words: Words, first: int, stop: int) -> set[str]:
    """List what the cues among the words `first` to `stop` mean."""
    found: set[str] = set()
    begins, cues = _all_cues(words)
    at = first
    for n in range(bisect_left(begins, first), bisect_left(begins, stop)):
        if begins[n] >= at:
            meaning, length = cues[n]
            found.add(meaning)
            at = begins[n] + length
    return found
