"""Say when a layer holds nothing that could be drawn, so that no empty map looks like an answer."""

from typing import Final

import geopandas as gpd

from geo.importing.naming import name_columns
from geo.importing.plain import names_in_words
from geo.incidents import COLUMNS
from geo.tabular.roles import names_of

# Columns by which the layers that geo writes are known; those may be empty, as the answer to a question.
OWN: Final = frozenset({"incident_id", "place_id", "report_id", "from_id"})
ROLES: Final = ("date", "place", "country", "category", "killed", "description", "article")


def why_nothing(layer: gpd.GeoDataFrame, where: str | None = None) -> str:
    """Say why a layer as `read_layer` gives it holds no incident; "" when it does.

    Args:
        layer: Its rows.
        where: The condition that they were to meet; that none does is an answer.
    """
    columns = [str(name) for name in layer.columns if name != layer.active_geometry_name]
    if OWN & set(columns) or (where is not None and not len(layer)):
        return ""
    if not len(layer):
        return "no rows in this layer, so there is nothing to show; expected a feature for each incident."
    if layer.geometry.notna().any() or set(columns) & set(COLUMNS) or name_columns(layer).used:
        return ""
    looked_for = ", ".join(names_of(role)[0] for role in ROLES)
    return (
        f"no row has a place, and none of its columns ({names_in_words(columns)}) is known, so there is nothing to "
        f"show; expected coordinates, or columns such as {looked_for}: rename yours."
    )
