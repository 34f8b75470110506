"""Let a Dask cluster do tasks, a few ahead of those that are done."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from geo.errors import ClusterError
from geo.extras import need
from geo.progress import progress
from geo.workers import cores

if TYPE_CHECKING:
    from distributed import Client

AHEAD: Final = 3  # tasks per thread that the scheduler knows of: few, so that its memory does not grow with the corpus
RETRIES: Final = 2
PATIENCE: Final = 20  # seconds in which a scheduler has to answer
Result = TypeVar("Result")


@contextmanager
def a_client(client: "Client | str | None", jobs: int | None) -> "Iterator[Client]":
    """Give a client of the cluster that was named; without one, of a cluster on this machine that ends with it.

    Args:
        client: A client, the address of a scheduler (`tcp://host:8786`), or nothing.
        jobs: Worker processes of a cluster on this machine; without it one for each core.

    Raises:
        MissingExtraError: If Dask is not installed.
        ClusterError: If the scheduler cannot be reached.
    """
    need("distributed", extra="distributed", purpose="a cluster")
    import distributed  # noqa: PLC0415

    if isinstance(client, distributed.Client):
        yield client
        return
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what ends is said once, by geo
    try:
        mine = distributed.Client(client, timeout=PATIENCE) if client else distributed.Client(_local(jobs or cores()))
    except (OSError, ValueError) as error:
        msg = f"{client}: no Dask scheduler answers there ({error}); expected an address such as tcp://host:8786."
        raise ClusterError(msg) from error
    with mine:
        try:
            yield mine
        finally:
            if client is None:
                mine.cluster.close()


def _local(jobs: int) -> Any:
    import distributed  # noqa: PLC0415

    return distributed.LocalCluster(
        n_workers=jobs,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
    )


def run(
    client: "Client",
    work: Callable[..., Result],
    tasks: Iterable[tuple[Any, ...]],
    *,
    what: str,
    total: int | None = None,
    on_killed: Callable[..., Result] | None = None,
    **options: Any,
) -> Iterator[tuple[tuple[Any, ...], Result]]:
    """Yield each task with its result, in the order in which they are done.

    Args:
        client: Of a running cluster.
        work: Called on a worker with the values of a task and the options; it may be called again.
        tasks: Taken as they are needed.
        what: The work, for the progress bar.
        total: Number of tasks, where it is known.
        on_killed: Called here with a task that ended several workers, and the options. Dask blames every task that
            a dead worker had before it, so it may be one that would have done no harm.
        options: Given to all.

    Raises:
        ClusterError: If the scheduler is gone, or a task ended several workers.
    """
    try:
        yield from progress(_results(client, work, iter(tasks), on_killed, options), what=what, total=total)
    except (OSError, CancelledError, TimeoutError) as error:
        msg = f"the cluster stopped ({error or type(error).__name__}); run it again: what is written is not read again."
        raise ClusterError(msg) from error


def _results(
    client: "Client",
    work: Callable[..., Result],
    tasks: Iterator[tuple[Any, ...]],
    on_killed: Callable[..., Result] | None,
    options: dict[str, Any],
) -> Iterator[tuple[tuple[Any, ...], Result]]:
    from distributed import KilledWorker  # noqa: PLC0415

    asked: dict[Any, tuple[Any, ...]] = {}

    def ask(number: int) -> None:
        for task in islice(tasks, number):
            asked[client.submit(work, *task, **options, pure=False, retries=RETRIES)] = task

    ask(AHEAD * max(1, sum(client.nthreads().values())))
    while asked:
        for future in _finished(client, list(asked)):
            task = asked.pop(future)
            try:
                result = future.result()
            except KilledWorker as error:
                if on_killed is None:
                    msg = f"a task ended several workers ({error}); give the workers more memory, and run it again."
                    raise ClusterError(msg) from error
                result = on_killed(*task, **options)
            ask(1)
            yield task, result


def _finished(client: "Client", futures: list[Any]) -> Iterable[Any]:
    """Wait for some of the futures; a client that has lost its scheduler would wait for ever."""
    from distributed import wait  # noqa: PLC0415

    lost_since: float | None = None
    while True:
        try:
            found: Iterable[Any] = wait(futures, timeout=1, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            found = ()
        if found:
            return found
        if client.status == "running":
            lost_since = None
            continue
        lost_since = lost_since or time.monotonic()
        if time.monotonic() - lost_since > PATIENCE:
            msg = "no scheduler"
            raise TimeoutError(msg)
