"""Rule out the types that nothing in the words bears out.

Some types name their means: no air strike without anything that flies, no suicide bomb without a bomber. What must
stand in the tellings of an incident for such a type to be possible is in data/events/type_requirements.csv.
Others name their sides: where all who were struck are unarmed, nobody fought back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.annotations import Reading
from geo.extraction.mentions.event_mentions import Telling
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


def ruled_out(reading: Reading, tellings: Sequence[Telling]) -> frozenset[str]:
    """List the types that an incident cannot be of, going by its tellings."""
    kinds = {telling.kind for telling in tellings}
    weapons = {telling.weapon.weapon_class for telling in tellings if telling.weapon}
    sentences = {telling.sentence.index: telling.sentence for telling in tellings}.values()
    words = {word for sentence in sentences for word in reading.words.words[sentence.first : sentence.stop]}
    without = {
        kind
        for kind, means in _table().items()
        if kind not in kinds and not means.weapons & weapons and not means.words & words
    }
    if _CLASH not in kinds and _are_unarmed(tellings):
        without.add(_CLASH)
    return frozenset(without)


def _are_unarmed(tellings: Sequence[Telling]) -> bool:
    """Say whether all who were struck are unarmed, as far as it is told who they are."""
    struck = {party.kind for telling in tellings for party in telling.patients}
    struck |= {found.kind for telling in tellings for found in telling.casualties if found.kind}
    return bool(struck & _UNARMED) and not struck & ARMED
