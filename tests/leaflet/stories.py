"""A short, made-up chain of events that has one of everything a page must show."""

from datetime import date
from typing import Any

import geopandas as gpd

from geo.incident import Evidence, Incident
from geo.incidents import to_frame
from geo.report import Report

GAZETTE = (
    "Rockets hit Camp Taji on Wednesday, killing three soldiers. "
    "At least 12 others were wounded, the army said. "
    "The day after, warplanes struck depots near Al-Qāʾim in response. "
    "Somewhere in Iraq, a convoy was ambushed in early March."
)
WIRE = "Militia leaders denied that they had fired on Camp Taji. They threatened an attack on the embassy in Baghdad."
REPORTS = [
    Report(
        id="gazette", text=GAZETTE, title="Rockets and an answer", published=date(2020, 3, 13),
        publisher="The Gazette", url="https://gazette.example/rockets", language="en",
    ),
    Report(id="wire", text=WIRE, title="Militia denies", published=date(2020, 3, 14), publisher="Wire", language="en"),
]  # fmt: skip
SENTENCES = {"gazette": GAZETTE, "wire": WIRE}
TAJI = {"place_name": "Camp Taji", "place_id": "geo:camp-taji", "lon": 44.257, "lat": 33.524, "admin1": "Baghdad"}
QAIM = {"place_name": "Al-Qāʾim", "place_id": "geonames:99580", "lon": 41.093, "lat": 34.369, "admin1": "Anbar"}
BAGHDAD = {"place_name": "Baghdad", "place_id": "geonames:98182", "lon": 44.401, "lat": 33.341, "admin1": "Baghdad"}


def quote(report_id: str, text: str) -> Evidence:
    start = SENTENCES[report_id].index(text)
    return Evidence(report_id=report_id, start=start, end=start + len(text), text=text)


def incident(incident_id: str, **cells: Any) -> Incident:
    defaults = {
        "incident_id": incident_id, "report_ids": ("gazette",), "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack", "country": "Iraq", "country_code": "IQ",
        "date_start": date(2020, 3, 11), "date_end": date(2020, 3, 11), "date_precision": "day",
        "geo_precision": "site", "uncertainty_m": 1500.0, "confidence": 0.9,
    }  # fmt: skip
    return Incident(**{**defaults, **cells})


def story() -> gpd.GeoDataFrame:
    """Nine incidents of March 2020: every precision of place, every status but one, a retaliation."""
    strike = {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"}
    ambush = {"event_type": "Battles", "sub_event_type": "Armed clash"}
    attack = {"event_type": "Violence against civilians", "sub_event_type": "Attack"}
    protest = {"event_type": "Protests", "sub_event_type": "Peaceful protest"}
    rockets = quote("gazette", "Rockets hit Camp Taji on Wednesday, killing three soldiers.")
    answer = quote("gazette", "The day after, warplanes struck depots near Al-Qāʾim in response.")
    return to_frame(
        [
            incident(
                "taji", **TAJI, place_text="Camp Taji", actor1="Kata'ib Hizballah", actor2="US forces", weapon="rocket",
                killed_min=3, killed_max=3, wounded_min=12, report_ids=("gazette", "wire"), attribution="the army",
                evidence=(rockets, quote("gazette", "At least 12 others were wounded, the army said.")),
            ),
            incident(
                "qaim", **QAIM, **strike, geo_precision="settlement", uncertainty_m=6000.0, actor1="US forces",
                date_start=date(2020, 3, 12), date_end=date(2020, 3, 12), in_response_to=("taji",), evidence=(answer,),
                killed_min=1, killed_max=4,
            ),
            incident(
                "denied", **TAJI, status="denied", attribution="Militia leaders", report_ids=("wire",),
                evidence=(quote("wire", "Militia leaders denied that they had fired on Camp Taji."),),
            ),
            incident(
                "threat", **BAGHDAD, **attack, status="threatened", geo_precision="settlement", uncertainty_m=23_000.0,
                date_start=None, date_end=None, date_precision="unknown", report_ids=("wire",),
                evidence=(quote("wire", "They threatened an attack on the embassy in Baghdad."),),
            ),
            incident(
                "convoy", **ambush, place_name="Iraq", place_id="geonames:99237", lon=44.0, lat=33.0,
                geo_precision="country", uncertainty_m=460_000.0, date_start=date(2020, 3, 1),
                date_end=date(2020, 3, 10), date_precision="range",
                evidence=(quote("gazette", "Somewhere in Iraq, a convoy was ambushed in early March."),),
            ),
            incident(
                "west", **strike, place_name="western Iraq", lon=41.5, lat=32.9, geo_precision="region",
                uncertainty_m=150_000.0, status="claimed", date_start=date(2020, 3, 20), date_end=date(2020, 3, 31),
                date_precision="range",
            ),
            *(
                incident(
                    f"march{n}", **BAGHDAD, **protest, geo_precision="settlement", uncertainty_m=23_000.0, status=status,
                    date_start=date(2020, 3, 15 + n), date_end=date(2020, 3, 15 + n),
                )
                for n, status in enumerate(("reported", "alleged", "planned"))
            ),
        ]
    )  # fmt: skip
