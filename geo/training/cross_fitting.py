"""Learn every table without the reports that it is then held against.

A stage learns one table from examples that it takes from readings. Stages build on each other: the types are learned
from incidents as the tables before them make them. So each stage reads a report with models of the earlier stages
that have not seen that report, and what is learned never rests on an answer that was already known.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.linear_model import LinearModel, override_models
from geo.progress import progress
from geo.training import sets

FOLDS = 5
OWN = frozenset({"phrases"})  # written by ourselves: they are in every fold


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

    def examples(self, name: str, annotated: AnnotatedReport, /) -> Sequence[Any]:
        """Take from a report of the set `name` what can be learned from it."""

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


def cross_fit(stages: Sequence[Stage], readings: Mapping[str, Sequence[AnnotatedReport]]) -> Fitted:
    """Fit each stage once for each fold, without its reports."""
    fitted = Fitted(tuple({} for _ in range(FOLDS)), {})
    every = [(name, annotated) for name, own in readings.items() for annotated in own]
    for stage in stages:
        some: list[Any] = []
        for name, annotated in progress(every, what=stage.TABLE, total=len(every)):
            with fitted.unseen(name, annotated.report.id):
                some += stage.examples(name, annotated)
        for fold, models in enumerate(fitted.models):
            models[stage.TABLE] = stage.learn([one for one in some if fold_of(one.set, one.report) != fold])
        fitted.examples[stage.TABLE] = some
    return fitted
