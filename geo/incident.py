"""Hold one incident on its way from the text to the table.

The fields are the columns of the incident table (geo/incidents/contract/schema.py), with the
point as `lon`, `lat`.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The span of a report that supports an incident: a sentence."""

    report_id: str
    start: int  # offset of the first character in Report.text, in code points
    end: int  # offset one past the last character
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that happened: kind, time, place, actors, numbers, and who says so."""

    incident_id: str
    report_ids: tuple[str, ...]
    event_type: str
    sub_event_type: str
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str = "unknown"
    place_name: str | None = None
    place_id: str | None = None
    place_text: str | None = None
    country: str | None = None
    country_code: str | None = None
    admin1: str | None = None
    geo_precision: str = "unknown"
    uncertainty_m: float | None = None  # metres; None when no place is known
    lon: float | None = None  # degrees, EPSG:4326
    lat: float | None = None
    actor1: str | None = None
    actor2: str | None = None
    killed_min: int | None = None
    killed_max: int | None = None
    wounded_min: int | None = None
    wounded_max: int | None = None
    event_count_min: int | None = None
    weapon: str | None = None
    status: str = "reported"
    attribution: str | None = None
    in_response_to: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.5
