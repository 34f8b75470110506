"""Find the incidents that several reports describe, and make one row of each.

`month_blocks` finds the pairs worth comparing, `pair_scores` scores them, `clustering` joins them,
best matches first, and groups grow only while their members do not contradict each other.
Two incidents of one report are never made one, not even by way of a third report. The
order in which reports come changes nothing.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from geo.collecting import collection_paused
from geo.incident import Incident
from geo.incidents.merging.clustering import Clustering
from geo.incidents.merging.combining import combine, rewrite_links
from geo.incidents.merging.facts import Facts, gather_facts
from geo.incidents.merging.month_blocks import blocks_of, find_pairs, join_pairs, number_accounts
from geo.incidents.merging.pair_scores import Pairs, explain

MOST_EXPLAINED: Final = 50


def merge_incidents(incidents: Iterable[Incident]) -> list[Incident]:
    """Make one incident of those that several reports describe.

    Args:
        incidents: As the extraction makes them, report by report, ids unique.

    Returns:
        The merged incidents by first day, then id. Each has the reports and the evidence of
        all its accounts; `in_response_to` names merged incidents.
    """
    with collection_paused():
        groups = group_incidents(incidents)
        return rewrite_links([(combine(group), [member.incident_id for member in group]) for group in groups])


def group_incidents(incidents: Iterable[Incident]) -> list[list[Incident]]:
    """Say which incidents are one: a partition of them, groups and members sorted by id."""
    ordered = sorted(incidents, key=lambda incident: incident.incident_id)
    if not ordered:
        return []
    facts = gather_facts(ordered)
    return [[ordered[row] for row in rows] for rows in cluster(facts, likely_pairs(facts))]


def likely_pairs(facts: Facts) -> Pairs:
    """Find the pairs of incidents of which enough says that they are one, block by block.

    Of the incidents that give one and the same account, the first stands for all; with itself it is paired
    when two reports that give this account mean the same.
    """
    account_of, first = number_accounts(facts)
    accounts, weight = facts.take(first), np.bincount(account_of)
    found = [find_pairs(accounts.take(rows), weight[rows], block).renumber(rows) for block, rows in blocks_of(accounts)]
    return join_pairs(found).renumber(first)


def cluster(facts: Facts, pairs: Pairs) -> list[list[int]]:
    """Join what belongs together; gives the rows of each cluster.

    What no pair connects does not look at each other, so parts of a table can be clustered apart.

    Args:
        facts: One row per incident, sorted by id.
        pairs: As `likely_pairs` finds them.
    """
    account_of, first = number_accounts(facts)
    pairs = replace(pairs, i=account_of[pairs.i], j=account_of[pairs.j])
    return Clustering(facts.take(first), facts.reports, account_of.tolist(), pairs).run()


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
                evidence = explain(one, other)
                score = sum(gain for _, gain in evidence.values())
                pair = {"incident_id": group[0].incident_id, "one": one.incident_id, "other": other.incident_id}
                rows.append(pair | {"score": score} | {name: level for name, (level, _) in evidence.items()})
    return pd.DataFrame(rows)
