"""Keep from the page what must not be published: exact places, chosen columns.

What is withheld is taken out of the table before anything is written, so that it is nowhere
in the file: not in a popup, not in the search, not in the compressed blocks.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import InputError
from geo.incidents.contract.schema import COLUMNS, coordinates, object_column, points
from geo.incidents.review.terms import REVIEWED
from geo.report import Report
from geo.vocabulary import CRS

METRES_PER_DEGREE: Final = 111_700.0  # the most that one measures anywhere on the ellipsoid: at the poles
# What would reveal the place more finely than the grid, in words: names, sentences, reports' titles.
# A province can be smaller than a cell.
NAMES_PLACE: Final = ("place_name", "place_id", "place_text", "admin1", "evidence")
# Marks that are drawn sharp; on a grid none is.
SHARP: Final = ("site", "near", "settlement")
WITHHELD: Final = "[…]"
# Columns whose words stand in the sentences too.
HIDDEN_IN_WORDS: Final = (
    "place_name", "place_text", "country", "admin1", "actor1", "actor2", "weapon", "attribution",
)  # fmt: skip


def hidden_columns(incidents: gpd.GeoDataFrame, hide: Collection[str], *, coarsened: bool) -> frozenset[str]:
    """Say which columns stay out of the page.

    Args:
        incidents: The table.
        hide: The columns that the user names.
        coarsened: Whether points are snapped to a grid: then also everything that may reveal the place
            more finely goes, the user's own columns among it, since nobody knows what they hold.

    Raises:
        InputError: If a name is no column.
    """
    names = [hide] if isinstance(hide, str) else list(hide)
    known = {*COLUMNS, *map(str, incidents.columns)}
    unknown = sorted(set(names) - known)
    if unknown:
        msg = f"cannot hide {', '.join(unknown)}: no such column; expected some of {', '.join(sorted(known))}."
        raise InputError(msg)
    own = (str(name) for name in incidents.columns if name not in COLUMNS and name != REVIEWED)
    return frozenset([*names, *((*NAMES_PLACE, *own) if coarsened else ())])


def withhold(incidents: gpd.GeoDataFrame, hidden: frozenset[str]) -> gpd.GeoDataFrame:
    """Empty the hidden columns, and blank their words in the sentences.

    A sentence can say the same in other words; whoever must be sure hides `evidence` too.
    """
    table = incidents.copy(deep=False)
    if "evidence" not in hidden:
        secrets = [name for name in HIDDEN_IN_WORDS if name in hidden]
        if secrets:
            table["evidence"] = _blanked(table, secrets)
    for name in hidden & set(table.columns):
        if name in ("evidence", "report_ids", "in_response_to"):
            table[name] = object_column([[] for _ in range(len(table))]).set_axis(table.index)
        elif name == "geometry":
            nowhere = np.full(len(table), np.nan)
            table["geometry"] = gpd.GeoSeries(points(nowhere, nowhere), index=table.index, crs=CRS)
        elif name != "incident_id":  # ids tie rows together inside the page; its writer leaves them out
            table[name] = pd.Series(pd.array([None] * len(table), dtype=table[name].dtype), index=table.index)
    if "report_ids" in hidden and "evidence" not in hidden:
        bare = [[{**span, "report_id": None} for span in row] for row in table["evidence"]]
        table["evidence"] = object_column(bare).set_axis(table.index)
    return table


def _blanked(table: gpd.GeoDataFrame, secrets: Sequence[str]) -> "pd.Series[Any]":
    """Replace the values of the hidden columns where they stand literally in the row's sentences."""
    values = table[list(secrets)].astype(object).where(table[list(secrets)].notna(), "").to_numpy()
    rows = []
    for cell, words in zip(table["evidence"], values, strict=True):
        ordered = sorted({word for word in words if word}, key=len, reverse=True)
        if ordered:
            pattern = re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE)
            cell = [{**span, "text": pattern.sub(WITHHELD, span["text"])} for span in cell]  # noqa: PLW2901
        rows.append(cell)
    return object_column(rows).set_axis(table.index)


def coarsen(incidents: gpd.GeoDataFrame, cell_m: float) -> gpd.GeoDataFrame:
    """Snap points to the middle of a grid's cells and widen their circles by as much.

    Args:
        incidents: The contract's table, EPSG:4326.
        cell_m: Width of a cell in metres. Rows of cells lie on parallels; each row is
            divided anew, so that a cell is as wide in Norway as in Kenya.

    Returns:
        A copy: no circle is smaller than its cell's half diagonal, radii are rounded up to whole
        cells (an odd radius could name its place), and no mark is said to be sharp.

    Raises:
        InputError: If `cell_m` is not a length above 0 and below a quarter of the Earth's girth.
    """
    if not 0 < cell_m < 1e7:  # noqa: PLR2004
        msg = f"cannot coarsen to {cell_m} metres; expected a length such as 10000."
        raise InputError(msg)
    table = incidents.copy(deep=False)
    table["geometry"] = gpd.GeoSeries(points(*_snapped(coordinates(table), cell_m).T), index=table.index, crs=CRS)
    radius_m = table["uncertainty_m"].to_numpy(dtype=np.float64)
    known = ~np.isnan(radius_m)
    radius_m = np.where(known, radius_m, 0) + cell_m * np.sqrt(0.5)
    wide_m = np.ceil(radius_m / cell_m) * cell_m
    table["uncertainty_m"] = np.where(table.geometry.isna(), np.nan, wide_m)
    sharp = table["geo_precision"].isin(SHARP)
    table["geo_precision"] = table["geo_precision"].mask(sharp, "region")
    return table


def _snapped(xy: NDArray[np.float64], cell_m: float) -> NDArray[np.float64]:
    """Move points, shape (n, 2) in degrees, to the middle of their cells."""
    height = cell_m / METRES_PER_DEGREE
    floor = np.floor(xy[:, 1] / height) * height
    # A whole number of cells round the Earth, so that the antimeridian cuts none; counted where
    # the row is widest, so that no cell is wider than asked.
    nearest = np.where((floor < 0) & (floor + height > 0), 0, np.minimum(abs(floor), abs(floor + height)))
    around = np.ceil(360 * np.cos(np.radians(np.minimum(nearest, 90))) / height).clip(min=1)
    lon = (np.floor((xy[:, 0] + 180) % 360 * around / 360) + 0.5) * 360 / around - 180
    return np.column_stack([lon, np.clip(floor + height / 2, -90, 90)])


def bare_reports(reports: Sequence[Report]) -> list[Report]:
    """Keep of the reports only publisher, day and language; titles, texts and addresses reveal places."""
    return [replace(r, title="", url="", source="", text="withheld") for r in reports]
