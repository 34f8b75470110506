"""Tell which tellings of a report are of one incident.

Each telling is held against the incidents told before it. What speaks for and against is
weighed by data/coreference_weights.csv.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from geo.extraction.groups import Group, people_words, person_words
from geo.extraction.nearness import Nearness, compare_places, days_conflict, days_overlap
from geo.extraction.readings import Reading
from geo.extraction.sequence import answer_between, has_contrast
from geo.extraction.tellings import Telling
from geo.resources import read_table

_OPENS: Final = 0.25  # a trigger weaker than this only joins what was told before
_GENERAL: Final = "Attack"  # the type of words that say little: "attack", "killed"
_FARTHEST: Final = 10.0  # sentences; further apart counts no more


def group_tellings(reading: Reading, tellings: Sequence[Telling]) -> list[Group]:
    """Put tellings of one incident together, in the order of their first words."""
    groups: list[Group] = []
    before: Telling | None = None
    for telling in tellings:
        scores = [_score(observe(reading, telling, group, before)) for group in groups]
        best = max(range(len(groups)), key=scores.__getitem__, default=None)
        if best is not None and scores[best] > 0:
            groups[best].add(telling)
        elif telling.kind and telling.standing.is_told and telling.trigger.entry.strength >= _OPENS:
            group = Group()
            group.add(telling)
            groups.append(group)
        before = telling
    return groups


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("coreference_weights.csv")}


def _score(seen: Mapping[str, float]) -> float:
    weights = _weights()
    return sum(weights.get(name, 0.0) * value for name, value in seen.items())


def observe(reading: Reading, telling: Telling, group: Group, before: Telling | None) -> dict[str, float]:
    """Observe what speaks for and against a telling being of the incident of a group.

    Args:
        reading: The report.
        telling: The telling.
        group: What was told before it of some incident.
        before: The telling that comes straight before, of whatever incident.
    """
    seen = {"bias": 1.0}
    seen[_kinds(telling, group)] = 1.0
    gap = telling.sentence.index - group.last.sentence.index
    seen["sentences between"] = min(_FARTHEST, float(gap))
    seen["other paragraph"] = float(telling.sentence.paragraph != group.last.sentence.paragraph)
    if gap == 0:
        seen["same sentence"] = 1.0
        if (telling.relative or telling.shared) and before is group.last:
            seen["dependent clause"] = 1.0
    if answer_between(reading, group.last, telling):
        seen["answer between"] = 1.0
    if telling.definite:
        seen["definite"] = 1.0
    elif telling.trigger.part == "noun":
        seen["indefinite"] = 1.0
    if telling.plural:
        seen["plural"] = 1.0
    if has_contrast(reading, telling):
        seen["contrast"] = 1.0
    seen |= _when_and_where(telling, group)
    seen |= _who(telling, group)
    return seen


def _kinds(telling: Telling, group: Group) -> str:
    if not telling.kind:
        return "refers back"
    if telling.kind in group.kinds:
        return "same type"
    if telling.kind == _GENERAL or _GENERAL in group.kinds:
        if any(kind in _kindred().get(telling.kind, ()) for kind in group.kinds):
            return "kindred by attack"
        return "unlike types"
    return "kindred types" if any(kind in _kindred().get(telling.kind, ()) for kind in group.kinds) else "unlike types"


@cache
def _kindred() -> dict[str, frozenset[str]]:
    """Read which types may be told of one incident, both ways."""
    table: dict[str, set[str]] = {}
    for name in ("kindred_types.csv", "kindred_tellings.csv"):
        for row in read_table(name):
            table.setdefault(row["sub_event_type"], set()).add(row["kindred"])
            table.setdefault(row["kindred"], set()).add(row["sub_event_type"])
    return {kind: frozenset(others) for kind, others in table.items()}


def _when_and_where(telling: Telling, group: Group) -> dict[str, float]:
    seen: dict[str, float] = {}
    if telling.date and telling.date.first and telling.date.last and group.days:
        days = (telling.date.first, telling.date.last)
        if any(days_overlap(days, other) for other in group.days):
            seen["same day"] = 1.0
        elif all(days_conflict(days, other) for other in group.days):
            seen["other day"] = 1.0 if telling.date_in_clause else 0.5
    if telling.place and group.places:
        relations = [compare_places(telling.place, place) for place in group.places]
        if Nearness.SAME in relations:
            seen["same place"] = 1.0
        elif Nearness.WITHIN in relations:
            seen["place within place"] = 1.0
        else:
            seen["other place"] = 1.0 if telling.place_in_clause else 0.4
    return seen


def _who(telling: Telling, group: Group) -> dict[str, float]:
    seen: dict[str, float] = {}
    people, persons = people_words(telling), person_words(telling)
    if people and group.people:
        seen["same people" if people & group.people else "other people"] = 1.0
    if persons and group.persons and not persons & group.persons:
        seen["other person"] = 1.0
    actors = {party.name for party in telling.agents if party.name}
    if actors and group.actors:
        seen["same actor" if actors & group.actors else "other actor"] = 1.0
    killed = {found.least for found in telling.casualties if found.effect == "killed" and found.least}
    if killed and group.killed:
        seen["same number" if killed & group.killed else "other number"] = 1.0
    return seen
