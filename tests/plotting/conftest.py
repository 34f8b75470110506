"""A few incidents round Baghdad to draw."""

from datetime import date
from typing import Any

import geopandas as gpd
import pytest

from geo.incident import Incident
from geo.incidents import to_frame

PLACES = {
    "Camp Taji": (44.2567, 33.5239, "site", 3_000.0),
    "Al Asad Air Base": (42.4412, 33.7856, "site", 6_000.0),
    "Erbil": (44.009, 36.19, "settlement", 9_000.0),
    "Anbar": (41.9, 33.1, "admin", 180_000.0),
    "Iraq": (43.7, 33.2, "country", 450_000.0),
}


def make(name: str, incident_id: str | None = None, **changes: Any) -> Incident:
    lon, lat, precision, radius_m = PLACES[name]
    defaults = {
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "date_start": date(2020, 3, 11),
        "date_end": date(2020, 3, 11),
        "country_code": "IQ",
        "place_name": name,
        "geo_precision": precision,
        "uncertainty_m": radius_m,
        "lon": lon,
        "lat": lat,
    }
    return Incident(incident_id=incident_id or name, report_ids=("r",), **{**defaults, **changes})


@pytest.fixture
def incidents() -> gpd.GeoDataFrame:
    return to_frame(
        [
            make("Camp Taji"),
            make("Al Asad Air Base", in_response_to=("Camp Taji",), date_end=date(2020, 3, 14)),
            make("Erbil", status="denied"),
            make("Anbar", event_type="Battles", sub_event_type="Armed clash", status="planned"),
            make("Iraq", date_start=None, date_end=None),
            make("Erbil", "nowhere", lon=None, lat=None),
        ]
    )
