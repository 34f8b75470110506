"""Find the incidents that several reports tell of, and make one row of each.

Best matches first: two incidents of different reports are one when enough speaks for it
(`comparing`), and groups grow only while no two of their members contradict each other.
Two incidents of one report are never made one, not even by way of a third report. The
order in which reports come changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.incident import Incident
from geo.incidents.combining import combine, rewrite_links
from geo.incidents.comparing import (
    AREA,
    NO_DAY,
    Facts,
    Pairs,
    Rows,
    explain,
    gather_facts,
    points,
    score_pairs,
)

CHUNK: Final = 2_000_000  # pairs compared at once: some hundred megabytes
METRES_PER_DEGREE: Final = 111_000.0


def merge_incidents(incidents: Iterable[Incident]) -> list[Incident]:
    """Make one incident of those that are told by several reports.

    Args:
        incidents: As the extraction makes them, report by report, ids unique.

    Returns:
        The merged incidents by first day, then id. Each has the reports and the evidence of
        all its tellers; `in_response_to` names merged incidents.
    """
    groups = group_incidents(incidents)
    return rewrite_links([(combine(group), [member.incident_id for member in group]) for group in groups])


def group_incidents(incidents: Iterable[Incident]) -> list[list[Incident]]:
    """Say which incidents are one: a partition of them, groups and members sorted by id."""
    told = sorted(incidents, key=lambda incident: incident.incident_id)
    facts = gather_facts(told)
    pairs = likely_pairs(facts)
    order = np.lexsort((pairs.j, pairs.i, -pairs.score))
    groups: dict[int, list[int]] = {row: [row] for row in range(len(told))}
    home = list(range(len(told)))
    for i, j in zip(pairs.i[order].tolist(), pairs.j[order].tolist(), strict=True):
        one, other = sorted((home[i], home[j]))
        if one != other and _may_join(facts, groups[one], groups[other]):
            for row in groups[other]:
                home[row] = one
            groups[one] += groups.pop(other)
    return [[told[row] for row in sorted(members)] for _, members in sorted(groups.items())]


def _may_join(facts: Facts, one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether no report would lose an incident and no two members contradict each other."""
    reports = frozenset[str]().union(*(facts.reports[row] for row in one))
    if any(reports & facts.reports[row] for row in other):
        return False
    if len(one) == len(other) == 1:
        return True
    i, j = np.repeat(one, len(other)), np.tile(other, len(one))
    pairs = score_pairs(facts, i, j)
    sound = ~pairs.contradicted | (pairs.score >= points()["verdict"]["same"])
    return len(pairs.i) == len(i) and bool(sound.all())


def likely_pairs(facts: Facts) -> Pairs:
    """Find all pairs of incidents for which enough speaks, rivals weeded out."""
    enough = points()["verdict"]["same"]
    found = []
    for i, j in _candidates(facts):
        pairs = score_pairs(facts, i, j)
        found.append(pairs.keep(np.flatnonzero(pairs.score >= enough)))
    if not found:
        none = np.empty(0, dtype=np.int64)
        return score_pairs(facts, none, none)
    pairs = Pairs(
        *(np.concatenate([getattr(p, name) for p in found]) for name in ("i", "j", "score", "contradicted", "loose"))
    )
    _, first = np.unique(pairs.i * len(facts.ids) + pairs.j, return_index=True)
    return _without_rivals(facts, pairs.keep(first))


def _without_rivals(facts: Facts, pairs: Pairs) -> Pairs:
    """Drop loose matches that could as well be another incident of the same report.

    "An attack in Iraq that week" in one report is none in particular of the five attacks
    that another report tells of.
    """
    n_reports = int(facts.report.max(initial=0)) + 2
    rivalled = np.zeros(len(pairs.i), dtype=bool)
    for here, there in ((pairs.i, pairs.j), (pairs.j, pairs.i)):
        choice = here * n_reports + facts.report[there] + 1
        order = np.lexsort((-pairs.score, choice))
        choice, score = choice[order], pairs.score[order]
        best = np.r_[True, choice[1:] != choice[:-1]][: len(choice)]
        alone = np.r_[best[1:], True][: len(choice)]
        lead = score - np.r_[score[1:], 0.0][: len(choice)]
        clear = best & (alone | (lead >= points()["verdict"]["margin"]))
        rivalled[order] |= ~clear
    return pairs.keep(np.flatnonzero(~(rivalled & pairs.loose)))


