"""Choose the victims of an incident, people and things, from all that its mentions name (`victim_candidates`).

The weights are in data/models/victim_weights.csv.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments.victim_candidates import PART, VictimCandidate, list_victim_candidates
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.entities.national_forces import in_country
from geo.extraction.entities.participant_names import content_words, is_empty
from geo.extraction.language.word_classes import any_in
from geo.extraction.linear_model import odds, read_model, weigh_all
from geo.geoparsing import Location
from geo.tables import word_class

TABLE: Final = "models/victim_weights.csv"
VICTIM: Final = "victim"
_OF_THE_ARMED: Final = frozenset(
    f"{where} {kind}" for where in ("kind", "known") for kind in ("state", "rebel", "militia", "gang")
)
_CARRIED_OUT: Final = word_class("carried_out")
_NOBODY: Final = word_class("nobody")
_TOLLS: Final = word_class("toll")
_CIVILIANS: Final = word_class("civilian_noun")  # who is more than anybody
_ABSTRACT: Final = word_class("abstract_noun")
_THING: Final = "sort thing"
_MOST: Final = 3  # names that a reader takes in
_LEAST_ALONE: Final = -4.0  # log-odds: of the likeliest of all
_LEAST: Final = -1.4  # of one beside a likelier one
_LEAST_COUNTED: Final = -2.5  # of those whom the report counts as dead or wounded
_COUNTED: Final = frozenset({"casualty killed", "casualty wounded"})
_ALIVE: Final = _COUNTED | {"sort people", "sort name", "sort body"}
_BEHIND: Final = 2.6  # how much less likely one may be than the likeliest


@dataclass(frozen=True, slots=True)
class Victim:
    """One of the victims of an incident."""

    name: str
    is_armed: bool  # of a force or a group that fights
    is_thing: bool = False


def choose_victims(
    annotated: AnnotatedReport, cluster: EventCluster, perpetrator: str | None, location: Location | None = None
) -> list[Victim]:
    """Name the victims, people and things, the likeliest first; none says what another says already.

    Args:
        annotated: The report.
        cluster: The mentions of one incident.
        perpetrator: Who did it, as named.
        location: Where it happened; "soldiers" there are those of the country, whom `perpetrator` may name in full.
    """
    weights, did = odds(read_model(TABLE), VICTIM), content_words(perpetrator or "")
    weighed = [
        (weigh_all(weights, candidate.features), candidate)
        for candidate in list_victim_candidates(annotated, cluster)
        if _may_be_victim(candidate)
        and not _is_no_victim(annotated, candidate)
        and not (candidate.words <= did or (candidate.body and perpetrator and candidate.body in perpetrator))
        and not (location and in_country(candidate.name, location.country_code, location.country) == perpetrator)
    ]
    weighed.sort(key=lambda one: (-one[0], -len(one[1].words)))  # of equals the one that says more
    least = max(_LEAST, weighed[0][0] - _BEHIND) if weighed else 0.0
    kept: list[VictimCandidate] = []
    for weight, candidate in weighed:
        counted = not candidate.features.isdisjoint(_COUNTED) and not is_empty(candidate.name)
        if weight >= _LEAST_ALONE and (not kept or weight >= (min(least, _LEAST_COUNTED) if counted else least)):
            _add(kept, candidate)
    shown, low = _without_bare(kept, cluster)[:_MOST], annotated.words.low
    # Persons as they are named, then "people" before what was struck with them.
    shown.sort(key=lambda one: (0, low.find(one.name.lower())) if one.person else (1 + (not is_empty(one.name)), 0))
    things = [_ALIVE.isdisjoint(one.features) and not one.person for one in shown]
    return [
        Victim(one.name, not one.features.isdisjoint(_OF_THE_ARMED), thing)
        for one, thing in zip(shown, things, strict=True)
    ]


def sides_of_clash(victims: Sequence[Victim]) -> tuple[str | None, list[Victim]]:
    """Take the first armed side of a clash in which two lost people, and nobody is said to have begun, as its first."""
    armed = [one for one in victims if one.is_armed]
    if len(armed) < 2:  # noqa: PLR2004 -- sides
        return None, list(victims)
    return armed[0].name, [one for one in victims if one is not armed[0]]


def _may_be_victim(candidate: VictimCandidate) -> bool:
    """Leave out what things were done with, and where."""
    return candidate.person or candidate.features.isdisjoint(("name is weapon", "name is place"))


def _is_no_victim(annotated: AnnotatedReport, candidate: VictimCandidate) -> bool:
    """Recognise a place that looks like a person ("Abu Kamal") and who carried a deed out ("Coalition aircraft")."""
    acts = "in agent head" in candidate.features and not any(
        feature.startswith(("patient", "casualty", "owner")) for feature in candidate.features
    )
    if acts:
        return True
    name = candidate.name.lower()
    head, last = name.split(" of ", maxsplit=1)[0].rpartition(" ")[2], name.rpartition(" ")[2]
    if head in _ABSTRACT and not candidate.person and candidate.features.isdisjoint(_COUNTED):
        return True
    if name in _NOBODY or last in _TOLLS or (any_in((last,), "aircraft") and _flew(candidate)):
        return True
    if candidate.person:
        places = {location.text.lower() for location in annotated.locations if location.kind == "place"}
        if any(place == name or place.endswith(f" {name}") for place in places):
            return True
    low = annotated.words.low
    at = low.find(name)
    following = annotated.words.get(annotated.words.at(at + len(name))) if at >= 0 else ""
    return following in _CARRIED_OUT


def _flew(candidate: VictimCandidate) -> bool:
    """Return whether aircraft only flew, and nothing was done to them: "it said that the planes were American"."""
    return not any(feature.startswith(("patient", "casualty")) for feature in candidate.features)


def _add(kept: list[VictimCandidate], one: VictimCandidate) -> None:
    """Add a candidate unless another contains it: neither "Diaz" nor "Gen. Diaz" beside "Gen. Ana Diaz"."""
    for n, other in enumerate(kept):
        same = one.person and other.person and _surname(one) == _surname(other)
        contained = one.words <= other.words or (one.describes and other.person and one.describes <= other.words)
        if contained or (same and len(one.words) <= len(other.words)):
            return
        if same or other.words < one.words or (other.describes and other.describes <= one.words):
            kept[n] = one
            return
    kept.append(one)


def _without_bare(kept: list[VictimCandidate], cluster: EventCluster) -> list[VictimCandidate]:
    """Drop what says nothing beside others.

    "base" beside "al-Asad airbase", "people" beside anybody, and where it happened beside those who were there.
    Who is counted as dead stays beside things and parts: "nine people" at a market, "20, two children among them".
    """
    has_names = any(not is_empty(one.name) for one in kept)
    others = any(not is_empty(one.name) and one.features.isdisjoint((_THING, PART)) for one in kept)
    alive = any(_THING not in one.features and not is_empty(one.name) for one in kept)
    where = [content_words(place.text) for place in cluster.places] if alive else []
    return [
        one
        for one in kept
        if not (
            is_empty(one.name)
            and _CIVILIANS.isdisjoint(one.words)
            and (has_names if one.features.isdisjoint(_COUNTED) else others)
        )
        and not (_THING in one.features and any(one.words <= place for place in where))
        and (" " in one.name or not any(other is not one and other.name.endswith(one.name) for other in kept))
    ]


def _surname(candidate: VictimCandidate) -> str:
    return candidate.name.rpartition(" ")[2].lower()
