"""Say how an incident is drawn: colour and shape by event type, filling, outline and a sign within by status."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from geo.tables import event_types

# Shapes of data/events/event_types.csv as matplotlib calls them, with the size at which they look equally big.
MARKERS: Final = {
    "circle": ("o", 1.0),
    "diamond": ("D", 0.85),
    "cross": ("X", 1.15),
    "square": ("s", 0.95),
    "triangle": ("^", 1.1),
    "hexagon": ("h", 1.15),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a mark shows its status: the same signs as on the page."""

    text: str  # in the key
    filled: bool = False
    dotted: bool = False  # its outline
    inside: str = ""  # "dot" or "stroke"


LOOKS: Final = {
    "reported": Look("reported", filled=True),
    "claimed": Look("claimed by one side"),
    "alleged": Look("alleged", inside="dot"),
    "denied": Look("denied by one side", inside="stroke"),
    "planned": Look("planned", dotted=True),
    "threatened": Look("threatened", dotted=True, inside="dot"),
}
SIGN: Final = "sign within a mark"
# What stands within a hollow mark, as matplotlib calls it, and how large it is beside the mark.
INSIDES: Final[dict[str, tuple[Any, float]]] = {"dot": ("o", 0.24), "stroke": ((2, 2, -45), 1.5)}
UNKNOWN_TYPE: Final = "Unknown type"
INK: Final = "#222222"
GREY: Final = "#6f6a60"


@dataclass(frozen=True, slots=True)
class Symbol:
    """How one event type is drawn."""

    event_type: str
    colour: str
    marker: str
    scale: float


@cache
def symbols() -> dict[str, Symbol]:
    """Read the symbols in the order of the legend; the last one is for incidents without a type."""
    found = {row.event_type: Symbol(row.event_type, row.colour, *MARKERS[row.shape]) for row in event_types()}
    return found | {UNKNOWN_TYPE: Symbol(UNKNOWN_TYPE, "#777777", *MARKERS["circle"])}


def types_of(incidents: pd.DataFrame) -> "pd.Series[str]":
    """The event type of each incident as the legend names it."""
    types = incidents["event_type"]
    return types.where(types.isin(list(symbols())), UNKNOWN_TYPE)


def statuses_of(incidents: pd.DataFrame) -> "pd.Series[str]":
    """The status of each incident as a key of `LOOKS`; what has none is drawn as reported."""
    status = incidents["status"].astype("str")
    return status.where(status.isin(list(LOOKS)), "reported")


def mark_style(symbol: Symbol, status: str = "reported") -> dict[str, Any]:
    """Give the options of `Axes.scatter` for the outline and the filling of one kind of mark."""
    look = LOOKS[status]
    return {
        "marker": symbol.marker,
        "facecolors": symbol.colour if look.filled else "white",
        "edgecolors": "white" if look.filled else symbol.colour,
        "linewidths": 0.7 if look.filled else 1.5,
        "linestyles": (0, (1, 0.9)) if look.dotted else "-",
    }


def draw_symbols(axes: Axes, at: Any, symbol: Symbol, status: str, size: float, **options: Any) -> None:
    """Draw marks of one type and status.

    Args:
        axes: Where to draw.
        at: One row of x and y for each mark.
        symbol: Of the type.
        status: A key of `LOOKS`.
        size: Width in printer's points.
        **options: Of `Axes.scatter`, before those of the status.
    """
    x, y = np.asarray(at, dtype=np.float64).T
    axes.scatter(x, y, **{"s": (size * symbol.scale) ** 2, **mark_style(symbol, status), **options})
    if (inside := LOOKS[status].inside) and options.get("linewidths") != 0:
        marker, share = INSIDES[inside]
        stroke = {"marker": marker, "color": symbol.colour, "linewidths": 1.3 if inside == "stroke" else 0}
        axes.scatter(x, y, **{"s": (size * share) ** 2, **stroke, "zorder": options.get("zorder", 1.0)}, gid=SIGN)
