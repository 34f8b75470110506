"""Place what no gazetteer has: in the area that the report tells around it."""

from typing import Final

from geo.gazetteer import Place, open_gazetteer
from geo.geoparsing.ranking import Group
from geo.geoparsing.recognising import Recognised

_BEHIND: Final = {"country": 10_000, "region": 20_000}  # taken only when there is nothing finer
_LARGEST_M: Final = 1_000_000  # "Africa" says nothing of where an unknown village lies


def contain(found: list[Recognised], groups: list[Group]) -> list[Place | None]:
    """Give for each toponym without an entry of its own the place that contains it; None for the others."""
    containers: list[Place | None] = []
    for n, (one, group) in enumerate(zip(found, groups, strict=True)):
        if not group.ranked:
            containers.append(None if one.span.name.demonym else _container(n, found, groups))
        elif group.thing and one.span.source != "name":
            containers.append(open_gazetteer().place(group.ranked[0][1].row))
        else:
            containers.append(None)
    return containers


def _container(n: int, found: list[Recognised], groups: list[Group]) -> Place | None:
    group = groups[n]
    for other in group.within:
        if other.ranked:
            return open_gazetteer().place(other.ranked[0][1].row)
    at = found[n].span.first
    best: tuple[float, Group] | None = None
    for one, other in zip(found, groups, strict=True):
        if not other.ranked or one.span.name.demonym:
            continue  # "Russian forces" are told of outside Russia
        row = other.ranked[0][1]
        if row.kind == "region" and open_gazetteer().place(row.row).radius_m > _LARGEST_M:
            continue
        # What is told before counts more than what comes after; a country only when there is nothing else.
        distance = at - one.span.first if one.span.first < at else 2 * (one.span.first - at)
        distance += _BEHIND.get(row.kind, 0)
        if best is None or distance < best[0]:
            best = (distance, other)
    return None if best is None else open_gazetteer().place(best[1].ranked[0][1].row)
