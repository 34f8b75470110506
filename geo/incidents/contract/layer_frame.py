"""Hold a layer: a GeoDataFrame that writes its days as days and says what an extra is needed for."""

from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import MissingExtraError
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

    def to_postgis(self, *arguments: Any, **options: Any) -> None:
        """Write the layer into PostGIS, as GeoPandas does; `geo.write_layer` does so by itself.

        Raises:
            MissingExtraError: If the libraries that GeoPandas wants for this are not installed.
        """
        missing = [name for name in ("sqlalchemy", "geoalchemy2") if find_spec(name) is None]
        if missing:
            msg = (
                f"to_postgis() of GeoPandas needs {' and '.join(missing)}, not installed here; use "
                "geo.write_layer(incidents, 'postgresql://user@host/db?table=incidents') in place of it."
            )
            raise MissingExtraError(msg)
        super().to_postgis(*arguments, **options)

    def _constructor_sliced_from_mgr(self, mgr: Any, axes: Any) -> Any:
        """Give columns of days a class of their own, as GeoPandas gives one to columns of geometry."""
        column = super()._constructor_sliced_from_mgr(mgr, axes)
        if type(column) is pd.Series and column.dtype.kind == "M":
            column.__class__ = Days
        return column


class Days(pd.Series):
    """A column of days or moments that compares with `datetime.date` too.

    pandas refuses `>` between the two, and its `==` is false everywhere. What is made of the column is a plain Series.
    """

    @property
    def _constructor(self) -> Any:
        return pd.Series

    def _cmp_method(self, other: Any, op: Any) -> Any:
        moment = pd.Timestamp(other) if type(other) is date else other
        return super()._cmp_method(moment, op)  # type: ignore[misc] # pandas' types leave it out


def as_json(cell: Any) -> Any:
    """Write a cell that is not null as JSON holds it: days and moments as ISO texts, numbers as Python's own."""
    if isinstance(cell, pd.Timestamp):
        return day_text(cell) if cell.tzinfo is None and cell == cell.normalize() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.item() if isinstance(cell, np.generic) else cell
