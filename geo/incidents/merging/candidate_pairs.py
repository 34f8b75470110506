"""Find the pairs of accounts that may be one incident, without comparing all with all.

Two accounts that are exact about day and place must meet in both: an index by spot and first
day finds them. Where one of them is vague, day and place alone never reach the points that a
match needs (data/events/merging_points.csv); something else must agree, a name or a number, so an
index by that finds the pair. Nothing that comparing all pairs would accept is lost, except in
a crowd: of more than `CROWD` different accounts under one key of one day only the most often
repeated ones are met by the others. That keeps time and memory linear.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from geo.incidents.merging.actor_identity import identity
from geo.incidents.merging.comparison_levels import WEEK_DAYS
from geo.incidents.merging.facts import AREA, NO_DAY, Facts, Flags, Rows

CHUNK: Final = 2_000_000  # pairs compared at once: some hundred megabytes
CROWD: Final = 32
METRES_PER_DEGREE: Final = 111_000.0
_FEW: Final = 20  # up to here two numbers are close when they differ by two at most, beyond by a tenth


def candidate_pairs(facts: Facts, weight: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Yield pairs of rows that may be one incident, i < j, some of them more than once.

    Args:
        facts: One row per distinct account.
        weight: How many reports give each account: the heaviest stand for a crowd.
    """
    yield from dated_pairs(facts, weight)
    yield from undated_pairs(facts, weight)


