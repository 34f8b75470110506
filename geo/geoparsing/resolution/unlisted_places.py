"""Place what no gazetteer has: in the area that the report states around it."""

from typing import Final

from geo.gazetteer import Place, open_gazetteer
from geo.geoparsing.recognition.recognising import Recognised
from geo.geoparsing.resolution.ranking import Group
from geo.geoparsing.words.names import Row
from geo.geoparsing.words.separators import GAPS
from geo.geoparsing.words.tokens import Tokens

_BEHIND: Final = {"country": 10_000, "region": 20_000}  # taken only when there is nothing finer
_NEXT_SENTENCE: Final = 5_000
_LARGEST_M: Final = 1_000_000  # "Africa" says nothing of where an unknown village lies


def contain(tokens: Tokens, found: list[Recognised], groups: list[Group], dateline: range) -> list[Place | None]:
    """Give for each toponym without an entry of its own the place that contains it; None for the others.

    Args:
        tokens: The words of a report.
        found: Its toponyms.
        groups: Of each, all mentions of its name.
        dateline: The words of the dateline.
    """
    containers: list[Place | None] = []
    for n, (one, group) in enumerate(zip(found, groups, strict=True)):
        if not group.ranked:
            containers.append(None if one.span.name.demonym else _container(tokens, n, found, groups, dateline))
        elif group.thing and one.span.source != "name":
            containers.append(open_gazetteer().place(group.ranked[0][1].row))
        else:
            containers.append(None)
    return containers


def _container(tokens: Tokens, n: int, found: list[Recognised], groups: list[Group], dateline: range) -> Place | None:
    """Give the smallest area that the report states around a name: never a town, which it only may be near."""
    group = groups[n]
    for other in group.within:
        if other.ranked:
            return open_gazetteer().place(other.ranked[0][1].row)
    at = found[n].span.first
    best: tuple[float, Group] | None = None
    for one, other in zip(found, groups, strict=True):
        if not other.ranked or one.span.name.demonym or other.speaks:
            continue  # "Russian forces" are often outside Russia
        row = other.ranked[0][1]
        if row.kind == "region" and open_gazetteer().place(row.row).radius_m > _LARGEST_M:
            continue
        # What comes before counts more than what comes after; a country only when there is nothing else.
        distance = at - one.span.first if one.span.first < at else 2 * (one.span.first - at)
        if found[n].span.noun and one.span.first > at and _is_cut(tokens, at, one.span.first):
            distance += _NEXT_SENTENCE  # the next sentence may go on to another town
        distance += _BEHIND["country"] if one.span.first in dateline else _BEHIND.get(row.kind, 0)
        if best is None or distance < best[0]:
            best = (distance, other)
    if best is None:
        return None
    container = _country_since(tokens, best[1], at, found, groups) or best[1]
    row, filed = container.ranked[0][1], container is best[1] and best[0] >= _BEHIND["country"]
    if found[n].span.noun and not filed:  # a street or a hospital is in the town
        return open_gazetteer().place(row.row)
    return _area(row, filed=filed)


def _country_since(
    tokens: Tokens, container: Group, at: int, found: list[Recognised], groups: list[Group]
) -> Group | None:
    """Give the other country to which a report has moved on, "In Niger, ...", between a container and word `at`."""
    row = container.ranked[0][1]
    last: Group | None = None
    for one, other in zip(found, groups, strict=True):
        if one.span.first >= at:
            break
        if other is container:
            last = None
        elif other.ranked and other.ranked[0][1].kind == "country" and one.span.first > 0:
            moved = other.ranked[0][1].country_code != row.country_code
            last = other if moved and tokens.words[one.span.first - 1].lower == "in" else last
    return last if row.kind != "country" else None


def _is_cut(tokens: Tokens, first: int, last: int) -> bool:
    """Say whether a sentence ends between two words."""
    return any(GAPS[tokens.gaps[at]] in {"stop", "end"} for at in range(first + 1, last + 1))


def _area(row: Row, *, filed: bool) -> Place | None:
    """Give the division that holds a town, or the country, where the town is only where the report was filed."""
    gazetteer = open_gazetteer()
    if row.kind in {"admin", "country", "region"} and not (filed and row.kind == "admin"):
        return gazetteer.place(row.row)
    if not filed and row.admin1 >= 0:
        return gazetteer.place(row.admin2 if row.admin2 >= 0 else row.admin1)
    return gazetteer.country(row.country_code) if gazetteer.country_row(row.country_code) is not None else None
