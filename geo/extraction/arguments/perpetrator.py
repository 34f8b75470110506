"""Choose the perpetrator among everybody that a report names.

The subject of the deed and whom somebody blames are the best guesses, but many reports say who did it paragraphs
before or after, or not at all. The weights stand in data/models/perpetrator_weights.csv.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.arguments.perpetrator_rules import (
    EXCESSIVE,
    find_identity,
    first_deeds,
    is_nameless,
    name_rebels,
    perpetrator_by_rule,
    whose_aircraft,
)
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.entities.actors import ActorMention
from geo.extraction.entities.national_forces import in_country
from geo.extraction.entities.participant_names import content_words, may_act, tidy
from geo.extraction.language.chunks import is_owner, takes_no_part
from geo.extraction.linear_model import odds, read_model, weigh_all
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.mentions.participants import POSSESSIVES, Participant
from geo.geoparsing import Location
from geo.tables import word_class, word_classes
from geo.vocabulary import CROWDS, EVENT_TYPE_OF

TABLE: Final = "models/perpetrator_weights.csv"
PERPETRATOR: Final = "doer"
_LEAST_BY_GRAMMAR: Final = -2.0  # log-odds from which the perpetrator by grammar is named
_LEAST_GROUP: Final = 0.0  # and an armed group named elsewhere in the report
_LEAST: Final = 1.5  # and anybody else
_NEAR: Final = (3, 8, 16)  # words from a trigger: bounds of what is near
_CLOSE: Final = 2  # sentences from a mention in which also those without a name in the table may have done it
_OF_FORCES: Final = frozenset({"Arrests", "Disrupted weapons use", EXCESSIVE})  # what forces of a state do
_COULD: Final = frozenset({"state", "rebel", "militia", "gang", "unknown", "protesters"})
_GROUPS: Final = frozenset({"rebel", "militia", "gang"})
_CLAIM: Final = word_class("responsibility")
_NOT: Final = word_class("no_claim")
_AFTER: Final = frozenset({"after", "before"})
_VERBS: Final = frozenset({"V", "A"})  # what stands behind a subject
_OFTEN: Final = 4
_MANY: Final = 4  # bodies in a report, from which on it does not matter how many
_BY_GRAMMAR: Final = frozenset({"agent", "blamed", "rule 0", "rule 1"})  # grammar makes one the perpetrator
_SUFFERED: Final = frozenset({"patient", "hurt"})
_UNARMED: Final = frozenset({"kind nothing", "kind person", "kind civilian", "kind civilians"})
_WHERE: Final = frozenset({"own", "apart 1", "apart 2", "apart 3", "apart 4"})


@dataclass(slots=True)
class PerpetratorCandidate:
    """Somebody who may have done it."""

    name: str
    features: set[str]  # what was observed of its mentions


def list_perpetrator_candidates(
    annotated: AnnotatedReport, cluster: EventCluster, country_code: str | None, rule: str | None
) -> list[PerpetratorCandidate]:
    """List all candidates, with their features.

    Args:
        annotated: The report.
        cluster: The mentions of one incident.
        country_code: Where it happened.
        rule: Whom grammar alone would name.
    """
    found: dict[frozenset[str], PerpetratorCandidate] = {}
    ruled = [part for part in (rule or "").split("; ") if part]
    for place, name in enumerate(ruled):
        if words := content_words(name):
            found[words] = PerpetratorCandidate(name, {f"rule {min(place, 1)}"})
    for name, features in _all_named(annotated, cluster, country_code):
        words = content_words(name)
        candidate = found.setdefault(words, PerpetratorCandidate(name, set())) if words else None
        # the perpetrator by grammar may well be named elsewhere too
        if candidate is not None and (
            candidate.features.isdisjoint(_BY_GRAMMAR) or not features[0].startswith("apart")
        ):
            candidate.features.update(features)
    _add_report_features(annotated, cluster, list(found.values()), ruled)
    return [candidate for candidate in found.values() if _may_be_perpetrator(candidate)]


def _add_report_features(
    annotated: AnnotatedReport, cluster: EventCluster, candidates: Sequence[PerpetratorCandidate], ruled: Sequence[str]
) -> None:
    """Add what depends on the event and on who else the report names."""
    event = max(cluster.types, key=cluster.types.count) if cluster.types else "unknown"
    actors = [one for one in within(annotated.actors, *annotated.stretch(cluster.sentences)) if one.known]
    bodies = len({actor.name for actor in actors})
    clusters = Counter(actor.name for actor in actors if actor.kind in _GROUPS)
    most = clusters.most_common(1)[0][0] if clusters else ""
    for candidate in candidates:
        how = "by grammar" if candidate.features & _BY_GRAMMAR else "not by grammar"
        candidate.features.update(
            [f"{how} / {feature} / {min(bodies, _MANY)}" for feature in candidate.features if feature in _WHERE]
        )
        kinds = [feature for feature in candidate.features if feature.startswith("kind ")]
        candidate.features.update([f"{whether} / {kind}" for whether in (how, event) for kind in kinds])
        candidate.features.add(
            "rule names none" if not ruled else "rule" if "rule 0" in candidate.features else "rule names another"
        )
        if candidate.name in clusters:
            candidate.features.add(f"often {min(clusters[candidate.name], _OFTEN)}")
            candidate.features.add(
                "only group" if len(clusters) == 1 else "named most" if candidate.name == most else "other group"
            )


def _may_be_perpetrator(candidate: PerpetratorCandidate) -> bool:
    """Leave out who suffered it, and who only says so; "claimed" may mean responsibility.

    Grammar may make a victim the subject too ("shells killed two workers and wounded a third"): then only somebody
    who can fight was both.
    """
    if candidate.features & _BY_GRAMMAR:
        return candidate.features.isdisjoint(_SUFFERED) or candidate.features.isdisjoint(_UNARMED)
    if "kind state" in candidate.features and "own" not in candidate.features:
        return False  # a state is accused by the sentences of a deed or not at all
    if "after speaking" in candidate.features and not any(name.startswith("claim / ") for name in candidate.features):
        return False
    return candidate.features.isdisjoint(_SUFFERED)


def _all_named(
    annotated: AnnotatedReport, cluster: EventCluster, country_code: str | None
) -> Iterator[tuple[str, list[str]]]:
    deeds = first_deeds(cluster)
    for mention in cluster.mentions:
        is_first = mention in deeds
        named = (("agent", mention.agents), ("patient", mention.patients)) if is_first else ()
        for role, participants in (*named, ("blamed", mention.blamed)):
            for place, participant in enumerate(participants):
                name = participant.name or tidy(participant.text)
                if participant.name or (participant.sort != "thing" and may_act(name)):
                    yield name, _of_participant(mention, role, place, participant)
    yield from _actors_around(annotated, cluster, country_code)


def _actors_around(
    annotated: AnnotatedReport, cluster: EventCluster, country_code: str | None
) -> Iterator[tuple[str, list[str]]]:
    """List the actors in and around the sentences of an incident, but those who are accused of another."""
    by_sentence = {mention.sentence.index: mention for mention in cluster.mentions}
    actors = within(annotated.actors, *annotated.stretch(cluster.sentences))
    accused = cluster.accused_of_another()
    others = {one.name for one in actors if not accused.isdisjoint(range(one.first, one.stop))}
    for actor in actors:
        if actor.kind not in _COULD or (not actor.known and annotated.words.words[actor.first] in POSSESSIVES):
            continue  # "its fighters": whose they are is named
        index = annotated.sentence_at(actor.start).index
        apart, own = abs(cluster.sentences_to(index)), by_sentence.get(index)
        first, stop = actor.first, actor.stop
        did_another = own is not None and _did_another(annotated, own, first, stop)
        none = is_owner(annotated.words, first) or takes_no_part(annotated.words, first, stop)
        if none or did_another or not accused.isdisjoint(range(first, stop)):
            continue
        if actor.known or (apart <= _CLOSE and may_act(actor.name)):
            features = _of_mention(annotated, actor, own, apart, country_code)
            features += [f"did another / {'own' if own else 'apart'}"] if actor.known and actor.name in others else []
            yield tidy(actor.name) or actor.name, features


def _did_another(annotated: AnnotatedReport, mention: EventMention, first: int, stop: int) -> bool:
    """Return whether words name who did what a deed answers, or came after: "the army fired after rebels attacked"."""
    begin, end = mention.trigger.gap(first, stop)
    subject = annotated.tags[stop : stop + 1] in _VERBS
    after = subject and not _AFTER.isdisjoint(annotated.words.words[begin:end])
    return after or annotated.is_across_answer(mention.trigger, first, stop)


def _of_participant(mention: EventMention, role: str, place: int, participant: Participant) -> list[str]:
    kind, known = participant.kind or "nothing", "known" if participant.name else "unknown"
    return [
        role,
        f"{role} {'later' if place else 'first'}",
        f"{role} of {mention.trigger.part}",
        f"{role} / {kind}",
        f"{role} / {known}",
        f"kind {kind}",
        f"sort {participant.sort or 'none'}",
    ]


def _of_mention(
    annotated: AnnotatedReport, actor: ActorMention, mention: EventMention | None, apart: int, country_code: str | None
) -> list[str]:
    words = annotated.words
    first, stop = actor.first, actor.stop
    before, after = _beside(annotated, first - 1), _beside(annotated, stop)
    where = "own" if mention else f"apart {min(apart, 4)}"
    sentence = annotated.sentence_at(actor.start)
    features = [
        where,
        f"kind {actor.kind}",
        f"{where} / {actor.kind}",
        f"before {before}",
        f"after {after}",
        f"{'known' if actor.known else 'unknown'} / {actor.kind}",
    ]
    if actor.country_code and country_code:
        features.append(f"{'own' if actor.country_code == country_code else 'other'} country / {actor.kind}")
    tokens = words.words[sentence.first : sentence.stop]
    if not _CLAIM.isdisjoint(tokens):  # "claimed responsibility"; "did not claim responsibility"
        features.append(f"claim / {where}" if _NOT.isdisjoint(tokens) else f"no claim / {where}")
    if mention is None and annotated.triggers_within(sentence.first, sentence.stop):
        features += ["beside another deed", f"beside another deed / {actor.kind}"]
    if mention is not None:
        trigger = mention.trigger
        side = "before" if first < trigger.first else "after"
        distance = trigger.first - stop if side == "before" else first - trigger.stop
        step = sum(distance > bound for bound in _NEAR)
        features += [f"{side} trigger {step}", f"{side} {trigger.part} {step}"]
        if side == "before" and after in _VERBS:
            features.append(f"subject / {actor.kind}")
        if not word_classes()["materiel"].isdisjoint(words.words[first:stop]):
            features.append(f"{side} / craft")
        hurt = any(c.who and c.who_first <= actor.first < c.who_stop for c in mention.casualties)
        features += ["hurt"] if hurt else []
    return features


def _beside(annotated: AnnotatedReport, at: int) -> str:
    is_attack = annotated.words.get(at) in word_classes()["attack_noun"]
    word = annotated.text.word_or_class(at)
    return "attack" if is_attack and word != "speaking" else word


def _least(candidate: PerpetratorCandidate) -> float:
    """Return the log-odds from which somebody is named: a wrong accusation harms more than none."""
    if candidate.features & _BY_GRAMMAR:
        return _LEAST_BY_GRAMMAR
    return _LEAST_GROUP if any(f"kind {kind}" in candidate.features for kind in _GROUPS) else _LEAST


def choose_perpetrator(
    annotated: AnnotatedReport,
    cluster: EventCluster,
    sub_event_type: str,
    location: Location | None,
    companion: EventCluster | None = None,
) -> str | None:
    """Name who did it, as fully as the report does; None when it does not seem to say.

    Args:
        annotated: The report.
        cluster: The mentions of one incident.
        sub_event_type: Of the incident; a riot or a protest is the crowd's that is its subject.
        location: Where it happened.
        companion: The incident before it of which it is one more, as "missiles were also aimed at" has it.
    """
    event_type = sub_event_type if sub_event_type == EXCESSIVE else EVENT_TYPE_OF[sub_event_type]
    named = perpetrator_by_rule(annotated, cluster, event_type, companion)
    if named is None or event_type not in CROWDS:
        code = location.country_code if location else None
        only = "protesters" if event_type in CROWDS else "state" if sub_event_type in _OF_FORCES else ""
        named = _choose_likeliest(annotated, cluster, code, named, only)
    return name_in_full(annotated, cluster, location, named) if named else None


def _choose_likeliest(
    annotated: AnnotatedReport, cluster: EventCluster, country_code: str | None, rule: str | None, only: str
) -> str | None:
    weights = odds(read_model(TABLE), PERPETRATOR)
    if not weights:
        return rule
    candidates = list_perpetrator_candidates(annotated, cluster, country_code, rule)
    if only:  # those whom a protest is only about did not protest, and gunmen arrest nobody
        candidates = [one for one in candidates if f"kind {only}" in one.features or "rule" in one.features]
    weighed = [(weigh_all(weights, candidate.features), candidate) for candidate in candidates]
    likely = [one for one in weighed if one[0] >= _least(one[1])]
    best = max(likely, key=lambda one: one[0], default=None)
    if best is None:
        return None
    return rule if rule and best[1].name in rule.split("; ") else best[1].name


def name_in_full(annotated: AnnotatedReport, cluster: EventCluster, location: Location | None, perpetrator: str) -> str:
    """Complete the name of a perpetrator: owner of the aircraft, country of the army, group of the rebels."""
    if is_nameless(perpetrator):
        perpetrator = find_identity(annotated, cluster) or perpetrator
    perpetrator = whose_aircraft(annotated, cluster, perpetrator) or perpetrator
    if location:
        perpetrator = in_country(perpetrator, location.country_code, location.country)
        perpetrator = name_rebels(annotated, perpetrator, location.country_code)
    return perpetrator
