"""Observe how a telling is like an incident that was told before it, and how unlike.

What is observed is weighed in `coreference`: the same people, another place, "the attack" or "another attack".
"""

from functools import cache
from typing import Final

from geo.extraction.annotations import Reading
from geo.extraction.coreference.clusters import Group
from geo.extraction.coreference.nearness import Nearness, alike_spans, compare_places, days_conflict, days_overlap
from geo.extraction.coreference.sequence import answer_between, has_contrast
from geo.extraction.language.cues import cues_between
from geo.extraction.mentions.event_mentions import Telling
from geo.extraction.mentions.participants import Party
from geo.geoparsing import Location
from geo.resources import read_table
from geo.vocabulary import EVENT_TYPE_OF

# Types that name their weapon: two of them in one report are two incidents.
_WEAPONS: Final = frozenset(
    {"Air/drone strike", "Shelling/artillery/missile attack", "Suicide bomb", "Grenade", "Chemical weapon"}
)
_BY_FINENESS: Final = (frozenset({"site", "near", "settlement"}), frozenset({"admin", "region"}))
_HARM: Final = frozenset("kill wound injure hurt die".split())
_FARTHEST: Final = 10.0  # sentences; further apart counts no more
_AHEAD: Final = frozenset({"planned", "threatened"})
_GENERAL: Final = "Attack"  # the type of words that say little: "attack", "killed"
_CROWDS: Final = frozenset({"Protests", "Riots"})
_SHORT: Final = 6  # sentences
_OFTEN: Final = 5  # tellings
_OPENING: Final = 4  # words of a sentence
_BRINGS_IN: Final = frozenset("a an another other several some many various".split())


def observe(reading: Reading, unit: Group, group: Group, latest: Group | None = None) -> dict[str, float]:
    """Observe what speaks for and against a unit of tellings being of the incident of a group.

    Args:
        reading: The report.
        unit: Tellings that belong together.
        group: What was told before them of some incident.
        latest: The incident that was told of last.
    """
    first, last = unit.tellings[0], group.last
    seen = {_kinds(unit, group): 1.0}
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
    seen["told last"] = float(group is latest)
    seen["told often"] = min(1.0, len(group.tellings) / _OFTEN)
    seen["had been"] = float(any("had" in _auxiliaries(reading, telling) for telling in unit.tellings))
    seen["opens with contrast"] = float(_opens_with_contrast(reading, first))
    if _CROWDS & {EVENT_TYPE_OF[kind] for kind in (*unit.kinds, *group.kinds)}:
        seen["crowd"] = 1.0
        seen[f"crowd, {_kinds(unit, group)}"] = 1.0
    seen["short report"] = float(len(reading.sentences) <= _SHORT)
    seen |= _when_and_where(unit, group)
    seen |= _who(unit, group)
    seen |= _whom(reading, unit, group)
    if not (unit.people or unit.days or unit.places):
        seen["says nothing new"] = 1.0
    return seen


def _auxiliaries(reading: Reading, telling: Telling) -> list[str]:
    """List the auxiliaries straight before a verb."""
    at = telling.trigger.first
    while at > telling.sentence.first and reading.tags[at - 1] in "AR":
        at -= 1
    return list(reading.words.words[at : telling.trigger.first])


def _opens_with_contrast(reading: Reading, telling: Telling) -> bool:
    """Say whether the sentence begins another incident: "Meanwhile, ...", "In another attack, ..."."""
    first = telling.sentence.first
    return "contrast" in cues_between(reading.words, first, min(telling.trigger.first, first + _OPENING))


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
    if not any(are_akin(one, other) for one in mine for other in theirs):
        return "unlike types"
    if _GENERAL in mine | theirs:
        return "kindred by attack"
    return "other weapon" if mine | theirs <= _WEAPONS else "kindred types"


def _specific(group: Group) -> set[str]:
    return set(group.kinds) - {_GENERAL} or set(group.kinds)


def are_akin(one: str, other: str) -> bool:
    """Say whether two types may be told of one incident; "" goes with all."""
    return one == other or not one or not other or other in _kindred().get(one, ())


@cache
def _kindred() -> dict[str, frozenset[str]]:
    """Read which types may be told of one incident, both ways."""
    table: dict[str, set[str]] = {}
    for name in ("events/related_types.csv", "events/coreferent_types.csv"):
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


def _whom(reading: Reading, unit: Group, group: Group) -> dict[str, float]:
    """Observe how those to whom it happened are told: as new ("a judge", "two nuns"), by name, as a thing."""
    seen: dict[str, float] = {}
    mine = [party for telling in unit.tellings for party in telling.patients]
    theirs = [party for telling in group.tellings for party in telling.patients]
    shared = bool(unit.people & group.people)
    if any(_is_new(reading, party) for party in mine):
        seen["told as new"] = 1.0
        if theirs and not shared:
            seen["told as new, other people"] = 1.0
    if unit.persons and theirs and not shared:
        seen["named beside others"] = 1.0
        if any(telling.definite for telling in unit.tellings):
            seen["named beside others, definite"] = 1.0
    if group.persons and mine and unit.people and not shared:
        seen["others beside named"] = 1.0
    sorts, others = {party.sort for party in mine}, {party.sort for party in theirs}
    if sorts == {"thing"} and others == {"thing"} and not shared:
        seen["other thing"] = 1.0
    elif mine and theirs and ("thing" in sorts) != ("thing" in others):
        seen["thing beside people"] = 1.0
    return seen


def _is_new(reading: Reading, party: Party) -> bool:
    """Say whether a phrase brings somebody in: "a judge", "two nuns", "several buses"."""
    before = max(0, party.first - 1)
    return reading.words.words[before] in _BRINGS_IN or reading.tags[before] == "#"


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
