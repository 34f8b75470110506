"""Work one item ahead: make the next piece of a layer while the one before is being written."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterable[T]) -> Iterator[T]:
    """Yield `items` in order; the next one is made in a thread meanwhile. No more than two are held at a time."""
    source = iter(items)
    done = object()
    with ThreadPoolExecutor(max_workers=1) as worker:
        coming = worker.submit(next, source, done)
        while (item := coming.result()) is not done:
            coming = worker.submit(next, source, done)
            yield item  # type: ignore[misc]