def _candidates(facts: Facts) -> Iterator[tuple[Rows, Rows]]:
    """Yield every pair of different reports that may pass, and not many more."""
    for rows in _blocks(facts):
        for i, j in _overlapping(facts, rows):
            apart = (facts.report[i] != facts.report[j]) | (facts.report[i] < 0)
            yield np.minimum(i, j)[apart], np.maximum(i, j)[apart]


def _blocks(facts: Facts) -> Iterator[Rows]:
    """Group the incidents by country; those near a border meet their neighbours in one more group."""
    dated = facts.first != NO_DAY
    nowhere = facts.country < 0
    for country in np.unique(facts.country):
        yield np.flatnonzero(dated & ((facts.country == country) | nowhere))
    yield _border_rows(facts, dated)
    # Without a day, only the very same place brings two incidents together.
    for place in np.unique(facts.place[~dated & (facts.place >= 0)]):
        yield np.flatnonzero((facts.place == place) & (facts.precision < AREA))


def _border_rows(facts: Facts, dated: Any) -> Rows:
    """Find the incidents whose circle touches one of another country."""
    fine = np.flatnonzero(dated & (facts.precision < AREA) & (facts.country >= 0) & ~np.isnan(facts.lon))
    spots, spot_of = np.unique(
        np.column_stack([facts.lon[fine], facts.lat[fine], facts.radius_m[fine], facts.country[fine]]),
        axis=0,
        return_inverse=True,
    )
    if not len(spots):
        return fine
    lon, lat, radius_m, country = spots.T
    high = radius_m / METRES_PER_DEGREE
    wide = np.minimum(high / np.maximum(np.cos(np.radians(lat)), 0.01), 180)
    boxes = shapely.box(lon - wide, lat - high, lon + wide, lat + high)
    one, other = shapely.STRtree(boxes).query(boxes, predicate="intersects")
    foreign = country[one] != country[other]
    return fine[np.isin(spot_of.ravel(), one[foreign])]


def _overlapping(facts: Facts, rows: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Pair the incidents whose possible days overlap or follow each other, a chunk at a time."""
    rows = rows[np.argsort(facts.first[rows], kind="stable")]
    first, last = facts.first[rows], facts.last[rows]
    counts = np.searchsorted(first, last + 1, side="right") - np.arange(len(rows)) - 1
    counts = np.maximum(counts, 0)
    ends = np.cumsum(counts)
    start = 0
    while start < len(rows):
        done = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, done + CHUNK, side="right")), start + 1)
        here = np.repeat(np.arange(start, stop), counts[start:stop])
        offset = np.arange(len(here)) - np.repeat(ends[start:stop] - counts[start:stop] - done, counts[start:stop])
        yield rows[here], rows[here + 1 + offset]
        start = stop


def explain_merges(incidents: Iterable[Incident]) -> pd.DataFrame:
    """Give account of merging: every pair that was made one, and what spoke for it.

    Returns:
        One row per pair of merged incidents: `incident_id` of the merged row, `one` and `other`
        (ids before merging), `score`, and a column per component with its level.
    """
    rows = []
    for group in group_incidents(incidents):
        for n, one in enumerate(group):
            for other in group[n + 1 :]:
                told = explain(one, other)
                score = sum(gain for _, gain in told.values())
                pair = {"incident_id": group[0].incident_id, "one": one.incident_id, "other": other.incident_id}
                rows.append(pair | {"score": score} | {name: level for name, (level, _) in told.items()})
    return pd.DataFrame(rows)
