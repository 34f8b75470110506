"""Choose the victims of an incident, people and things, from all that its mentions name (`victim_candidates`).

The weights are in data/models/victim_weights.csv.
"""

from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments.victim_candidates import VictimCandidate, list_victim_candidates
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.entities.participant_names import content_words
from geo.extraction.linear_model import odds, read_model, weigh_all

TABLE: Final = "models/victim_weights.csv"
VICTIM: Final = "victim"
_CARRIED_OUT: Final = frozenset("carried conducted launched".split())
_MOST: Final = 3  # names that a reader takes in
_LEAST_ALONE: Final = -4.0  # log-odds: of the likeliest of all
_LEAST: Final = -1.4  # of one beside a likelier one
_BEHIND: Final = 2.6  # how much less likely one may be than the likeliest


def choose_victims(annotated: AnnotatedReport, cluster: EventCluster, perpetrator: str | None) -> str | None:
    """Name the victims, people and things, the likeliest first, joined by "; "; none says what another says already.

    Args:
        annotated: The report.
        cluster: The mentions of one incident.
        perpetrator: Who did it, as named.
    """
    weights, did = odds(read_model(TABLE), VICTIM), content_words(perpetrator or "")
    weighed = [
        (weigh_all(weights, candidate.features), candidate)
        for candidate in list_victim_candidates(annotated, cluster)
        if _may_be_victim(candidate)
        and not _is_no_victim(annotated, candidate)
        and not (candidate.words <= did or (candidate.body and perpetrator and candidate.body in perpetrator))
    ]
    weighed.sort(key=lambda one: (-one[0], -len(one[1].words)))  # of equals the one that says more
    least = max(_LEAST, weighed[0][0] - _BEHIND) if weighed else 0.0
    kept: list[VictimCandidate] = []
    for weight, candidate in weighed:
        if weight < _LEAST_ALONE or (kept and weight < least):
            break
        _add(kept, candidate)
    return "; ".join([candidate.name for candidate in kept[:_MOST]]) or None


def _may_be_victim(candidate: VictimCandidate) -> bool:
    """Leave out what things were done with, and where."""
    return candidate.person or candidate.features.isdisjoint(("name is weapon", "name is place"))


def _is_no_victim(annotated: AnnotatedReport, candidate: VictimCandidate) -> bool:
    """Tell a place that looks like a person ("Abu Kamal") and who carried a deed out ("Coalition aircraft")."""
    name = candidate.name.lower()
    places = {location.text.lower() for location in annotated.locations if location.kind == "place"}
    if candidate.person and any(place == name or place.endswith(f" {name}") for place in places):
        return True
    low = annotated.words.low
    at = low.find(name)
    following = annotated.words.get(annotated.words.at(at + len(name))) if at >= 0 else ""
    return following in _CARRIED_OUT


def _add(kept: list[VictimCandidate], one: VictimCandidate) -> None:
    """Add one of whom no other says all: neither "Diaz" nor "Gen. Diaz" beside "Gen. Ana Diaz"."""
    for n, other in enumerate(kept):
        same = one.person and other.person and _surname(one) == _surname(other)
        told = one.words <= other.words or (one.describes and other.person and one.describes <= other.words)
        if told or (same and len(one.words) <= len(other.words)):
            return
        if same or other.words < one.words:
            kept[n] = one
            return
    kept.append(one)


def _surname(candidate: VictimCandidate) -> str:
    return candidate.name.rpartition(" ")[2].lower()
