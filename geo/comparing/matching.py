"""Find which rows of two tables may be of one event, and pair them one to one, best first.

Windows of days and kilometres, types that must be kindred, and a score: as xSub (Zhukov, Davenport and Kostyuk
2019) and meltt (Donnay et al. 2019, doi:10.1177/0022002718777050) do it; both uncertainties widen the window.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.earth import GEOD
from geo.incidents.contract.schema import coordinates
from geo.incidents.merging.actor_identity import relation
from geo.tables import related_types

METRES_PER_DEGREE: Final = 110_574.0  # of latitude, the shortest
COUNTRY: Final = "country"
POLAR: Final = 89.0  # degrees of latitude from which on a circle may reach round the pole
MOST_PAIRS: Final = 2_000_000  # held in memory at once
ACTOR_WORTH: Final = {"same_name": 0.15, "same_group": 0.1, "unsaid": 0.0, "differ": -0.15}
WEIGHTS: Final = {"days": 0.3, "km": 0.35, "type": 0.35}
DAY: Final = np.timedelta64(1, "D")

Rows = NDArray[np.int64]
_NO_PAIRS: Final = (*(np.empty(0, np.int64) for _ in range(3)), np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows of both tables that were paired, best first."""

    a: Rows
    b: Rows
    score: NDArray[np.float64]
    days_apart: Rows  # 0 where the days overlap
    km_apart: NDArray[np.float64]


