"""Hold a layer: a GeoDataFrame that writes its days as days and says what an extra is needed for."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.extras import need


def day_text(cell: Any) -> str:
    """Write a cell of a column of days as files do: "2020-03-12"; an empty text when it is null."""
    return "" if pd.isna(cell) else str(cell)[:10]


class LayerFrame(gpd.GeoDataFrame):  # type: ignore[misc]  # GeoPandas has no types
    """A GeoDataFrame whose days, counts and lists can be written as JSON.

    It is a GeoDataFrame in every other respect; slices, merges and copies of one are one too.
    `to_json`, `__geo_interface__` (which Folium reads) and `explore` rest on `iterfeatures`.
    """

    def iterfeatures(self, *arguments: Any, **options: Any) -> Iterator[dict[str, Any]]:
        """Give one GeoJSON feature per row, as GeoPandas does, with every cell as JSON can hold it.

        Days become ISO texts (`2020-03-12`), moments ISO texts with their time.
        """
        for feature in super().iterfeatures(*arguments, **options):
            feature["properties"] = {name: as_json(cell) for name, cell in feature["properties"].items()}
            yield feature

    @property
    def plot(self) -> Any:
        """The plots of GeoPandas and pandas; `geo.plot` draws a map for print.

        Raises:
            MissingExtraError: If the library of the extra `plot` is not installed.
        """
        need("matplotlib", extra="plot", purpose="plot()")
        return super().plot

    def explore(self, *arguments: Any, **options: Any) -> Any:
        """Draw the layer as an interactive map, as GeoPandas does; online tiles come from the network.

        Raises:
            MissingExtraError: If the libraries of the extra `explore` are not installed.
        """
        for module in ("matplotlib", "mapclassify"):
            need(module, extra="explore", purpose="explore()")
        return super().explore(*arguments, **options)


def as_json(cell: Any) -> Any:
    """Write a cell that is not null as JSON holds it: days and moments as ISO texts, numbers as Python's own."""
    if isinstance(cell, pd.Timestamp):
        return day_text(cell) if cell.tzinfo is None and cell == cell.normalize() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.item() if isinstance(cell, np.generic) else cell
