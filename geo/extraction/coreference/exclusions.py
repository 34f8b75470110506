"""Decide what no similarity makes one incident: news and background, what happened and what is planned, two towns."""

import math
from typing import Final

from geo.earth import DEGREE_M
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.mentions.background import REMEMBERED, TOTAL
from geo.extraction.mentions.event_mentions import EventMention
from geo.geoparsing import Location
from geo.vocabulary import CROWDS, EVENT_TYPE_OF

_AHEAD: Final = frozenset({"planned", "threatened"})
_AIR_STRIKE: Final = "Air/drone strike"
_PLANTED: Final = (" bomb", "suicide", "landmine")  # in the names of triggers
_NO_ARMY: Final = frozenset({"rebel", "militia", "gang", "unknown"})  # kinds of participants
_LOOTING: Final = "Looting/property destruction"  # of crowds, too
_FIRED: Final = frozenset({"artillery", "air"})  # classes of weapons
_PLANTED_BOMB: Final = "Remote explosive/landmine/IED"
_ANY_ATTACK: Final = "Attack"
_ARRESTS: Final = "Arrests"
_EXPLOSIONS: Final = "Explosions/Remote violence"
_MEANS: Final = {"suicide": "bomb", "ied": "bomb", "landmine": "bomb", "grenade": "bomb"}  # one blast to a reporter
_FAR_M: Final = 30_000.0  # two towns further apart than this are two places of one incident to nobody


def are_apart(unit: EventCluster, cluster: EventCluster, *, news: bool) -> bool:
    """Say whether a unit of mentions cannot be of the incident of a cluster, however alike they sound.

    Args:
        unit: Mentions that belong together.
        cluster: The mentions of one incident before them.
        news: Whether the report has mentioned anything but background.
    """
    return (
        _is_abroad(unit, cluster)
        or _is_of_another_time(unit, cluster)
        or (news and _is_back_in_the_news(unit, cluster))
        or _is_ahead(unit) != _is_ahead(cluster)
        or _is_elsewhere(unit, cluster)
        or _is_blast_beside_crowd(unit, cluster)
        or _is_blast_beside_crowd(cluster, unit)
        or _is_by_the_other_side(unit, cluster)
        or _has_other_dead(unit, cluster)
        or _has_no_dead(unit, cluster)
        or _is_fired_beside_bomb(unit, cluster)
    )


def _is_abroad(unit: EventCluster, cluster: EventCluster) -> bool:
    """Say whether the clauses of a unit name another country and other days than those of a cluster."""
    here, there = unit.countries, cluster.countries
    dated = unit.days and cluster.days and unit.days.keys() != cluster.days.keys()
    return bool(here and there and dated) and here.isdisjoint(there)


def _is_of_another_time(unit: EventCluster, cluster: EventCluster) -> bool:
    """Say whether one is background and the other is not: "the war has killed thousands"; "the attack" refers back."""
    if any(mention.background == REMEMBERED for mention in unit.mentions):
        return not cluster.mentions[0].background
    background = [mention for mention in unit.mentions if mention.background]
    if not background or cluster.mentions[0].background:
        return False
    definite = any(mention.definite for mention in background)
    return not definite and (background[0].background == TOTAL or unit.people.isdisjoint(cluster.people))


def _is_back_in_the_news(unit: EventCluster, cluster: EventCluster) -> bool:
    """Say whether another paragraph, or another kind of deed, goes on with the news after what was long ago."""
    first, old = unit.mentions[0], cluster.mentions[0]
    other = first.sentence.paragraph != old.sentence.paragraph or not _are_kindred(first, old)
    on = bool(old.background and not first.background) and other
    refers = any(mention.definite for mention in unit.mentions) and not unit.towns
    return on and not refers and unit.people.isdisjoint(cluster.people)


def _are_kindred(one: EventMention, other: EventMention) -> bool:
    """Say whether two mentions are of one event type, or one of them is of whatever kind."""
    types = [EVENT_TYPE_OF.get(mention.sub_event_type) for mention in (one, other)]
    return None in types or types[0] == types[1]