def comparable(table: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which rows have a day and a place that is known to more than a country."""
    placed = table.geometry.notna() & ~table.geometry.is_empty & table["geo_precision"].ne(COUNTRY).fillna(value=True)
    return np.asarray(placed & table["date_start"].notna(), dtype=bool)


def pair(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame, *, days: int, km: float) -> Pairs:
    """Pair the rows of two tables.

    Args:
        a: The contract's table.
        b: Another.
        days: How far apart the days may lie.
        km: How far apart the places may lie beyond both uncertainties.
    """
    kinds = _type_codes(a, b)
    pieces: list[list[Any]] = []
    for left, right in _near(a, b, km * 1000):
        gap = _days_apart(a, b, left, right)
        left, right, gap = (part[gap <= days] for part in (left, right, gap))  # noqa: PLW2901 - fewer of the same
        away_m = _metres(a, b, left, right)
        reach_m = km * 1000 + _radius(a)[left] + _radius(b)[right]
        likeness = kinds.likeness[kinds.a[left], kinds.b[right]]
        fits = (away_m <= reach_m) & (likeness > 0)
        nearness = 1 - away_m / np.maximum(reach_m, 1)
        score = WEIGHTS["days"] * (1 - gap / (days + 1)) + WEIGHTS["km"] * nearness + WEIGHTS["type"] * likeness
        pieces.append([part[fits] for part in (left, right, gap, away_m, score)])
    joined: list[Any] = [np.concatenate(parts) for parts in zip(*pieces, strict=True)] if pieces else list(_NO_PAIRS)
    left, right, gap, away_m, score = joined
    score = np.clip(score + _actors(a, b, left, right), 0, 1)
    chosen = _one_to_one(left, right, score, away_m)
    return Pairs(left[chosen], right[chosen], score[chosen], gap[chosen], away_m[chosen] / 1000)


def _near(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame, margin_m: float) -> Iterator[tuple[Rows, Rows]]:
    """Find rows whose circles, widened, touch as boxes, some rows of `a` at a time; also across 180 degrees."""
    (rows_a, boxes_a), (rows_b, boxes_b) = (_boxes(table, margin_m / 2) for table in (a, b))
    if not len(rows_a) or not len(rows_b):
        return
    tree = shapely.STRtree([shapely.box(*bounds) for bounds in boxes_b])
    at_once = max(16, MOST_PAIRS // len(rows_b))
    for first in range(0, len(rows_a), at_once):
        some = boxes_a[first : first + at_once]
        turns = (np.array([turn, 0, turn, 0]) for turn in (-360, 0, 360))
        found = [tree.query(shapely.box(*(some + turn).T)) for turn in turns]
        left, right = np.unique(np.concatenate(found, axis=1), axis=1)
        yield rows_a[first + left], rows_b[right]


def _boxes(table: gpd.GeoDataFrame, margin_m: float) -> tuple[Rows, NDArray[np.float64]]:
    """Give the rows that can be compared, and the bounds of their circles; round a pole all longitudes."""
    rows = np.flatnonzero(comparable(table))
    lon, lat = coordinates(table)[rows].T
    high = (_radius(table)[rows] + margin_m) / METRES_PER_DEGREE
    beyond = np.abs(lat) + high >= POLAR
    wide = np.where(beyond, 180, high / np.cos(np.radians(np.clip(np.abs(lat) + high, 0, POLAR))))
    return rows, np.column_stack([lon - wide, lat - high, lon + wide, lat + high])


def _radius(table: gpd.GeoDataFrame) -> NDArray[np.float64]:
    return np.asarray(np.nan_to_num(table["uncertainty_m"].to_numpy(dtype="float64")), dtype=np.float64)


def _days(table: gpd.GeoDataFrame, name: str) -> NDArray[Any]:
    return np.asarray(table[name].astype("datetime64[s]"), dtype="datetime64[s]")


def _days_apart(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame, left: Rows, right: Rows) -> Rows:
    first_a, first_b = _days(a, "date_start"), _days(b, "date_start")
    last_a = np.where(np.isnat(_days(a, "date_end")), first_a, _days(a, "date_end"))
    last_b = np.where(np.isnat(_days(b, "date_end")), first_b, _days(b, "date_end"))
    gap = np.maximum(first_a[left], first_b[right]) - np.minimum(last_a[left], last_b[right])
    return np.asarray(np.maximum(gap / DAY, 0), dtype=np.int64)


def _metres(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame, left: Rows, right: Rows) -> NDArray[np.float64]:
    one, other = coordinates(a)[left], coordinates(b)[right]
    return np.asarray(GEOD.inv(one[:, 0], one[:, 1], other[:, 0], other[:, 1])[2], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Types:
    """The types of the rows of two tables, by number, and how alike they are."""

    a: Rows
    b: Rows
    likeness: NDArray[np.float64]  # shape (types of a, types of b)


def _type_codes(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame) -> _Types:
    def numbered(table: gpd.GeoDataFrame) -> tuple[Rows, list[tuple[str | None, str | None]]]:
        columns = [
            table[name].astype(object).where(table[name].notna(), None) for name in ("event_type", "sub_event_type")
        ]
        known: dict[tuple[str | None, str | None], int] = {}
        codes = [known.setdefault(types, len(known)) for types in zip(*columns, strict=True)]
        return np.array(codes, dtype=np.int64), list(known)

    (codes_a, types_a), (codes_b, types_b) = numbered(a), numbered(b)
    likeness = [[type_likeness(one, other) for other in types_b] for one in types_a]
    return _Types(codes_a, codes_b, np.array(likeness, dtype=np.float64).reshape(len(types_a), len(types_b)))


@cache
def type_likeness(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> float:
    """Say how alike two types are: 1 the same, 0 not kindred; what is not said fits, but says less."""
    (event_a, sub_a), (event_b, sub_b) = one, other
    if sub_a and sub_b:
        return 1.0 if sub_a == sub_b else 0.7 if sub_b in related_types().get(sub_a, ()) else 0.0
    if event_a is None or event_b is None:
        return 0.4
    return 0.6 if event_a == event_b or _events_kindred(event_a, sub_a, event_b, sub_b) else 0.0


def _events_kindred(event_a: str, sub_a: str | None, event_b: str, sub_b: str | None) -> bool:
    """UCDP's battles and violence by one side have no sub-type and may well be air strikes or bombs."""
    unstated = {event_a if sub_a is None else None, event_b if sub_b is None else None}
    stated = {event_a, event_b} - unstated
    return "Explosions/Remote violence" in stated and bool(unstated & {"Battles", "Violence against civilians"})


def _actors(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame, left: Rows, right: Rows) -> NDArray[np.float64]:
    worth = np.zeros(len(left))
    for name in ("actor1", "actor2"):
        one, other = (table[name].astype(object).where(table[name].notna(), None).to_numpy() for table in (a, b))
        worth += [ACTOR_WORTH[relation(one[x], other[y])] for x, y in zip(left, right, strict=True)]
    return worth


def _one_to_one(left: Rows, right: Rows, score: NDArray[np.float64], away_m: NDArray[np.float64]) -> Rows:
    order = np.lexsort((right, left, away_m, -score))
    used_a: set[int] = set()
    used_b: set[int] = set()
    chosen = []
    for n in order.tolist():
        x, y = int(left[n]), int(right[n])
        if x not in used_a and y not in used_b:
            used_a.add(x)
            used_b.add(y)
            chosen.append(n)
    return np.array(chosen, dtype=np.int64)
