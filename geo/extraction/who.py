"""Decide who did it and to whom."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from geo.extraction.groups import Group
from geo.extraction.parties import Party
from geo.extraction.tellings import Telling
from geo.resources import read_table

_MOST_PATIENTS: Final = 8
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
    if value > 0.5 and party.sort != "thing":  # noqa: PLR2004 -- words of nothing known do nothing
        name = party.name or party.text
        worth[name] = worth.get(name, 0.0) + value


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("word_roles.csv") if row["role"] == "organisation")


def _is_organisation(party: Party) -> bool:
    """Say whether words that no table knows name a body: "Patriotic Liberation Front"."""
    return any(word in _organisation_words() for word in party.text.lower().replace('"', "").split())


def _beside(group: Group, best: str) -> list[str]:
    """List who is told side by side with the doer: "US and British warplanes"."""
    for telling in group.tellings:
        for parties in (telling.agents, telling.doers):
            names = [party.name or party.text for party in parties if _DOES.get(party.kind, 0.5) > 1]
            if best in names:
                return [name for name in dict.fromkeys(names) if name != best]
    return []


def find_victims(group: Group, doer: str | None) -> str | None:
    """Name to whom it was done, people and things, as told; several joined by "; "."""
    names: list[str] = []
    for telling in sorted(group.tellings, key=_tells_most):
        for party in telling.patients:
            _note(names, party.text if not party.name else _with_name(party), doer)
        for found in telling.casualties:
            if found.who:
                _note(names, " ".join(found.who.split()), doer)
    return "; ".join(names[:_MOST_PATIENTS]) or None


def _with_name(party: Party) -> str:
    assert party.name is not None
    return party.text if _holds(party.text, party.name) else f"{party.text} ({party.name})"


def _tells_most(telling: Telling) -> tuple[bool, int]:
    named = any(party.sort == "name" for party in telling.patients)
    return (not named, telling.sentence.index)


def _note(names: list[str], name: str, doer: str | None) -> None:
    """Add a name, unless it says nothing new."""
    if doer and _holds(doer, name):
        return
    if any(_holds(other, name) for other in names):
        return
    names[:] = [other for other in names if not _holds(name, other)]
    names.append(name)


def _holds(longer: str, shorter: str) -> bool:
    return shorter.lower() in longer.lower()


def names_of(parties: Iterable[Party]) -> Sequence[str]:
    """Name parties once each."""
    return list(dict.fromkeys(party.name or party.text for party in parties))
