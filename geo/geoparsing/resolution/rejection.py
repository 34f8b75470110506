"""Reject a place that only shares the name: one that lies where the report does not play.

Which of several places of one name is the likeliest is decided in `ranking`.
"""

from typing import Final

from geo.geoparsing.resolution.mention_groups import FOREIGN_PROMINENCE
from geo.geoparsing.resolution.ranking import Context, Group, lies_in
from geo.geoparsing.words.names import Row

_PROMINENCE_WITH_DIVISION: Final = 6.5
_FEW_LETTERS: Final = 3


def is_rejected(group: Group, context: Context, groups: list[Group]) -> bool:
    """Return whether the gazetteer only knows little places of this name where the report does not play.

    The place meant is then one that the gazetteer lacks, near the others of the report: better to
    say where those are than to point at another continent.
    """
    best = group.ranked[0][1]
    if group.thing and not group.within and context.has_other(group) and not context.knows(best, group):
        return True  # "Liverpool Academy" in a report from Cairo
    if len(group.rows) == 1 and " " in group.name.key and not group.thing:
        return False  # "Baghdad International Airport" has no namesakes
    has_division = any(other.asked == "admin" for other in group.within)  # "X, Anbar province" is meant
    if has_division and _is_abroad(best, group):
        return best.kind not in {"country", "region"}  # no "Berlin in Zamfara state" is Germany's
    known = best.prominence >= (_PROMINENCE_WITH_DIVISION if has_division else FOREIGN_PROMINENCE)
    if best.kind in {"country", "region"} or (known and not _is_exonym(group, best)):
        return False
    if group.within:
        areas = _areas_around(group) or ([_best(other) for other in group.within if other.rows] if group.thing else [])
        codes = {_best(other).country_code for other in group.within if other.rows}
        return not any(lies_in(best, row) for row in areas) if areas else bool(codes) and best.country_code not in codes
    named = context.named and best.country_code not in context.countries
    return bool(named) and (group.thing or not _is_vouched_for(best, groups))


def _is_exonym(group: Group, best: Row) -> bool:
    """Return whether a name of few letters is only what another language calls a city: Croatian "Rim" for Rome.

    Initials, "LA", are none.
    """
    key = group.name.key
    initials = "".join(word[0] for word in best.key.split())
    return len(key) <= _FEW_LETTERS and key != best.key and not (len(initials) > 1 and key.startswith(initials))


def _best(group: Group) -> Row:
    return group.ranked[0][1] if group.ranked else group.rows[0]


def _areas_around(group: Group) -> list[Row]:
    """Return the divisions and countries that contain a name, further out where the next is a town."""
    areas: list[Row] = []
    queue, seen = list(group.within), {id(group)}
    while queue:
        outer = queue.pop()
        if outer.rows and _best(outer).kind in {"admin", "country"}:
            areas.append(_best(outer))
        elif id(outer) not in seen:
            queue += outer.within
        seen.add(id(outer))
    return areas


def _is_abroad(best: Row, group: Group) -> bool:
    """Say whether a place lies in none of the countries that the report puts its name in."""
    codes = {row.country_code for row in _areas_around(group)}
    return bool(codes) and best.country_code not in codes


def _is_vouched_for(best: Row, groups: list[Group]) -> bool:
    """Return whether the report names another place of that country; what a name could also mean does not count."""
    meant = (group.ranked[0][1] for group in groups if group.ranked)
    return any(row.country_code == best.country_code and row is not best for row in meant)
