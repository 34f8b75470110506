"""Tell which tellings of a report are of one incident.

Tellings that grammar binds together ("an attack that killed two") make a unit; each unit is
held against the incidents told before it (`likeness`). What speaks for and against is weighed by
data/models/coreference_weights.csv.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from geo.extraction.annotations import Reading
from geo.extraction.coreference.clusters import Group
from geo.extraction.coreference.pair_features import are_akin, observe
from geo.extraction.coreference.sequence import answer_between
from geo.extraction.language.sentences import Sentence
from geo.extraction.linear_model import odds, read_model, weigh
from geo.extraction.mentions.event_mentions import Telling

TABLE: Final = "models/coreference_weights.csv"
SAME: Final = "same"
# Chooses, for a unit, the incidents told before it and the one told last, which of them the unit is of; None: of none.
Choice = Callable[[Group, Sequence[Group], Group | None], int | None]
_OPENS: Final = 0.25  # a trigger weaker than this only joins what was told before
# "killed in the attack", "wounded during clashes": nothing but little words and adjectives between.
_WITHIN: Final = re.compile(r"R*P[DPnR#'\"-]{0,8}")
_IN: Final = frozenset("in during by from amid as".split())
_RELATIVES: Final = frozenset({("in", "which"), (",", "where")})
_WHEN_REACH: Final = 25  # words in "killed two people ... when a bomb exploded"


def group_tellings(reading: Reading, tellings: Sequence[Telling], choose: Choice | None = None) -> list[Group]:
    """Put tellings of one incident together, in the order of their first words.

    Args:
        reading: The report.
        tellings: What it tells, in text order.
        choose: Of which incident a unit of tellings is; as the table has it unless another way is put to the test.
    """
    choose = choose or (lambda unit, groups, latest: choose_likeliest(reading, unit, groups, latest))
    groups: list[Group] = []
    latest: Group | None = None
    aside: tuple[Group, Sentence] | None = None
    for unit in bind(reading, tellings):
        if not any(telling.standing.is_told or telling.definite for telling in unit.tellings):
            continue  # "any attack would ...": of no incident
        best = choose(unit, groups, latest) if groups else None
        if best is not None:
            joined = groups[best]
            for telling in unit.tellings:
                joined.add(telling)
        elif any(_opens(telling) for telling in unit.tellings):
            joined = unit
            groups.append(unit)
        else:
            continue
        # "Raids in retaliation for an attack in which one died. Ten were hurt.": the raids are still spoken of.
        first = unit.tellings[0]
        if latest is not None and answer_between(reading, latest.last, first) == "answers":
            aside = (joined, first.sentence)
        elif aside != (joined, first.sentence):
            latest = joined
    return groups


def choose_likeliest(reading: Reading, unit: Group, groups: Sequence[Group], latest: Group | None) -> int | None:
    """Choose the incident that a unit of tellings is likeliest of; None where it is likelier of another.

    Args:
        reading: The report.
        unit: Tellings that belong together.
        groups: The incidents told before them.
        latest: The one that was told of last.
    """
    same = odds(read_model(TABLE), SAME)
    sums = [weigh(same, observe(reading, unit, group, latest)) for group in groups]
    best = max(range(len(sums)), key=sums.__getitem__, default=None)
    return best if best is not None and sums[best] > 0 else None


def _opens(telling: Telling) -> bool:
    return bool(telling.kind) and telling.standing.is_told and telling.trigger.entry.strength >= _OPENS


def bind(reading: Reading, tellings: Sequence[Telling]) -> list[Group]:
    """Bind tellings that grammar makes one: "an attack that killed two, wounding five others"."""
    units: list[Group] = []
    before: Telling | None = None
    for telling in tellings:
        if before is None or not _bound(reading, before, telling):
            units.append(Group())
        units[-1].add(telling)
        before = telling
    return units


def _bound(reading: Reading, one: Telling, other: Telling) -> bool:
    if one.sentence is not other.sentence or answer_between(reading, one, other):
        return False
    if other.relative or other.shared or _is_subject(one, other):
        return True
    between = slice(one.trigger.stop, other.trigger.first)
    tags, words = reading.tags[between], reading.words.words[between]
    if "." not in tags and any(pair in _RELATIVES for pair in pairwise(words)):
        return True  # "the shelling of a town on Saturday, in which 25 were killed"
    if not are_akin(one.kind, other.kind) or one.trigger.part != "verb":
        return False
    if other.trigger.part == "noun":
        return _WITHIN.fullmatch(tags) is not None and words[tags.index("P")] in _IN
    return tags.endswith("C") or ("when" in words and len(words) < _WHEN_REACH)


def _is_subject(one: Telling, other: Telling) -> bool:
    """Say whether a noun that only refers back is what the other did: "the strikes on Sunday had killed"."""
    return one.trigger.part == "noun" and not one.kind and any(p.stop == one.trigger.stop for p in other.agents)
