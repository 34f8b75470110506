"""Learn who a participant of an incident is: names or phrases with their features, each labelled by the key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from geo.extraction.linear_model import LinearModel
from geo.training import linear_fit

OTHER: Final = "other"  # the label of those who are not looked for
PENALTY: Final = 5.0


class Candidate(Protocol):
    """Somebody who may be the one looked for."""

    @property
    def features(self) -> Iterable[str]:
        """What was observed of it."""


@dataclass
class Example:
    """Somebody who may be the one looked for, and whether it is."""

    set: str
    report: str
    features: Mapping[str, float]
    label: str


def label_candidates(
    name: str, report: str, candidates: Sequence[Candidate], right: Sequence[bool], label: str
) -> list[Example]:
    """Label the candidates of one incident."""
    return [
        Example(name, report, dict.fromkeys(one.features, 1.0), label if is_right else OTHER)
        for one, is_right in zip(candidates, right, strict=True)
    ]


def fit_examples(some: Sequence[Example], *, least_reports: int) -> LinearModel:
    """Learn to recognise those who are looked for; a feature must be seen in so many reports."""
    return linear_fit.fit(
        [one.features for one in some],
        [one.label for one in some],
        groups=[one.report for one in some],
        least_groups=least_reports,
        penalty=PENALTY,
    )
