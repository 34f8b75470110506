"""Spread work over processes: results in order, in chunks, and a worker that dies costs one item.

Each worker has a pipe of its own, so it is known which chunk a dead one held. That chunk is tried
again an item at a time; an item that ends its worker again is handed to `on_lost`, and the rest goes
on. The standard pools only say that some worker died, and drop everything that was under way.
"""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from typing import Any, Final, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK: Final = 16  # items sent at once: few enough to share out evenly, many enough to outweigh the pipe
AHEAD: Final = 4  # chunks per worker that may be finished before an earlier one


def cores() -> int:
    """Count the processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int,
    on_lost: Callable[[Item], None],
    chunk: int = CHUNK,
) -> Iterator[Result]:
    """Apply a function to items in `jobs` processes and yield the results in the order of the items.

    Args:
        work: A function that can be pickled; what it raises is raised here.
        items: Taken as they are needed, a few chunks ahead.
        jobs: Number of processes, 1 or more.
        on_lost: Called with an item that ended its worker (out of memory, killed) twice; it has no result.
        chunk: Number of items sent to a worker at once.
    """
    team = _Team(work, jobs)
    try:
        yield from _in_order(team, _chunks(items, chunk), jobs * AHEAD, on_lost)
    finally:
        team.stop()


@dataclass(slots=True, eq=False)
class _Chunk(Generic[Item, Result]):
    """Items that are sent together, and what became of them: a list of results for each."""

    items: list[Item]
    results: list[list[Result]] | None = None  # one list per item, empty where the item was lost
    parts: "list[_Chunk[Item, Result]]" = field(default_factory=list)  # after its worker died: an item each

    def done(self) -> bool:
        return self.results is not None or (bool(self.parts) and all(part.done() for part in self.parts))

    def collect(self) -> Iterator[Result]:
        for part in self.parts:
            yield from part.collect()
        for results in self.results or []:
            yield from results


def _chunks(items: Iterable[Item], size: int) -> Iterator[_Chunk[Item, Any]]:
    source = iter(items)
    while taken := list(islice(source, size)):
        yield _Chunk(taken)


def _in_order(
    team: "_Team", chunks: Iterator[_Chunk[Item, Result]], ahead: int, on_lost: Callable[[Item], None]
) -> Iterator[Result]:
    waiting: deque[_Chunk[Item, Result]] = deque()  # in the order of the items, handed out or not
    to_send: deque[_Chunk[Item, Result]] = deque()
    while True:
        for fresh in islice(chunks, ahead - len(waiting)):
            waiting.append(fresh)
            to_send.append(fresh)
        if not waiting:
            return
        while to_send and team.has_idle():
            team.send(to_send.popleft())
        for chunk, results in team.receive():
            if results is not None:
                chunk.results = results
            elif len(chunk.items) > 1:
                chunk.parts = [_Chunk([item]) for item in chunk.items]
                to_send.extendleft(reversed(chunk.parts))
            elif chunk in team.retried:
                chunk.results = []
                on_lost(chunk.items[0])
            else:
                team.retried.append(chunk)
                to_send.appendleft(chunk)
        while waiting and waiting[0].done():
            yield from waiting.popleft().collect()


class _Team:
    """Worker processes and what each of them holds."""

    def __init__(self, work: Callable[[Any], Any], jobs: int) -> None:
        """Start the workers when they are first needed."""
        self._work = work
        self._jobs = jobs
        self._context = get_context("spawn")  # a fork of a process with threads (Arrow has some) may hang
        self._busy: dict[Connection, tuple[Any, _Chunk[Any, Any]]] = {}
        self._idle: list[tuple[Connection, Any]] = []
        self.retried: list[_Chunk[Any, Any]] = []

    def has_idle(self) -> bool:
        return bool(self._idle) or len(self._busy) < self._jobs

    def send(self, chunk: _Chunk[Any, Any]) -> None:
        """Give a chunk to an idle worker, a new one if there is none."""
        pipe, process = self._idle.pop() if self._idle else self._start()
        self._busy[pipe] = (process, chunk)
        with suppress(OSError):  # it died while idle: `receive` finds that out
            pipe.send(chunk.items)

    def _start(self) -> tuple[Connection, Any]:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, self._work), daemon=True)
        with _main_left_alone():
            process.start()
        there.close()
        return here, process

    def receive(self) -> Iterator[tuple[_Chunk[Any, Any], list[list[Any]] | None]]:
        """Wait for workers and give back their chunks with the results, None where the worker died."""
        for pipe in connection.wait(list(self._busy)):
            assert isinstance(pipe, Connection)
            process, chunk = self._busy.pop(pipe)
            try:
                results = pipe.recv()
            except (EOFError, OSError):
                process.join()
                pipe.close()
                yield chunk, None
                continue
            self._idle.append((pipe, process))
            if isinstance(results, BaseException):
                raise results
            yield chunk, results

    def stop(self) -> None:
        """End all workers, whatever they are doing."""
        for pipe, process in [*self._idle, *((pipe, process) for pipe, (process, _) in self._busy.items())]:
            process.terminate()
            process.join()
            pipe.close()
        self._idle.clear()
        self._busy.clear()


@contextmanager
def _main_left_alone() -> Iterator[None]:
    """Keep a new process from running the caller's script again, as spawning does: workers need nothing of it.

    Without this, every script that reads a few reports would have to say `if __name__ == "__main__"`.
    """
    main = sys.modules["__main__"]
    hidden: dict[str, Any] = {name: vars(main).pop(name) for name in ("__file__", "__spec__") if name in vars(main)}
    main.__spec__ = None
    try:
        yield
    finally:
        vars(main).update(hidden)


def _serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """Work off chunks until the pipe closes, as it does when the parent ends, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent ends the workers
    while True:
        try:
            items = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            results: Any = [[work(item)] for item in items]
        except Exception as error:  # noqa: BLE001 - it is raised again in the parent
            results = error
        try:
            pipe.send(results)
        except OSError:
            return
