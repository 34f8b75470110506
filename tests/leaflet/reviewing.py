"""Make pages with the review panel, and work in them as a reviewer does."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
from playwright.sync_api import BrowserContext, Page

from geo.incident import Evidence, Incident
from geo.incidents import to_frame
from geo.report import Report

REVIEW_READY = "html[data-geo-review=ready]"
TOWNS = (
    ("Tikrit", "geonames:91597", 43.6793, 34.6071), ("Mosul", "geonames:99072", 43.1309, 36.335),
    ("Kirkuk", "geonames:94787", 44.3922, 35.4681), ("Erbil", "geonames:95446", 44.0088, 36.1926),
    ("Samarra", "geonames:89824", 43.8734, 34.1959),
)  # fmt: skip


def chronicle(per_report: int = 5, reports: int = 4) -> tuple[gpd.GeoDataFrame, list[Report]]:
    """Incidents of some reports, five to a report, each with a sentence of its own and another confidence."""
    incidents, texts = [], []
    for r in range(reports):
        text = f"Dispatch number {r + 1}.\n\n"
        for n in range(per_report):
            town, place_id, lon, lat = TOWNS[n % len(TOWNS)]
            day = date(2020, 3, 1) + timedelta(days=r * per_report + n)
            sentence = f"On {day:%d %B} rockets struck {town}, killing {n + 2} people of column {r * per_report + n}."
            start = len(text)
            text += sentence + " "
            incidents.append(
                _incident(r * per_report + n, f"r{r}", sentence, start, place=(town, place_id, lon, lat), day=day)
            )
        texts.append(
            Report(id=f"r{r}", text=text, title=f"Dispatch {r + 1}", published=date(2020, 4, 1), language="en")
        )
    return to_frame(incidents), texts


def _incident(
    number: int, report: str, sentence: str, start: int, *, place: tuple[str, str, float, float], day: date
) -> Incident:
    killed = number % 5 + 2
    town, place_id, lon, lat = place
    return Incident(
        incident_id=f"i{number:03}", report_ids=(report,), event_type="Explosions/Remote violence",
        sub_event_type="Shelling/artillery/missile attack", date_start=day, date_end=day, date_precision="day",
        place_name=town, place_id=place_id, place_text=town, country="Iraq", country_code="IQ", admin1="Salah ad Din",
        geo_precision="settlement", uncertainty_m=4321.5, lon=lon, lat=lat, actor2="people", killed_min=killed,
        killed_max=killed, weapon="rocket", confidence=round(0.3 + 0.7 * (number * 7 % 20) / 20, 4),
        in_response_to=(f"i{number - 1:03}",) if number % 5 == 4 else (),
        evidence=(Evidence(report_id=report, start=start, end=start + len(sentence), text=sentence),),
    )  # fmt: skip


def open_review(context: BrowserContext, path: Path, heard: list[str] | None = None) -> Page:
    """Open a page for review; what it says on the console or asks of the network goes to `heard`."""
    page = context.new_page()
    if heard is not None:
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(("file:", "blob:", "data:")) else heard.append(r.url))
    page.goto(f"file://{path}")
    page.wait_for_selector(REVIEW_READY, state="attached", timeout=30_000)
    return page


def current(page: Page) -> dict[str, str]:
    """What the panel says of the present incident: the headline, and facts by their names."""
    names = page.locator(".geo-review-incident dl dt").all_inner_texts()
    values = page.locator(".geo-review-incident dl dd").all_inner_texts()
    return {"": page.locator(".geo-review-incident h2").inner_text(), **dict(zip(names, values, strict=True))}


def press(page: Page, *keys: str) -> None:
    """Press keys one after another, each when the panel has taken in the one before."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(60)


def save_decisions(page: Page, path: Path, by: Callable[[], None] | None = None) -> dict[str, Any]:
    """Save the decisions as a download, and read the file."""
    with page.expect_download() as download:
        (by or (lambda: page.keyboard.press("w")))()
    download.value.save_as(path)
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {feature["id"]: feature["properties"] for feature in features}


def progress(page: Page) -> str:
    return page.locator(".geo-review-progress").inner_text()


def file_text(page: Page) -> str:
    """The bytes that would be saved now."""
    with page.expect_download() as download:
        page.keyboard.press("w")
    return Path(download.value.path()).read_text(encoding="utf-8")
