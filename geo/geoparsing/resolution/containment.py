"""Read which place the report puts in which: "Paris, Texas", "Ramadi (Iraq)", "Lima in Ohio"."""

from typing import Final

from geo.geoparsing.recognition.recognising import Recognised
from geo.geoparsing.resolution.ranking import Group
from geo.geoparsing.words.names import Row
from geo.geoparsing.words.separators import GAPS
from geo.geoparsing.words.tokens import Tokens

_LONGEST_LINK: Final = 3  # words between a place and what it lies in
_LINKS: Final = frozenset({"in", "of", "the"})
_LEVELS: Final = {"A.ADM2": 1, "A.ADM1": 2}
_COUNTRY: Final = 3


def read_containment(tokens: Tokens, found: list[Recognised], of: list[Group]) -> None:
    """Read which place the report puts in which: "Paris, Texas", "Ramadi (Iraq)", "Lima in Ohio"."""
    for n in range(len(found) - 1):
        here, following = found[n].span, found[n + 1].span
        inner, outer = of[n], of[n + 1]
        if inner is outer or outer.name.demonym:
            continue  # "in Kherson oblast, Russian forces" are not at home there
        if _links(tokens, here.last + 1, following.first) and _is_smaller(inner, outer):
            inner.within.append(outer)


def _is_smaller(inner: Group, outer: Group) -> bool:
    """Distinguish a place and what it lies in ("Paris, Texas") from a list ("China, Japan and Korea")."""
    if not inner.rows or not outer.rows:
        return True
    level = _level(inner.rows[0])
    return level == 0 or level < _level(outer.rows[0])


def _level(row: Row) -> int:
    return _COUNTRY if row.kind == "country" else _LEVELS.get(row.code, 0)


def _links(tokens: Tokens, first: int, following: int) -> bool:
    """Return whether words `first` up to `following` say that what stands before lies in what follows."""
    gap = GAPS[tokens.gaps[first]]
    if first == following:
        return gap in {"comma", "open"}
    between = tokens.words[first:following]
    if len(between) > 1 and between[-1].lower == "the":
        between = between[:-1]  # "Zike in the Bassa district"
    return (
        len(between) <= _LONGEST_LINK
        and gap in {"space", "comma"}
        and (between[-1].lower in {"in", "of"} or (bool(between[-1].nouns) and GAPS[tokens.gaps[following]] == "comma"))
        and all(word.nouns or word.lower in _LINKS or "direction" in word.roles for word in between)
    )
