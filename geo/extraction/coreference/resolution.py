"""Decide which mentions of a report are of one incident.

Mentions that grammar binds together ("an attack that killed two") make a unit; each unit is
held against the incidents before it (`pair_features`). What speaks for and against is weighed by
data/models/coreference_weights.csv.
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise, takewhile
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.coreference.clause_units import are_distinct_deeds, group_by_clause
from geo.extraction.coreference.clusters import EventCluster, modifiers
from geo.extraction.coreference.event_relations import answer_between
from geo.extraction.coreference.exclusions import are_apart
from geo.extraction.coreference.pair_features import features_of_pair
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.word_classes import any_in
from geo.extraction.linear_model import odds, read_model, weigh
from geo.extraction.mentions.background import TOTAL
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.spatial.scenes import TOWNS, scene_places
from geo.geoparsing import Location
from geo.tables import word_class
from geo.vocabulary import CROWDS, EVENT_TYPE_OF

TABLE: Final = "models/coreference_weights.csv"
SAME: Final = "same"
# Chooses, for a unit, the incidents before it and the latest of them, which of them the unit is of; None: of none.
Choice = Callable[[EventCluster, Sequence[EventCluster], EventCluster | None], int | None]
_MOST_DAYS: Final = 10  # between the days that two mentions of one incident are given: a slip, no other time
_RECENT: Final = 20  # incidents before a unit that it may be of, so that the work grows as the text does
_OPENS: Final = 0.25  # a trigger weaker than this only joins an earlier incident
# "killed in the attack", "wounded during clashes": nothing but little words and adjectives between.
_ANY_ATTACK: Final = "Attack"  # the type of words that may mean any deed
_NAMELESS: Final = frozenset({"rebel", "gang", "unknown", "person"})  # kinds of participants
_OTHER: Final = "Other"
_ARRESTS: Final = "Arrests"
_WOUNDED: Final = "wounded"
_OTHERS: Final = "others"
_LEADS: Final = 2  # words of "in neighbouring" before the place of a scene
_OVER: Final = frozenset({"over", "against", "about"})
_OPENING: Final = 4  # words of a sentence
_UNITS: Final = word_class("time_unit")
_LATER: Final = frozenset({"later", "earlier"})
_HAPPENING: Final = word_class("happening")


def cluster_mentions(
    annotated: AnnotatedReport, mentions: Sequence[EventMention], choose: Choice | None = None
) -> list[EventCluster]:
    """Put mentions of one incident together, in the order of their first words.

    Args:
        annotated: The report.
        mentions: Its mentions of events, in text order.
        choose: Of which incident a unit of mentions is; as the table has it unless another way is put to the test.
    """
    choose = choose or (lambda unit, clusters, latest: choose_cluster(annotated, unit, clusters, latest))
    clusters: list[EventCluster] = []
    latest: EventCluster | None = None
    aside: tuple[EventCluster, Sentence] | None = None
    for unit in group_by_clause(annotated, mentions):
        if not any(mention.factuality.is_asserted or mention.definite for mention in unit.mentions):
            continue  # "any attack would ...": of no incident
        best = choose(unit, clusters, latest) if clusters else None
        if best is not None:
            joined = clusters[best]
            for mention in unit.mentions:
                joined.add(mention)
        elif any(_opens(mention) for mention in unit.mentions):
            joined = unit
            clusters.append(unit)
        else:
            continue
        # "Raids in retaliation for an attack in which one died. Ten were hurt.": the raids are still the topic.
        first = unit.mentions[0]
        if latest is not None and _is_only_recalled(annotated, latest.last, first):
            aside = (joined, first.sentence)
        elif aside != (joined, first.sentence):
            latest = joined
    _note_who_is_accused(clusters)
    return clusters


def _is_only_recalled(annotated: AnnotatedReport, news: EventMention, mention: EventMention) -> bool:
    """Return whether a mention is of what its sentence only says the news came after: the news stays the topic."""
    if answer_between(annotated, news, mention) == "answers":
        return True
    if news.sentence is not mention.sentence:
        return False
    types = [EVENT_TYPE_OF.get(one.sub_event_type) in CROWDS for one in (news, mention)]
    protested = types == [True, False] and annotated.words.get(news.trigger.stop) in _OVER
    if protested:  # "protests over the killing of a man"
        return True
    recalled = are_distinct_deeds(annotated, news, mention)
    return recalled and news.sub_event_type != _ARRESTS  # of an arrest, what it is for is the topic


def _note_who_is_accused(clusters: Sequence[EventCluster]) -> None:
    """Record whom the report accuses of which incident: who claimed one did not therefore commit another.

    Nor did a nameless "suicide bomber" of whom a clause says what he did.
    """
    accused: dict[int, EventCluster] = {}
    for cluster in clusters:
        cluster.accused = accused
        for mention in cluster.mentions:
            claimed = "claimed" in mention.factuality.meanings
            nameless = [one for one in mention.agents if claimed or (not one.name and one.kind in _NAMELESS)]
            accused |= {at: cluster for one in (*nameless, *mention.blamed) for at in range(one.first, one.stop)}
            accused |= {mention.trigger.first: cluster}  # "a suicide bomber"


def choose_cluster(
    annotated: AnnotatedReport, unit: EventCluster, clusters: Sequence[EventCluster], latest: EventCluster | None
) -> int | None:
    """Choose the incident that a unit of mentions is likeliest of; None where it is likelier of another.

    Args:
        annotated: The report.
        unit: Mentions that belong together.
        clusters: The incidents before them.
        latest: The one that was mentioned last.
    """
    if latest is not None and (
        _refers_back(annotated, unit, latest) or _counts_others(unit, latest) or _ends_attack(unit, latest)
    ):
        return clusters.index(latest)
    same = odds(read_model(TABLE), SAME)
    first = max(len(clusters) - _RECENT, 0)
    recent = clusters[first:]
    news = any(not cluster.mentions[0].background for cluster in recent)
    may_be = [n for n, cluster in enumerate(recent) if not _is_apart(annotated, unit, cluster, news=news)]
    sums = {n: weigh(same, features_of_pair(annotated, unit, recent[n], latest)) for n in may_be}
    naming = unit.mentions[0].trigger.entry.frame == "naming"  # "the driver was identified as": of whose driver it was
    named = _pointed_at(annotated, unit, [recent[n] for n in may_be]) if naming else ()
    open_to = [n for n in may_be if recent[n] in named or sums[n] > 0]
    if not open_to:
        return None
    meant = _pointed_at(annotated, unit, [recent[n] for n in open_to])
    return first + max((n for n in open_to if not meant or recent[n] in meant), key=sums.__getitem__)


def _pointed_at(
    annotated: AnnotatedReport, unit: EventCluster, clusters: Sequence[EventCluster]
) -> Sequence[EventCluster]:
    """Find the incidents that definite words name: "the church attacks" by what was struck, "the blast" by its type."""
    named: set[str] = set()
    types: set[str] = set()
    for mention in unit.mentions:
        if mention.definite:
            types.add(mention.trigger.entry.sub_event_type)
            if mention.trigger.part == "noun":
                named |= modifiers(annotated, mention)
        if mention.trigger.entry.frame == "naming":
            named |= modifiers(annotated, mention)  # "the driver | was identified as"
    struck = [one for one in clusters if not named.isdisjoint(one.people | one.place_words)]
    return struck or [one for one in clusters if not types.isdisjoint(one.kinds - {_ANY_ATTACK})]


def _refers_back(annotated: AnnotatedReport, unit: EventCluster, latest: EventCluster) -> bool:
    """Return whether a unit is nothing but "the attack took place in ...", right behind what it refers to."""
    only = unit.mentions[0]
    word = annotated.words.get(only.trigger.stop)
    near = only.sentence.index - latest.last.sentence.index in {0, 1}
    vague = only.sub_event_type in {"", _ANY_ATTACK} and only.trigger.part == "noun"
    return len(unit.mentions) == 1 and near and only.definite and vague and word in _HAPPENING


def _counts_others(unit: EventCluster, latest: EventCluster) -> bool:
    """Return whether a unit only counts more of those hurt in the sentence before: "some 237 others were injured"."""
    first, last = unit.mentions[0], latest.last
    goes_on = first.sentence.index - last.sentence.index == 1 and first.sentence.paragraph == last.sentence.paragraph
    if not goes_on or not latest.killed or unit.towns or unit.days or any(one.agents for one in unit.mentions):
        return False
    counts = [found for mention in unit.mentions for found in mention.casualties]
    return bool(counts) and all(found.effect == _WOUNDED and _OTHERS in (found.who or "") for found in counts)


def _ends_attack(unit: EventCluster, latest: EventCluster) -> bool:
    """Return whether forces only stop who attacked: "a gunman killed seven before he was shot dead by police"."""
    first = unit.mentions[0]
    before = takewhile(lambda mention: mention.sentence is first.sentence, reversed(latest.mentions))
    attackers = {one.text for mention in before for one in mention.agents if one.kind != "state"}
    stopped = {one.text for mention in unit.mentions for one in mention.patients}
    return (
        bool(stopped) and stopped <= attackers and unit.agent_kinds <= {"state"} and first.sub_event_type == _ANY_ATTACK
    )


def _is_apart(annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster, *, news: bool) -> bool:
    """Return whether a unit cannot be of an incident: by its place or time, or since it came before."""
    pairs = [(one, other) for one in unit.days for other in cluster.days]
    if pairs and all(_are_far(one, other) for one, other in pairs):
        return True
    if _turns_elsewhere(annotated, unit, cluster) or _describes_others(unit, cluster):
        return True
    if _comes_later(annotated, unit, cluster) or _came_before(annotated, unit, cluster):
        return True
    return are_apart(unit, cluster, news=news) or _comes_after(annotated, cluster, unit)


def _are_far(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Return whether two stretches of days are of two times: "three died in 2017, and last May five more"."""
    between = max((one[0] - other[1]).days, (other[0] - one[1]).days)
    wide = max((last - first).days for first, last in (one, other)) > _MOST_DAYS
    return between > (0 if wide else _MOST_DAYS)


