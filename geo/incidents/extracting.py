"""Turn reports into the incident table: the main verb of the package."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from numbers import Real
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.call_arguments import checked
from geo.errors import InputError
from geo.incident import Incident
from geo.incidents.contract.schema import to_frame
from geo.incidents.merging.pipeline import merge_incidents
from geo.incidents.reports.cache import ReportCache
from geo.incidents.reports.cautions import Cautions
from geo.incidents.reports.reading import OnProblem, read_incidents
from geo.incidents.review import mark_as_extracted
from geo.reading.accepting import as_reports
from geo.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What came of some reports: the incidents, the near misses, and how many of both each report gave."""

    incidents: gpd.GeoDataFrame
    rejected: gpd.GeoDataFrame  # the contract's columns, and `reason`
    shown_of: dict[str, int]  # report id -> incidents at or above the floor
    rejected_of: dict[str, int]  # report id -> incidents below it
    floor: float


@checked
def extract(
    reports: Any,
    *,
    merge: bool = True,
    text: str | None = None,
    published: date | str | None = None,
    min_confidence: float | None = None,
    jobs: int | None = None,
) -> gpd.GeoDataFrame:
    """Find the incidents that reports describe.

    Args:
        reports: A text, a path, a report, a dict, a Series or DataFrame with texts, or any iterable of
            these; each is let go when it has been read, so a stream of reports needs no more memory than
            its incidents do.
        merge: Make one row of an incident that several reports describe; without it every
            report has rows of its own.
        text: Name of the column or key that holds the text, where it is not `text`, `body`, `content`,
            `article` or `full_text`.
        published: Day of publication of reports that do not state theirs, a date or "2024-06-18"; without
            one "on Monday" stays undated.
        min_confidence: The floor, from 0 to 1, below which an incident is left out; without it the
            one that the models were tuned to. 0 keeps everything: the column `confidence` shows how certain a row is.
        jobs: Number of processes that read reports; without it all cores, but one in a notebook and
            for fewer than 64 reports. The result is the same for any number.

    Returns:
        One row per incident by first day, EPSG:4326, columns as in `geo.incidents.COLUMNS`.

    Raises:
        InputError: If `reports` is something else, a file cannot be read, or a date or number is none.

    Warns:
        GeoWarning: If reports in other languages were skipped, or incidents stay undated because their
            reports state no day of publication.
    """
    if jobs is not None and (not isinstance(jobs, int) or jobs < 1):
        msg = f"jobs={jobs!r}; expected a number of processes, such as jobs=2, or None for all cores."
        raise InputError(msg)
    cautions = Cautions()
    read = cautions.of_reports(as_reports(reports, text=text, published=published))
    incidents = extract_all(read, merge=merge, min_confidence=min_confidence, jobs=jobs).incidents
    cautions.warn(incidents)
    return incidents


def extract_all(
    reports: Iterable[Report],
    *,
    merge: bool = True,
    min_confidence: float | None = None,
    cache: ReportCache | None = None,
    jobs: int | None = None,
    on_problem: OnProblem | None = None,
) -> Extraction:
    """Find the incidents of reports, and keep account of what was left out and why.

    Args:
        reports: Each is let go when it has been read.
        merge: As in `extract`.
        min_confidence: Likewise.
        cache: Holds the incidents of reports that were read before.
        jobs: Number of processes, as in `extract`.
        on_problem: Called with a report that ended the process that read it; the others are read.
    """
    from geo.extraction import LEAST_CONFIDENCE  # noqa: PLC0415 - tables of incidents need no models

    floor = LEAST_CONFIDENCE if min_confidence is None else min_confidence
    if not isinstance(floor, Real) or not 0 <= floor <= 1:
        msg = f"min_confidence is {min_confidence!r}; expected a number from 0 to 1, such as 0.5."
        raise InputError(msg)
    shown: list[Incident] = []
    below: list[Incident] = []
    shown_of, rejected_of = {}, {}
    for report, found in read_incidents(reports, jobs=jobs, cache=cache, on_problem=on_problem):
        sure, unsure = divide(found, floor)
        shown_of[report], rejected_of[report] = len(sure), len(unsure)
        shown += sure
        below += unsure
    shown = with_own_ids(shown)
    rejected = to_frame(with_own_ids(below))
    rejected["reason"] = pd.Series(
        [f"confidence {c:.2f}, below {floor:.2f}" for c in rejected["confidence"]], dtype="str"
    )
    incidents = mark_as_extracted(to_frame(merge_incidents(shown) if merge else shown))
    return Extraction(incidents=incidents, rejected=rejected, shown_of=shown_of, rejected_of=rejected_of, floor=floor)


def divide(found: list[Incident], floor: float) -> tuple[list[Incident], list[Incident]]:
    """Part the incidents of a report at the floor; what is shown answers only what is shown."""
    sure = {incident.incident_id for incident in found if incident.confidence >= floor}
    shown = [
        replace(incident, in_response_to=tuple(other for other in incident.in_response_to if other in sure))
        for incident in found
        if incident.confidence >= floor  # not by id: two incidents of one sentence may share it
    ]
    return shown, [incident for incident in found if incident.confidence < floor]


def with_own_ids(incidents: Iterable[Incident]) -> list[Incident]:
    """Give every incident an id of its own; of those that share one the first keeps it.

    Two incidents in one sentence, or a report that is read twice, may come with the same.
    """
    seen: dict[str, int] = {}
    named = []
    for incident in incidents:
        again = seen.get(incident.incident_id, 0)
        seen[incident.incident_id] = again + 1
        named.append(replace(incident, incident_id=f"{incident.incident_id}-{again + 1}") if again else incident)
    return named
