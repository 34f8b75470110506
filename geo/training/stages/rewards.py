"""Say how much the incidents that were read from a report are worth, by the scorers of the sets.

What is right counts twice, what is shown counts against it, as in an F1 that is to be raised from where it stands: so
the worths of many reports may be added up. An incident counts by how surely it is shown, so that a change of its
confidence is felt before it crosses the line.
"""

import math
from collections.abc import Sequence
from typing import Any, Final

from geo.extraction.drafts import IncidentDraft
from geo.extraction.pipeline import LEAST_CONFIDENCE
from geo.incident import Incident
from geo.memo import Memo
from geo.training import sets
from geo.training.stages import confidence
from geo.training.stages.pairing import keys_of

# The figures of MUC: how much each is wanted, and where its F1 stands.
_WANTED: Final = {"detected": (0.3, 0.82), "incident": (0.3, 0.70), "named": (1.0, 0.61), "full": (0.4, 0.48)}
_LEVEL: Final = 0.78  # where the F1 of the articles stands
_ARTICLES: Final = 1.5  # how much an article counts
_SOFT: Final = 0.05  # the confidence within which an incident comes to be shown
_UNSEEN: Final = 0.06  # what is less likely than this is never shown
# By set: how much a report counts, and what an incident shown costs, where one that is right counts 2. Reports of
# case2021 have more than the one incident of the key.
_WEIGHTS: Final = {"case2021": (0.8, 0.1)}


def has_key(name: str, report: str) -> bool:
    """Say whether a report can distinguish good readings from bad."""
    return bool(keys_of(name)[report])


def worth(
    name: str, report: str, incidents: Sequence[Incident], confidences: Sequence[float], drafts: Sequence[IncidentDraft]
) -> float:
    """Say how much the incidents read from a report are worth.

    Args:
        name: The set.
        report: The report's id.
        incidents: Those read from it, shown or not.
        confidences: How sure each is, with what others lend it.
        drafts: What they were made from.
    """
    shares = [1 / (1 + math.exp((LEAST_CONFIDENCE - value) / _SOFT)) for value in confidences]
    if name == "muc":
        hidden = [value < _UNSEEN or one.status == "denied" for one, value in zip(incidents, confidences, strict=True)]
        known = [n for n, one in enumerate(incidents) if not hidden[n] and _types(one)]
        return _worth_of_muc(report, [incidents[n] for n in known], [shares[n] for n in known])
    if name == "articles":
        return _worth_of_article(report, incidents, shares)
    marks = confidence.judge_other(report, list(incidents), list(drafts), keys_of(name))
    right = max((share for (mark, _), share in zip(marks, shares, strict=True) if mark), default=0.0)
    weight, cost = _WEIGHTS[name]
    return weight * (2 * right - cost * sum(shares))


def _worth_of_article(report: str, incidents: Sequence[Incident], shares: Sequence[float]) -> float:
    """Say what the incidents of an article are worth: found, found without a fault, and nothing unexplained."""
    shown = [sets.geojson(one) for one in incidents]
    share_of = {id(one): share for one, share in zip(shown, shares, strict=True)}
    outcome = sets.scorer("articles").judge(confidence.articles()[report], shown, sets.wrong_slots())
    found = sum(share_of[id(one)] * (2 + 1 / (1 + len(wrong)) - _LEVEL) for one, wrong in outcome.pairs.values())
    return _ARTICLES * float(found - _LEVEL * sum(share_of[id(one)] for one in outcome.unexplained))


def _types(incident: Incident) -> dict[str, float]:
    found: dict[str, float] = sets.scorer("muc").muc_types(
        {"sub_event_type": incident.sub_event_type, "event_type": incident.event_type}
    )
    return found


def _worth_of_muc(report: str, incidents: Sequence[Incident], shares: Sequence[float]) -> float:
    scorer = sets.scorer("muc")
    grid = [[_COMPARED[one, report, n] for n in range(len(keys_of("muc")[report]))] for one in incidents]
    chosen = scorer.assign([[pair.weight if pair else 0.0 for pair in line] for line in grid])
    pairs = [(grid[row][column], shares[row]) for row, column in chosen if grid[row][column]]
    paired = {row for row, column in chosen if grid[row][column]}
    answered = sum(
        share
        for row, (one, share) in enumerate(zip(incidents, shares, strict=True))
        if row in paired or one.event_type != "Battles"
    )
    total = 0.0
    for name, (wanted, level) in _WANTED.items():
        good = [(pair, share) for pair, share in pairs if scorer.RIGHT[name](pair)]
        extra = sum(share for pair, share in good if pair.key.get("optional"))
        total += wanted * (2 * sum(share for _, share in good) - level * (answered + extra))
    return total


def _compare(asked: tuple[Incident, str, int]) -> Any:
    incident, report, key = asked
    return sets.scorer("muc").compare(sets.feature(incident), keys_of("muc")[report][key])


_COMPARED: Final = Memo(_compare, most=4096)
