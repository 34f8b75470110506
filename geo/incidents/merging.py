"""Find the incidents that several reports describe, and make one row of each.

`blocking` finds the pairs worth comparing, `comparing` scores them, `clustering` joins them,
best matches first, and groups grow only while their members do not contradict each other.
Two incidents of one report are never made one, not even by way of a third report. The
order in which reports come changes nothing.
"""

from collections.abc import Iterable
from dataclasses import fields
from itertools import chain
from typing import Final

import numpy as np
import pandas as pd

from geo.incident import Incident
from geo.incidents.blocking import candidate_pairs
from geo.incidents.clustering import Clustering
from geo.incidents.combining import combine, rewrite_links
from geo.incidents.comparing import Facts, Pairs, Rows, explain, gather_facts, points, score_pairs

MOST_EXPLAINED: Final = 50


def merge_incidents(incidents: Iterable[Incident]) -> list[Incident]:
    """Make one incident of those that several reports describe.

    Args:
        incidents: As the extraction makes them, report by report, ids unique.

    Returns:
        The merged incidents by first day, then id. Each has the reports and the evidence of
        all its accounts; `in_response_to` names merged incidents.
    """
    groups = group_incidents(incidents)
    return rewrite_links([(combine(group), [member.incident_id for member in group]) for group in groups])


def group_incidents(incidents: Iterable[Incident]) -> list[list[Incident]]:
    """Say which incidents are one: a partition of them, groups and members sorted by id."""
    told = sorted(incidents, key=lambda incident: incident.incident_id)
    if not told:
        return []
    every = gather_facts(told)
    account_of, first = number_accounts(every)
    facts = every.take(first)
    weight = np.bincount(account_of)
    pairs = likely_pairs(facts, weight)
    clustering = Clustering(facts, every.reports, account_of.tolist(), pairs)
    return [[told[row] for row in rows] for rows in clustering.run()]


def number_accounts(facts: Facts) -> tuple[Rows, Rows]:
    """Number the distinct accounts: incidents that agree in every fact, whatever their reports.

    Returns:
        The account of every incident, in the order of the first that gives it; the first incident
        of every account.
    """
    columns = pd.DataFrame({str(n): column for n, column in enumerate(facts.columns())})
    numbers = columns.groupby(list(columns), sort=False, dropna=False).ngroup().to_numpy(np.int64)
    first: Rows = np.unique(numbers, return_index=True)[1].astype(np.int64)
    return numbers.astype(np.int64), first


def likely_pairs(facts: Facts, weight: Rows) -> Pairs:
    """Find the pairs of accounts, i <= j, of which enough says that they are one incident.

    Args:
        facts: One row per account.
        weight: How many incidents give each account. Only one that several give is paired with itself.
    """
    repeated = np.flatnonzero(weight > 1)
    enough = points()["verdict"]["same"]
    found = []
    for i, j in chain([(repeated, repeated)], candidate_pairs(facts, weight)):
        pairs = score_pairs(facts, i, j)
        found.append(pairs.keep(np.flatnonzero(pairs.score >= enough)))
    names = [entry.name for entry in fields(Pairs)]
    pairs = Pairs(*(np.concatenate([getattr(p, name) for p in found]) for name in names))
    _, first = np.unique(pairs.i * len(facts.ids) + pairs.j, return_index=True)
    return pairs.keep(first)


def explain_merges(incidents: Iterable[Incident]) -> pd.DataFrame:
    """Explain merging: every pair that was made one, and what spoke for it.

    Returns:
        One row per pair of merged incidents: `incident_id` of the merged row, `one` and `other`
        (ids before merging), `score`, and a column per component with its level. In a group of more
        than `MOST_EXPLAINED`, each member stands beside the first one only.
    """
    rows = []
    for group in group_incidents(incidents):
        for n, one in enumerate(group if len(group) <= MOST_EXPLAINED else group[:1]):
            for other in group[n + 1 :]:
                told = explain(one, other)
                score = sum(gain for _, gain in told.values())
                pair = {"incident_id": group[0].incident_id, "one": one.incident_id, "other": other.incident_id}
                rows.append(pair | {"score": score} | {name: level for name, (level, _) in told.items()})
    return pd.DataFrame(rows)