def _describes_others(unit: EventCluster, cluster: EventCluster) -> bool:
    """Return whether a unit only describes people whom a cluster does not name: "until captured soldiers are freed"."""
    return all(mention.describes for mention in unit.mentions) and unit.people.isdisjoint(cluster.people)


def _comes_later(annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster) -> bool:
    """Return whether a sentence opens with what somebody did next: "Hours later, gunmen opened fire on a bus"."""
    first = unit.mentions[0]
    if not first.agents or cluster.last.sentence is first.sentence:
        return False
    opening = annotated.words.words[first.sentence.first : first.sentence.first + _OPENING]
    later = any(one in _UNITS and other in _LATER for one, other in pairwise(opening))
    return later and not any(mention.definite for mention in unit.mentions)


def _came_before(annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster) -> bool:
    """Return whether a sentence says what came before the incident of the last one: "It came a day after ..."."""
    first, last = unit.mentions[0], cluster.last
    if first.sentence.index - last.sentence.index != 1:
        return False
    opening = annotated.words.words[first.sentence.first : first.trigger.first]
    return "after" in opening and any_in(opening[: opening.index("after")], "coming")


def _turns_elsewhere(annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster) -> bool:
    """Return whether a sentence opens another scene, "In the eastern city of Homs, ...", than that of a cluster."""
    here = unit.mentions[0].sentence
    scene = scene_places(annotated, here)
    if not scene or cluster.last.sentence is here or any(mention.definite for mention in unit.mentions):
        return False
    towns = [place for place in scene if place.geo_precision in TOWNS]
    there = [mention.place for mention in cluster.mentions if mention.place is not None]
    if not there:
        return False
    leads = annotated.words.at(scene[0].start) - here.first <= _LEADS  # "In Mali, ..." but "On January 8 Iran fired"
    abroad = leads and scene[0].country_code not in {place.country_code for place in there}
    return abroad or (bool(towns) and not any(_is_where(place, other) for place in towns for other in there))


def _is_where(scene: Location, place: Location) -> bool:
    """Return whether a scene is where something happened: "north of Baghdad" is not in Baghdad."""
    return scene.name == place.name and (scene.geo_precision != "near" or place.geo_precision == "near")


def _comes_after(annotated: AnnotatedReport, cluster: EventCluster, unit: EventCluster) -> bool:
    """Return whether a cluster is mentioned as what came after a unit: "air raids after militants had killed ten"."""
    first = unit.mentions[0]
    own = [one for one in cluster.mentions if one.sentence is first.sentence]
    return any(are_distinct_deeds(annotated, one, first) for one in own)


def _opens(mention: EventMention) -> bool:
    opens = mention.factuality.is_asserted and mention.background != TOTAL
    dated = mention.date is not None and mention.sub_event_type != _OTHER
    opens = opens and (
        dated or not mention.describes
    )  # "until two captured soldiers are freed", "for displaced people"
    return bool(mention.sub_event_type) and opens and mention.trigger.entry.strength >= _OPENS
