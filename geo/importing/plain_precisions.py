"""Read how precisely rows of tables of nobody's format are placed, where a column of theirs says so in words.

A point that stands for a province is no dot: without its column of precision it would look as sure as the others.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.importing.places import COUNTRY, reaches
from geo.incidents.contract.schema import coordinates
from geo.resources import read_table
from geo.tabular.roles import plain

_BEHIND: Final = re.compile(r"\s+(?:level|centroid|centre|center|accuracy|precision)$")
EXPECTED: Final = "a precision such as exact, village, district or province"


@dataclass(frozen=True, slots=True)
class Precision:
    """What one word says."""

    geo_precision: str
    uncertainty_m: float
    level: str


@cache
def _words() -> dict[str, Precision]:
    return {
        plain(word): Precision(row["geo_precision"], float(row["uncertainty_m"]), row["level"])
        for row in read_table("importing/plain_precisions.csv")
        for word in row["words"].split(";")
    }


def precision(cell: Any) -> Precision | None:
    """Find what the words of a cell say; None where they are not known."""
    word = plain(str(cell).replace("/", " "))
    return _words().get(word) or _words().get(_BEHIND.sub("", word))


def radii(
    precisions: list[Precision | None], frame: gpd.GeoDataFrame, names: dict[str, "pd.Series[Any] | None"]
) -> Any:
    """Give the radius of each row in metres: of a division its own reach from the row's point, where it is known.

    Args:
        precisions: What each row says of its precision.
        frame: With the points.
        names: `country_code`, and by level (`_admin1`, `_admin2`) what the division of each row is called.
    """
    radius = np.array([np.nan if one is None else one.uncertainty_m for one in precisions])
    lon, lat = coordinates(frame).T
    codes = names["country_code"]
    for level in {one.level for one in precisions if one is not None and one.level}:
        called = codes if level == COUNTRY else names.get(level)
        rows = np.array([one is not None and one.level == level for one in precisions]) & ~np.isnan(lon)
        if codes is None or called is None or not rows.any():
            continue
        here = pd.DataFrame({"code": codes.to_numpy(dtype=object), "name": called.to_numpy(dtype=object)})[rows]
        radius[rows] = reaches(level, here, lon[rows], lat[rows], otherwise=float(radius[rows][0]))
    return np.where(np.isnan(lon), np.nan, radius)
