"""Learn who did it: data/models/perpetrator_weights.csv.

A stage of accuracy.py. Everybody whom a report names and who could have done it is an example. In MUC it is a perpetrator
when it is an organisation of the key of the incident's pair, or, where the key has none, when it has half the words of
the key's perpetrators; in insecurity, when it agrees with the key's perpetrator; in an article, when it has one of the
words that the key wants.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments import perpetrator
from geo.extraction.arguments.perpetrator_rules import perpetrator_by_rule
from geo.extraction.drafts import IncidentDraft
from geo.extraction.linear_model import LinearModel, make_model, override_models
from geo.extraction.pipeline import assemble
from geo.training import linear_fit, sets
from geo.training.cross_fitting import Drafted
from geo.vocabulary import EVENT_TYPE_OF

TABLE: Final = perpetrator.TABLE
NOTE: Final = """How much each observation speaks for somebody being who did it.
Made by geo/training/stages/perpetrator.py, as a stage of accuracy.py, from the articles for training, the short reports and the sets muc and insecurity."""
SHORT: Final = "short reports"
SETS: Final = ("muc", "insecurity", "articles", SHORT)
OTHER: Final = "other"
UNKNOWN: Final = "?"
PENALTY: Final = 5.0
LEAST_REPORTS: Final = 5


@dataclass
class Example:
    """Somebody who may have done it."""

    set: str
    report: str
    features: Mapping[str, float]
    label: str


@cache
def _keys(name: str) -> dict[str, list[dict[str, Any]]]:
    return {key["id"]: key["incidents"] for key in sets.keys(name)}


def examples(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    """Take who may have done them from the incidents that pair with one of the key."""
    keys = _keys(name).get(annotated.report.id, []) if name in SETS else []
    if not keys:
        return []
    found: list[Example] = []
    for draft, key in _pairs(name, drafted(), keys):
        location = draft.where.location
        code = location.country_code if location else None
        event_type = EVENT_TYPE_OF[draft.sub_event_type]
        rule = perpetrator_by_rule(annotated, draft.cluster, event_type, draft.companion)
        some = perpetrator.list_perpetrator_candidates(annotated, draft.cluster, code, rule)
        in_full = [perpetrator.name_in_full(annotated, draft.cluster, location, one.name) for one in some]
        right = [is_doer(name, one, key) for one in in_full]
        if any(right) or not _has_organisation(key):  # a key's organisation may be told in words that nothing finds
            found += [
                Example(
                    name,
                    annotated.report.id,
                    dict.fromkeys(one.features, 1.0),
                    perpetrator.PERPETRATOR if is_right else OTHER,
                )
                for one, is_right in zip(some, right, strict=True)
            ]
    return found


def _pairs(
    name: str, drafts: list[IncidentDraft], keys: list[dict[str, Any]]
) -> list[tuple[IncidentDraft, dict[str, Any]]]:
    """Pair the incidents of a report with those of the key."""
    if name == "insecurity":
        return [(drafts[0], keys[0])] if drafts and sets.scorer("incidents").telling_actors(keys[0]) else []
    if name in {"articles", SHORT}:
        with override_models({TABLE: make_model((perpetrator.PERPETRATOR, OTHER), {})}):
            incidents = [assemble(draft, 0.0) for draft in drafts]
        if name == SHORT:
            partners = sets.pair_own(incidents, keys[0])
        else:
            partners = sets.pair_articles(incidents, {"incidents": keys})
        return [(draft, key) for draft, key in zip(drafts, partners, strict=True) if key and key.get("actor1")]
    scorer = sets.scorer("muc")
    with override_models({TABLE: make_model((perpetrator.PERPETRATOR, OTHER), {})}):
        features = sets.features([assemble(draft, 0.0) for draft in drafts])
    draft_of = {id(feature): draft for feature, draft in zip(features, drafts, strict=True)}
    scored = [f for f in features if f["status"] != "denied" and scorer.muc_types(f)]
    return [(draft_of[id(pair.feature)], pair.key) for pair in scorer.align(scored, keys)]


def _has_organisation(key: dict[str, Any]) -> bool:
    return any(names[0] != UNKNOWN for names in key.get("org", []))


def is_doer(name: str, called: str, key: dict[str, Any]) -> bool:
    """Say whether a name is that of one who did it, by the key."""
    if name == "insecurity":
        return bool(sets.scorer("incidents").actor_agrees({"actor1": called, "actor2": None}, key))
    if name == SHORT:
        return sets.holds_half(key["actor1"], called)
    if name == "articles":
        return any(words.lower() in called.lower() for words in key["actor1"])
    scorer = sets.scorer("muc")
    if _has_organisation(key):
        return bool(scorer.org_agrees(called, key["org"]))
    told = [scorer.stem(one) for names in key.get("perp", []) for one in names if one != UNKNOWN]
    return any(2 * len(words & scorer.stem(called)) >= len(words) for words in told if words)


def learn(some: Sequence[Example]) -> LinearModel:
    """Learn how to tell doers."""
    return linear_fit.fit(
        [one.features for one in some],
        [one.label for one in some],
        groups=[one.report for one in some],
        least_groups=LEAST_REPORTS,
        penalty=PENALTY,
    )
