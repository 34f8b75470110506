"""Extract the features of a mention and an incident before it: are they of one event?

`resolution` weighs them: the same people, another place, "the attack" or "another attack".
"""

from functools import cache
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.coreference.event_relations import answer_between, has_contrast
from geo.extraction.coreference.nearness import Nearness, alike_spans, compare_places, days_conflict, days_overlap
from geo.extraction.language.cues import cues_between
from geo.extraction.language.word_classes import any_in
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.mentions.participants import Participant
from geo.extraction.spatial.scenes import TOWNS
from geo.geoparsing import Location
from geo.tables import mutual, related_types, word_class
from geo.vocabulary import CROWDS, EVENT_TYPE_OF, SUB_EVENT_TYPES

# Types that name their weapon: two of them in one report are two incidents.
_WEAPONS: Final = frozenset(
    {"Air/drone strike", "Shelling/artillery/missile attack", "Suicide bomb", "Grenade", "Chemical weapon"}
)
_BY_FINENESS: Final = (TOWNS, frozenset({"admin", "region"}))
_HARM: Final = word_class("harm_trigger")
_FARTHEST: Final = 10.0  # sentences; further apart counts no more
_AHEAD: Final = frozenset({"planned", "threatened"})
_GENERAL: Final = "Attack"  # the type of words that say little: "attack", "killed"
_SHORT: Final = 6  # sentences
_OFTEN: Final = 5  # mentions
_OPENING: Final = 4  # words of a sentence
_DEFINITE: Final = word_class("definite") | {"both", "all"}
_NAMELESS: Final = frozenset({"rebel", "gang", "unknown"})  # kinds of those who act
_BRINGS_IN: Final = word_class("indefinite")


def features_of_pair(
    annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster, latest: EventCluster | None = None
) -> dict[str, float]:
    """Extract what speaks for and against a unit of mentions being of the incident of a cluster.

    Args:
        annotated: The report.
        unit: Mentions that belong together.
        cluster: The earlier mentions of some incident.
        latest: The incident that was mentioned last.
    """
    first, last = unit.mentions[0], cluster.last
    features = {_types(unit, cluster): 1.0}
    gap = first.sentence.index - last.sentence.index
    features["sentences between"] = min(_FARTHEST, float(gap))
    features["other paragraph"] = float(first.sentence.paragraph != last.sentence.paragraph)
    features["same sentence"] = float(gap == 0)
    features |= _of_mentions(annotated, unit, cluster)
    features |= _of_order(annotated, unit, cluster, latest)
    if CROWDS & {EVENT_TYPE_OF[kind] for kind in unit.kinds | cluster.kinds}:
        features["crowd"] = 1.0
        features[f"crowd, {_types(unit, cluster)}"] = 1.0
    features["short report"] = float(len(annotated.sentences) <= _SHORT)
    features |= _of_time_and_place(unit, cluster)
    features |= _of_actors(unit, cluster)
    features |= _of_assailants(annotated, unit, cluster, latest)
    features |= _of_victims(annotated, unit, cluster)
    if not (unit.people or unit.days or unit.places):
        features["says nothing new"] = 1.0
    return features


def _of_mentions(annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster) -> dict[str, float]:
    """Compare the words of two clusters of mentions: triggers, number, factuality, contrast."""
    first, last = unit.mentions[0], cluster.last
    return {
        "answer between": float(bool(answer_between(annotated, last, first))),
        "plural": float(_is_plural(unit) != _is_plural(cluster)),
        "contrast": float(has_contrast(annotated, first)),
        "same trigger": float(bool(unit.triggers & cluster.triggers)),
        "planned beside reported": float(_is_ahead(unit) != _is_ahead(cluster)),
        "elliptic": float(first.trigger.entry.needs == "before"),
        "had been": float(any("had" in _auxiliaries(annotated, mention) for mention in unit.mentions)),
        "opens with contrast": float(_opens_with_contrast(annotated, first)),
    }


