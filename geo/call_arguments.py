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
    "language": ("lang",), "lang": ("language",), "body": ("text",), "content": ("text",), "article": ("text",),
    "full_text": ("text",), "headline": ("title",), "link": ("url",), "published_at": ("published",),
    "publication_date": ("published",), "pubdate": ("published",), "author": ("publisher",), "uid": ("id",),
    "label": ("name",), "place": ("name",), "max_days": ("days",), "distance": ("km",),
    "filename": ("path",), "file": ("path",), "errors": ("on_problem",), "n_jobs": ("jobs",), "workers": ("jobs",),
}  # fmt: skip


C = TypeVar("C")


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Let a public function answer in one sentence what Python would answer with a bare TypeError."""
    return _checked(function, function.__qualname__)


def checked_class(example: str) -> Callable[[type[C]], type[C]]:
    """Let the calls that make objects of a class do the same, and show a right one."""

    def of(made: type[C]) -> type[C]:
        made.__init__ = _checked(made.__init__, made.__name__, example)  # type: ignore[method-assign] # of this class alone
        return made

    return of


def _checked(function: Callable[P, R], name: str, example: str = "") -> Callable[P, R]:
    signature = inspect.signature(function)
    known = [one for one in signature.parameters if one != "self"]

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            signature.bind(*args, **kwargs)
        except TypeError as error:
            raise ArgumentError(_reason(name, known, list(kwargs), str(error), example)) from None
        return function(*args, **kwargs)

    return call


def _reason(called: str, known: list[str], given: list[str], error: str, example: str) -> str:
    name = called if "." in called else f"geo.{called}"  # a method has its class before it
    takes = f"it takes {', '.join(known)}{', as in ' if example else ''}{example}."
    unknown = next((one for one in given if one not in known), None)
    if unknown is None:
        return f"{name}(): {error}; {takes}"
    meant = [one for one in _MEANT.get(unknown, ()) if one in known] or get_close_matches(unknown, known, n=1)
    hint = f"did you mean {meant[0]}? " if meant else ""
    return f"{name}() has no argument {unknown!r}; {hint}{takes[0].upper() if hint else takes[0]}{takes[1:]}"