def _is_ahead(cluster: EventCluster) -> bool:
    """Say whether all mentions are of what is still to come: "called for another march on Tuesday"."""
    return bool(cluster.statuses) and _AHEAD.issuperset(cluster.statuses)


def _is_blast_beside_crowd(one: EventCluster, other: EventCluster) -> bool:
    """Say whether one is an explosion and the other nothing but a crowd: "protests over the blast"."""
    types = {EVENT_TYPE_OF.get(kind) for kind in one.kinds}
    crowds = {EVENT_TYPE_OF.get(kind) for kind in other.kinds - {_LOOTING}}
    apart = one.mentions[0].sentence is not other.mentions[0].sentence
    return apart and _EXPLOSIONS in types and types.isdisjoint(CROWDS) and bool(crowds) and crowds <= CROWDS


def _is_by_the_other_side(unit: EventCluster, cluster: EventCluster) -> bool:
    """Say whether an army bombs, and what was mentioned before is no army's.

    "Gunmen opened fire. The army bombed hideouts", "a car bomb exploded. Jets struck camps".
    """
    if unit.mentions[0].sentence is cluster.mentions[0].sentence or unit.agent_kinds != {"state"}:
        return False
    bombs = any(EVENT_TYPE_OF.get(kind) == _EXPLOSIONS for kind in unit.kinds)
    planted = any(word in name for name in cluster.triggers for word in _PLANTED)
    others = bool(cluster.agent_kinds) and cluster.agent_kinds <= _NO_ARMY
    return bombs and (others or (planted and _AIR_STRIKE in unit.kinds and _AIR_STRIKE not in cluster.kinds))


def _has_other_dead(unit: EventCluster, cluster: EventCluster) -> bool:
    """Say whether another paragraph reports other dead, of another day or by another weapon.

    "Gunmen shot two", "mortars killed six"; "a gas attack killed 42 on Saturday", "air strikes on Friday killed 40".
    """
    first = unit.mentions[0]
    if first.sentence.paragraph == cluster.last.sentence.paragraph or first.definite:
        return False
    if not unit.killed or not cluster.killed or not unit.killed.isdisjoint(cluster.killed):
        return False
    days = {(one.date.first, one.date.last) for one in cluster.mentions[:1] if one.date}
    if unit.days and days and days.isdisjoint(unit.days):
        return True
    here, there = ({_MEANS.get(one, one) for one in found.weapons} for found in (unit, cluster))
    return bool(here and there) and here.isdisjoint(there)


def _has_no_dead(unit: EventCluster, cluster: EventCluster) -> bool:
    """Say whether a unit only says who "the dead" were, and the other is an arrest, in which nobody died."""
    who = all(not mention.sub_event_type and mention.trigger.entry.frame == "patient" for mention in unit.mentions)
    return who and cluster.kinds == {_ARRESTS} and not cluster.killed


def _is_fired_beside_bomb(unit: EventCluster, cluster: EventCluster) -> bool:
    """Say whether somebody fires or flies, and what came before was planted: "pagers blew up", "fired rockets"."""
    first = unit.mentions[0]
    fired = unit.weapons & _FIRED
    acts = bool(unit.agent_kinds) and not any(mention.definite for mention in unit.mentions)
    planted = _PLANTED_BOMB in cluster.kinds and cluster.kinds <= {_PLANTED_BOMB, _ANY_ATTACK}
    return (
        bool(fired)
        and acts
        and planted
        and cluster.weapons.isdisjoint(fired)
        and first.sentence is not cluster.last.sentence
    )


def _is_elsewhere(unit: EventCluster, cluster: EventCluster) -> bool:
    """Say whether the clauses of a unit name towns far from all those that the clauses of a cluster name."""
    if any(mention.definite for mention in unit.mentions):
        return False  # "the White House said that nobody was hurt in the attack"
    here, there = unit.towns, cluster.towns
    return bool(here and there) and all(_distance_m(one, other) > _FAR_M for one in here for other in there)


def _distance_m(one: Location, other: Location) -> float:
    """Measure roughly how far the circles of two places are from each other."""
    north = one.lat - other.lat
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return math.hypot(north, east) * DEGREE_M - one.uncertainty_m - other.uncertainty_m
