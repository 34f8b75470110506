"""Turn reports into the incident table: the main verb of the package."""

from collections.abc import Iterable, Sized
from dataclasses import replace

import geopandas as gpd

from geo.incident import Incident
from geo.incidents.merging import merge_incidents
from geo.incidents.review import mark_as_extracted
from geo.incidents.schema import to_frame
from geo.progress import progress
from geo.report import Report


def extract(reports: Report | Iterable[Report], *, merge: bool = True) -> gpd.GeoDataFrame:
    """Find the incidents that reports tell of.

    Args:
        reports: One report or any iterable of them; each is let go when it has been read, so
            a stream of reports needs no more memory than its incidents do.
        merge: Make one row of an incident that several reports tell of; without it every
            report has rows of its own.

    Returns:
        One row per incident by first day, EPSG:4326, columns as in `geo.incidents.COLUMNS`.
    """
    reports = [reports] if isinstance(reports, Report) else reports
    incidents = _told(reports)
    return mark_as_extracted(to_frame(merge_incidents(incidents) if merge else incidents))


def _told(reports: Iterable[Report]) -> list[Incident]:
    from geo.extraction import extract_report  # noqa: PLC0415 - its tables are not needed for tables of incidents

    total = len(reports) if isinstance(reports, Sized) else None
    bar = progress(reports, what="reading incidents", total=total)
    return with_own_ids(incident for report in bar for incident in extract_report(report))


def with_own_ids(incidents: Iterable[Incident]) -> list[Incident]:
    """Give every incident an id of its own; of those that share one the first keeps it.

    Two incidents in one sentence, or a report that is read twice, may come with the same.
    """
    seen: dict[str, int] = {}
    told = []
    for incident in incidents:
        again = seen.get(incident.incident_id, 0)
        seen[incident.incident_id] = again + 1
        told.append(replace(incident, incident_id=f"{incident.incident_id}-{again + 1}") if again else incident)
    return told
