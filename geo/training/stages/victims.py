"""Learn who the victims of an incident are: data/models/victim_weights.csv.

A stage of accuracy.py. Each noun phrase of the sentences that mention an incident is an example. In MUC it is a victim
when it holds half the words, or more, of a target that the key of the incident's pair names; in an article, when it has
one of the words that the key wants. Incidents of which no phrase is one teach nothing.
"""

from collections.abc import Sequence
from typing import Any, Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments import victims
from geo.extraction.arguments.victim_candidates import list_victim_candidates
from geo.extraction.drafts import IncidentDraft
from geo.extraction.linear_model import LinearModel, make_model, override_models
from geo.training import sets
from geo.training.cross_fitting import Drafted
from geo.training.stages.pairing import PAIRING, Pair, holds_half, keys_of, pair_muc
from geo.training.stages.participant_examples import OTHER, Example, fit_examples, label_candidates

TABLE: Final = victims.TABLE
NOTE: Final = """How much each feature speaks for somebody, or something, being the victim of an incident.
Made by geo/training/stages/victims.py, as a stage of accuracy.py, from the articles for training, the short reports and the set muc."""
SETS: Final = ("muc", "articles", sets.SHORT)
LEAST_REPORTS: Final = 4


def examples(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    """Take the noun phrases of the incidents that pair with one of the key."""
    keys = keys_of(name).get(annotated.report.id, []) if name in SETS else []
    if not keys:
        return []
    found: list[Example] = []
    for draft, key in _pairs(name, drafted(), keys):
        candidates = list_victim_candidates(annotated, draft.cluster)
        right = [_is_victim(name, one.name, key) for one in candidates]
        if any(right):
            found += label_candidates(name, annotated.report.id, candidates, right, victims.VICTIM)
    return found


def _pairs(name: str, drafts: list[IncidentDraft], keys: list[dict[str, Any]]) -> list[Pair]:
    """Pair the incidents of a report with those of the key."""
    with override_models({TABLE: make_model((OTHER, victims.VICTIM), {})}):
        return PAIRING[name](drafts, keys, "actor2") if name in PAIRING else pair_muc(drafts, keys)


def _is_victim(name: str, called: str, key: dict[str, Any]) -> bool:
    """Say whether a name is that of one of the victims, by the key."""
    if name == sets.SHORT:
        return holds_half(key["actor2"], called)
    if name == "articles":
        return any(words.lower() in called.lower() for words in key["actor2"])
    scorer = sets.scorer("muc")
    targets = [words for target in key.get("targets", []) if (words := scorer.stem(target))]
    return any(2 * len(words & scorer.stem(called)) >= len(words) for words in targets)


def learn(some: Sequence[Example]) -> LinearModel:
    """Learn to recognise victims."""
    return fit_examples(some, least_reports=LEAST_REPORTS)
