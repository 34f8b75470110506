"""Decide who did it and to whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.actors import find_actors
from geo.extraction.groups import Group
from geo.extraction.naming import is_empty, is_mere, is_place, is_weapon, parts_of, tidy
from geo.extraction.naming import telling as telling_words
from geo.extraction.parties import Party
from geo.extraction.tellings import Telling
from geo.resources import read_table

_MOST_VICTIMS: Final = 3
_PEOPLE, _THING, _UNKNOWN, _DULL, _NOBODY = 2, 3, 4, 5, 6  # ranks of a name, by how much it tells
_BESIDE: Final = {_DULL: _DULL, _NOBODY: _THING}  # told only where there is none of a rank below
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
    return frozenset(row["word"] for row in read_table("word_roles.csv") if row["role"] == "organisation")


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


@dataclass(frozen=True, slots=True)
class _Called:
    """One of those to whom it was done, as they are to be called."""

    name: str
    rank: int  # 0 a person by name, 1 a known body; then as below
    words: frozenset[str]
    body: str = ""  # the table's name


def find_victims(group: Group, doer: str | None) -> str | None:
    """Name to whom it was done, people and things, the most telling first; several joined by "; "."""
    called = [one for telling in group.tellings for one in (*_patients(telling), *_counted(telling))]
    did = telling_words(doer or "")
    kept: list[_Called] = []
    for one in sorted(called, key=lambda one: one.rank):
        best = kept[0].rank if kept else _NOBODY
        if one.words <= did or (one.body and doer and one.body in doer) or best < _BESIDE.get(one.rank, 0):
            continue
        _add(kept, one)
    return "; ".join(one.name for one in kept[:_MOST_VICTIMS]) or None


def list_victims(group: Group) -> str:
    """List all the words for those to whom it was done: they did not do it."""
    told = [party.text for telling in group.tellings for party in telling.patients]
    names = [party.name or "" for telling in group.tellings for party in telling.patients]
    return "; ".join(told + names + [found.who or "" for telling in group.tellings for found in telling.casualties])


def _add(kept: list[_Called], one: _Called) -> None:
    """Add one of whom no other says all: neither "Diaz" nor "Gen. Diaz" beside "Gen. Ana Diaz"."""
    for n, other in enumerate(kept):
        same = one.rank == other.rank == 0 and one.name.split()[-1].lower() == other.name.split()[-1].lower()
        if one.words <= other.words or (same and len(one.words) <= len(other.words)):
            return
        if same or (other.words < one.words and one.rank == other.rank):
            kept[n] = one
            return
    kept.append(one)


def _patients(telling: Telling) -> Iterable[_Called]:
    one = bool(telling.casualties) and all(found.most == 1 and found.kind == "person" for found in telling.casualties)
    named = False
    for party in telling.patients:
        person = party.sort == "name"
        if one and named and party.sort == "people":  # "Gen. Diaz, the chief of the guard" is one man
            continue
        named = named or person
        if party.sort == "thing":
            yield from _owners(party)
        for name in parts_of(party.text, person=person):
            yield from _called(name, _rank(party), party.name or "")


def _owners(party: Party) -> Iterable[_Called]:
    """Name the groups whose things were struck: "weapons depots of Kataib Hezbollah"."""
    for found in find_actors(party.text.partition(" of ")[2]):
        if found.known and found.kind in {"rebel", "militia", "gang"}:
            yield from _called(found.name, 1, found.name)


def _counted(telling: Telling) -> Iterable[_Called]:
    for found in telling.casualties:
        if found.who and found.least != 0:
            for name in parts_of(found.who, person=found.kind == "person"):
                yield from _called(name, 0 if found.kind == "person" else _PEOPLE)


def _rank(party: Party) -> int:
    if party.sort == "name":
        return 0
    if party.sort in {"people", "body"}:
        return 1 if party.name else _PEOPLE
    if party.sort == "thing":
        return _THING
    return 1 if party.name else _UNKNOWN


def _called(name: str, rank: int, body: str = "") -> Iterable[_Called]:
    """Call somebody by a name, unless it is a weapon's or only a place's."""
    if rank and (is_weapon(name) or is_place(name)):
        return
    if is_empty(name):
        rank = _NOBODY
    elif is_mere(name) or (rank == _UNKNOWN and len(name.split()) == 1):
        rank = _DULL
    words = telling_words(name)
    if words:
        yield _Called(name, rank, words, body)


def names_of(parties: Iterable[Party]) -> Sequence[str]:
    """Name parties once each."""
    return list(dict.fromkeys(party.name or party.text for party in parties))
