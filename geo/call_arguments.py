"""Answer a call with arguments that a function does not take: say which it takes, and which may be meant."""

import inspect
from collections.abc import Callable
from difflib import get_close_matches
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from geo.errors import ArgumentError

P = ParamSpec("P")
R = TypeVar("R")

# What Folium, GeoPandas, pandas and the command line call arguments, and what geo's may be meant.
_MEANT: Final[dict[str, tuple[str, ...]]] = {
    "color": ("category",), "colour": ("category",), "column": ("category", "text"), "popup": ("description",),
    "tooltip": ("description",), "date": ("published",), "day": ("published", "date"), "text_column": ("text",),
    "threshold": ("min_confidence",), "confidence": ("min_confidence",), "coarsen": ("coarsen_m",),
    "language": ("lang",), "label": ("name",), "place": ("name",), "max_days": ("days",), "distance": ("km",),
    "filename": ("path",), "file": ("path",), "errors": ("on_problem",), "n_jobs": ("jobs",), "workers": ("jobs",),
}  # fmt: skip


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Let a public function answer in one sentence what Python would answer with a bare TypeError."""
    signature = inspect.signature(function)
    known = list(signature.parameters)

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            signature.bind(*args, **kwargs)
        except TypeError as error:
            raise ArgumentError(_reason(function.__name__, known, list(kwargs), str(error))) from None
        return function(*args, **kwargs)

    return call


def _reason(name: str, known: list[str], given: list[str], error: str) -> str:
    takes = f"it takes {', '.join(known)}."
    unknown = next((one for one in given if one not in known), None)
    if unknown is None:
        return f"geo.{name}(): {error}; {takes}"
    meant = [one for one in _MEANT.get(unknown, ()) if one in known] or get_close_matches(unknown, known, n=1)
    hint = f"did you mean {meant[0]}? " if meant else ""
    return f"geo.{name}() has no argument {unknown!r}; {hint}{takes[0].upper() if hint else takes[0]}{takes[1:]}"
