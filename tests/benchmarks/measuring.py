"""Measure this process: its own time, and how its memory grows."""

import resource
import time
from collections.abc import Callable, Sequence
from typing import Any

from geo.report import Report


def per_second(work: Callable[[], Any], count: int) -> float:
    """Say how many of `count` things the process does in a second of its own time, whatever else runs."""
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def grown_mb(work: Callable[[Report], Any], reports: Sequence[Report]) -> float:
    """Say by how many MB memory grows when reports that were worked on once go through twice more."""
    for report in reports:
        work(report)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(2):
        for report in reports:
            work(report)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"\nmemory grew by {grown:.1f} MB over {2 * len(reports)} more reports")
    return grown


def print_rates(figures: dict[str, float], reports: Sequence[Report]) -> None:
    """Print reports a second by name."""
    words = sum(len(report.text.split()) for report in reports) / len(reports)
    print(f"\n{len(reports)} reports of {words:.0f} words, reports per second on one core:")
    for name, figure in figures.items():
        print(f"  {name:18}{figure:8.0f}")
