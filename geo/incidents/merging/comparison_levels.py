"""Say how far pairs of incidents agree, per component: one level for type, date, place, each actor, each number."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.earth import RADIUS_M
from geo.incidents.merging.actor_identity import relation
from geo.incidents.merging.facts import AREA, COUNTRY, NO_DAY, NOWHERE, SITE, Facts, Floats, Rows
from geo.incidents.merging.merging_points import level_codes
from geo.tables import related_types
from geo.vocabulary import SUB_EVENT_TYPES

SAME_SPOT_M: Final = 1_000.0
TOWN_M: Final = 10_000.0  # the radius up to which a place is a town, and no city
WEEK_DAYS: Final = 7
DISTINCTIVE: Final = 3  # one or two dead are so frequent that the number alone says little


Levels = NDArray[np.int8]  # positions in the component's rows of the table


@cache
def kinship() -> NDArray[np.int8]:
    """For every two sub event types: 2 the same, 1 kindred, 0 neither."""
    matrix = np.eye(len(SUB_EVENT_TYPES), dtype=np.int8) * 2
    for kind, others in related_types().items():
        matrix[SUB_EVENT_TYPES.index(kind), [SUB_EVENT_TYPES.index(other) for other in others]] = 1
    return matrix


def _choose(component: str, cases: Sequence[tuple[NDArray[np.bool_], str]], default: str) -> Levels:
    """Give each pair the level of the first case that holds."""
    code = level_codes(component)
    levels = np.full(cases[0][0].shape, code[default], dtype=np.int8)
    for case, level in reversed(cases):  # np.select does the same, with ten times the overhead for a few pairs
        levels[case] = code[level]
    return levels


def _type(f: Facts, i: Rows, j: Rows) -> Levels:
    kin = kinship()[f.sub_type[i], f.sub_type[j]]
    return _choose("type", [(kin == 2, "same"), (kin == 1, "kindred")], "other")  # noqa: PLR2004


def _happened(f: Facts, i: Rows, j: Rows) -> Levels:
    return _choose("happened", [(f.happened[i] == f.happened[j], "both")], "one")


def _series(f: Facts, i: Rows, j: Rows) -> Levels:
    return _choose("series", [(f.series[i] == f.series[j], "alike")], "one")


def _date(f: Facts, i: Rows, j: Rows) -> Levels:
    gap = np.maximum(f.first[i], f.first[j]) - np.minimum(f.last[i], f.last[j])
    span = np.maximum(f.last[i] - f.first[i], f.last[j] - f.first[j])
    cases = [
        ((f.first[i] == NO_DAY) | (f.first[j] == NO_DAY), "unknown"),
        ((gap == 1) & (span < WEEK_DAYS), "next_day"),
        (gap >= 1, "apart"),
        (span == 0, "same_day"),
        (span < WEEK_DAYS, "overlap"),
    ]
    return _choose("date", cases, "vague")


def distance_m(f: Facts, i: Rows, j: Rows) -> Floats:
    """Great-circle distances; half a percent off the ellipsoid is nothing beside the uncertainty."""
    lat1, lat2 = np.radians(f.lat[i]), np.radians(f.lat[j])
    half_lon = np.radians(f.lon[j] - f.lon[i]) / 2
    h = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(half_lon) ** 2
    return np.asarray(2 * RADIUS_M * np.arcsin(np.sqrt(np.minimum(h, 1))))


def _place(f: Facts, i: Rows, j: Rows) -> Levels:
    away_m = distance_m(f, i, j)
    coarse = np.maximum(f.precision[i], f.precision[j])
    same_place = (f.place[i] >= 0) & (f.place[i] == f.place[j])
    unlike = {
        name: (codes[i] >= 0) & (codes[j] >= 0) & (codes[i] != codes[j])
        for name, codes in (("country", f.country), ("admin1", f.admin1))
    }
    reach_m = f.radius_m[i] + f.radius_m[j]
    out_of_reach = away_m > reach_m
    spot = same_place | (away_m <= SAME_SPOT_M)
    cases = [
        (np.isnan(away_m) & unlike["country"], "apart"),
        (np.isnan(away_m) | (coarse == NOWHERE), "unknown"),
        ((coarse == SITE) & spot, "same_site"),
        ((coarse < AREA) & spot & (reach_m <= 2 * TOWN_M), "same_town"),
        ((coarse < AREA) & spot, "same_city"),
        (out_of_reach, "apart"),
        ((f.precision[i] == f.precision[j]) & f.exact[i] & f.exact[j] & ~same_place, "neighbours"),
        (coarse < AREA, "nearby"),
        # The circle of a country or province covers its neighbours too: there the name decides.
        (unlike["country"], "apart"),
        (coarse == COUNTRY, "in_country"),
        (same_place, "same_area"),
        (unlike["admin1"], "apart"),
    ]
    return _choose("place", cases, "inside")


def _actor(component: str, which: int) -> Callable[[Facts, Rows, Rows], Levels]:
    def level(f: Facts, i: Rows, j: Rows) -> Levels:
        codes, texts = f.actor_codes[which], f.actors[which]
        low, high = np.minimum(codes[i], codes[j]), np.maximum(codes[i], codes[j])
        pairs, back = np.unique(low * len(texts) + high, return_inverse=True)
        # A text that is null has the code -1, which makes the key negative.
        found = [relation(texts[p // len(texts)], texts[p % len(texts)]) if p >= 0 else "unsaid" for p in pairs]
        code = level_codes(component)
        return np.array([code[name] for name in found], dtype=np.int8)[back.ravel()]

    return level


def _number(name: str) -> Callable[[Facts, Rows, Rows], Levels]:
    def level(f: Facts, i: Rows, j: Rows) -> Levels:
        least, most = getattr(f, name)
        low1, low2, high1, high2 = least[i], least[j], most[i], most[j]
        unsaid = np.isnan(low1) | np.isnan(low2)
        more, fewer = np.fmax(low1, low2), np.fmin(low1, low2)
        overlap = (low1 <= high2) & (low2 <= high1)
        close = more - fewer <= np.maximum(1, more / 10)
        cases = [
            (unsaid, "unsaid"),
            (np.fmax(high1, high2) == 0, "none"),
            (overlap & close & (fewer >= DISTINCTIVE), "equal"),
            (overlap & close & (fewer > 0), "equal_few"),
            ((fewer > 0) & (more < DISTINCTIVE), "near_few"),
            (overlap | ((fewer > 0) & close) | (fewer > more / 2), "near"),
        ]
        return _choose(name, cases, "differ")

    return level


def _weapon(f: Facts, i: Rows, j: Rows) -> Levels:
    return _choose("weapon", [((f.weapon[i] >= 0) & (f.weapon[i] == f.weapon[j]), "agree")], "unsaid")


# Cheap and deadly ones first: what they forbid is not looked at further.
COMPONENTS: Final[dict[str, Callable[[Facts, Rows, Rows], Levels]]] = {
    "type": _type,
    "happened": _happened,
    "series": _series,
    "date": _date,
    "place": _place,
    "killed": _number("killed"),
    "wounded": _number("wounded"),
    "weapon": _weapon,
    "actor1": _actor("actor1", 0),
    "actor2": _actor("actor2", 1),
}
