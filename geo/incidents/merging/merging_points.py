"""The table of points: what each level of each component is worth when incidents are merged."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from geo.resources import read_table


@cache
def merging_points() -> dict[str, dict[str, float]]:
    """The table of points: component, level, worth; what is forbidden is minus infinity."""
    table: dict[str, dict[str, float]] = {}
    for row in read_table("events/merging_points.csv"):
        worth = -np.inf if row["points"] == "never" else float(row["points"])
        table.setdefault(row["component"], {})[row["level"]] = worth
    return table


@cache
def level_codes(component: str) -> dict[str, int]:
    """Number the levels of a component in the table's order."""
    return {level: number for number, level in enumerate(merging_points()[component])}


@cache
def marked(mark: str) -> dict[str, NDArray[np.bool_]]:
    """For every component: which of its levels have a mark of the table.

    `against` is a contradiction; `loose` leaves it open which of several incidents is meant.
    """
    table: dict[str, list[bool]] = {}
    for row in read_table("events/merging_points.csv"):
        table.setdefault(row["component"], []).append(row["mark"] == mark)
    return {component: np.array(flags) for component, flags in table.items()}
