"""Pair the incidents that are found in a report with those of its key, as the scorers of the sets do."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from geo.extraction.drafts import IncidentDraft
from geo.extraction.entities.participant_names import content_words
from geo.extraction.pipeline import assemble
from geo.training import sets

Pair = tuple[IncidentDraft, dict[str, Any]]  # what was found, and the incident of the key that it is


@cache
def keys_of(name: str) -> dict[str, list[dict[str, Any]]]:
    """Give the incidents of the key of each report of a set."""
    return {key["id"]: key["incidents"] for key in sets.keys(name)}


def pair_muc(drafts: Sequence[IncidentDraft], keys: list[dict[str, Any]]) -> list[Pair]:
    """Pair incidents with those of a key of MUC."""
    scorer = sets.scorer("muc")
    features = sets.features(assemble(draft, 0.0) for draft in drafts)
    draft_of = {id(feature): draft for feature, draft in zip(features, drafts, strict=True)}
    scored = [f for f in features if f["status"] != "denied" and scorer.muc_types(f)]
    return [(draft_of[id(pair.feature)], pair.key) for pair in scorer.align(scored, keys)]


def pair_articles(drafts: Sequence[IncidentDraft], keys: list[dict[str, Any]], wanted: str | None = None) -> list[Pair]:
    """Pair incidents with those of the key of an article, or those of them that say what is wanted: "date"."""
    partners = sets.pair_articles([assemble(draft, 0.0) for draft in drafts], {"incidents": keys})
    return [
        (draft, key) for draft, key in zip(drafts, partners, strict=True) if key and (wanted is None or key.get(wanted))
    ]


def pair_short(drafts: Sequence[IncidentDraft], keys: list[dict[str, Any]], wanted: str) -> list[Pair]:
    """Pair the one incident of a short report with the first of its type, where its key says what is wanted."""
    key = keys[0]
    partner = next((draft for draft in drafts if draft.sub_event_type == key["sub_event_type"]), None)
    return [(partner, key)] if partner is not None and key[wanted] else []


PAIRING: Final = {"articles": pair_articles, sets.SHORT: pair_short}


def holds_half(words: str, called: str) -> bool:
    """Say whether a name has half the content words, or more, of what a key calls somebody."""
    wanted = content_words(words)
    return 2 * len(wanted & content_words(called)) >= len(wanted)
