"""Distinguish what happened from what is planned, threatened, denied or only mentioned.

Cues stand in data/events/factuality_cues.csv; each reaches some words to the right or left within the
trigger's clause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.language.clauses import clause_begin
from geo.extraction.language.tagged_text import TaggedText
from geo.extraction.language.tokens import read_words
from geo.extraction.language.word_classes import any_in
from geo.extraction.triggers import Trigger
from geo.resources import read_table

_MONTH: Final = "May"
_LOOK: Final = 16  # words before a trigger that can hold a cue
_IN: Final = frozenset({"in", "during"})
_STAGED_REACH: Final = 9  # words of "an exercise in the Estonian capital in"
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
    """How certain the event of a trigger is in the words of the report."""

    meanings: frozenset[str]  # of the cues in reach

    @property
    def is_asserted(self) -> bool:
        """Return whether the words assert an event, past, planned or claimed."""
        return not self.meanings.isdisjoint({"attempted", "refuted"}) or "hypothetical" not in self.meanings

    @property
    def is_to_come(self) -> bool:
        """Whether the words only plan or threaten it."""
        return "attempted" not in self.meanings and not self.meanings.isdisjoint({"planned", "threatened"})

    @property
    def status(self) -> str:
        """Return the status in the terms of the vocabulary."""
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


def find_factuality(text: TaggedText, trigger: Trigger, first: int, stop: int) -> Factuality:
    """Read the cues around a trigger, within the words `first` to `stop` of its sentence."""
    words, tags = text.words, text.tags
    table = _cues()
    begin = clause_begin(words, tags, trigger.first, max(first, trigger.first - _LOOK))
    found = {"hypothetical"} if _is_staged(words.words, begin, first) else set()
    for i in range(begin, trigger.first):
        cues = table.get(words.words[i], ())
        if not cues or tags[i] == "T" or (i > first and words.span(i, i + 1) == _MONTH):
            continue  # "2 May"; "in May", of a report that nothing dates
        for cue in cues:
            end = i + len(cue.words)
            if (
                cue.side == "before"
                and not _is_quoted_apart(tags, first, i, trigger)
                and words.get(end) != "-"  # "counter-terrorism officers"
                and not (cue.meaning == "alleged" and _describes_patient(text, trigger, i, end))
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
    if _bare_infinitive(text, trigger) and not found & {"attempted", "planned", "threatened"}:
        found.add("hypothetical")
    if not found and trigger.part == "verb" and trigger.form == "past" and words.get(trigger.first - 1) == "be":
        found.add("hypothetical")  # "demanded that the troops be withdrawn"
    return Factuality(frozenset(found))


def _is_staged(words: Sequence[str], begin: int, first: int) -> bool:
    """Return whether a relative clause is of an exercise or a film: "an exercise in which bombs killed 20"."""
    relative = words[begin] == "which" and words[begin - 1] in _IN
    return relative and any_in(words[max(first, begin - _STAGED_REACH) : begin], "staged")


def _is_quoted_apart(tags: str, first: int, at: int, trigger: Trigger) -> bool:
    """Return whether a word is of a quotation that ends before a trigger: what a gunman yells is not what he did."""
    return tags.count('"', first, at) % 2 == 1 and tags.count('"', at, trigger.first) % 2 == 1


def _describes_patient(text: TaggedText, trigger: Trigger, first: int, stop: int) -> bool:
    """Return whether a word only describes who was affected: "four suspected gunmen were detained"."""
    passive = trigger.part == "verb" and text.verbs[trigger.first].is_passive
    return passive and stop - first == 1 and text.tags[stop : stop + 1] == "n"


def _bare_infinitive(text: TaggedText, trigger: Trigger) -> bool:
    """Return whether a verb is an infinitive of purpose: "to kill"; "continued to bomb" is not."""
    if trigger.form != "base" or trigger.entry.part != "verb":
        return False
    words, verb = text.words, text.verbs[trigger.first]
    if verb.is_infinitive:
        return words.get(verb.first - 2) not in ("continued", "continue", "began", "started", "used", "continues")
    before = words.get(trigger.first - 1)
    if text.tags[trigger.first - 1 : trigger.first] != "A" or before in ("did", "does"):
        return False
    return not any_in((before,), "be") and not any_in((before,), "have")  # "was run over" is a participle
