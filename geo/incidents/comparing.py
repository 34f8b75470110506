"""Compare incidents of different reports, component by component, for merging.

Every component (type, date, place, actors, numbers ...) finds one level, and the table
data/events/merging_points.csv says what a level is worth; the sum decides. So every merge can be
explained by naming its levels, and tuned without touching code. All comparisons run on
arrays of pairs: a hundred thousand incidents make millions of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.earth import RADIUS_M
from geo.incident import Incident
from geo.incidents.actor_identity import WORD, relation
from geo.resources import read_table
from geo.tables import related_types
from geo.vocabulary import NOT_HAPPENED, SUB_EVENT_TYPES

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# How finely a place is known, in classes; a lower one is finer.
SITE, TOWN, AREA, COUNTRY, NOWHERE = range(5)
FINENESS: Final = {
    "site": SITE,
    "near": TOWN,
    "settlement": TOWN,
    "admin": AREA,
    "region": AREA,
    "country": COUNTRY,
    "unknown": NOWHERE,
}
_OWN_PLACE: Final = frozenset({"site", "settlement"})
SAME_SPOT_M: Final = 1_000.0
TOWN_M: Final = 10_000.0  # the radius up to which a place is a town, and no city
SMALL_PLACE_M: Final = 5_000.0  # the radius of a place that tells none
WEEK_DAYS: Final = 7
TELLING: Final = 3  # one or two dead are so frequent that the number alone says little
NO_DAY: Final = -(10**9)
OPEN: Final = np.inf  # "at least 26" has no upper end


@dataclass(frozen=True, slots=True)
class Facts:
    """What merging looks at, one array per fact, one cell per incident.

    Days are proleptic ordinals (`NO_DAY` when unknown), coordinates degrees in EPSG:4326,
    radii metres; texts are codes into their sorted values, -1 for null.
    """

    ids: list[str]
    reports: list[frozenset[str]]
    sub_type: Rows
    happened: NDArray[np.bool_]
    series: NDArray[np.bool_]
    first: Rows
    last: Rows
    lon: Floats
    lat: Floats
    radius_m: Floats
    precision: Rows  # SITE to NOWHERE
    exact: Flags  # told in a place of its own, not near one
    place: Rows
    country: Rows
    admin1: Rows
    actors: tuple[list[str], list[str]]
    actor_codes: tuple[Rows, Rows]
    killed: tuple[Floats, Floats]  # least and most; NaN, NaN when not said
    wounded: tuple[Floats, Floats]
    weapon: Rows

    def take(self, rows: Rows) -> "Facts":
        """Take some of the incidents, in the order asked for; codes keep their meaning."""

        def some(value: Any) -> Any:
            if isinstance(value, tuple):
                return tuple(map(some, value))
            return value[rows] if isinstance(value, np.ndarray) else [value[row] for row in rows.tolist()]

        taken = {entry.name: some(getattr(self, entry.name)) for entry in fields(self) if entry.name != "actors"}
        return Facts(**taken, actors=self.actors)

    def columns(self) -> list[NDArray[Any]]:
        """List all that is compared: everything but the ids and the reports."""
        values = (getattr(self, entry.name) for entry in fields(self) if entry.name not in {"ids", "reports", "actors"})
        whole = (value if isinstance(value, tuple) else (value,) for value in values)
        return [column for columns in whole for column in columns]


def gather_facts(incidents: Sequence[Incident]) -> Facts:
    """Turn incidents into arrays, in their order."""
    first = [_ordinal(i.date_start or i.date_end) for i in incidents]
    actor_texts = ([i.actor1 for i in incidents], [_without_place(i.actor2, i) for i in incidents])
    coded = [_codes(texts) for texts in actor_texts]
    return Facts(
        ids=[i.incident_id for i in incidents],
        reports=[frozenset(i.report_ids) for i in incidents],
        sub_type=np.array([SUB_EVENT_TYPES.index(i.sub_event_type) for i in incidents], dtype=np.int64),
        happened=np.array([i.status not in NOT_HAPPENED for i in incidents], dtype=bool),
        series=np.array([i.event_count_min is not None for i in incidents], dtype=bool),
        first=np.array(first, dtype=np.int64),
        last=np.array([_ordinal(i.date_end or i.date_start) for i in incidents], dtype=np.int64),
        lon=_floats([i.lon for i in incidents]),
        lat=_floats([i.lat for i in incidents]),
        radius_m=np.nan_to_num(_floats([i.uncertainty_m for i in incidents]), nan=SMALL_PLACE_M),
        exact=np.array([i.geo_precision in _OWN_PLACE and i.place_id is not None for i in incidents], dtype=bool),
        precision=np.array([FINENESS[i.geo_precision] for i in incidents], dtype=np.int64),
        place=_codes([i.place_id for i in incidents])[0],
        country=_codes([i.country_code for i in incidents])[0],
        admin1=_codes([i.admin1 for i in incidents])[0],
        actors=(coded[0][1], coded[1][1]),
        actor_codes=(coded[0][0], coded[1][0]),
        killed=_range([i.killed_min for i in incidents], [i.killed_max for i in incidents]),
        wounded=_range([i.wounded_min for i in incidents], [i.wounded_max for i in incidents]),
        weapon=_codes([i.weapon and i.weapon.lower() for i in incidents])[0],
    )


def _without_place(target: str | None, incident: Incident) -> str | None:
    """Leave the place out of the words for the target: "a school in Mosul" is no name of its own."""
    told = (incident.place_name, incident.place_text, incident.admin1)
    place = {word.lower() for text in told for word in WORD.findall(text or "")}
    return " ".join(word for word in WORD.findall(target or "") if word.lower() not in place) or None


def _ordinal(day: Any) -> int:
    return NO_DAY if day is None else int(day.toordinal())


def _codes(texts: Sequence[str | None]) -> tuple[Rows, list[str]]:
    """Number texts in their sorted order, -1 for null; the list gives the text of a number."""
    values = sorted({text for text in texts if text})
    number = {text: n for n, text in enumerate(values)}
    return np.array([number[text] if text else -1 for text in texts], dtype=np.int64), values


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array(values, dtype=np.float64)


def _range(least: Sequence[int | None], most: Sequence[int | None]) -> tuple[Floats, Floats]:
    low, high = _floats(least), _floats(most)
    said = ~(np.isnan(low) & np.isnan(high))
    return np.where(said & np.isnan(low), 0, low), np.where(said & np.isnan(high), OPEN, high)


@cache
def points() -> dict[str, dict[str, float]]:
    """The table of points: component, level, worth; what is forbidden is minus infinity."""
    table: dict[str, dict[str, float]] = {}
    for row in read_table("events/merging_points.csv"):
        worth = -np.inf if row["points"] == "never" else float(row["points"])
        table.setdefault(row["component"], {})[row["level"]] = worth
    return table


@cache
def level_codes(component: str) -> dict[str, int]:
    """Number the levels of a component in the table's order."""
    return {level: number for number, level in enumerate(points()[component])}


