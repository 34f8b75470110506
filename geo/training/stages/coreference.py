"""Learn when mentions are of one incident: data/models/coreference_weights.csv.

No key says which mentions belong together; but keys say which incidents a reader found. So every choice in reading a
report is tried otherwise, and the report read on to its end: how well the scorer likes what comes of it is what the
choice was worth. The weights are those with which chance, choosing by them, loses least (Chang et al. 2015, "Learning
to Search Better than Your Teacher", arXiv:1502.02206, without its reference policy). They stay near those that were
once set by hand. Choices are tried on the way that those lead and on the way that the table leads, so after much has
changed the table wants learning twice. Types and confidence are those of the tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.coreference.resolution import SAME, TABLE
from geo.extraction.linear_model import BIAS, LinearModel, make_model, read_model
from geo.training.cross_fitting import Drafted
from geo.training.stages import rewards
from geo.training.stages.rollouts import Rollouts

__all__ = ["TABLE"]

OWN = frozenset({"seeds", "article"})  # with the weights set by hand they are read right
SETS = ("muc", "case2021", "articles", *sorted(OWN))
OWN_WORTH = 12.0  # of reading them as those weights do: how much surprise at such a choice counts
OTHER = "other"
PENALTY = 0.3  # of squared distances from the weights set by hand
NOTE = """How much each observation speaks for a mention of a report being of the same incident as those before it.
Made by geo/training/stages/coreference.py from the articles for training, the sets muc and case2021, the project's seeds and the seed article."""
BY_HAND: Final = {
    BIAS: 1.3, "same type": 1.1, "kindred types": 0.0, "other weapon": -1.5, "kindred by attack": 0.8,
    "unlike types": -3.5, "refers back": 1.2, "definite": 0.5, "indefinite": -0.4, "same sentence": 0.7,
    "answer between": -7.0, "contrast": -0.5, "elliptic": -6.0, "definite, sentences between": -0.05,
    "sentences between": -0.08, "other paragraph": -0.35, "same day": 0.4, "next day": -1.0, "same as before": 4.0,
    "same trigger": 0.3, "other day": -2.5, "same place": 0.4, "place within place": 0.4, "other place": -2.5,
    "same people": 2.0, "other people": -1.8, "other person": -1.5, "same actor": 0.3, "other actor": -0.5,
    "same number": 0.6, "plural": -0.3, "definite, latest cluster": 0.6, "consequence, latest cluster": 1.2,
    "planned beside reported": -2.5, "consequence, another cluster last": -4.0,
}  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """One choice: what was observed of each option, and what it is worth."""

    set: str
    report: str
    options: tuple[Mapping[str, float], ...]
    worth: tuple[float, ...]


@cache
def by_hand() -> LinearModel:
    """Give the weights that learning begins with."""
    return model_of(BY_HAND)


def model_of(weights: Mapping[str, float]) -> LinearModel:
    """Make a model of how much each observation speaks for "same" rather than "other"."""
    halves = {name: {SAME: weight / 2, OTHER: -weight / 2} for name, weight in weights.items()}
    return make_model((OTHER, SAME), halves)


def examples(name: str, annotated: AnnotatedReport, _drafted: Drafted | None = None) -> list[Trial]:
    report = annotated.report.id
    rollouts = Rollouts(name, annotated)
    if name in OWN:
        trials = rollouts.choices(by_hand())
    elif name in SETS and rewards.has_key(name, report):
        trials = [trial for model in (by_hand(), read_model(TABLE)) for trial in rollouts.trials(model)]
    else:
        trials = []
    return [Trial(name, report, tuple(seen for seen, _ in some), tuple(value for _, value in some)) for some in trials]


def learn(trials: Sequence[Trial]) -> LinearModel:
    """Find the weights with which chance, choosing among the options by them, loses least.

    Choices of the project's own reports are not to be lost for gains elsewhere: there surprise counts, not loss.
    """
    names = sorted({BIAS, *BY_HAND, *(name for trial in trials for seen in trial.options for name in seen)})
    column = {name: i for i, name in enumerate(names)}
    rows = [{BIAS: 1.0, **seen} if seen else {} for trial in trials for seen in trial.options]
    losses = np.array([max(trial.worth) - value for trial in trials for value in trial.worth])
    sizes = [len(trial.options) for trial in trials]
    begins, of_trial = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(trials)), sizes)
    cells = [(row, column[name], value) for row, seen in enumerate(rows) for name, value in seen.items()]
    at, across, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (at, across)), shape=(len(rows), len(names)))
    start = np.array([BY_HAND.get(name, 0.0) for name in names])
    own, right = np.array([trial.set in OWN for trial in trials]), losses == 0.0
    own_rows = own[of_trial]

    def expected_loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, begins)[of_trial])
        chances = raised / np.add.reduceat(raised, begins)[of_trial]
        expected = np.where(own, 0.0, np.add.reduceat(chances * losses, begins))
        pull = np.where(own_rows, OWN_WORTH * (chances - right), chances * (losses - expected[of_trial]))
        surprise = -OWN_WORTH * np.log(np.maximum(chances[own_rows & right], 1e-12)).sum()
        moved = weights - start
        total = expected.sum() + surprise + PENALTY * moved @ moved
        return float(total), matrix.T @ pull + 2 * PENALTY * moved

    found = minimize(expected_loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return model_of(dict(zip(names, found.tolist(), strict=True)))
