"""Learn every table without the reports that it is then held against.

A stage learns one table from examples that it takes from readings. Stages build on each other: the types are learned
from incidents as the tables before them make them. So each stage reads a report with models of the earlier stages
that have not seen that report, and what is learned never rests on an answer that was already known.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Protocol

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.drafts import IncidentDraft
from geo.extraction.linear_model import LinearModel, override_models
from geo.extraction.pipeline import draft_incidents
from geo.progress import progress
from geo.training import sets

FOLDS = 5
OWN = frozenset(sets.OWN_TABLES)  # written by ourselves: they are in every fold


Drafted = Callable[[], list[IncidentDraft]]


class Example(Protocol):
    """What a stage learns from: it knows the set and the report that it is of."""

    set: str
    report: str


class Stage(Protocol):
    """A module that learns one table."""

    @property
    def TABLE(self) -> str:  # noqa: N802 -- a module's constant
        """The table's file in `data/models`."""

    @property
    def NOTE(self) -> str:  # noqa: N802
        """What the table's head says of it."""

    def examples(self, name: str, annotated: AnnotatedReport, drafted: Drafted, /) -> Sequence[Any]:
        """Take from a report of the set `name`, and from its drafted incidents, what can be learned from it."""

    def learn(self, examples: Sequence[Any], /) -> LinearModel:
        """Learn the table from examples."""


@dataclass(frozen=True)
class Fitted:
    """What came of fitting all stages."""

    models: tuple[dict[str, LinearModel], ...]  # by fold: table -> the model that has not seen the fold
    examples: dict[str, list[Any]]  # by table

    @contextmanager
    def unseen(self, name: str, report: str) -> Iterator[None]:
        """Read with models that have not seen a report."""
        with override_models(self.models[fold_of(name, report) or 0]):
            yield


def fold_of(name: str, report: str) -> int | None:
    """Give the fold that a report is held out in; None for what is our own."""
    return None if name in OWN else sets.fold(report, FOLDS)


def cross_fit(rounds: Sequence[Sequence[Stage]], readings: Mapping[str, Sequence[AnnotatedReport]]) -> Fitted:
    """Fit each stage once for each fold, without its reports.

    Args:
        rounds: The stages, those of a round beside each other: they learn from the same drafts, which rest on the
            rounds before and, for the tables of their own round, on those that stand in data/.
        readings: The reports of each set.
    """
    fitted = Fitted(tuple({} for _ in range(FOLDS)), {})
    every = [(name, annotated) for name, own in readings.items() for annotated in own]
    for round_ in rounds:
        examples: dict[str, list[Any]] = {stage.TABLE: [] for stage in round_}
        for name, annotated in progress(every, what=", ".join(examples), total=len(every)):
            drafted = cache(partial(draft_incidents, annotated))
            with fitted.unseen(name, annotated.report.id):
                for stage in round_:
                    examples[stage.TABLE] += stage.examples(name, annotated, drafted)
        for stage in round_:
            own = examples[stage.TABLE]
            for fold, models in enumerate(fitted.models):
                models[stage.TABLE] = stage.learn([one for one in own if fold_of(one.set, one.report) != fold])
            sys.stderr.write(f"{stage.TABLE}: learned from {len(own)} examples\n")
        fitted.examples.update(examples)
    return fitted