def _of_order(
    annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster, latest: EventCluster | None
) -> dict[str, float]:
    """Note how a unit refers back, and whether the cluster was the last that the report mentioned."""
    first, gap = unit.mentions[0], unit.mentions[0].sentence.index - cluster.last.sentence.index
    features = {
        "consequence, latest cluster": float(cluster is latest and all(map(_is_consequence, unit.mentions))),
        "consequence, another cluster last": float(_is_toll_of_other(unit, cluster, latest)),
        "same as before": float(gap <= 1 and _says_same(annotated, unit)),
        "latest cluster": float(cluster is latest),
        "mentioned often": min(1.0, len(cluster.mentions) / _OFTEN),
    }
    if any(mention.definite for mention in unit.mentions):
        features["definite"] = 1.0
        features["definite, sentences between"] = min(_FARTHEST, float(gap))
        features["definite, latest cluster"] = float(cluster is latest)
    elif first.trigger.part == "noun":
        features["indefinite"] = 1.0
    return features


def _auxiliaries(annotated: AnnotatedReport, mention: EventMention) -> list[str]:
    """List the auxiliaries straight before a verb."""
    first = annotated.text.verbs[mention.trigger.first].first
    return list(annotated.words.words[first : mention.trigger.first])


def _opens_with_contrast(annotated: AnnotatedReport, mention: EventMention) -> bool:
    """Return whether the sentence begins another incident: "Meanwhile, ...", "In another attack, ..."."""
    first = mention.sentence.first
    return "contrast" in cues_between(annotated.cues, first, min(mention.trigger.first, first + _OPENING))


def _is_consequence(mention: EventMention) -> bool:
    """Return whether a mention only says who was hurt: "two people were killed and five wounded"."""
    harm = mention.trigger.entry.name in _HARM and mention.trigger.part == "verb"
    return harm and not mention.agents and mention.place is None


def _is_toll_of_other(unit: EventCluster, cluster: EventCluster, latest: EventCluster | None) -> bool:
    """Return whether a unit only counts casualties, just after another incident that has none yet."""
    if latest is None or latest is cluster or not all(map(_is_consequence, unit.mentions)) or unit.persons:
        return False
    first, last = unit.mentions[0].sentence, latest.last.sentence
    open_yet = not any(mention.casualties for mention in latest.mentions)
    return open_yet and first.paragraph == last.paragraph and first.index - last.index == 1


def _is_ahead(cluster: EventCluster) -> bool:
    """Return whether all mentions are of something planned or threatened."""
    return all(mention.factuality.status in _AHEAD for mention in cluster.mentions)


def _is_plural(cluster: EventCluster) -> bool:
    return all(mention.plural for mention in cluster.mentions)


def _says_same(annotated: AnnotatedReport, unit: EventCluster) -> bool:
    """Return whether the words point back: "the same drone strike"."""
    return any("same" in annotated.words.words[max(0, t.trigger.first - 4) : t.trigger.first] for t in unit.mentions)


def _types(unit: EventCluster, cluster: EventCluster) -> str:
    """Compare the types of two clusters; an unspecific one ("killed") counts only without a specific one."""
    if not unit.types:
        return "refers back"
    mine, theirs = _specific(unit), _specific(cluster)
    if mine & theirs:
        return "same type"
    if not any(are_related(one, other) for one in mine for other in theirs):
        return "unlike types"
    if _GENERAL in mine | theirs:
        return "kindred by attack"
    return "other weapon" if mine | theirs <= _WEAPONS else "kindred types"


def _specific(cluster: EventCluster) -> set[str]:
    return cluster.kinds - {_GENERAL} or cluster.kinds


def are_related(one: str, other: str) -> bool:
    """Return whether two types may describe one incident; "" goes with all."""
    return one == other or not one or not other or other in _related_types().get(one, ())


@cache
def _related_types() -> dict[str, frozenset[str]]:
    """Read which types may describe one incident, both ways."""
    tables = (related_types(), mutual("events/coreferent_types.csv"))
    return {kind: frozenset().union(*(table.get(kind, ()) for table in tables)) for kind in SUB_EVENT_TYPES}


