"""Learn which of the dates of a report is that of an incident: data/models/event_date_weights.csv.

The scorer of MUC pairs incidents with those of its keys, which know the day; the keys of insecurity have one incident
for a report. Of the dates that may be meant, those are right that the scorer takes for exact; one that it takes for
near counts a little.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments.date_candidates import DateCandidate, list_date_candidates
from geo.extraction.arguments.event_date import CHOSEN, RECENT, TABLE, report_day
from geo.extraction.drafts import IncidentDraft
from geo.extraction.linear_model import BIAS, LinearModel, make_model
from geo.training import sets
from geo.training.cross_fitting import Drafted
from geo.training.stages.pairing import Pair, keys_of, pair_articles, pair_muc

__all__ = ["TABLE"]

SETS = ("muc", "insecurity", "articles")
WEIGHTS = {"muc": 1.0, "insecurity": 0.3, "articles": 2.0}
NEAR = 0.6  # what a date is worth that is near, but not exact
PENALTY = 0.5
LEAST_REPORTS = 8
NOTE = """How much each observation speaks for a date of a report being that of an incident. Made by
geo/training/stages/event_date.py from the articles for training and the sets muc and insecurity; no feature of fewer than eight reports."""


@dataclass
class Example:
    """What may be the days of an incident, and what each is worth."""

    set: str
    report: str
    candidates: list[DateCandidate]
    worth: list[float]
    weight: float


def examples(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    keys = keys_of(name).get(annotated.report.id) if name in SETS else None
    if not keys:
        return []
    drafts = drafted()
    found: list[Example] = []
    for draft, key in PAIRS[name](drafts, keys):
        today = report_day(annotated)
        candidates = list_date_candidates(annotated, draft.cluster, today, today - RECENT if today else None)
        worth = [_worth(name, one.first, one.last, key) for one in candidates]
        if len(set(worth)) > 1:
            found.append(Example(name, annotated.report.id, candidates, worth, WEIGHTS[name]))
    return found


def _pairs_muc(drafts: list[IncidentDraft], keys: list[dict[str, Any]]) -> list[Pair]:
    return [(draft, key) for draft, key in pair_muc(drafts, keys) if key["date"]]


def _only(drafts: list[IncidentDraft], keys: list[dict[str, Any]]) -> list[Pair]:
    """Pair the incident of a report that has no other."""
    return [(drafts[0], keys[0])] if len(drafts) == 1 and keys[0].get("event_date") else []


def _pairs_articles(drafts: list[IncidentDraft], keys: list[dict[str, Any]]) -> list[Pair]:
    return pair_articles(drafts, keys, "date")


PAIRS = {"muc": _pairs_muc, "insecurity": _only, "articles": _pairs_articles}


def _worth(name: str, first: date, last: date, key: dict[str, Any]) -> float:
    if name == "articles":
        begin, end = (date.fromisoformat(day) for day in key["date"])
        return 1.0 if begin <= first and last <= end else NEAR / 2 if first <= end and begin <= last else 0.0
    scorer = sets.scorer("muc" if name == "muc" else "incidents")
    if name == "muc":
        wanted = scorer.key_dates(key)
        exact = scorer.date_agrees((first, last), wanted, 0, scorer.EXACT_WIDER)
        near = scorer.date_agrees((first, last), wanted, scorer.NEAR_DAYS, scorer.NEAR_WIDER)
    else:
        days = {"date_start": first.isoformat(), "date_end": last.isoformat()}
        near = scorer.near_day(days, key)
        exact = near and (not scorer.exact_day(key) or scorer.on_day(0, 2)(days, key))
    return 1.0 if exact else NEAR if near else 0.0


def learn(some: Sequence[Example]) -> LinearModel:
    """Learn weights under which the choice among the candidates is worth most (a conditional logit)."""
    names = [name for name in _names(some) if name != BIAS]
    column = {name: i for i, name in enumerate(names)}
    rows = [[[(column[name], value) for name, value in one.features.items() if name in column] for one in example.candidates]
            for example in some]  # fmt: skip
    blocks = [_block(own, len(names)) for own in rows]
    matrix = np.vstack(blocks)
    starts = np.cumsum([0, *(len(block) for block in blocks)])[:-1]
    worth = np.concatenate([example.worth for example in some])
    weights = np.array([example.weight for example in some])
    lengths = np.array([len(block) for block in blocks])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        sums = matrix @ w
        sums -= np.repeat(np.maximum.reduceat(sums, starts), lengths)
        raised = np.exp(sums)
        p = raised / np.repeat(np.add.reduceat(raised, starts), lengths)
        value = np.add.reduceat(p * worth, starts)
        slope = np.repeat(weights, lengths) * (p - p * worth / np.repeat(value, lengths))
        return (
            float(-(weights * np.log(value)).sum() + 0.5 * PENALTY * (w**2).sum()),
            np.asarray(matrix.T @ slope + PENALTY * w),
        )

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return make_model((CHOSEN,), {name: {CHOSEN: float(found[i])} for name, i in column.items()})


def _names(some: Sequence[Example]) -> list[str]:
    seen: dict[str, set[str]] = {}
    for example in some:
        for one in example.candidates:
            for name in one.features:
                seen.setdefault(name, set()).add(example.report)
    return sorted(name for name, where in seen.items() if len(where) >= LEAST_REPORTS)


def _block(rows: Sequence[Sequence[tuple[int, float]]], width: int) -> NDArray[np.float64]:
    block = np.zeros((len(rows), width))
    for i, row in enumerate(rows):
        for j, value in row:
            block[i, j] = value
    return block
