"""Tell what happened from what is planned, threatened, denied or only spoken of.

Cues stand in data/events/factuality_cues.csv; each reaches some words to the right or left within the
trigger's clause.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.language.tokens import Words, read_words
from geo.extraction.triggers import Trigger
from geo.resources import read_table

_LOOK: Final = 16  # words before a trigger that can hold a cue
_LOOK_AFTER: Final = 8
# A meaning that stands further left here is taken before one further right.
_ORDER: Final = (
    "attempted",
    "threatened",
    "planned",
    "refuted",
    "hypothetical",
    "denied",
    "disputed",
    "claimed",
    "alleged",
    "reported",
)
_STATUS_OF: Final = {
    "planned": "planned",
    "threatened": "threatened",
    "denied": "denied",
    "refuted": "denied",
    "alleged": "alleged",
    "disputed": "alleged",
    "claimed": "claimed",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table of cues."""

    words: tuple[str, ...]
    side: str
    reach: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Factuality:
    """How a trigger is told."""

    meanings: frozenset[str]  # of the cues in reach

    @property
    def is_asserted(self) -> bool:
        """Say whether the words tell of something that happened, will, or is said to."""
        return not self.meanings.isdisjoint({"attempted", "refuted"}) or "hypothetical" not in self.meanings

    @property
    def status(self) -> str:
        """Give the status in the terms of the vocabulary."""
        if "attempted" in self.meanings:
            return "reported"
        for meaning in _ORDER:
            if meaning in self.meanings and meaning in _STATUS_OF:
                return _STATUS_OF[meaning]
        return "reported"


@cache
def _cues() -> dict[str, tuple[Cue, ...]]:
    """Read the cues, each under its first word."""
    table: dict[str, list[Cue]] = {}
    for row in read_table("events/factuality_cues.csv"):
        words = tuple(read_words(row["cue"]).words)
        table.setdefault(words[0], []).append(Cue(words, row["side"], int(row["reach"]), row["meaning"]))
    return {word: tuple(cues) for word, cues in table.items()}


def find_factuality(words: Words, tags: str, trigger: Trigger, first: int, stop: int) -> Factuality:
    """Read the cues around a trigger, within the words `first` to `stop` of its sentence."""
    found: set[str] = set()
    table = _cues()
    begin = _clause_begin(words, tags, trigger.first, max(first, trigger.first - _LOOK))
    for i in range(begin, trigger.first):
        if tags[i] == "T":
            continue  # "2 May"
        for cue in table.get(words.words[i], ()):
            end = i + len(cue.words)
            if (
                cue.side == "before"
                and end <= trigger.first
                and trigger.first - end < cue.reach
                and tuple(words.words[i:end]) == cue.words
            ):
                found.add(cue.meaning)
    for i in range(trigger.stop, min(stop, trigger.stop + _LOOK_AFTER)):
        for cue in table.get(words.words[i], ()):
            end = i + len(cue.words)
            if cue.side == "after" and i - trigger.stop < cue.reach and tuple(words.words[i:end]) == cue.words:
                found.add(cue.meaning)
    if _bare_infinitive(words, tags, trigger, first) and not found & {"attempted", "planned", "threatened"}:
        found.add("hypothetical")
    if not found and trigger.part == "verb" and trigger.form == "past" and words.get(trigger.first - 1) == "be":
        found.add("hypothetical")  # "demanded that the troops be withdrawn"
    return Factuality(frozenset(found))


def _clause_begin(words: Words, tags: str, at: int, first: int) -> int:
    """Say where the clause of the word `at` begins: after a strong mark or a relative word."""
    for i in range(at - 1, first - 1, -1):
        if tags[i] == "." or (tags[i] == "S" and words.words[i] in ("who", "which", "while", "when", "where", "after")):
            return i
    return first


def _bare_infinitive(words: Words, tags: str, trigger: Trigger, first: int) -> bool:
    """Say whether a verb is an infinitive of purpose: "to kill"; "continued to bomb" is not."""
    if trigger.form != "base" or trigger.entry.part != "verb":
        return False
    at = trigger.first - 1
    while at >= first and tags[at] == "R":
        at -= 1
    if at < first or words.words[at] != "to":
        return tags[trigger.first - 1 : trigger.first] == "A" and words.get(trigger.first - 1) not in ("did", "does")
    return words.get(at - 1) not in ("continued", "continue", "began", "started", "used", "continues")
