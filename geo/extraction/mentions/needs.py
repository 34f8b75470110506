"""Check what the table of triggers asks of the sentence before a word counts as a trigger."""

from dataclasses import dataclass
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.word_classes import any_in
from geo.extraction.mentions.participants import Participant

BEFORE: Final = "before"  # the type is that of what was told before; nothing else is needed
_ARMED: Final = frozenset({"state", "rebel", "militia", "gang", "unknown"})


@dataclass(frozen=True, slots=True)
class Found:
    """What a trigger's sentence holds."""

    sentence: Sentence
    patients: tuple[Participant, ...]
    has_weapon: bool
    has_casualty: bool


def has_needs(annotated: AnnotatedReport, needs: str, found: Found) -> bool:
    """Check all that is asked of the sentence, or of the trigger's object ("care@object+armed")."""
    return all(_has(annotated, need, found) for need in needs.split("+") if need and need != BEFORE)


def _has(annotated: AnnotatedReport, need: str, found: Found) -> bool:
    name, _, where = need.partition("@")
    sentence = found.sentence
    if name in {"weapon", "casualty"}:
        return found.has_weapon if name == "weapon" else found.has_casualty
    if name == "armed":
        return any(actor.kind in _ARMED for actor in within(annotated.actors, sentence.start, sentence.end))
    if (name == "people" and any(participant.sort in {"people", "name"} for participant in found.patients)) or (
        name == "terrain" and any(_holds_place(annotated, participant) for participant in found.patients)
    ):
        return True
    words = annotated.words.words
    wanted = "civilian" if name == "people" else name
    if where == "object":
        return any(any_in(words[participant.first : participant.stop], wanted) for participant in found.patients)
    return any_in(words[sentence.first : sentence.stop], wanted)


def _holds_place(annotated: AnnotatedReport, participant: Participant) -> bool:
    start, end = annotated.words.starts[participant.first], annotated.words.ends[participant.stop - 1]
    return any(location.kind == "place" for location in within(annotated.locations, start, end))
