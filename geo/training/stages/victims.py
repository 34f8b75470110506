"""Learn whom an incident befell: data/models/victim_weights.csv.

A stage of accuracy.py. Each noun phrase of the sentences that mention an incident is an example. In MUC it is a victim
when it holds half the words, or more, of a target that the key of the incident's pair names; in an article, when it has
one of the words that the key wants. Incidents of which no phrase is one teach nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments import victims
from geo.extraction.arguments.victim_candidates import list_victim_candidates
from geo.extraction.drafts import IncidentDraft
from geo.extraction.linear_model import LinearModel, make_model, override_models
from geo.extraction.pipeline import assemble
from geo.training import linear_fit, sets
from geo.training.cross_fitting import Drafted

TABLE: Final = victims.TABLE
NOTE: Final = """How much each feature speaks for somebody, or something, being the victim of an incident.
Made by geo/training/stages/victims.py, as a stage of accuracy.py, from the articles for training, the short reports and the set muc."""
SHORT: Final = "short reports"
SETS: Final = ("muc", "articles", SHORT)
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


def examples(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    """Take the noun phrases of the incidents that pair with one of the key."""
    keys = _keys(name).get(annotated.report.id, []) if name in SETS else []
    if not keys:
        return []
    found: list[Example] = []
    for draft, key in _pairs(name, drafted(), keys):
        candidates = list_victim_candidates(annotated, draft.cluster)
        right = [_is_victim(name, one.name, key) for one in candidates]
        if any(right):
            found += [
                Example(
                    name, annotated.report.id, dict.fromkeys(one.features, 1.0), victims.VICTIM if is_right else OTHER
                )
                for one, is_right in zip(candidates, right, strict=True)
            ]
    return found


@cache
def _keys(name: str) -> dict[str, list[dict[str, Any]]]:
    return {key["id"]: key["incidents"] for key in sets.keys(name)}


def _pairs(
    name: str, drafts: list[IncidentDraft], keys: list[dict[str, Any]]
) -> list[tuple[IncidentDraft, dict[str, Any]]]:
    """Pair the incidents of a report with those of the key."""
    with override_models({TABLE: make_model((OTHER, victims.VICTIM), {})}):
        incidents = [assemble(draft, 0.0) for draft in drafts]
    if name in {"articles", SHORT}:
        own = name == SHORT
        partners = sets.pair_own(incidents, keys[0]) if own else sets.pair_articles(incidents, {"incidents": keys})
        return [(draft, key) for draft, key in zip(drafts, partners, strict=True) if key and key.get("actor2")]
    scorer = sets.scorer("muc")
    features = sets.features(incidents)
    draft_of = {id(feature): draft for feature, draft in zip(features, drafts, strict=True)}
    scored = [f for f in features if f["status"] != "denied" and scorer.muc_types(f)]
    return [(draft_of[id(pair.feature)], pair.key) for pair in scorer.align(scored, keys)]


def _is_victim(name: str, called: str, key: dict[str, Any]) -> bool:
    """Say whether a name is that of one of those whom it befell, by the key."""
    if name == SHORT:
        return sets.holds_half(key["actor2"], called)
    if name == "articles":
        return any(words.lower() in called.lower() for words in key["actor2"])
    scorer = sets.scorer("muc")
    targets = [words for target in key.get("targets", []) if (words := scorer.stem(target))]
    return any(2 * len(words & scorer.stem(called)) >= len(words) for words in targets)


def learn(some: Sequence[Example]) -> LinearModel:
    """Learn how to tell victims."""
    return linear_fit.fit(
        [one.features for one in some],
        [one.label for one in some],
        groups=[one.report for one in some],
        least_groups=LEAST_REPORTS,
        penalty=PENALTY,
    )
