"""Tell which mentions of a report are of one incident.

Mentions that grammar binds together ("an attack that killed two") make a unit; each unit is
held against the incidents told before it (`likeness`). What speaks for and against is weighed by
data/models/coreference_weights.csv.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.coreference.clusters import EventCluster, modifiers
from geo.extraction.coreference.event_relations import answer_between
from geo.extraction.coreference.exclusions import are_apart
from geo.extraction.coreference.pair_features import are_related, features_of_pair
from geo.extraction.language.clauses import opens_relative_clause
from geo.extraction.language.sentences import Sentence
from geo.extraction.linear_model import odds, read_model, weigh
from geo.extraction.mentions.background import DATED, TOTAL
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.mentions.participants import ARMED
from geo.tables import word_class
from geo.vocabulary import EVENT_TYPE_OF

TABLE: Final = "models/coreference_weights.csv"
SAME: Final = "same"
# Chooses, for a unit, the incidents before it and the latest of them, which of them the unit is of; None: of none.
Choice = Callable[[EventCluster, Sequence[EventCluster], EventCluster | None], int | None]
_MOST_DAYS: Final = 10  # between the days that two mentions of one incident are given: a slip, no other time
_RECENT: Final = 64  # incidents before a unit that it may be of, so that the work grows as the text does
_OPENS: Final = 0.25  # a trigger weaker than this only joins an earlier incident
# "killed in the attack", "wounded during clashes": nothing but little words and adjectives between.
_WITHIN: Final = re.compile(r"R*P[DPnR#'\"-]{0,8}")
_IN: Final = word_class("event_preposition")
_ANY_ATTACK: Final = "Attack"  # the type of words that may mean any deed
_OTHER: Final = "Other"
_BATTLES: Final = "Battles"
_BY_BATTLE: Final = frozenset({"after", "following", "heavy", "fierce", "in", "amid"})
_ORDER: Final = frozenset({"after", "before"})
_UNITS: Final = word_class("time_unit")
_LOCATIVE: Final = word_class("place_preposition")
_TOLLS: Final = word_class("toll")
_OPENING: Final = 4  # words of a sentence
_SCENE_REACH: Final = 9  # words of "in the eastern city of Homs"
_TOWNS: Final = frozenset({"site", "near", "settlement"})
_HAPPENING: Final = word_class("happening")
_PROTESTERS: Final = "protesters"  # a kind of participant
_CASUALTIES: Final = word_class("casualty_trigger")
_WHEN_REACH: Final = 25  # words in "killed two people ... when a bomb exploded"


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
        # "Raids in retaliation for an attack in which one died. Ten were hurt.": the raids are still spoken of.
        first = unit.mentions[0]
        if latest is not None and answer_between(annotated, latest.last, first) == "answers":
            aside = (joined, first.sentence)
        elif aside != (joined, first.sentence):
            latest = joined
    _tell_who_is_accused(clusters)
    return clusters


def _tell_who_is_accused(clusters: Sequence[EventCluster]) -> None:
    """Tell every incident of whom the report accuses which: who claimed one did not therefore commit another."""
    accused: dict[int, EventCluster] = {}
    for cluster in clusters:
        cluster.accused = accused
        for mention in cluster.mentions:
            claimed = mention.agents if "claimed" in mention.factuality.meanings else ()
            accused |= {one.first: cluster for one in (*claimed, *mention.blamed)}


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
    if latest is not None and _refers_back(annotated, unit, latest):
        return clusters.index(latest)
    same = odds(read_model(TABLE), SAME)
    first = max(len(clusters) - _RECENT, 0)
    recent = clusters[first:]
    sums = [weigh(same, features_of_pair(annotated, unit, cluster, latest)) for cluster in recent]
    news = any(not cluster.mentions[0].background for cluster in recent)
    may_be = [n for n, cluster in enumerate(recent) if not _is_apart(annotated, unit, cluster, news=news)]
    naming = unit.mentions[0].trigger.entry.frame == "naming"  # "the driver was identified as": of whose driver it was
    named = _pointed_at(annotated, unit, [recent[n] for n in may_be]) if naming else ()
    open_to = [n for n in may_be if recent[n] in named or sums[n] > 0]
    if not open_to:
        return None
    told = _pointed_at(annotated, unit, [recent[n] for n in open_to])
    return first + max((n for n in open_to if not told or recent[n] in told), key=sums.__getitem__)


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


def _is_apart(annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster, *, news: bool) -> bool:
    """Return whether a unit cannot be of an incident: by its place or time, or since it came before."""
    between = [max((one[0] - other[1]).days, (other[0] - one[1]).days) for one in unit.days for other in cluster.days]
    if between and min(between) > _MOST_DAYS:
        return True
    if _turns_elsewhere(annotated, unit, cluster) or _describes_others(unit, cluster):
        return True
    return are_apart(unit, cluster, news=news) or _comes_after(annotated, cluster, unit)


def _describes_others(unit: EventCluster, cluster: EventCluster) -> bool:
    """Return whether a unit only describes people whom a cluster does not name: "until captured soldiers are freed"."""
    return all(mention.describes for mention in unit.mentions) and unit.people.isdisjoint(cluster.people)


def _turns_elsewhere(annotated: AnnotatedReport, unit: EventCluster, cluster: EventCluster) -> bool:
    """Return whether a sentence opens another scene, "In the eastern city of Homs, ...", than that of a cluster."""
    here = unit.mentions[0].sentence
    if annotated.words.words[here.first] not in _LOCATIVE or any(mention.definite for mention in unit.mentions):
        return False
    end = annotated.words.starts[min(here.first + _SCENE_REACH, here.stop - 1)]
    told = {place.name for place in within(annotated.locations, here.start, end) if place.geo_precision in _TOWNS}
    there = {mention.place.name for mention in cluster.mentions if mention.place is not None}
    return bool(told) and bool(there) and told.isdisjoint(there) and cluster.last.sentence is not here


def _comes_after(annotated: AnnotatedReport, cluster: EventCluster, unit: EventCluster) -> bool:
    """Return whether a cluster is mentioned as what came after a unit: "air raids after militants had killed ten"."""
    first = unit.mentions[0]
    own = [one for one in cluster.mentions if one.sentence is first.sentence]
    return any(_is_told_apart(annotated, one, first) for one in own)


def _is_told_apart(annotated: AnnotatedReport, one: EventMention, other: EventMention) -> bool:
    """Return whether "after" stands between two deeds of which each has an agent or a type of its own.

    "Ten died after gunmen opened fire" is one deed: whoever only died did nothing.
    """
    between = annotated.words.words[one.trigger.stop : other.trigger.first]
    steps = zip(["", *between], between, between[1:], strict=False)
    if any(word in _ORDER and unit in _UNITS and before != "the" for before, unit, word in steps):
        # "shot 84 people, hours after a bomb killed seven"; not "an attack the day before on a base"
        return not _opens_with_toll(annotated, one)  # nor "the death toll rose to 24, a day after gunmen stormed"
    if _opens_with_order(annotated, one) and "," in annotated.tags[one.trigger.stop : other.trigger.first]:
        return True
    if "after" not in between or one.trigger.entry.name in _CASUALTIES:
        return False
    if one.agents and other.trigger.entry.name in _CASUALTIES and other.patients and not other.agents:
        return "by" not in annotated.words.words[other.trigger.stop : other.trigger.stop + 1]  # "fired after one died"
    mine, theirs = ({agent.name or agent.text: agent.kind in ARMED for agent in some.agents} for some in (one, other))
    if not mine.keys().isdisjoint(theirs) or not (one.trigger.entry.sub_event_type or any(mine.values())):
        return False
    does = other.trigger.part == "verb" and any(theirs.values())
    answered = any(mine.values()) and other.sub_event_type not in {"", _ANY_ATTACK, one.sub_event_type}
    return does or answered or not are_related(one.sub_event_type, other.sub_event_type)


def _opens_with_order(annotated: AnnotatedReport, mention: EventMention) -> bool:
    """Return whether a sentence first says after what a thing happened: "Hours after the attack, ..."."""
    first = mention.sentence.first
    if "," in annotated.tags[first : mention.trigger.first]:
        return False
    opening = annotated.words.words[first : min(first + _OPENING, mention.trigger.first)]
    return any(unit in _UNITS and word in _ORDER for unit, word in pairwise(opening))


def _opens_with_toll(annotated: AnnotatedReport, mention: EventMention) -> bool:
    """Return whether a sentence is of a count that grew: "the death toll from the attack rose to 24"."""
    told = annotated.words.words[mention.sentence.first : mention.trigger.stop + 1]
    return not _TOLLS.isdisjoint(told) or ("number" in told[:_OPENING] and mention.trigger.entry.frame == "patient")


def _opens(mention: EventMention) -> bool:
    told = mention.factuality.is_asserted and mention.background != TOTAL
    dated = mention.date is not None and mention.sub_event_type != _OTHER
    told = told and (dated or not mention.describes)  # "until two captured soldiers are freed", "for displaced people"
    return bool(mention.sub_event_type) and told and mention.trigger.entry.strength >= _OPENS


def group_by_clause(annotated: AnnotatedReport, mentions: Sequence[EventMention]) -> list[EventCluster]:
    """Bind mentions that grammar makes one: "an attack that killed two, wounding five others"."""
    units: list[EventCluster] = []
    before, own = None, None
    for mention in mentions:
        governing = next((one for one in reversed(units) if _governs(one, mention)), None)
        if governing is not None:
            own = governing
        elif own is None or before is None or not _is_one_clause(annotated, before, mention):
            own = EventCluster()
            units.append(own)
        own.add(mention)
        before = mention
    return units


def _governs(unit: EventCluster, mention: EventMention) -> bool:
    """Return whether the main verb of ", killing two" is of a unit: "a car hit people leaving a rally, killing two"."""
    verb = mention.governor
    return any(
        one.trigger.first <= verb < one.trigger.stop and one.background == mention.background for one in unit.mentions
    )


def _is_one_clause(annotated: AnnotatedReport, one: EventMention, other: EventMention) -> bool:
    party = (
        _is_battle_for(annotated, one, other)
        or _is_subject(one, other)
        or _is_crowd_of(one, other)
        or _is_crowd_of(other, one)
    )
    subject = one.sentence is other.sentence and party
    between = slice(one.trigger.stop, other.trigger.first)
    tags, words = annotated.tags[between], annotated.words.words[between]
    inside = other.trigger.part == "noun" and _WITHIN.fullmatch(tags) is not None and words[tags.index("P")] in _IN
    # "jets struck the town, where a raid killed two last year": two times
    times = one.background != other.background and DATED in {one.background, other.background} and not inside
    apart = one.sentence is not other.sentence or times or _is_told_apart(annotated, one, other)
    if not subject and (apart or answer_between(annotated, one, other)):
        return False
    if subject or other.relative or other.shared:
        return True
    if "." not in tags and opens_relative_clause(words):
        return True  # "the shelling of a town on Saturday, in which 25 were killed"
    if _is_object(one, other, tags):
        return True
    counts = _counts_dead(one)
    related = are_related(one.sub_event_type, other.sub_event_type) and one.trigger.part == "verb"
    if not (related or counts):
        return False
    if other.trigger.part == "noun":
        return inside
    return tags.endswith("C") or ("when" in words and len(words) < _WHEN_REACH)


def _is_battle_for(annotated: AnnotatedReport, one: EventMention, other: EventMention) -> bool:
    """Return whether a noun only says how a place was taken: "recaptured the town after fighting"."""
    how = annotated.words.get(other.trigger.first - 1) in _BY_BATTLE and not (other.agents or other.patients)
    battles = all(EVENT_TYPE_OF.get(mention.sub_event_type) == _BATTLES for mention in (one, other))
    return (
        battles and how and (other.trigger.part == "noun" or other.trigger.form == "ing") and one.trigger.part == "verb"
    )


def _is_crowd_of(crowd: EventMention, deed: EventMention) -> bool:
    """Return whether a trigger is the crowd that a deed names: "the police clashed with protesters"."""
    first = crowd.trigger.first
    parties = (*deed.agents, *deed.patients)
    return any(one.kind == _PROTESTERS and one.first <= first < one.stop for one in parties)


def _is_object(one: EventMention, other: EventMention, between: str) -> bool:
    """Return whether a noun is what a verb is about: "repulsed a rebel attack", "launched a raid"."""
    related = are_related(one.sub_event_type, other.sub_event_type)
    joined = "D" in between and not set(between) - set("Dn'-R")
    return one.trigger.part == "verb" and other.trigger.part == "noun" and related and joined


def _counts_dead(one: EventMention) -> bool:
    """Return whether a mention is a number of dead, that of what follows: "the number of dead from a car bomb"."""
    return not one.sub_event_type and one.trigger.entry.frame == "patient"


def _is_subject(one: EventMention, other: EventMention) -> bool:
    """Return whether a noun is what the other did: "the strikes had killed", "a suicide bomber had killed"."""
    related = are_related(one.sub_event_type, other.sub_event_type)
    return one.trigger.part == "noun" and related and any(p.stop == one.trigger.stop for p in other.agents)