def _of_time_and_place(unit: EventCluster, cluster: EventCluster) -> dict[str, float]:
    features: dict[str, float] = {}
    if unit.days and cluster.days:
        mine, theirs = unit.finest_days, cluster.finest_days
        if any(days_overlap(one, other) for one in mine for other in theirs):
            features["same day"] = float(any(alike_spans(one, other) for one in mine for other in theirs))
        elif all(days_conflict(one, other) for one in mine for other in theirs):
            features["other day"] = 1.0 if any(mention.date_in_clause for mention in unit.mentions) else 0.5
        else:
            features["next day"] = 1.0
    elif unit.days and any(_conflicts(unit, mention) for mention in cluster.mentions[:1]):
        features["other day than the first, loosely"] = 1.0
    if unit.places and cluster.places:
        relations = [compare_places(one, other) for one in _finest(unit) for other in _finest(cluster)]
        if Nearness.SAME in relations:
            features["same place"] = 1.0
        elif Nearness.WITHIN in relations:
            features["place within place"] = 1.0
        else:
            sides = (unit, cluster) if features.get("same day") else (unit,)  # on one day, a place far off says little
            sure = all(any(mention.place_in_clause for mention in one.mentions) for one in sides)
            features["other place"] = 1.0 if sure else 0.4
    return features


def _conflicts(unit: EventCluster, mention: EventMention) -> bool:
    """Return whether a mention has another date in its sentence than the clauses of a unit."""
    if mention.date is None or mention.date.first is None or mention.date.last is None:
        return False
    there = (mention.date.first, mention.date.last)
    return not any(days_overlap(one, there) for one in unit.finest_days)


def _finest(cluster: EventCluster) -> list[Location]:
    """List the finest places of a group: towns and sites, else provinces and regions, else countries."""
    for precisions in _BY_FINENESS:
        found = [place for place in cluster.places if place.geo_precision in precisions]
        if found:
            return found
    return cluster.places


def _of_victims(annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster) -> dict[str, float]:
    """Note how the victims are introduced: as new ("a judge", "two nuns"), by name, as a thing."""
    features: dict[str, float] = {}
    mine = [participant for mention in unit.mentions for participant in mention.patients]
    shared = bool(unit.people & cluster.people)
    if any(_is_new(annotated, participant) for participant in mine):
        features["introduced as new"] = 1.0
        if cluster.sorts and not shared:
            features["introduced as new, other people"] = 1.0
    if unit.persons and cluster.sorts and not shared:
        features["named beside others"] = 1.0
        if any(mention.definite for mention in unit.mentions):
            features["named beside others, definite"] = 1.0
    if cluster.persons and mine and unit.people and not shared:
        features["others beside named"] = 1.0
    if unit.sorts == {"thing"} and cluster.sorts == {"thing"} and not shared:
        features["other thing"] = 1.0
    elif mine and cluster.sorts and ("thing" in unit.sorts) != ("thing" in cluster.sorts):
        features["thing beside people"] = 1.0
    return features


def _is_new(annotated: AnnotatedReport, participant: Participant) -> bool:
    """Return whether a phrase brings somebody in: "a judge", "two nuns", "several buses"."""
    before = max(0, participant.first - 1)
    return annotated.words.words[before] in _BRINGS_IN or annotated.tags[before] == "#"


def _of_actors(unit: EventCluster, cluster: EventCluster) -> dict[str, float]:
    features: dict[str, float] = {}
    if unit.people and cluster.people:
        features["same people" if unit.people & cluster.people else "other people"] = 1.0
    if unit.persons and cluster.persons and not unit.persons & cluster.persons:
        features["other person"] = 1.0
    if unit.actors and cluster.actors:
        features["same actor" if unit.actors & cluster.actors else "other actor"] = 1.0
    if unit.killed and cluster.killed:
        features["same number" if unit.killed & cluster.killed else "other number"] = 1.0
    return features


def _of_assailants(
    annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster, latest: EventCluster | None
) -> dict[str, float]:
    """Note whether a unit is of what became of those who did it: "both attackers were shot dead"."""
    words = annotated.words.words
    definite = any(
        any_in(words[one.first : one.stop], "suspect")
        and not _DEFINITE.isdisjoint(words[max(0, one.first - 1) : one.stop])
        for mention in unit.mentions
        for one in mention.patients
    )
    if not definite or not cluster.agent_kinds & _NAMELESS:
        return {}
    return {"their assailants, latest cluster" if cluster is latest else "their assailants": 1.0}
