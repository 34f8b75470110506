"""A made-up incident to vary, so that a test names only what it is about."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from geo.incident import Evidence, Incident

TAJI = {
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "date_start": date(2020, 3, 11),
    "date_end": date(2020, 3, 11),
    "date_precision": "day",
    "place_name": "Camp Taji",
    "place_id": "geo:camp-taji",
    "place_text": "a base north of Baghdad",
    "country": "Iraq",
    "country_code": "IQ",
    "admin1": "Baghdad",
    "geo_precision": "site",
    "uncertainty_m": 3000.0,
    "lon": 44.2567,
    "lat": 33.5239,
    "actor2": "US troops",
    "killed_min": 3,
    "killed_max": 3,
}


def make_incident(incident_id: str = "i1", report: str = "r1", **changes: Any) -> Incident:
    """The rockets on Camp Taji, as in `report`."""
    defaults = {"evidence": (Evidence(report_id=report, start=0, end=11, text="Rockets hit."),), "confidence": 0.8}
    return Incident(incident_id=incident_id, report_ids=(report,), **{**TAJI, **defaults, **changes})


@pytest.fixture(scope="session")
def taji() -> Callable[..., Incident]:
    return make_incident
