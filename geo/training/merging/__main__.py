"""Measure how well incidents of different reports are made one.

    python -m geo.training.merging [--least 0.5] [--errors]

The incidents are those that geo extracts. Scored are those that the set's own scorer pairs with an incident of its key
(in MUC with one of those concerned right), so the figures show how well is merged what was read well enough; all
others are merged along with them, as they would be. Nothing is learned from these sets; five folds, by event, show
how far the figures scatter.
"""

import argparse
import hashlib
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

from geo.extraction.pipeline import LEAST_CONFIDENCE
from geo.incident import Incident
from geo.incidents.extracting import divide
from geo.incidents.merging.facts import gather_facts
from geo.incidents.merging.merging_points import merging_points
from geo.incidents.merging.month_blocks import blocks_of
from geo.incidents.merging.pipeline import group_incidents
from geo.incidents.reports.reading import read_incidents
from geo.training import sets
from geo.training.merging.labelled import OPEN, LabelledIncident, label
from geo.training.merging.scores import Scores, score

SETS = ("articles", "articles dev", "muc")
FOLDS = 5
VERDICTS = (5.0, 5.5, 6.0, 6.5, 7.0, 7.5, 8.0)
PRECISION = 0.97  # of merged pairs: a wrong merge hides an incident


def labelled_incidents(least: float) -> list[LabelledIncident]:
    """Extract all sets and label what was found, from a confidence on."""
    found = {
        name: {report: divide(incidents, least)[0] for report, incidents in read_incidents(sets.reports(name))}
        for name in SETS
    }
    return label(found)


def merged(incidents: Sequence[Incident], verdict: float | None = None) -> dict[str, int]:
    """Number the cluster of each incident.

    Args:
        incidents: Of all reports.
        verdict: From how many points on two are one; those of the table without it.
    """
    table = merging_points()["verdict"]
    kept = table["same"]
    table["same"] = kept if verdict is None else verdict
    try:
        return {one.incident_id: n for n, group in enumerate(group_incidents(incidents)) for one in group}
    finally:
        table["same"] = kept


def by_folds(known: Sequence[LabelledIncident], clusters: Mapping[float, Mapping[str, int]]) -> Scores:
    """Score every fifth of the events with the verdict that the others choose.

    Args:
        known: Incidents whose event is known.
        clusters: Verdict -> incident -> number of its cluster.
    """
    chosen: list[Hashable] = []
    events: list[str] = []
    for fold in range(FOLDS):
        some = of_fold(known, fold)
        rest = [one for one in known if one not in some]
        verdict = next((v for v in VERDICTS if score_of(rest, clusters[v]).pair_precision >= PRECISION), VERDICTS[-1])
        print(describe(f"  fold {fold + 1}, from {verdict:g} points", score_of(some, clusters[verdict])))
        # A cluster of one fold is none of another's, which may have been clustered otherwise.
        chosen += [(fold, clusters[verdict][one.incident.incident_id]) for one in some]
        events += [one.event for one in some]
    return score(chosen, events)


def score_of(known: Sequence[LabelledIncident], cluster: Mapping[str, int]) -> Scores:
    """Score the clusters of some incidents."""
    return score([cluster[one.incident.incident_id] for one in known], [one.event for one in known])


def by_block(incidents: Sequence[Incident]) -> dict[str, int]:
    """Number a block of each incident: what merging all that meets in a month would give."""
    ordered = sorted(incidents, key=lambda incident: incident.incident_id)
    block = {}
    for number, rows in blocks_of(gather_facts(ordered)):
        block.update({ordered[row].incident_id: number for row in rows.tolist()})
    return block


def of_fold(labelled: Sequence[LabelledIncident], fold: int) -> list[LabelledIncident]:
    """Take the incidents of a fifth of the events."""
    return [t for t in labelled if int(hashlib.sha256(t.event.encode()).hexdigest(), 16) % FOLDS == fold]


def describe(name: str, scores: Scores) -> str:
    """Write scores in a line."""
    return (
        f"{name:28} B3 P {100 * scores.precision:5.1f}  R {100 * scores.recall:5.1f}  F1 {100 * scores.f1:5.1f}   pairs: "
        f"precision {100 * scores.pair_precision:5.1f} ({scores.merged - scores.wrong} of {scores.merged}), "
        f"recall {100 * scores.pair_recall:5.1f} ({scores.missed} missed)"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure how well incidents of different reports are made one.")
    parser.add_argument("--least", type=float, default=LEAST_CONFIDENCE, help="least confidence of incidents")
    parser.add_argument("--errors", action="store_true", help="list the pairs that were merged wrongly")
    options = parser.parse_args()
    labelled = labelled_incidents(options.least)
    cluster = merged([one.incident for one in labelled])
    known = [one for one in labelled if one.event != OPEN]
    events = [one.event for one in known]
    several = {event for event in events if events.count(event) > 1}
    print(f"{len(known)} incidents of {len(set(events))} events, {len(several)} of them in several reports")
    ways: dict[str, dict[str, int]] = {
        "floor: nothing merged": {one.incident.incident_id: n for n, one in enumerate(known)},
        "floor: a month is one": by_block([one.incident for one in labelled]),
        "geo": cluster,
    }
    for name, numbers in ways.items():
        print(describe(name, score([numbers[one.incident.incident_id] for one in known], events)))
    clusters = {verdict: merged([one.incident for one in labelled], verdict) for verdict in VERDICTS}
    for verdict, numbers in clusters.items():
        print(describe(f"  from {verdict:g} points", score_of(known, numbers)))
    print(describe("five folds, verdict chosen", by_folds(known, clusters)))
    if options.errors:
        for one, other in combinations(known, 2):
            same = cluster[one.incident.incident_id] == cluster[other.incident.incident_id]
            if same and one.event != other.event:
                print(f"{one.event} / {other.event}: {one.incident.actor2} / {other.incident.actor2}")


if __name__ == "__main__":
    main()
