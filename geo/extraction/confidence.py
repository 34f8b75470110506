"""Say how sure it is that an incident is one, and told right.

A linear model over named observations, its weights in data/confidence_weights.csv, made by
tests/evaluation/train_confidence.py.
"""

from dataclasses import dataclass

from geo.extraction.counts import Count
from geo.extraction.groups import Group
from geo.extraction.readings import Reading
from geo.extraction.when import When
from geo.extraction.where import Where


@dataclass(frozen=True, slots=True)
class Draft:
    """An incident on its way: what was decided of it so far."""

    reading: Reading
    group: Group
    kinds: dict[str, float]  # probability by sub-event type, and of "none"
    kind: str
    when: When
    where: Where
    killed: Count
    wounded: Count
    status: str
    total: int  # incidents that the report was taken to tell of


def estimate_confidence(draft: Draft) -> float:
    """Give the probability that the incident is right."""
    return max(telling.trigger.entry.strength for telling in draft.group.tellings)