def dated_pairs(facts: Facts, weight: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Yield the pairs of which both say when, as `candidate_pairs` does."""
    dated = facts.first != NO_DAY
    vague = facts.last - facts.first >= WEEK_DAYS
    placed = ~np.isnan(facts.lon)
    yield from _exact_pairs(facts, weight, np.flatnonzero(dated & ~vague & placed & (facts.precision <= AREA)))
    loose = vague | ~placed | (facts.precision >= AREA) | ~dated
    yield from _vague_pairs(facts, weight, loose)


def undated_pairs(facts: Facts, weight: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Yield pairs of accounts at the very same place, with a sign in common, of which one does not say when."""
    row, sign, _ = _signs(facts)
    here = np.flatnonzero((facts.place[row] >= 0) & (facts.precision[row] < AREA))
    if not len(here):
        return
    key = sign[here] * (int(facts.place.max()) + 1) + facts.place[row[here]]
    order = np.lexsort((row[here], -weight[row[here]], key))
    here, key = here[order], key[order]
    undated = facts.first[row[here]] == NO_DAY
    for targets, seekers in ((~undated, undated), (undated, undated)):
        keys = key[targets]
        left = np.searchsorted(keys, key[seekers], side="left")
        right = np.minimum(np.searchsorted(keys, key[seekers], side="right"), left + CROWD)
        yield from _expand(row[here[seekers]], left, right, row[here[targets]])


@dataclass(frozen=True, slots=True)
class _Index:
    """Rows by key and first day, for finding those of a key that begin within some days."""

    keys: Rows  # key * span + day, sorted
    rows: Rows
    origin: int  # the first day of all
    span: int  # more than the number of days from the first to one past the last

    @classmethod
    def make(cls, facts: Facts, weight: Rows, key: Rows, rows: Rows) -> "_Index":
        """Sort rows under their keys; of a crowd under one key and day only the heaviest are kept."""
        origin = int(facts.first[rows].min(initial=0))
        span = int(facts.last[rows].max(initial=0)) - origin + 3
        whole = key * span + (facts.first[rows] - origin)
        order = np.lexsort((rows, -weight[rows], whole))
        whole, rows = whole[order], rows[order]
        begins = np.r_[True, whole[1:] != whole[:-1]][: len(whole)]
        rank = np.arange(len(whole)) - np.maximum.accumulate(np.where(begins, np.arange(len(whole)), 0))
        return cls(whole[rank < CROWD], rows[rank < CROWD], origin, span)

    def starting_within(self, facts: Facts, key: Rows, rows: Rows) -> Iterator[tuple[Rows, Rows]]:
        """Pair each row with those under its key that begin on its days or the day after, a chunk at a time."""
        begin = np.clip(facts.first[rows] - self.origin, 0, self.span - 1)
        end = np.clip(facts.last[rows] - self.origin + 1, 0, self.span - 1)
        left = np.searchsorted(self.keys, key * self.span + begin, side="left")
        right = np.searchsorted(self.keys, key * self.span + end, side="right")
        yield from _expand(rows, left, right, self.rows)


def _expand(owners: Rows, left: Rows, right: Rows, targets: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Write out ranges of targets as pairs, low row first."""
    counts = np.maximum(right - left, 0)
    ends = np.cumsum(counts)
    start = 0
    while start < len(owners):
        done = int(ends[start - 1]) if start else 0
        stop = max(int(np.searchsorted(ends, done + CHUNK, side="right")), start + 1)
        here, many = owners[start:stop], counts[start:stop]
        offset = np.arange(many.sum()) - np.repeat(ends[start:stop] - many - done, many)
        one, other = np.repeat(here, many), targets[np.repeat(left[start:stop], many) + offset]
        different = one != other
        yield np.minimum(one, other)[different], np.maximum(one, other)[different]
        start = stop


def _exact_pairs(facts: Facts, weight: Rows, rows: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Pair accounts whose places touch or are the same, and whose days meet."""
    if not len(rows):
        return
    shapes = np.column_stack(
        [facts.lon[rows], facts.lat[rows], facts.radius_m[rows], facts.place[rows], facts.precision[rows] == AREA]
    )
    spots, spot_of = np.unique(shapes, axis=0, return_inverse=True)
    one, other = _touching(spots)
    index = _Index.make(facts, weight, spot_of.ravel(), rows)
    by_spot = np.argsort(spot_of.ravel(), kind="stable")
    first = np.searchsorted(spot_of.ravel()[by_spot], np.arange(len(spots) + 1))
    many = first[one + 1] - first[one]  # rows at the first spot of each touching pair
    starts = np.repeat(first[one] - (np.cumsum(many) - many), many)
    owners = rows[by_spot[starts + np.arange(many.sum())]]
    yield from index.starting_within(facts, np.repeat(other, many), owners)


def _touching(spots: np.ndarray) -> tuple[Rows, Rows]:
    """Pair the spots whose circles may touch (both fine) or that are the same place, each with itself too."""
    lon, lat, radius_m, place, area = spots.T
    high = radius_m / METRES_PER_DEGREE
    wide = np.minimum(high / np.maximum(np.cos(np.radians(lat)), 0.01), 180)
    owner = np.flatnonzero(area == 0)
    shifts = [(owner, 0.0), (owner[lon[owner] + wide[owner] > 180], -360.0)]  # noqa: PLR2004 - the antimeridian
    shifts.append((owner[lon[owner] - wide[owner] < -180], 360.0))  # noqa: PLR2004
    owners = np.concatenate([some for some, _ in shifts])
    east = np.concatenate([lon[some] + shift for some, shift in shifts])
    boxes = shapely.box(
        east - wide[owners], lat[owners] - high[owners], east + wide[owners], lat[owners] + high[owners]
    )
    a, b = shapely.STRtree(boxes).query(boxes, predicate="intersects")
    same_one, same_other = _same_place(place)
    pairs = np.unique(
        np.column_stack(
            [
                np.concatenate([owners[a], same_one, np.arange(len(spots))]),
                np.concatenate([owners[b], same_other, np.arange(len(spots))]),
            ]
        ),
        axis=0,
    )
    return pairs[:, 0], pairs[:, 1]


def _same_place(place: np.ndarray) -> tuple[Rows, Rows]:
    """Pair spots with the same gazetteer id, however their circles are drawn."""
    known = np.flatnonzero(place >= 0)
    known = known[np.argsort(place[known], kind="stable")]
    sizes = np.unique(place[known], return_counts=True)[1]
    ends = np.repeat(np.cumsum(sizes), np.repeat(1, len(sizes)))
    left = np.repeat(ends - sizes, sizes)
    many = np.repeat(sizes, sizes)
    offset = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return np.repeat(known, many), known[np.repeat(left, many) + offset]


def _vague_pairs(facts: Facts, weight: Rows, loose: Flags) -> Iterator[tuple[Rows, Rows]]:
    """Pair accounts of which one is vague, that share a sign and whose days and countries allow it."""
    row, sign, near = _signs(facts)
    dated = facts.first[row] != NO_DAY
    row, sign, near = row[dated], sign[dated], near[dated]
    exact = near == 0  # a number is filed under its own bucket, and looked for in its neighbours too
    border = _border_rows(facts)[row]
    within = facts.country[row] + 1  # 0 is no country
    countries = int(within.max(initial=0)) + 1
    for targets, seekers in ((exact, loose[row]), (exact & loose[row], ~loose[row])):
        index = _Index.make(facts, weight, (sign * countries + within)[targets], row[targets])
        for country, asked in ((within, seekers), (np.zeros_like(within), seekers & (within > 0))):
            key = (sign + near) * countries + country
            yield from index.starting_within(facts, key[asked], row[asked])
        for held, asked in ((targets, seekers & (within == 0)), (targets & border, seekers & border)):
            index = _Index.make(facts, weight, sign[held], row[held])
            yield from index.starting_within(facts, (sign + near)[asked], row[asked])


def _border_rows(facts: Facts) -> Flags:
    """Find the accounts at a place that is known finely and whose circle touches one of another country."""
    fine = np.flatnonzero((facts.precision < AREA) & (facts.country >= 0) & ~np.isnan(facts.lon))
    near_border = np.zeros(len(facts.ids), dtype=bool)
    if len(fine):
        shapes = np.column_stack([facts.lon[fine], facts.lat[fine], facts.radius_m[fine], facts.country[fine]])
        spots, spot_of = np.unique(shapes, axis=0, return_inverse=True)
        country = spots[:, 3].copy()
        one, other = _touching(np.column_stack([spots[:, :3], np.full(len(spots), -1), np.zeros(len(spots))]))
        near_border[fine] = np.isin(spot_of.ravel(), one[country[one] != country[other]])
    return near_border


def _signs(facts: Facts) -> tuple[Rows, Rows, Rows]:
    """List what accounts may share beside day and place: names of actors, numbers of victims.

    Returns:
        Row, sign and step, one cell per sign of a row. Steps of -1 and 1 say that the neighbouring
        number is close enough to look there too, and 0 is the sign itself.
    """
    rows, signs, steps = [], [], []
    base = 0
    for codes, texts in zip(facts.actor_codes, facts.actors, strict=True):
        of_text, base = _name_signs(texts, base)
        named = np.flatnonzero(codes >= 0)
        many = np.array([len(found) for found in of_text], dtype=np.int64)[codes[named]]
        rows.append(np.repeat(named, many))
        signs.append(np.array([s for code in codes[named].tolist() for s in of_text[code]], dtype=np.int64))
        steps.append(np.zeros(len(rows[-1]), dtype=np.int64))
    for least, _ in (facts.killed, facts.wounded):
        counted = np.flatnonzero(least >= 1)
        bucket = number_bucket(least[counted]) + base + 1
        for step in (0, -1, 1):
            rows.append(counted)
            signs.append(bucket)
            steps.append(np.full(len(counted), step, dtype=np.int64))
        base = int(bucket.max(initial=base)) + 2
    return np.concatenate(rows), np.concatenate(signs), np.concatenate(steps)


def _name_signs(texts: Iterable[str], base: int) -> tuple[list[list[int]], int]:
    """Number the names, groups and countries that each text of an actor holds."""
    known: dict[tuple[str, str], int] = {}
    found = []
    for text in texts:
        who = identity(text)
        rows = [
            (kind, name)
            for kind, names in (("name", who.names), ("group", who.groups), ("country", who.countries))
            for name in sorted(names)
        ]
        found.append([known.setdefault(sign, base + len(known)) for sign in rows])
    return found, base + len(known)


def number_bucket(number: np.ndarray) -> Rows:
    """Sort numbers of victims so that two that are close lie in one bucket or in neighbouring ones."""
    few = number // 2
    many = _FEW // 2 + np.floor(np.log(np.maximum(number, _FEW) / _FEW) / -np.log(0.9))
    return np.asarray(np.where(number < _FEW, few, many), dtype=np.int64)
