"""Read one report again and again, each time with one choice made otherwise, to see what each choice is worth.

The choices are those of `cluster_mentions`: whether a mention is of an incident mentioned before it, and of which.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.confidence import propagate_confidence
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.coreference.pair_features import features_of_pair
from geo.extraction.coreference.resolution import SAME, cluster_mentions
from geo.extraction.drafts import (
    IncidentDraft,
    OwnArguments,
    ParticipantNames,
    choose_names,
    decide_own_arguments,
    draft_clusters,
)
from geo.extraction.linear_model import LinearModel
from geo.extraction.mentions.event_mentions import EventMention, find_event_mentions
from geo.extraction.pipeline import assemble
from geo.extraction.spatial.place_mentions import ReportPlaces
from geo.incident import Incident
from geo.training.stages import rewards

_TRIED = 3  # incidents, the likeliest, that a mention is tried as one of
EVEN = 0.5  # likelier the same incident than not
_ENOUGH = 1e-6  # difference of worth

Mentions = tuple[EventMention, ...]  # one incident
Features = dict[str, float]


@dataclass(frozen=True)
class Choice:
    """One choice of a reading, what was open to it, and what it took."""

    options: tuple[tuple[Features, float], ...]  # of each incident before: the features, how likely it is the same
    taken: int | None


class Rollouts:
    """The readings of one report; what was computed once is kept."""

    def __init__(self, name: str, annotated: AnnotatedReport) -> None:
        """Read the mentions of a report of the set `name`."""
        self.name, self.annotated = name, annotated
        self.mentions = find_event_mentions(annotated)
        self._features: dict[tuple[Mentions, Mentions, Mentions | None], Features] = {}
        self._own: dict[Mentions, OwnArguments] = {}
        self._names: dict[tuple[Mentions, Mentions], ParticipantNames] = {}
        self._incidents: dict[object, Incident] = {}
        self._worth: dict[tuple[Mentions, ...], float] = {}

    def read(self, model: LinearModel, forced: Sequence[int | None] = ()) -> tuple[list[EventCluster], list[Choice]]:
        """Group the mentions; the first choices are made as `forced` has them, the rest by a model."""
        choices: list[Choice] = []

        def choose(unit: EventCluster, clusters: Sequence[EventCluster], latest: EventCluster | None) -> int | None:
            of_each = [self._features_of(unit, cluster, latest) for cluster in clusters]
            options = tuple((features, model.probabilities(features)[SAME]) for features in of_each)
            if len(choices) < len(forced):
                taken = forced[len(choices)]
            else:
                best = max(range(len(options)), key=lambda n: options[n][1])
                taken = best if options[best][1] > EVEN else None
            choices.append(Choice(options, taken))
            return taken

        return cluster_mentions(self.annotated, self.mentions, choose), choices

    def _features_of(self, unit: EventCluster, cluster: EventCluster, latest: EventCluster | None) -> Features:
        key = (tuple(unit.mentions), tuple(cluster.mentions), tuple(latest.mentions) if latest else None)
        if key not in self._features:
            features = features_of_pair(self.annotated, unit, cluster, latest)
            self._features[key] = {name: value for name, value in features.items() if value}
        return self._features[key]

    def worth(self, clusters: Sequence[EventCluster]) -> float:
        """Say how much the incidents that groups of mentions make are worth."""
        key = tuple(tuple(cluster.mentions) for cluster in clusters)
        if key not in self._worth:
            drafts = draft_clusters(self.annotated, clusters, self._decide, self._name)
            incidents = [self._assemble(draft) for draft in drafts]
            lent = propagate_confidence(drafts, [incident.confidence for incident in incidents])
            self._worth[key] = rewards.worth(self.name, self.annotated.report.id, incidents, lent, drafts)
        return self._worth[key]

    def _decide(self, report_places: ReportPlaces, cluster: EventCluster) -> OwnArguments:
        key = tuple(cluster.mentions)
        if key not in self._own:
            self._own[key] = decide_own_arguments(report_places, cluster)
        return self._own[key]

    def _name(
        self, annotated: AnnotatedReport, cluster: EventCluster, own: OwnArguments, companion: EventCluster | None
    ) -> ParticipantNames:
        key = (tuple(cluster.mentions), tuple(companion.mentions) if companion else ())
        if key not in self._names:
            self._names[key] = choose_names(annotated, cluster, own, companion)
        return self._names[key]

    def _assemble(self, draft: IncidentDraft) -> Incident:
        companion = tuple(draft.companion.mentions) if draft.companion else ()
        key = (tuple(draft.cluster.mentions), draft.total, draft.when, bool(draft.answers), companion)
        if key not in self._incidents:
            self._incidents[key] = assemble(draft)
        return self._incidents[key]

    def trials(self, model: LinearModel) -> list[list[tuple[Features, float]]]:
        """Try every choice otherwise: for each the features of each option, {} for none, and what it is worth.

        Choices that change nothing are left out.

        Args:
            model: By which all other choices are made.
        """
        clusters, choices = self.read(model)
        as_read = self.worth(clusters)
        path = [choice.taken for choice in choices]
        found = []
        for at, choice in enumerate(choices):
            likeliest = sorted(range(len(choice.options)), key=lambda n: -choice.options[n][1])
            trial = []
            for option in (None, *likeliest[:_TRIED]):
                features = {} if option is None else choice.options[option][0]
                same = option == choice.taken
                trial.append((features, as_read if same else self.worth(self.read(model, [*path[:at], option])[0])))
            values = [value for _, value in trial]
            if max(values) - min(values) > _ENOUGH:
                found.append(trial)
        return found

    def choices(self, model: LinearModel) -> list[list[tuple[Features, float]]]:
        """Give every choice that a model makes, in the shape of `trials`: 1 for what it took, 0 for all else."""
        return [
            [({}, float(choice.taken is None))]
            + [(features, float(n == choice.taken)) for n, (features, _) in enumerate(choice.options)]
            for choice in self.read(model)[1]
        ]
