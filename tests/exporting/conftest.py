"""Layers to write: incidents as they come, and texts that no format likes."""

import geopandas as gpd
import pandas as pd
import pytest

from geo.incidents import links_layer, places_layer, uncertainty_layer, validate
from geo.incidents.contract.schema import object_column
from tests.repeated_places import with_repeats
from tests.synthetic import make_incidents

# What formats stumble over: markup, formulas, quotes, line breaks, other scripts, what looks like a number or a day.
UNLIKED = (
    "<script>alert('x')</script> & \"more\"",
    '=HYPERLINK("https://example.org")',
    "'=already marked",
    "-26 or more",
    "@command",
    "+49",
    "first line\nsecond line\r\nthird\ttabbed",
    "قصف على قاعدة التاجي",
    "🚀 rocket",
    "2020-03-12",
    "007",
    "null",
    "NaN",
    "_x0041_ is no letter",
    " spaces around ",
    "[1, 2]",
    '{"a": 1}',
    "comma, semicolon; and \\backslash\\",
    "Nul-free \x01 control \x1f characters",
    "’tis 'quoted'",
)  # fmt: skip


@pytest.fixture(scope="session")
def incidents() -> gpd.GeoDataFrame:
    """Sixty incidents, some of them with texts that formats stumble over, some that name their place twice."""
    frame = make_incidents(60)
    evidence, reports = frame["evidence"].tolist(), frame["report_ids"].tolist()
    for row, text in enumerate(UNLIKED):
        frame.loc[row, ["place_text", "weapon", "attribution"]] = text
        evidence[row] = [
            {"report_id": "2020-03-12", "start": 0, "end": len(text), "text": text},
            {"report_id": "r2", "start": None, "end": None, "text": text * 2},
        ]
        reports[row] = ["2020-03-12", text]
    evidence[21] = []
    frame["evidence"], frame["report_ids"] = object_column(evidence), object_column(reports)
    frame.loc[22, ["date_start", "date_end"]] = [pd.Timestamp("1899-12-31"), pd.Timestamp("1900-02-28")]
    frame["in_response_to"] = pd.Series([[frame["incident_id"][row - 1]] if row % 7 == 3 else [] for row in range(60)])
    return validate(with_repeats(frame, 30))


@pytest.fixture(scope="session")
def layers(incidents: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    """The four layers of a map, and one without rows."""
    return {
        "incidents": incidents,
        "uncertainty": uncertainty_layer(incidents),
        "places": places_layer(incidents),
        "links": links_layer(incidents),
        "empty": incidents.iloc[:0],
    }


@pytest.fixture
def across() -> gpd.GeoDataFrame:
    """Incidents on both sides of the antimeridian, in Fiji, with circles and arrows across it."""
    frame = make_incidents(4)
    frame["geometry"] = gpd.points_from_xy(
        [179.9, -179.9, 178.4, -179.99], [-16.5, -16.6, -18.1, -17.0], crs="EPSG:4326"
    )
    frame["uncertainty_m"] = 60_000.0
    frame["in_response_to"] = pd.Series([[], [frame["incident_id"][0]], [], [frame["incident_id"][2]]])
    return frame
