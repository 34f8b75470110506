"""Hold the points of a table against the country that its rows name.

A row whose latitude and longitude stand in each other's column, or that lost a minus, lies in another country, and
nobody sees it on a map of dots.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geo.importing.countries import country_name
from geo.importing.plain_cells import country, once_each
from geo.incidents.layers.areas import country_shape
from geo.tabular.positions import Coordinates
from geo.tabular.roles import column_of

BORDER: Final = 0.5  # degrees; places at sea and on the other bank are still of the country
SLIPS: Final[tuple[tuple[str, Callable[[float, float], tuple[float, float]]], ...]] = (
    ("latitude and longitude may be swapped", lambda x, y: (y, x)),
    ("a minus of the longitude may be missing", lambda x, y: (-x, y)),
    ("a minus of the latitude may be missing", lambda x, y: (x, -y)),
)


def hold_against_countries(found: Coordinates, table: pa.Table) -> list[int]:
    """Add to `found.wrong` the rows that lie outside their country, and inside it but for a slip of the keyboard.

    Args:
        found: Where the rows lie.
        table: Columns of texts; one that is called like a column of countries is asked.

    Returns:
        The rows that lie in another country for no reason that can be seen.
    """
    column = next(filter(None, (column_of(role, table.column_names) for role in ("country_code", "country"))), None)
    if column is None:
        return []
    codes = np.array(once_each(table.column(column).to_pandas(), country), dtype=object)
    is_point = shapely.get_type_id(found.shapes) == shapely.GeometryType.POINT
    others: list[int] = []
    for code in sorted({code for code in codes[is_point] if code}):
        land = country_shape(code)
        if land is None:
            continue
        shapely.prepare(land)
        rows = np.flatnonzero(is_point & (codes == code))
        x, y = shapely.get_coordinates(found.shapes[rows]).T
        outside = ~_lies_in(land, x, y, BORDER)
        for row, lon, lat in zip(rows[outside].tolist(), x[outside], y[outside], strict=True):
            why = next((why for why, turned in SLIPS if _lies_in(land, *turned(lon, lat), 0.0)), None)
            if why is None:
                others.append(row)
            else:
                found.wrong[row] = f"latitude {lat:g}, longitude {lon:g} lies outside {country_name(code)} ({why})"
                found.shapes[row] = None
    return others


def _lies_in(land: Any, x: Any, y: Any, margin: float) -> NDArray[np.bool_]:
    return np.asarray(shapely.dwithin(land, shapely.points(x, y), margin), dtype=bool)
