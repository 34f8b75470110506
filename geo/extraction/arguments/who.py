"""Decide who did it and to whom."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments.participant_names import content_words, tidy
from geo.extraction.arguments.victims import choose_victims
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.mentions.participants import Participant
from geo.resources import read_table

_DOES: Final = {  # how likely it is that such a party is who did it
    "state": 1.5, "rebel": 1.6, "militia": 1.6, "gang": 1.4, "unknown": 1.2, "protesters": 1.2, "": 0.3,
    "civilian": 0.6, "civilians": 0.6, "person": 0.7, "facility": 0.0,
}  # fmt: skip
_NAMED_WORTH: Final = 1.0
_ORGANISATION_WORTH: Final = 1.0
_CROWD_WORTH: Final = 3.0
_BLAMED_WORTH: Final = 0.8


def find_agent(cluster: EventCluster, event_type: str) -> str | None:
    """Name who did it: whom most mentions name, a body of the table before others; several joined by "; ".

    Args:
        cluster: The mentions of the incident.
        event_type: Of the incident; a riot or a protest is a crowd's, whoever else acts in it.
    """
    worth: dict[str, float] = {}
    crowd = _CROWD_WORTH if event_type in {"Riots", "Protests"} else 0.0
    for mention in cluster.mentions:
        for participant in mention.agents:
            _count(worth, participant, crowd if participant.kind == "protesters" else 0.0)
        for participant in mention.blamed:
            _count(worth, participant, _BLAMED_WORTH)
    if not worth:
        return None
    best = max(worth, key=lambda name: worth[name])
    return "; ".join([best, *_beside(cluster, best)])


def _count(worth: dict[str, float], participant: Participant, more: float) -> None:
    value = _DOES.get(participant.kind, 0.5) + more + (_NAMED_WORTH if participant.name else 0.0)
    if not participant.kind and _is_organisation(participant):
        value += _ORGANISATION_WORTH
    name = _name_of(participant)
    if name and value > 0.5 and participant.sort != "thing":  # noqa: PLR2004 -- words of nothing known do nothing
        worth[name] = worth.get(name, 0.0) + value


def _name_of(participant: Participant) -> str:
    return participant.name or tidy(participant.text)


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("language/word_roles.csv") if row["role"] == "organisation")


def _is_organisation(participant: Participant) -> bool:
    """Say whether words that no table knows name a body: "Patriotic Liberation Front"."""
    return any(word in _organisation_words() for word in participant.text.lower().replace('"', "").split())


def _beside(cluster: EventCluster, best: str) -> list[str]:
    """List who is told side by side with the perpetrator: "US and British warplanes"."""
    for mention in cluster.mentions:
        for participants in (mention.agents, mention.blamed):
            names = [_name_of(participant) for participant in participants if _DOES.get(participant.kind, 0.5) > 1]
            if best in names:
                return [name for name in dict.fromkeys(names) if not content_words(name) <= content_words(best)]
    return []


def find_victims(annotated: AnnotatedReport, cluster: EventCluster, perpetrator: str | None) -> str | None:
    """Name to whom it was done, people and things, the likeliest first; several joined by "; "."""
    return "; ".join(choose_victims(annotated, cluster, perpetrator)) or None


def list_victims(cluster: EventCluster) -> str:
    """List all the words for those to whom it was done: they did not do it."""
    told = [participant.text for mention in cluster.mentions for participant in mention.patients]
    names = [participant.name or "" for mention in cluster.mentions for participant in mention.patients]
    return "; ".join(told + names + [found.who or "" for mention in cluster.mentions for found in mention.casualties])


def names_of(participants: Iterable[Participant]) -> Sequence[str]:
    """Name parties once each."""
    return list(dict.fromkeys(participant.name or participant.text for participant in participants))
