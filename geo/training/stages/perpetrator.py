"""Learn who did it: data/models/perpetrator_weights.csv.

A stage of accuracy.py. Everybody whom a report names and who could have done it is an example. In MUC it is a perpetrator
when it is an organisation of the key of the incident's pair, or, where the key has none, when it has half the words of
the key's perpetrators; in insecurity, when it agrees with the key's perpetrator; in an article, when it has one of the
words that the key wants.
"""

from collections.abc import Sequence
from typing import Any, Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments import perpetrator
from geo.extraction.arguments.perpetrator_rules import perpetrator_by_rule
from geo.extraction.drafts import IncidentDraft
from geo.extraction.linear_model import LinearModel, make_model, override_models
from geo.training import sets
from geo.training.cross_fitting import Drafted
from geo.training.stages.pairing import PAIRING, Pair, holds_half, keys_of, pair_muc
from geo.training.stages.participant_examples import OTHER, Example, fit_examples, label_candidates
from geo.vocabulary import EVENT_TYPE_OF

TABLE: Final = perpetrator.TABLE
NOTE: Final = """How much each observation speaks for somebody being who did it.
Made by geo/training/stages/perpetrator.py, as a stage of accuracy.py, from the articles for training, the short reports and the sets muc and insecurity."""
SETS: Final = ("muc", "insecurity", "articles", sets.SHORT)
UNKNOWN: Final = "?"
LEAST_REPORTS: Final = 5


def examples(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    """Take who may have done them from the incidents that pair with one of the key."""
    keys = keys_of(name).get(annotated.report.id, []) if name in SETS else []
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
        right = [is_perpetrator(name, one, key) for one in in_full]
        if any(right) or not _has_organisation(key):  # a key's organisation may be named in words that nothing finds
            found += label_candidates(name, annotated.report.id, some, right, perpetrator.PERPETRATOR)
    return found


def _pairs(name: str, drafts: list[IncidentDraft], keys: list[dict[str, Any]]) -> list[Pair]:
    """Pair the incidents of a report with those of the key."""
    if name == "insecurity":
        return [(drafts[0], keys[0])] if drafts and sets.scorer("incidents").telling_actors(keys[0]) else []
    with override_models({TABLE: make_model((perpetrator.PERPETRATOR, OTHER), {})}):
        return PAIRING[name](drafts, keys, "actor1") if name in PAIRING else pair_muc(drafts, keys)


def _has_organisation(key: dict[str, Any]) -> bool:
    return any(names[0] != UNKNOWN for names in key.get("org", []))


def is_perpetrator(name: str, called: str, key: dict[str, Any]) -> bool:
    """Say whether a name is that of one who did it, by the key."""
    if name == "insecurity":
        return bool(sets.scorer("incidents").actor_agrees({"actor1": called, "actor2": None}, key))
    if name == sets.SHORT:
        return holds_half(key["actor1"], called)
    if name == "articles":
        return any(words.lower() in called.lower() for words in key["actor1"])
    scorer = sets.scorer("muc")
    if _has_organisation(key):
        return bool(scorer.org_agrees(called, key["org"]))
    named = [scorer.stem(one) for names in key.get("perp", []) for one in names if one != UNKNOWN]
    return any(2 * len(words & scorer.stem(called)) >= len(words) for words in named if words)


def learn(some: Sequence[Example]) -> LinearModel:
    """Learn to recognise perpetrators."""
    return fit_examples(some, least_reports=LEAST_REPORTS)
