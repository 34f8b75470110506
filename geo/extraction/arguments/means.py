"""Rule out the types that nothing in the words bears out.

Some types name their means: no air strike without anything that flies, no suicide bomb without a bomber. What must
stand in the mentions of an incident for such a type to be possible is in data/events/type_requirements.csv.
Others name their sides: where all who were struck are unarmed, nobody fought back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.mentions.participants import ARMED
from geo.resources import read_table

_CLASH: Final = "Armed clash"
_UNARMED: Final = frozenset({"person", "civilian", "civilians", "protesters"})


@dataclass(frozen=True, slots=True)
class Means:
    """What bears a type out."""

    weapons: frozenset[str]  # classes of events/weapons.csv
    words: frozenset[str]


@cache
def _table() -> Mapping[str, Means]:
    return {
        row["sub_event_type"]: Means(frozenset(row["weapons"].split()), frozenset(row["words"].split()))
        for row in read_table("events/type_requirements.csv")
    }


def ruled_out(annotated: AnnotatedReport, mentions: Sequence[EventMention]) -> frozenset[str]:
    """List the types that an incident cannot be of, going by its mentions."""
    kinds = {mention.sub_event_type for mention in mentions}
    weapons = {mention.weapon.weapon_class for mention in mentions if mention.weapon}
    sentences = {mention.sentence.index: mention.sentence for mention in mentions}.values()
    words = {word for sentence in sentences for word in annotated.words.words[sentence.first : sentence.stop]}
    without = {
        kind
        for kind, means in _table().items()
        if kind not in kinds and not means.weapons & weapons and not means.words & words
    }
    if _CLASH not in kinds and _are_unarmed(mentions):
        without.add(_CLASH)
    return frozenset(without)


def _are_unarmed(mentions: Sequence[EventMention]) -> bool:
    """Say whether all who were struck are unarmed, as far as it is told who they are."""
    struck = {participant.kind for mention in mentions for participant in mention.patients}
    struck |= {found.kind for mention in mentions for found in mention.casualties if found.kind}
    return bool(struck & _UNARMED) and not struck & ARMED
