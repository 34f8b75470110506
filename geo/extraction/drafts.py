"""Draft incidents: every argument of every cluster of mentions decided, before anybody asks how sure that is.

What a cluster says by itself is decided first: type, day, place, numbers, weapon, status, source. Then the other
incidents of the report date what its own words leave open. Who did it, and to whom, comes last: the names depend on
the type and the place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments.casualty_counts import Count, count_events, count_people
from geo.extraction.arguments.event_date import EventDate, choose_event_date, relate_dates, report_day
from geo.extraction.arguments.event_place import EventPlace, choose_event_place
from geo.extraction.arguments.event_type import best_type, choose_weapon, type_probabilities
from geo.extraction.arguments.perpetrator import choose_perpetrator
from geo.extraction.arguments.status import choose_source, decide_status
from geo.extraction.arguments.victims import choose_victims, sides_of_clash
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.coreference.event_relations import relate_events
from geo.extraction.spatial.place_mentions import ReportPlaces, find_place_mentions
from geo.vocabulary import EVENT_TYPE_OF

_PROTESTS: Final = "Protests"
_CLASH: Final = "Armed clash"


@dataclass(frozen=True, slots=True)
class OwnArguments:
    """What one cluster of mentions says by itself, without the rest of the report."""

    type_probabilities: dict[str, float]  # by sub-event type, and of "none"
    sub_event_type: str
    when: EventDate
    where: EventPlace
    killed: Count
    wounded: Count
    event_count: int | None  # of a series: at least so many
    weapon: str | None
    status: str
    source: str | None


@dataclass(frozen=True, slots=True)
class ParticipantNames:
    """Who did it and to whom, as the report calls them; several joined by "; "."""

    perpetrator: str | None
    victims: str | None


@dataclass(frozen=True, slots=True)
class IncidentDraft:
    """An incident with every argument decided, before its confidence."""

    annotated: AnnotatedReport
    cluster: EventCluster
    own: OwnArguments
    when: EventDate  # that of `own`, or as other incidents of the report date it
    names: ParticipantNames
    total: int  # incidents in the report
    answers: tuple[int, ...] = ()  # which of them it answers
    linked: tuple[int, ...] = ()  # incidents that it is linked to: answers, "came after"
    companion: EventCluster | None = None  # the one before it of which it is one more: "also"

    @property
    def sub_event_type(self) -> str:
        """Return the sub-event type, one of `geo.vocabulary.SUB_EVENT_TYPES`."""
        return self.own.sub_event_type

    @property
    def where(self) -> EventPlace:
        """Return the place."""
        return self.own.where


DecideOwn = Callable[[ReportPlaces, EventCluster], OwnArguments]
ChooseNames = Callable[[AnnotatedReport, EventCluster, OwnArguments, EventCluster | None], ParticipantNames]


def decide_own_arguments(report_places: ReportPlaces, cluster: EventCluster) -> OwnArguments:
    """Decide what the mentions of one incident say by themselves.

    Args:
        report_places: The places of the report.
        cluster: The mentions of the incident.
    """
    annotated = report_places.annotated
    probabilities = type_probabilities(annotated, cluster)
    sub_event_type = best_type(probabilities)
    return OwnArguments(
        type_probabilities=probabilities,
        sub_event_type=sub_event_type,
        when=choose_event_date(annotated, cluster),
        where=choose_event_place(report_places, cluster),
        killed=count_people(cluster, "killed"),
        wounded=count_people(cluster, "wounded"),
        event_count=count_events(annotated, cluster),
        weapon=choose_weapon(cluster, sub_event_type),
        status=decide_status(annotated, cluster),
        source=choose_source(cluster),
    )


def choose_names(
    annotated: AnnotatedReport, cluster: EventCluster, own: OwnArguments, companion: EventCluster | None
) -> ParticipantNames:
    """Name who did it and to whom."""
    perpetrator = choose_perpetrator(annotated, cluster, own.sub_event_type, own.where.location, companion)
    victims = choose_victims(annotated, cluster, perpetrator, own.where.location)
    if EVENT_TYPE_OF[own.sub_event_type] == _PROTESTS:
        victims = [one for one in victims if not one.is_thing]  # nobody protests against the bridge that they block
    if perpetrator is None and own.sub_event_type == _CLASH:
        perpetrator, victims = sides_of_clash(victims)
    return ParticipantNames(perpetrator, "; ".join([one.name for one in victims]) or None)


def draft_clusters(
    annotated: AnnotatedReport,
    clusters: Sequence[EventCluster],
    decide: DecideOwn = decide_own_arguments,
    name: ChooseNames = choose_names,
) -> list[IncidentDraft]:
    """Decide every argument of the incidents of a report.

    Args:
        annotated: The report.
        clusters: Its mentions, those of one incident together.
        decide: Decides what a cluster says by itself; training passes one that keeps what it decided.
        name: ParticipantNames who did it and to whom; likewise.
    """
    report_places = find_place_mentions(annotated)
    own = [decide(report_places, cluster) for cluster in clusters]
    relations = relate_events(annotated, clusters)
    dates = relate_dates([one.when for one in own], relations, report_day(annotated))
    drafts = []
    for n, (cluster, decided, when) in enumerate(zip(clusters, own, dates, strict=True)):
        companion = clusters[relations.companions[n]] if n in relations.companions else None
        answers = tuple(relations.answers.get(n, ()))
        before = (relations.predecessors[n],) if n in relations.predecessors else ()
        names = name(annotated, cluster, decided, companion)
        drafts.append(
            IncidentDraft(
                annotated=annotated,
                cluster=cluster,
                own=decided,
                when=when,
                names=names,
                total=len(clusters),
                answers=answers,
                linked=(*answers, *before),
                companion=companion,
            )
        )
    return drafts
