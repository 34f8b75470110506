"""Tell which tellings of a report are of one incident.

Tellings that grammar binds together ("an attack that killed two") make a unit; each unit is
held against the incidents told before it. What speaks for and against is weighed by
data/coreference_weights.csv.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from geo.extraction.groups import Group
from geo.extraction.nearness import Nearness, alike_spans, compare_places, days_conflict, days_overlap
from geo.extraction.readings import Reading
from geo.extraction.sentences import Sentence
from geo.extraction.sequence import answer_between, has_contrast
from geo.extraction.tellings import Telling
from geo.geoparsing import Location
from geo.resources import read_table

# Types that name their weapon: two of them in one report are two incidents.
_WEAPONS: Final = frozenset(
    {"Air/drone strike", "Shelling/artillery/missile attack", "Suicide bomb", "Grenade", "Chemical weapon"}
)
_BY_FINENESS: Final = (frozenset({"site", "near", "settlement"}), frozenset({"admin", "region"}))
_HARM: Final = frozenset("kill wound injure hurt die".split())
_OPENS: Final = 0.25  # a trigger weaker than this only joins what was told before
_FARTHEST: Final = 10.0  # sentences; further apart counts no more
_AHEAD: Final = frozenset({"planned", "threatened"})
_GENERAL: Final = "Attack"  # the type of words that say little: "attack", "killed"
# "killed in the attack", "wounded during clashes": nothing but little words and adjectives between.
_WITHIN: Final = re.compile(r"R*P[DPnR#'\"-]{0,8}")
_IN: Final = frozenset("in during by from amid as".split())
_RELATIVES: Final = frozenset({("in", "which"), (",", "where")})
_WHEN_REACH: Final = 25  # words in "killed two people ... when a bomb exploded"


def group_tellings(reading: Reading, tellings: Sequence[Telling]) -> list[Group]:
    """Put tellings of one incident together, in the order of their first words."""
    groups: list[Group] = []
    latest: Group | None = None
    aside: tuple[Group, Sentence] | None = None
    for unit in bind(reading, tellings):
        if not any(telling.standing.is_told or telling.definite for telling in unit.tellings):
            continue  # "any attack would ...": of no incident
        scores = [_score(observe(reading, unit, group, latest)) for group in groups]
        best = max(range(len(groups)), key=scores.__getitem__, default=None)
        if best is not None and scores[best] > 0:
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
    if not _akin(one.kind, other.kind) or one.trigger.part != "verb":
        return False
    if other.trigger.part == "noun":
        return _WITHIN.fullmatch(tags) is not None and words[tags.index("P")] in _IN
    return tags.endswith("C") or ("when" in words and len(words) < _WHEN_REACH)


def _is_subject(one: Telling, other: Telling) -> bool:
    """Say whether a noun that only refers back is what the other did: "the strikes on Sunday had killed"."""
    return one.trigger.part == "noun" and not one.kind and any(p.stop == one.trigger.stop for p in other.agents)


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("coreference_weights.csv")}


def _score(seen: Mapping[str, float]) -> float:
    weights = _weights()
    return sum(weights.get(name, 0.0) * value for name, value in seen.items())


def observe(reading: Reading, unit: Group, group: Group, latest: Group | None = None) -> dict[str, float]:
    """Observe what speaks for and against a unit of tellings being of the incident of a group.

    Args:
        reading: The report.
        unit: Tellings that belong together.
        group: What was told before them of some incident.
        latest: The incident that was told of last.
    """
    first, last = unit.tellings[0], group.last
    seen = {"bias": 1.0, _kinds(unit, group): 1.0}
    gap = first.sentence.index - last.sentence.index
    seen["sentences between"] = min(_FARTHEST, float(gap))
    seen["other paragraph"] = float(first.sentence.paragraph != last.sentence.paragraph)
    seen["same sentence"] = float(gap == 0)
    seen["answer between"] = float(bool(answer_between(reading, last, first)))
    if any(telling.definite for telling in unit.tellings):
        seen["definite"] = 1.0
        seen["definite, sentences between"] = seen["sentences between"]
        seen["definite, told last"] = float(group is latest)
    elif first.trigger.part == "noun":
        seen["indefinite"] = 1.0
    seen["plural"] = float(_is_plural(unit) != _is_plural(group))
    seen["contrast"] = float(has_contrast(reading, first))
    seen["consequence, told last"] = float(group is latest and all(map(_is_consequence, unit.tellings)))
    seen["consequence, other told last"] = float(_is_toll_of_other(unit, group, latest))
    seen["same as before"] = float(gap <= 1 and _says_same(reading, unit))
    seen["same trigger"] = float(bool(unit.triggers & group.triggers))
    seen["ahead beside told"] = float(_is_ahead(unit) != _is_ahead(group))
    seen["elliptic"] = float(first.trigger.entry.needs == "before")
    seen |= _when_and_where(unit, group)
    seen |= _who(unit, group)
    return seen


def _is_consequence(telling: Telling) -> bool:
    """Say whether a telling only says who was hurt: "two people were killed and five wounded"."""
    harm = telling.trigger.entry.name in _HARM and telling.trigger.part == "verb"
    return harm and not telling.agents and telling.place is None


def _is_toll_of_other(unit: Group, group: Group, latest: Group | None) -> bool:
    """Say whether a unit only tells who was hurt, just after another incident whose dead are not told yet."""
    if latest is None or latest is group or not all(map(_is_consequence, unit.tellings)) or unit.persons:
        return False
    first, last = unit.tellings[0].sentence, latest.last.sentence
    open_yet = not any(telling.casualties for telling in latest.tellings)
    return open_yet and first.paragraph == last.paragraph and first.index - last.index == 1


def _is_ahead(group: Group) -> bool:
    """Say whether all that is told is planned or threatened."""
    return all(telling.standing.status in _AHEAD for telling in group.tellings)


def _is_plural(group: Group) -> bool:
    return all(telling.plural for telling in group.tellings)


def _says_same(reading: Reading, unit: Group) -> bool:
    """Say whether the words point back: "the same drone strike"."""
    return any("same" in reading.words.words[max(0, t.trigger.first - 4) : t.trigger.first] for t in unit.tellings)


def _kinds(unit: Group, group: Group) -> str:
    """Compare what two groups tell of; what says little ("killed") counts only where nothing says more."""
    if not unit.kinds:
        return "refers back"
    mine, theirs = _specific(unit), _specific(group)
    if mine & theirs:
        return "same type"
    if not any(_akin(one, other) for one in mine for other in theirs):
        return "unlike types"
    if _GENERAL in mine | theirs:
        return "kindred by attack"
    return "other weapon" if mine | theirs <= _WEAPONS else "kindred types"


def _specific(group: Group) -> set[str]:
    return set(group.kinds) - {_GENERAL} or set(group.kinds)


def _akin(one: str, other: str) -> bool:
    return one == other or not one or not other or other in _kindred().get(one, ())


@cache
def _kindred() -> dict[str, frozenset[str]]:
    """Read which types may be told of one incident, both ways."""
    table: dict[str, set[str]] = {}
    for name in ("kindred_types.csv", "kindred_tellings.csv"):
        for row in read_table(name):
            table.setdefault(row["sub_event_type"], set()).add(row["kindred"])
            table.setdefault(row["kindred"], set()).add(row["sub_event_type"])
    return {kind: frozenset(others) for kind, others in table.items()}


def _when_and_where(unit: Group, group: Group) -> dict[str, float]:
    seen: dict[str, float] = {}
    if unit.days and group.days:
        if any(days_overlap(one, other) for one in unit.days for other in group.days):
            seen["same day"] = float(any(alike_spans(one, other) for one in unit.days for other in group.days))
        elif all(days_conflict(one, other) for one in unit.days for other in group.days):
            seen["other day"] = 1.0 if any(telling.date_in_clause for telling in unit.tellings) else 0.5
        else:
            seen["next day"] = 1.0
    if unit.places and group.places:
        relations = [compare_places(one, other) for one in _finest(unit) for other in _finest(group)]
        if Nearness.SAME in relations:
            seen["same place"] = 1.0
        elif Nearness.WITHIN in relations:
            seen["place within place"] = 1.0
        else:
            told = (unit, group) if seen.get("same day") else (unit,)  # on one day, a place far off says little
            sure = all(any(telling.place_in_clause for telling in one.tellings) for one in told)
            seen["other place"] = 1.0 if sure else 0.4
    return seen


def _finest(group: Group) -> list[Location]:
    """List the finest places of a group: towns and sites, else provinces and regions, else countries."""
    for precisions in _BY_FINENESS:
        found = [place for place in group.places if place.geo_precision in precisions]
        if found:
            return found
    return group.places


def _who(unit: Group, group: Group) -> dict[str, float]:
    seen: dict[str, float] = {}
    if unit.people and group.people:
        seen["same people" if unit.people & group.people else "other people"] = 1.0
    if unit.persons and group.persons and not unit.persons & group.persons:
        seen["other person"] = 1.0
    if unit.actors and group.actors:
        seen["same actor" if unit.actors & group.actors else "other actor"] = 1.0
    if unit.killed and group.killed:
        seen["same number" if unit.killed & group.killed else "other number"] = 1.0
    return seen
