"""Resolve toponyms: rank the places that each name may mean, all names of a report together.

A name has one meaning in a report. What a report says about it anywhere counts: what it
lies in ("Paris, Texas"), which countries are named, which division other names lie in. In order:

- `mention_groups`: which places a name with its noun may mean at all.
- `containment`: which name the report puts in which.
- `ranking`: which of the places is the likeliest; here, whether the city or the province of its name.
- `rejection`: whether even the likeliest is only a namesake; then the name is placed by its surroundings
  (`unlisted_places`), or by a place that sounds alike.
"""

from typing import Final

from geo.gazetteer import open_gazetteer
from geo.geoparsing.recognition.recognising import Recognised
from geo.geoparsing.resolution.containment import read_containment
from geo.geoparsing.resolution.mention_groups import group_mentions
from geo.geoparsing.resolution.ranking import Context, Group, lies_in, rank
from geo.geoparsing.resolution.rejection import is_rejected
from geo.geoparsing.words.names import Row, row_table
from geo.geoparsing.words.separators import GAPS
from geo.geoparsing.words.tokens import Tokens
from geo.tables import word_class

_CAPITAL: Final = "P.PPLC"
_HEARD: Final = 0.7
_SPEAKER: Final = 4  # words from a country to "said"
_SAYING: Final = word_class("statement_verb")
_SMALLER_CITY: Final = 0.3  # by how much a city may be less prominent than the province called after it


def resolve(tokens: Tokens, found: list[Recognised]) -> list[Group]:
    """Give for each recognised toponym its group, with its places ranked best first."""
    groups, of = group_mentions(tokens, found)
    read_containment(tokens, found, of)
    for group in _only_speaking(tokens, found, of):
        group.speaks = True
    context = Context(groups)
    for group in groups:
        group.ranked = rank(group, context)
        if group.asked == "admin" and group.ranked:
            group.ranked = _as_division(group.ranked)
        elif group.ranked and not group.name.demonym and not any(group in other.within for other in groups):
            group.ranked = _as_city(group)
    for group in [group for group in groups if group.ranked and is_rejected(group, context, groups)]:
        if group.ranked[0][1].country_code not in context.leaned:
            group.ranked = []
    for group in [group for group in groups if not group.ranked and group.within and not group.thing]:
        group.ranked = _sounding_inside(group)
        group.doubt = _HEARD
    return of


def _only_speaking(tokens: Tokens, found: list[Recognised], of: list[Group]) -> list[Group]:
    """List the names that only say something: "..., Russia said"."""
    spoken: dict[int, bool] = {}
    for one, group in zip(found, of, strict=True):
        spoken[id(group)] = spoken.get(id(group), True) and _speaks(tokens, one.span.last + 1)
    return [group for group in {id(group): group for group in of}.values() if spoken[id(group)]]


def _speaks(tokens: Tokens, at: int) -> bool:
    """Return whether what stands before word `at` speaks: "Russia said", "U.S. Central Command said"."""
    for i in range(at, min(at + _SPEAKER, len(tokens.words))):
        if GAPS[tokens.gaps[i]] != "space" and not (i == at and "." in tokens.gaps[i]):
            return False
        if tokens.words[i].lower in _SAYING:
            return True
    return False


def _as_city(group: Group) -> list[tuple[float, Row]]:
    """Take the city for the province of its name: "in Basra", "Mykolaiv", with no word of a province."""
    ranked = group.ranked
    score, best = ranked[0]
    if best.kind != "admin":
        return ranked
    capitals = [row for _, row in ranked if row.code == _CAPITAL and row.key == group.name.key]
    if capitals:  # "in Washington" is seldom the state
        return [(score, capitals[0]), *(one for one in ranked if one[1] is not capitals[0])]
    least = best.prominence - _SMALLER_CITY
    cities = [row for _, row in ranked if row.kind == "settlement" and lies_in(row, best) and row.prominence >= least]
    cities = [row for row in cities if not row.key.startswith(f"{group.name.key} ")]  # Oklahoma is no Oklahoma City
    city = max(cities, key=lambda row: row.prominence, default=None)
    return ranked if city is None else [(score, city), *(pair for pair in ranked if pair[1] is not city)]


def _as_division(ranked: list[tuple[float, Row]]) -> list[tuple[float, Row]]:
    """Take the division for the town of its name, where the report says "Hodeidah province"."""
    score, best = ranked[0]
    if best.kind != "settlement" or best.admin1 < 0:
        return ranked
    division = row_table()[best.admin1]
    return [(score, division), *ranked[1:]] if division.key == best.key else ranked


def _sounding_inside(group: Group) -> list[tuple[float, Row]]:
    """Find a place that sounds like an unknown name, inside what the report says that it lies in."""
    if group.name.demonym:
        return []
    outer = [other.ranked[0][1] for other in group.within if other.ranked]
    areas = [row for row in outer if row.kind in {"admin", "country"}]
    if not areas:
        return []
    heard = (row_table()[row] for row in open_gazetteer().sounding_rows(group.name.key))
    return [(0.0, row) for row in heard if row.kind != "country" and any(lies_in(row, area) for area in areas)][:1]
