"""Put the incidents of a report together from what its mentions say."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from geo.extraction.annotations import AnnotatedReport, annotate
from geo.extraction.arguments.casualty_counts import count_events, count_people
from geo.extraction.arguments.event_date import (
    after_answer,
    before_other,
    choose_event_date,
    report_day,
    soon_after,
    with_companion,
)
from geo.extraction.arguments.event_place import choose_event_place
from geo.extraction.arguments.event_type import best_type, type_probabilities
from geo.extraction.arguments.perpetrator import choose_perpetrator
from geo.extraction.arguments.perpetrator_rules import find_identity, find_suspect, is_nameless, name_rebels
from geo.extraction.arguments.place_mentions import ReportPlaces, find_place_mentions
from geo.extraction.arguments.who import find_agent, find_victims, list_victims, names_of
from geo.extraction.confidence import IncidentDraft, estimate_confidence, weigh_confidence
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.coreference.event_relations import find_answers, find_companions, find_predecessors, find_sequels
from geo.extraction.coreference.resolution import cluster_mentions
from geo.extraction.entities.national_forces import in_country
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.incident import Evidence, Incident
from geo.report import Report
from geo.vocabulary import EVENT_TYPE_OF, STATUSES

Drafting = Callable[[ReportPlaces, EventCluster, int], IncidentDraft]
_DENYING: Final = frozenset({"denied", "denies", "denying"})
_DENIAL_REACH: Final = 2  # sentences
_CROWDS: Final = frozenset({"Riots", "Protests"})
_MOST_EVIDENCE: Final = 8  # sentences
LEAST_CONFIDENCE: Final = 0.28  # chosen on all sets together, geo/training/accuracy.py


def extract_report(report: Report) -> list[Incident]:
    """Find the incidents that one report tells of, in the order of the text.

    Args:
        report: The report; offsets of the evidence are into its `text`.
    """
    drafts = draft_incidents(annotate(report))
    sure = {n: value for n, value in enumerate(weigh_confidence(drafts)) if value >= LEAST_CONFIDENCE}
    return link({n: assemble(drafts[n], value) for n, value in sure.items()}, drafts)


def link(kept: Mapping[int, Incident], drafts: Sequence[IncidentDraft]) -> list[Incident]:
    """Link the incidents of a report that are sure enough to show, each to those that it answers.

    Args:
        kept: Number of the draft -> the incident made of it.
        drafts: All that the report was taken to tell of.
    """
    return [
        replace(incident, in_response_to=tuple(kept[other].incident_id for other in drafts[n].answers if other in kept))
        for n, incident in kept.items()
    ]


def draft_incidents(annotated: AnnotatedReport) -> list[IncidentDraft]:
    """Group the mentions of a report and decide what, when and where each incident was."""
    return draft_clusters(annotated, cluster_mentions(annotated, find_event_mentions(annotated)))


def draft_clusters(
    annotated: AnnotatedReport, clusters: Sequence[EventCluster], draft: Drafting | None = None
) -> list[IncidentDraft]:
    """Decide what, when and where the incidents of a report were.

    Args:
        annotated: The report.
        clusters: Its mentions, grouped by incident.
        draft: Drafts one by itself, as `draft_group` does; another may remember what it drafted.
    """
    report_places = find_place_mentions(annotated)
    drafts = [(draft or draft_cluster)(report_places, cluster, len(clusters)) for cluster in clusters]
    today = report_day(annotated)
    for n, answered in find_answers(annotated, clusters).items():
        when = after_answer(drafts[n].when, drafts[answered[0]].when, today)
        drafts[n] = replace(drafts[n], when=when, answers=tuple(answered), linked=tuple(answered))
    for n, other in find_companions(annotated, clusters).items():
        when = with_companion(drafts[n].when, drafts[other].when)
        drafts[n] = replace(drafts[n], when=when, beside=clusters[other])
    for n, other in find_sequels(annotated, clusters).items():
        drafts[n] = replace(drafts[n], when=soon_after(drafts[n].when, drafts[other].when))
    for n, other in find_predecessors(annotated, clusters).items():
        when = before_other(drafts[n].when, drafts[other].when)
        drafts[n] = replace(drafts[n], when=when, linked=(*drafts[n].linked, other))
    return drafts


def draft_cluster(report_places: ReportPlaces, cluster: EventCluster, total: int) -> IncidentDraft:
    """Decide what, when and where an incident was, by its own mentions alone.

    Args:
        report_places: Of the places of the report.
        cluster: The mentions of the incident.
        total: How many incidents the report tells of.
    """
    annotated = report_places.annotated
    kinds = type_probabilities(annotated, cluster)
    return IncidentDraft(
        annotated,
        cluster,
        kinds,
        best_type(kinds),
        choose_event_date(annotated, cluster),
        choose_event_place(report_places, cluster),
        count_people(cluster, "killed"),
        count_people(cluster, "wounded"),
        find_status(annotated, cluster),
        total,
    )


def find_status(annotated: AnnotatedReport, cluster: EventCluster) -> str:
    """Take the surest status that a mention gives; attribution and dispute stay visible."""
    statuses = [mention.factuality.status for mention in cluster.mentions if mention.factuality.is_asserted]
    if not statuses:
        return "reported"
    status = min(statuses, key=STATUSES.index)
    if status == "reported" and "denied" in statuses:
        status = "alleged"
    attributed = [mention.attributed_status for mention in cluster.mentions if mention.attributed_status]
    if status == "reported" and _is_denied(annotated, cluster):
        return "alleged"
    return attributed[0] if status == "reported" and attributed else status


def _is_denied(annotated: AnnotatedReport, cluster: EventCluster) -> bool:
    """Say whether the sentences after an incident, in its paragraph, say that somebody denies it."""
    last = cluster.last.sentence
    after = annotated.sentences[last.index + 1 : last.index + 1 + _DENIAL_REACH]
    return any(
        sentence.paragraph == last.paragraph
        and any(word in _DENYING for word in annotated.words.words[sentence.first : sentence.stop])
        for sentence in after
    )


def assemble(draft: IncidentDraft, confidence: float | None = None) -> Incident:
    """Make the incident of a draft.

    Args:
        draft: What was decided of it.
        confidence: How sure it is; as it is by itself, unless others of its report lent it more.
    """
    cluster, when, location = draft.cluster, draft.when, draft.where.location
    perpetrator = find_subject(draft)
    if (
        perpetrator is None or EVENT_TYPE_OF[draft.sub_event_type] not in _CROWDS
    ):  # a riot is the crowd's that is its subject
        perpetrator = choose_perpetrator(
            draft.annotated, cluster, location.country_code if location else None, perpetrator
        )
    perpetrator = name_in_full(draft, perpetrator) if perpetrator else None
    evidence = _evidence(draft.annotated.report, cluster)
    return Incident(
        incident_id=_name(draft.annotated.report.id, draft.sub_event_type, evidence),
        report_ids=(draft.annotated.report.id,),
        event_type=EVENT_TYPE_OF[draft.sub_event_type],
        sub_event_type=draft.sub_event_type,
        date_start=when.first,
        date_end=when.last,
        date_precision=when.precision,
        place_name=location.name if location else None,
        place_id=location.place.id if location and location.place else None,
        place_text=" ".join(location.text.split()) if location else None,
        country=(location.country or None) if location else None,
        country_code=(location.country_code or None) if location else None,
        admin1=(location.admin1 or None) if location else None,
        geo_precision=location.geo_precision if location else "unknown",
        uncertainty_m=location.uncertainty_m if location else None,
        lon=location.lon if location else None,
        lat=location.lat if location else None,
        actor1=perpetrator,
        actor2=find_victims(draft.annotated, cluster, perpetrator),
        killed_min=draft.killed.least,
        killed_max=draft.killed.most,
        wounded_min=draft.wounded.least,
        wounded_max=draft.wounded.most,
        event_count_min=count_events(draft.annotated, cluster),
        weapon=_weapon(cluster),
        status=draft.status,
        attribution=_attribution(cluster),
        evidence=evidence,
        confidence=estimate_confidence(draft) if confidence is None else confidence,
    )


def find_subject(draft: IncidentDraft) -> str | None:
    """Name who did it as grammar has it: the subject of the deed, who is blamed, or who stands nearest."""
    cluster, event_type = draft.cluster, EVENT_TYPE_OF[draft.sub_event_type]
    perpetrator = find_agent(cluster, event_type) or find_suspect(draft.annotated, cluster, list_victims(cluster))
    if perpetrator is None and draft.beside is not None:  # "missiles were also aimed at ...": by the same hands
        perpetrator = find_agent(draft.beside, event_type)
    return perpetrator


def name_in_full(draft: IncidentDraft, perpetrator: str) -> str:
    """Name a perpetrator by what else the report says: whose aircraft, the army of which country, which rebels."""
    location = draft.where.location
    if is_nameless(perpetrator):
        perpetrator = find_identity(draft.annotated, draft.cluster) or perpetrator
    if location:
        perpetrator = in_country(perpetrator, location.country_code, location.country)
        perpetrator = name_rebels(draft.annotated, perpetrator, location.country_code)
    return perpetrator


def _evidence(report: Report, cluster: EventCluster) -> tuple[Evidence, ...]:
    sentences = {mention.sentence.index: mention.sentence for mention in cluster.mentions}
    return tuple(
        Evidence(
            report_id=report.id,
            start=sentence.start,
            end=sentence.end,
            text=report.text[sentence.start : sentence.end],
        )
        for sentence in list(sentences.values())[:_MOST_EVIDENCE]
    )


def _name(report_id: str, kind: str, evidence: tuple[Evidence, ...]) -> str:
    """Name an incident by what it is taken from, so that the same report gives the same name."""
    said = "|".join([report_id, kind, *(f"{item.start}-{item.end}" for item in evidence)])
    return "i" + hashlib.sha256(said.encode()).hexdigest()[:15]


def _weapon(cluster: EventCluster) -> str | None:
    told = [mention for mention in cluster.mentions if mention.weapon]
    return min((" ".join(t.weapon.text.split()) for t in told if t.weapon), key=len, default=None)


def _attribution(cluster: EventCluster) -> str | None:
    return next((name for mention in cluster.mentions for name in names_of(mention.sources)), None)
