"""Show progress: a bar on a terminal, nothing in a pipe."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def progress(items: Iterable[T], *, what: str, total: int | None = None) -> Iterator[T]:
    """Yield `items` one by one, with a bar on stderr when that is a terminal.

    The bar stays away from work that is done within half a second.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    from tqdm import tqdm  # noqa: PLC0415 - start-up stays quick without it

    yield from tqdm(items, desc=what, total=total, unit="", delay=0.5, leave=False, file=sys.stderr)
