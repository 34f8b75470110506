"""Decide who did it and to whom."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from geo.extraction.annotations import Reading
from geo.extraction.arguments.participant_names import telling as telling_words
from geo.extraction.arguments.participant_names import tidy
from geo.extraction.arguments.victims import choose_victims
from geo.extraction.coreference.clusters import Group
from geo.extraction.mentions.participants import Party
from geo.resources import read_table

_DOES: Final = {  # how likely it is that such a party is who did it
    "state": 1.5, "rebel": 1.6, "militia": 1.6, "gang": 1.4, "unknown": 1.2, "protesters": 1.2, "": 0.3,
    "civilian": 0.6, "civilians": 0.6, "person": 0.7, "facility": 0.0,
}  # fmt: skip
_NAMED_WORTH: Final = 1.0
_ORGANISATION_WORTH: Final = 1.0
_CROWD_WORTH: Final = 3.0
_BLAMED_WORTH: Final = 0.8


def find_doer(group: Group, event_type: str) -> str | None:
    """Name who did it: whom most tellings name, a body of the table before others; several joined by "; ".

    Args:
        group: The tellings of the incident.
        event_type: Of the incident; a riot or a protest is a crowd's, whoever else acts in it.
    """
    worth: dict[str, float] = {}
    crowd = _CROWD_WORTH if event_type in {"Riots", "Protests"} else 0.0
    for telling in group.tellings:
        for party in telling.agents:
            _count(worth, party, crowd if party.kind == "protesters" else 0.0)
        for party in telling.doers:
            _count(worth, party, _BLAMED_WORTH)
    if not worth:
        return None
    best = max(worth, key=lambda name: worth[name])
    return "; ".join([best, *_beside(group, best)])


def _count(worth: dict[str, float], party: Party, more: float) -> None:
    value = _DOES.get(party.kind, 0.5) + more + (_NAMED_WORTH if party.name else 0.0)
    if not party.kind and _is_organisation(party):
        value += _ORGANISATION_WORTH
    name = _doer_name(party)
    if name and value > 0.5 and party.sort != "thing":  # noqa: PLR2004 -- words of nothing known do nothing
        worth[name] = worth.get(name, 0.0) + value


def _doer_name(party: Party) -> str:
    return party.name or tidy(party.text)


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("language/word_roles.csv") if row["role"] == "organisation")


def _is_organisation(party: Party) -> bool:
    """Say whether words that no table knows name a body: "Patriotic Liberation Front"."""
    return any(word in _organisation_words() for word in party.text.lower().replace('"', "").split())


def _beside(group: Group, best: str) -> list[str]:
    """List who is told side by side with the doer: "US and British warplanes"."""
    for telling in group.tellings:
        for parties in (telling.agents, telling.doers):
            names = [_doer_name(party) for party in parties if _DOES.get(party.kind, 0.5) > 1]
            if best in names:
                return [name for name in dict.fromkeys(names) if not telling_words(name) <= telling_words(best)]
    return []


def find_victims(reading: Reading, group: Group, doer: str | None) -> str | None:
    """Name to whom it was done, people and things, the likeliest first; several joined by "; "."""
    return "; ".join(choose_victims(reading, group, doer)) or None


def list_victims(group: Group) -> str:
    """List all the words for those to whom it was done: they did not do it."""
    told = [party.text for telling in group.tellings for party in telling.patients]
    names = [party.name or "" for telling in group.tellings for party in telling.patients]
    return "; ".join(told + names + [found.who or "" for telling in group.tellings for found in telling.casualties])


def names_of(parties: Iterable[Party]) -> Sequence[str]:
    """Name parties once each."""
    return list(dict.fromkeys(party.name or party.text for party in parties))
