"""Put the toponyms of reports into one table."""

from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.call_arguments import checked
from geo.geoparsing.toponyms import Toponym, find_toponyms
from geo.reading.accepting import as_reports
from geo.vocabulary import CRS

COLUMNS: Final = (
    "report_id", "start", "end", "text", "name", "place_id", "country_code", "feature_class", "kind", "confidence",
)  # fmt: skip


@checked
def geoparse(reports: Any, *, text: str | None = None) -> gpd.GeoDataFrame:
    """Find and place the toponyms of reports.

    Args:
        reports: A text, a path, a report, a dict, a Series or DataFrame with texts, or several of these.
        text: Name of the column or key that holds the text, where it is not `text`, `body`, `content`,
            `article` or `full_text`.

    Returns:
        One row per toponym in the order of the reports and of their texts: `report_id`, `start` and `end`
        (code points of the text, end exclusive), `text`, `name` and `place_id` of the gazetteer,
        `country_code` (ISO 3166-1 alpha-2), `feature_class` (GeoNames' letter; "A" for countries), `kind`
        (place or nationality), `confidence` (0 to 1) and a point, EPSG:4326, in degrees; null where no place is known.
    """
    toponyms = [toponym for report in as_reports(reports, text=text) for toponym in find_toponyms(report)]
    return to_frame(toponyms)


def to_frame(toponyms: list[Toponym]) -> gpd.GeoDataFrame:
    """Make the table of toponyms."""
    places = [toponym.located for toponym in toponyms]
    table = pd.DataFrame(
        {
            "report_id": pd.array([t.report_id for t in toponyms], "str"),
            "start": pd.array([t.start for t in toponyms], "int64"),
            "end": pd.array([t.end for t in toponyms], "int64"),
            "text": pd.array([t.text for t in toponyms], "str"),
            "name": pd.array([t.place.name if t.place else " ".join(t.text.split()) for t in toponyms], "str"),
            "place_id": pd.array([t.place.id if t.place else None for t in toponyms], "str"),
            "country_code": pd.array([p.country_code or None if p else None for p in places], "str"),
            "feature_class": pd.array([_feature_class(t) for t in toponyms], "str"),
            "kind": pd.array([t.kind for t in toponyms], "str"),
            "confidence": [float(t.confidence) for t in toponyms],
        },
        columns=list(COLUMNS),
    )
    missing = float("nan")
    x = [p.lon if p else missing for p in places]
    y = [p.lat if p else missing for p in places]
    points = gpd.GeoSeries(gpd.points_from_xy(x, y), index=table.index, crs=CRS)
    points[pd.Series([p is None for p in places], dtype=bool)] = None
    return gpd.GeoDataFrame(table, geometry=points, crs=CRS)


def _feature_class(toponym: Toponym) -> str | None:
    if toponym.place:
        return toponym.place.feature_class
    return "S" if toponym.noun else None
