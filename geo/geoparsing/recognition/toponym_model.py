"""Score candidates with the weights that training wrote into a table of data/."""

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import repeat
from operator import getitem
from typing import Any, Final

from geo.geoparsing.recognition.features import CONTEXT, context_keys
from geo.geoparsing.recognition.name_features import name_features, name_key
from geo.geoparsing.recognition.spans import Span
from geo.geoparsing.words.tokens import Tokens
from geo.memo import Memo
from geo.resources import read_table

WEIGHTS: Final = "models/toponym_weights.csv"
_MOST_REMEMBERED: Final = 100_000
# A name as unlikely as this in itself is no toponym anywhere; at most 0.3 % of toponyms are lost by that.
_HOPELESS: Final = -4.0
_NOUGHTS: Final = repeat(0.0)


def _sums(features: Callable[[Any], Iterable[str]], weights: Mapping[str, float]) -> Memo[Any, float]:
    """Remember the sum of the weights of one slot, by what the slot saw."""
    weight = weights.get
    return Memo(lambda key: sum(map(weight, features(key), _NOUGHTS)), _MOST_REMEMBERED)


class Scorer:
    """A logistic regression over the features of candidates."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Take the weight of each feature; features without one weigh nothing."""
        self._bias = weights.get("bias", 0.0)
        self._name = _sums(name_features, weights)
        self._context = [_sums(features, weights) for features in CONTEXT]

    def score(self, tokens: Tokens, span: Span, flags: int) -> float:
        """Give the log-odds that a span is a toponym."""
        total = self._bias + self._name[name_key(tokens, span)]
        if total < _HOPELESS:
            return total
        return sum(map(getitem, self._context, context_keys(tokens, span, flags)), total)


def probability(score: float) -> float:
    """Turn log-odds into a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def scorers() -> tuple[Scorer, Scorer]:
    """Give the scorer for texts with capitals, and that for texts whose case says nothing."""
    cased: dict[str, float] = {}
    flat: dict[str, float] = {}
    for row in read_table(WEIGHTS):
        cased[row["feature"]] = float(row["cased"] or 0)
        flat[row["feature"]] = float(row["flat"] or 0)
    return Scorer(cased), Scorer(flat)
