"""Learn which incidents are right: data/models/confidence_weights.csv.

    python -m geo.training.stages.confidence [--write]

An incident is right when its set's scorer pairs it with one of the key and finds type, day, country and, where the
key names them, one of those concerned. Combat in MUC, which its keys leave out, is neither right nor wrong.
Types and confidence are both learned without the fold that they are then held against.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.extraction.annotations import AnnotatedReport, annotate
from geo.extraction.confidence import RIGHT, TABLE, estimate_confidence, features_of_draft
from geo.extraction.drafts import IncidentDraft
from geo.extraction.linear_model import LinearModel, make_model, override_models
from geo.extraction.pipeline import assemble, draft_incidents
from geo.incident import Incident
from geo.resources import data_path
from geo.training import cross_fitting, linear_fit, sets
from geo.training.stages import event_type

__all__ = ["TABLE"]

SETS = ("muc", "case2021", "case2021other", "insecurity", "seeds")
WRONG = "wrong"
STAGES: tuple[Any, ...] = (event_type,)  # what the features rest on
PENALTY = 6.0
NOTE = """How much each observation speaks for an incident being right. Made by geo/training/stages/confidence.py
from the sets muc, case2021, case2021other and insecurity, and the project's seeds."""


@dataclass
class Case:
    """One incident of a report, what was observed of it, and whether it is right."""

    set: str
    report: str
    draft: IncidentDraft
    features: dict[str, float]
    right: bool | None  # None: nobody can say
    weight: float
    confidence: float = 0.0  # by a model that has not seen the report


def neutral() -> LinearModel:
    """A model that is sure of nothing: for assembling before there is one."""
    return make_model((RIGHT, WRONG), {})


def is_combat(draft: IncidentDraft) -> bool:
    """Say whether those struck are armed, all of them: MUC's keys leave such incidents out."""
    kinds = {
        participant.kind for mention in draft.cluster.mentions for participant in mention.patients if participant.kind
    }
    return bool(kinds) and kinds <= {"state", "rebel", "militia"}


def judge_muc(
    report: str, found: list[Incident], drafts: list[IncidentDraft], keys: dict[str, list[dict[str, Any]]]
) -> list[tuple[bool | None, float]]:
    scorer = sets.scorer("muc")
    features = sets.features(found)
    scored = [f for f in features if f["status"] != "denied" and scorer.muc_types(f)]
    pairs = {id(pair.feature): pair for pair in scorer.align(scored, keys[report])}
    marks: list[tuple[bool | None, float]] = []
    for feature, draft in zip(features, drafts, strict=True):
        pair = pairs.get(id(feature))
        if pair:
            marks.append((pair.named, 1.0))
        elif not any(feature is one for one in scored) or feature["event_type"] == "Battles" or is_combat(draft):
            marks.append((None, 0.0))
        else:
            marks.append((False, 1.0 if keys[report] else 0.35))
    return marks


def judge_other(
    report: str, found: list[Incident], _: list[IncidentDraft], keys: dict[str, list[dict[str, Any]]]
) -> list[tuple[bool | None, float]]:
    if not keys[report]:
        return [(False, 6.0) for _ in found]
    scorer = sets.scorer("incidents")
    features = sets.features(found)
    key = keys[report][0]
    if key.get("event_date") is None:
        marks = [key["sub_event_type"] == f["sub_event_type"] for f in features]
        return [(True, 0.8) if mark else ((None, 0.0) if any(marks) else (False, 0.4)) for mark in marks]
    marks = [
        scorer.near_day(f, key)
        and ("country" not in key or scorer.country_agrees(f, key))
        and (key.get("sub_event_type") in (None, f["sub_event_type"]))
        for f in features
    ]
    return [(True, 0.15) if mark else ((None, 0.0) if any(marks) else (False, 0.15)) for mark in marks]


def judge_seeds(
    report: str, found: list[Incident], _: list[IncidentDraft], keys: dict[str, list[dict[str, Any]]]
) -> list[tuple[bool | None, float]]:
    return [(any(_is_seed(incident, key) for key in keys[report]), 1.5) for incident in found]


def _is_seed(found: Incident, key: dict[str, Any]) -> bool:
    """Say whether an incident is one that the seeds' key expects: type, day and place."""
    kind = found.sub_event_type in {key["sub_event_type"], *key["also_right"]}
    near = sets.is_near(key, found.lon, found.lat, found.country_code or "", found.uncertainty_m or 0.0)
    return kind and near and sets.in_days(key, found.date_start, found.date_end)


JUDGES = {"muc": judge_muc, "seeds": judge_seeds}


@cache
def _keys(name: str) -> dict[str, list[dict[str, Any]]]:
    return {key["id"]: key["incidents"] for key in sets.keys(name)}


def examples(name: str, annotated: AnnotatedReport) -> list[Case]:
    if name not in SETS:
        return []
    report = annotated.report.id
    drafts = draft_incidents(annotated)
    with override_models({TABLE: neutral()}):
        incidents = [assemble(draft) for draft in drafts]
    marks = JUDGES.get(name, judge_other)(report, incidents, drafts, _keys(name))
    return [
        Case(name, report, draft, features_of_draft(draft), right, weight)
        for draft, (right, weight) in zip(drafts, marks, strict=True)
    ]


def learn(some: Sequence[Case]) -> LinearModel:
    known = [case for case in some if case.right is not None]
    return linear_fit.fit(
        [case.features for case in known],
        [RIGHT if case.right else WRONG for case in known],
        groups=[case.report for case in known],
        weights=[case.weight for case in known],
        penalty=PENALTY,
        least_groups=8,
    )


def main() -> None:
    names = sorted({*SETS, *event_type.SETS})
    readings = {name: [annotate(report) for report in sets.reports(name)] for name in names}
    stage: Any = sys.modules[__name__]
    fitted = cross_fitting.cross_fit([*STAGES, stage], readings)
    everything: list[Case] = fitted.examples[TABLE]
    for case in everything:
        with fitted.unseen(case.set, case.report):
            case.confidence = estimate_confidence(case.draft)
    print_curve([case for case in everything if case.right is not None])
    if "--write" in sys.argv:
        linear_fit.write(learn(everything), data_path(TABLE), NOTE)


def print_curve(known: list[Case]) -> None:
    """Print how many of the incidents of each confidence are right."""
    for low in [i / 10 for i in range(10)]:
        inside = [case for case in known if low <= case.confidence < low + 0.1]
        weight = sum(case.weight for case in inside)
        if weight:
            share = sum(case.weight for case in inside if case.right) / weight
            print(f"confidence {low:.1f}..{low + 0.1:.1f}: {len(inside):5} incidents, {100 * share:5.1f} % right")


if __name__ == "__main__":
    main()
