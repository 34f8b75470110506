"""Put several incident tables under one another."""

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from geo.incidents.contract.conforming import conform
from geo.incidents.contract.schema import empty_frame


def join(frames: Sequence[pd.DataFrame], *, keep_all: bool = False) -> gpd.GeoDataFrame:
    """Make one table of several, each in the contract's types; of a repeated id the first row counts.

    Args:
        frames: Incident tables, as extracted or as `geo.read_layer` gives them.
        keep_all: Whether rows with the id of an earlier one are kept, as ID#2, for tables beside each other.

    Raises:
        SchemaError, CrsError: If one of them cannot be made to hold to the contract.
    """
    tables = [conform(frame) for frame in frames]
    tables = [table for table in tables if len(table)] or tables[:1]
    if len(tables) == 1:
        return tables[0]
    if not tables:
        return empty_frame()
    joined = pd.concat(tables, ignore_index=True)
    if keep_all:
        number = joined.groupby("incident_id").cumcount() + 1
        ids = joined["incident_id"].where(number == 1, joined["incident_id"] + "#" + number.astype("str"))
        joined["incident_id"] = ids.astype("str")
    return conform(joined.drop_duplicates("incident_id", ignore_index=True))
