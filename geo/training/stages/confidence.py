"""Learn which incidents are right: data/models/confidence_weights.csv.

An incident is right when its set's scorer pairs it with one of the key and finds type, day, country and, where the
key names them, one of those concerned. Combat in MUC, which its keys leave out, is neither right nor wrong.
Types and confidence are both learned without the fold that they are then held against.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.confidence import RIGHT, TABLE, TOPICAL, features_of_draft
from geo.extraction.drafts import IncidentDraft
from geo.extraction.language.topics import APART
from geo.extraction.linear_model import LinearModel, make_model, override_models
from geo.extraction.pipeline import assemble
from geo.incident import Incident
from geo.training import linear_fit, sets
from geo.training.cross_fitting import Drafted
from geo.training.stages.pairing import keys_of

__all__ = ["TABLE"]

SETS = (
    "muc",
    "case2021",
    "case2021other",
    "insecurity",
    "seeds",
    "articles",
    "articles dev",
    *sets.OWN_TABLES,
    sets.CAPITALS,
)
WRONG = "wrong"
# How much an incident counts. The articles are what people have; the short reports hold one incident each, mostly right.
ARTICLES, PHRASES, SHORT, MUC, CASE, OTHER, INSECURITY, SEEDS = 3.0, 3.0, 1.5, 1.0, 1.5, 4.5, 0.2, 1.5
IN_CAPITALS = 0.3  # of its weight, where the text in capitals is one that is there already
PENALTY = 60.0
# By what a feature's name begins with; what holds for all topics that are apart from violence comes first.
PENALTIES = {f"{where}{APART}": 4.0 for where in TOPICAL} | dict.fromkeys(TOPICAL, 10.0)
NOTE = """How much each observation speaks for an incident being right. Made by geo/training/stages/confidence.py
from the articles for training, the sets muc, case2021, case2021other and insecurity, the project's seeds, phrases and short reports."""


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
            marks.append((pair.named, MUC))
        elif not any(feature is one for one in scored) or feature["event_type"] == "Battles" or is_combat(draft):
            marks.append((None, 0.0))
        else:
            marks.append((False, MUC if keys[report] else 0.35 * MUC))
    return marks


def judge_other(
    report: str, found: list[Incident], _: list[IncidentDraft], keys: dict[str, list[dict[str, Any]]]
) -> list[tuple[bool | None, float]]:
    if not keys[report]:
        return [(False, OTHER) for _ in found]
    scorer = sets.scorer("incidents")
    features = sets.features(found)
    key = keys[report][0]
    if key.get("event_date") is None:
        marks = [key["sub_event_type"] == f["sub_event_type"] for f in features]
        return [(True, 0.8 * CASE) if mark else ((None, 0.0) if any(marks) else (False, 0.4 * CASE)) for mark in marks]
    marks = [
        scorer.near_day(f, key)
        and ("country" not in key or scorer.country_agrees(f, key))
        and (key.get("sub_event_type") in (None, f["sub_event_type"]))
        for f in features
    ]
    return [(True, INSECURITY) if mark else ((None, 0.0) if any(marks) else (False, INSECURITY)) for mark in marks]


def judge_seeds(
    report: str, found: list[Incident], _: list[IncidentDraft], keys: dict[str, list[dict[str, Any]]]
) -> list[tuple[bool | None, float]]:
    return [(any(_is_seed(incident, key) for key in keys[report]), SEEDS) for incident in found]


def _is_seed(found: Incident, key: dict[str, Any]) -> bool:
    """Say whether an incident is one that the seeds' key expects: type, day and place."""
    kind = found.sub_event_type in {key["sub_event_type"], *key["also_right"]}
    near = sets.is_near(key, found.lon, found.lat, found.country_code or "", found.uncertainty_m or 0.0)
    return kind and near and sets.in_days(key, found.date_start, found.date_end)


def judge_articles(
    report: str, found: list[Incident], _: list[IncidentDraft], _keys: dict[str, list[dict[str, Any]]]
) -> list[tuple[bool | None, float]]:
    """Take those for right that the scorer pairs with one of the key; those that it excuses say nothing."""
    key = articles()[report]
    shown = [sets.geojson(one) for one in found]
    outcome = sets.scorer("articles").judge(key, shown, sets.wrong_slots())
    paired = {id(feature) for feature, _ in outcome.pairs.values()}
    wrong = {id(feature) for feature in outcome.unexplained}
    return [
        (True, ARTICLES) if id(one) in paired else (False, ARTICLES) if id(one) in wrong else (None, 0.0)
        for one in shown
    ]


@cache
def articles() -> dict[str, dict[str, Any]]:
    """Give the keys of all articles by id."""
    return {key["id"]: key for name in sets.SPLITS for key in sets.keys(name)}


def judge_capitals(
    report: str, found: list[Incident], drafts: list[IncidentDraft], keys: dict[str, list[dict[str, Any]]]
) -> list[tuple[bool | None, float]]:
    judge = judge_articles if report in articles() else judge_seeds
    return [(mark, IN_CAPITALS * weight) for mark, weight in judge(report, found, drafts, keys)]


def judge_phrases(
    report: str, found: list[Incident], _: list[IncidentDraft], keys: dict[str, list[dict[str, Any]]]
) -> list[tuple[bool | None, float]]:
    label, weight = keys[report][0]["sub_event_type"], SHORT if report.startswith("short") else PHRASES
    marks = [one.sub_event_type == label for one in found]
    return [(mark, weight) if mark or not any(marks) else (None, 0.0) for mark in marks]


def judge_nothing(
    _report: str, found: list[Incident], _: list[IncidentDraft], _keys: dict[str, list[dict[str, Any]]]
) -> list[tuple[bool | None, float]]:
    """Learn nothing from these."""
    return [(None, 0.0) for _ in found]


JUDGES = {
    "articles dev": judge_nothing,
    "muc": judge_muc,
    "seeds": judge_seeds,
    "articles": judge_articles,
    sets.CAPITALS: judge_capitals,
    **dict.fromkeys(sets.OWN_TABLES, judge_phrases),
}


def examples(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Case]:
    if name not in SETS:
        return []
    report = annotated.report.id
    drafts = drafted()
    with override_models({TABLE: neutral()}):
        incidents = [assemble(draft, 0.0) for draft in drafts]
    marks = JUDGES.get(name, judge_other)(report, incidents, drafts, keys_of(name))
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
        penalties=PENALTIES,
        least_groups=8,
    )


def print_curve(known: list[Case]) -> None:
    """Print how many of the incidents of each confidence are right."""
    for low in [i / 10 for i in range(10)]:
        inside = [case for case in known if low <= case.confidence < low + 0.1]
        weight = sum(case.weight for case in inside)
        if weight:
            share = sum(case.weight for case in inside if case.right) / weight
            print(f"confidence {low:.1f}..{low + 0.1:.1f}: {len(inside):5} incidents, {100 * share:5.1f} % right")