@cache
def marked(mark: str) -> dict[str, NDArray[np.bool_]]:
    """For every component: which of its levels bear a mark of the table.

    `against` is a contradiction; `loose` leaves it open which of several incidents is meant.
    """
    table: dict[str, list[bool]] = {}
    for row in read_table("events/merging_points.csv"):
        table.setdefault(row["component"], []).append(row["mark"] == mark)
    return {component: np.array(flags) for component, flags in table.items()}


@cache
def kinship() -> NDArray[np.int8]:
    """For every two sub event types: 2 the same, 1 kindred, 0 neither."""
    matrix = np.eye(len(SUB_EVENT_TYPES), dtype=np.int8) * 2
    for kind, others in related_types().items():
        matrix[SUB_EVENT_TYPES.index(kind), [SUB_EVENT_TYPES.index(other) for other in others]] = 1
    return matrix


Levels = NDArray[np.int8]  # positions in the component's rows of the table


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
            (overlap & close & (fewer >= TELLING), "equal"),
            (overlap & close & (fewer > 0), "equal_few"),
            ((fewer > 0) & (more < TELLING), "near_few"),
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


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of incidents that nothing forbids to be one, by their rows in `Facts`."""

    i: Rows
    j: Rows
    score: Floats
    contradicted: NDArray[np.bool_]  # some component speaks against it
    loose: NDArray[np.bool_]

    def keep(self, which: NDArray[Any]) -> "Pairs":
        """Take some of the pairs, by mask or by position."""
        return Pairs(self.i[which], self.j[which], self.score[which], self.contradicted[which], self.loose[which])

    def renumber(self, rows: Rows) -> "Pairs":
        """Mean by each row the one that stands at its place in `rows`."""
        return replace(self, i=rows[self.i], j=rows[self.j])


DEADLY: Final = ("type", "happened", "series", "date", "place")


def score_pairs(facts: Facts, i: Rows, j: Rows) -> Pairs:
    """Add up the points of pairs of incidents; those that a component forbids are left out."""
    pairs = Pairs(i, j, np.zeros(len(i)), np.zeros(len(i), dtype=bool), np.zeros(len(i), dtype=bool))
    for name, compare in COMPONENTS.items():
        levels = compare(facts, pairs.i, pairs.j)
        gain = np.array(list(points()[name].values()))[levels]
        against = pairs.contradicted | marked("against")[name][levels]
        loose = pairs.loose | marked("loose")[name][levels]
        pairs = Pairs(pairs.i, pairs.j, pairs.score + gain, against, loose)
        if name in DEADLY:
            pairs = pairs.keep(np.flatnonzero(np.isfinite(pairs.score)))
    return pairs


def explain(one: Incident, other: Incident) -> dict[str, tuple[str, float]]:
    """Say how much speaks for two incidents being one: per component its level and points.

    The sum is held against `points()["verdict"]`. Minus infinity forbids.
    """
    facts = gather_facts([one, other])
    i, j = np.array([0]), np.array([1])
    found = {name: int(compare(facts, i, j)[0]) for name, compare in COMPONENTS.items()}
    return {name: list(points()[name].items())[level] for name, level in found.items()}
