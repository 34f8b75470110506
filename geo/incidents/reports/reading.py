"""Read the incidents of many reports, on one processor core or on several, with the same result."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sized
from functools import partial
from itertools import chain, islice
from typing import Final

from geo.errors import InputError
from geo.incident import Incident
from geo.incidents.reports.cache import ReportCache
from geo.progress import progress
from geo.report import Report
from geo.workers import cores, spread

OnProblem = Callable[[InputError], None]
WORTH_SPREADING: Final = 64  # reports; a worker needs a second or two to load what reading takes


def read_incidents(
    reports: Iterable[Report],
    *,
    jobs: int | None = None,
    cache: ReportCache | None = None,
    on_problem: OnProblem | None = None,
) -> Iterator[tuple[str, list[Incident]]]:
    """Yield each report's id and its incidents, of every confidence, in the order of the reports.

    Args:
        reports: Taken as they are needed, so that a stream of any length takes little memory.
        jobs: Number of processes; without it all cores, but one in a notebook and for few reports.
        cache: Holds the incidents of reports that were read before; what it lacks is read by one process.
        on_problem: Called with a report whose process ended while reading it (twice); the others are read.

    Raises:
        InputError: Without `on_problem`, for the first such report.
    """
    total = len(reports) if isinstance(reports, Sized) else None
    stream = iter(reports)
    first = list(islice(stream, WORTH_SPREADING))
    every = chain(first, stream)
    few = len(first) < WORTH_SPREADING and jobs is None
    jobs = jobs or (1 if "IPython" in sys.modules else cores())
    if cache is not None or few or jobs == 1:
        found: Iterator[tuple[str, list[Incident]]] = (_with_cache(report, cache) for report in every)
    else:
        found = spread(read_report, every, jobs=jobs, on_lost=partial(_lost, on_problem=on_problem))
    yield from progress(found, what="reading incidents", total=total)


def read_report(report: Report) -> tuple[str, list[Incident]]:
    """Give a report's id and its incidents, of every confidence."""
    from geo.extraction import extract_report  # noqa: PLC0415 - tables of incidents need no models

    return report.id, extract_report(report, least=0.0)


def _with_cache(report: Report, cache: ReportCache | None) -> tuple[str, list[Incident]]:
    known = cache.get(report) if cache else None
    if known is not None:
        return report.id, known
    fresh = read_report(report)
    if cache:
        cache.put(report, fresh[1])
    return fresh


def _lost(report: Report, *, on_problem: OnProblem | None) -> None:
    error = lost(report)
    if on_problem is None:
        raise error
    on_problem(error)


def lost(report: Report) -> InputError:
    """Say that a report ended the process that read it."""
    return InputError(
        f"report {report.id!r} ended the process that read it, twice (killed, or out of memory?); it is skipped. "
        f"It has {len(report.text):,} characters: cut it into parts if it holds many articles."
    )
