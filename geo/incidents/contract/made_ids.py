"""Name the rows that have no id, or another's: what a person has added or copied."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.incidents.contract.layer_frame import day_text
from geo.incidents.contract.schema import coordinates

MADE_ID = re.compile("u[0-9a-f]{12}")


def named_by_conform(incident_id: str) -> bool:
    """Return whether a row got its id here, because a person had added or copied it."""
    return MADE_ID.fullmatch(incident_id) is not None


def fill_ids(frame: gpd.GeoDataFrame) -> None:
    """Name the nameless rows, and a copied row anew; the first keeps the id."""
    ids = frame["incident_id"]
    nameless = ids.isna() | ids.duplicated()
    if not nameless.any():
        return
    taken = set(ids[~nameless])
    xy = coordinates(frame)
    for row in np.flatnonzero(nameless.to_numpy()):
        cells = (frame[name].iloc[row] for name in ("sub_event_type", "date_start", "place_name", "actor1"))
        said = [day_text(cell) or "<NA>" if isinstance(cell, date | type(pd.NaT)) else str(cell) for cell in cells]
        ids.iloc[row] = _free_id([*said, *map(repr, xy[row].round(5))], taken)
        taken.add(ids.iloc[row])
    frame["incident_id"] = ids


def _free_id(said: Sequence[str], taken: set[str]) -> str:
    for n in range(len(taken) + 1):
        digest = hashlib.sha256("\0".join([*said, str(n)]).encode()).hexdigest()
        if f"u{digest[:12]}" not in taken:
            break
    return f"u{digest[:12]}"
