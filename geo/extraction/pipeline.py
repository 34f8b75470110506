"""From a report to its incidents: the one place that names every step, in order.

    annotate -> triggers -> mentions -> coreference -> arguments -> draft -> confidence -> incident

No step reaches back to an earlier one: each reads what the steps before it left, and adds to it.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from geo.collecting import collection_paused
from geo.extraction.annotations import AnnotatedReport, begin, complete
from geo.extraction.confidence import estimate_confidence, weigh_confidence
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.coreference.resolution import cluster_mentions
from geo.extraction.drafts import IncidentDraft, draft_clusters
from geo.extraction.entities.letter_case import write_name
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.geoparsing import Location
from geo.incident import Evidence, Incident
from geo.report import Report
from geo.vocabulary import EVENT_TYPE_OF

_MOST_EVIDENCE: Final = 8  # sentences
LEAST_CONFIDENCE: Final = 0.5  # chosen on the articles for training, where four of five shown are right then


def extract_report(report: Report, least: float = LEAST_CONFIDENCE) -> list[Incident]:
    """Find the incidents that one report describes, in the order of the text.

    Args:
        report: The report; offsets of the evidence are into its `text`.
        least: The confidence, from 0 to 1, from which on an incident is given.
    """
    with collection_paused():  # what is made for one report is all needed until it is read
        begun = begin(report)
        if not begun.triggers:  # one report in twelve of the world's news, one in fifty of those on conflict
            return []
        annotated = complete(begun)  # tokens, clauses, trigger words, entities, days, places, casualties
        drafts = draft_incidents(annotated)  # mentions, coreference, arguments
        return to_incidents(drafts, weigh_confidence(drafts), least)


def draft_incidents(annotated: AnnotatedReport) -> list[IncidentDraft]:
    """Draft every incident of a report, with all its arguments."""
    mentions = find_event_mentions(annotated)  # each trigger with its participants, factuality and source
    clusters = cluster_mentions(annotated, mentions)  # the mentions of one event together
    return draft_clusters(annotated, clusters)  # what, when, where, who, to whom, how many


def to_incidents(
    drafts: Sequence[IncidentDraft], confidences: Sequence[float], least: float = LEAST_CONFIDENCE
) -> list[Incident]:
    """Make the incidents that are sure enough to show, each linked to those that it answers.

    Args:
        drafts: All incidents of the report.
        confidences: How sure each of them is, from 0 to 1.
        least: The confidence from which on an incident is shown.
    """
    ids = {
        n: incident_id(draft, _evidence(draft.annotated.report, draft.cluster))
        for n, (draft, confidence) in enumerate(zip(drafts, confidences, strict=True))
        if confidence >= least
    }
    return [
        assemble(drafts[n], confidences[n], answers=tuple(ids[other] for other in drafts[n].answers if other in ids))
        for n in ids
    ]


def assemble(draft: IncidentDraft, confidence: float | None = None, answers: tuple[str, ...] = ()) -> Incident:
    """Write a draft as an incident; nothing is decided here.

    Args:
        draft: The incident with every argument decided.
        confidence: How sure it is; as it is by itself, unless others of its report lent it more.
        answers: Ids of the incidents that it answers.
    """
    own, when, words = draft.own, draft.when, draft.annotated.words
    evidence = _evidence(draft.annotated.report, draft.cluster)
    return Incident(
        incident_id=incident_id(draft, evidence),
        report_ids=(draft.annotated.report.id,),
        event_type=EVENT_TYPE_OF[own.sub_event_type],
        sub_event_type=own.sub_event_type,
        date_start=when.first,
        date_end=when.last,
        date_precision=when.precision,
        **_place_columns(draft.where.location),
        actor1=write_name(words, draft.names.perpetrator),
        actor2=write_name(words, draft.names.victims),
        killed_min=own.killed.least,
        killed_max=own.killed.most,
        wounded_min=own.wounded.least,
        wounded_max=own.wounded.most,
        event_count_min=own.event_count,
        weapon=write_name(words, own.weapon),
        status=own.status,
        attribution=write_name(words, own.source),
        evidence=evidence,
        confidence=estimate_confidence(draft) if confidence is None else confidence,
        in_response_to=answers,
    )


def _place_columns(location: Location | None) -> dict[str, Any]:
    if location is None:
        return {}
    return {
        "place_name": location.name,
        "place_id": location.place.id if location.place else None,
        "place_text": " ".join(location.text.split()),
        "country": location.country or None,
        "country_code": location.country_code or None,
        "admin1": location.admin1 or None,
        "geo_precision": location.geo_precision,
        "uncertainty_m": location.uncertainty_m,
        "lon": location.lon,
        "lat": location.lat,
    }


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


def incident_id(draft: IncidentDraft, evidence: Sequence[Evidence]) -> str:
    """Name an incident by what it is taken from, so that the same report gives the same id."""
    said = "|".join(
        [draft.annotated.report.id, draft.sub_event_type, *(f"{item.start}-{item.end}" for item in evidence)]
    )
    return "i" + hashlib.sha256(said.encode()).hexdigest()[:15]
