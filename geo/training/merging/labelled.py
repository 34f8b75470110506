"""Say of extracted incidents which event they describe, by way of the evaluation sets' keys."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.incident import Incident
from geo.training import sets
from geo.training.stages.confidence import articles

EVENTS = Path(__file__).with_name("events.csv")
OPEN = "open"
_DISTINCTIVE = 2  # words that two names share
MUC_PREFIX = "DEV-MUC3-"


@dataclass(frozen=True, slots=True)
class LabelledIncident:
    """An incident of a report and the event that it describes; `OPEN` when nobody can say."""

    incident: Incident
    event: str


@cache
def events() -> dict[tuple[str, str, str], str]:
    """Read the labels: set, report and number or name of the key -> event."""
    found = {}
    with EVENTS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            for member in row["members"].split():
                report, _, key = member.rpartition(":")
                report = MUC_PREFIX + report if row["set"] == "muc" else report
                found[row["set"], report, key] = row["event"]
    return found


def label(found: Mapping[str, Mapping[str, Sequence[Incident]]]) -> list[LabelledIncident]:
    """Label the incidents of all reports, set by set; open is what no key is paired with, and what mixes two keys.

    Args:
        found: Set -> report -> its incidents.
    """
    known = events()
    labelled = []
    for name, by_report in found.items():
        of_set = name.partition(" ")[0]
        for report, incidents in by_report.items():
            keys = dict(_PAIRED[of_set](report, incidents))
            keys = {n: key for n, key in keys.items() if of_set != "muc" or not _is_mixed(report, incidents[n], key)}
            for n, incident in enumerate(incidents):
                own = f"{of_set}:{report}:{keys[n]}" if n in keys else OPEN
                labelled.append(LabelledIncident(incident, known.get((of_set, report, keys.get(n, "")), own)))
    return labelled


def _muc(report: str, incidents: Sequence[Incident]) -> Iterator[tuple[int, str]]:
    """Pair with the keys of MUC; only what names one of those concerned, since the place may have been guessed."""
    scorer = sets.scorer("muc")
    features = sets.features(incidents)
    scored = [f for f in features if f["status"] != "denied" and scorer.muc_types(f)]
    number = {id(feature): n for n, feature in enumerate(features)}
    for pair in scorer.align(scored, _muc_keys()[report]):
        if pair.named:
            yield number[id(pair.feature)], str(pair.key["n"])


def _is_mixed(report: str, incident: Incident, own: str) -> bool:
    """Return whether an incident names victims of another key of its report too: whichever it is merged with is half right.

    One word in common ("police") says nothing; two, and half of those of the key, do.
    """
    stem, keys = sets.scorer("muc").stem, _muc_keys()[report]
    event = {str(key["n"]): events().get(("muc", report, str(key["n"])), key["n"]) for key in keys}
    mine = {target for key in keys if event[str(key["n"])] == event[own] for target in key.get("targets", ())}
    said = stem(incident.actor2 or "")
    others = {target for key in keys for target in key.get("targets", ())} - mine
    return any(len(words & said) >= max(_DISTINCTIVE, len(words) / 2) for words in map(stem, others))


@cache
def _muc_keys() -> dict[str, list[dict[str, Any]]]:
    return {key["id"]: key["incidents"] for key in sets.keys("muc")}


def _articles(report: str, incidents: Sequence[Incident]) -> Iterator[tuple[int, str]]:
    features = [sets.geojson(incident) for incident in incidents]
    number = {id(feature): n for n, feature in enumerate(features)}
    outcome = sets.scorer("articles").judge(articles()[report], features, sets.wrong_slots())
    for key, (feature, _) in outcome.pairs.items():
        yield number[id(feature)], str(key)


_PAIRED = {"muc": _muc, "articles": _articles}
