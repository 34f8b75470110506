"""Learn whom an incident befell: data/models/victim_weights.csv.

A stage of accuracy.py. Each noun phrase of the sentences that mention an incident is an example; it is a victim when
it holds half the words, or more, of a target that the key of the incident's pair names. Incidents of which no phrase
is one teach nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments import victims
from geo.extraction.arguments.victim_candidates import list_victim_candidates
from geo.extraction.linear_model import LinearModel, make_model, override_models
from geo.extraction.pipeline import assemble
from geo.training import linear_fit, sets
from geo.training.cross_fitting import Drafted

TABLE: Final = victims.TABLE
NOTE: Final = """How much each feature speaks for somebody, or something, being the victim of an incident.
Made by geo/training/stages/victims.py, as a stage of accuracy.py, from the set muc."""
OTHER: Final = "other"
PENALTY: Final = 5.0
LEAST_REPORTS: Final = 4


@dataclass
class Example:
    """A noun phrase of an incident's sentences."""

    set: str
    report: str
    features: Mapping[str, float]
    label: str


@cache
def _keys() -> dict[str, list[dict[str, Any]]]:
    return {key["id"]: key["incidents"] for key in sets.keys("muc")}


def examples(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    """Take the noun phrases of the incidents that pair with one of MUC's key."""
    keys = _keys().get(annotated.report.id, []) if name == "muc" else []
    if not keys:
        return []
    scorer = sets.scorer("muc")
    drafts = drafted()
    with override_models({TABLE: make_model((OTHER, victims.VICTIM), {})}):
        features = sets.features([assemble(draft, 0.0) for draft in drafts])
    group_of = {id(feature): draft.cluster for feature, draft in zip(features, drafts, strict=True)}
    scored = [f for f in features if f["status"] != "denied" and scorer.muc_types(f)]
    found: list[Example] = []
    for pair in scorer.align(scored, keys):
        targets = [words for target in pair.key.get("targets", []) if (words := scorer.stem(target))]
        candidates = list_victim_candidates(annotated, group_of[id(pair.feature)])
        right = [any(2 * len(words & scorer.stem(one.name)) >= len(words) for words in targets) for one in candidates]
        if any(right):
            found += [
                Example(
                    name, annotated.report.id, dict.fromkeys(one.features, 1.0), victims.VICTIM if is_right else OTHER
                )
                for one, is_right in zip(candidates, right, strict=True)
            ]
    return found


def learn(some: Sequence[Example]) -> LinearModel:
    """Learn how to tell victims."""
    return linear_fit.fit(
        [one.features for one in some],
        [one.label for one in some],
        groups=[one.report for one in some],
        least_groups=LEAST_REPORTS,
        penalty=PENALTY,
    )
