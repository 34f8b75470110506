"""Find who is held to have done it, and who says so.

"The Pentagon charged the militia with the attack": the militia did it, says the Pentagon.
The cues stand in data/events/attribution_cues.csv.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from geo.extraction.language.chunks import Run, runs_left, runs_right
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.tokens import Words, places_of, read_words
from geo.extraction.triggers import Trigger
from geo.resources import read_table

_REACH: Final = 22  # words between a cue and the trigger


@dataclass(frozen=True, slots=True)
class Blame:
    """Who is held to have done it, who says so, and how sure that is."""

    doers: tuple[Run, ...] = ()
    sayers: tuple[Run, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class _Cue:
    words: tuple[str, ...]
    doer: str
    sayer: str
    side: str
    status: str


@cache
def _cues() -> dict[str, tuple[_Cue, ...]]:
    table: dict[str, list[_Cue]] = {}
    for row in read_table("events/attribution_cues.csv"):
        words = tuple(read_words(row["cue"]).words)
        table.setdefault(words[0], []).append(_Cue(words, row["doer"], row["sayer"], row["side"], row["status"]))
    return {word: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for word, cues in table.items()}


def find_blame(words: Words, tags: str, trigger: Trigger, sentence: Sentence) -> Blame:
    """Find who is blamed for a trigger in its sentence; empty when nobody is."""
    table = _cues()
    first, stop = max(sentence.first, trigger.first - _REACH), min(sentence.stop, trigger.stop + _REACH)
    places = _openings(words)
    before = places[bisect_left(places, first) : bisect_left(places, trigger.first)]
    after = places[bisect_left(places, trigger.stop) : bisect_left(places, stop)]
    for side, indices in (("before", before[::-1]), ("after", after)):
        for i in indices:
            for cue in table[words.words[i]]:
                end = i + len(cue.words)
                if cue.side == side and tuple(words.words[i:end]) == cue.words:
                    limit = trigger.first if side == "before" else sentence.stop
                    blame = _read(words, tags, cue, (i, end), (sentence.first, limit))
                    if blame.doers:
                        return blame
    return Blame()


@lru_cache(maxsize=4)
def _openings(words: Words) -> list[int]:
    """List where a cue may begin."""
    return places_of(words.words, _cues())


def _read(words: Words, tags: str, cue: _Cue, span: tuple[int, int], reach: tuple[int, int]) -> Blame:
    """Read who stands beside a cue: `span` are its words, `reach` those that may hold the doer."""
    left = tuple(runs_left(words, tags, span[0], reach[0]))
    right = tuple(runs_right(words, tags, span[1], reach[1]))
    if cue.doer == "right" and cue.side == "before" and tags[max(0, span[0] - 1)] == "A" and not right:
        return Blame(left[:2], (), cue.status)  # "the ELN was blamed for the bombing"
    doers = right if cue.doer == "right" else left
    return Blame(doers[:2], left[:1] if cue.sayer == "left" else (), cue.status)
