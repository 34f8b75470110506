"""Say how an incident is drawn: colour and shape by event type, filling by status."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

from geo.tables import event_types
from geo.vocabulary import NOT_HAPPENED

# Shapes of data/events/event_types.csv as matplotlib calls them, with the size at which they look equally big.
MARKERS: Final = {
    "circle": ("o", 1.0),
    "diamond": ("D", 0.85),
    "cross": ("X", 1.15),
    "square": ("s", 0.95),
    "triangle": ("^", 1.1),
    "hexagon": ("h", 1.15),
}
UNSURE: Final = frozenset({"claimed", "alleged", "denied"})
FILLINGS: Final = {
    "sure": "reported",
    "unsure": "claimed, alleged or denied",
    "not_happened": "planned or threatened",
}
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


def fillings_of(incidents: pd.DataFrame) -> "pd.Series[str]":
    """How each incident is filled: `sure`, `unsure` or `not_happened`."""
    status = incidents["status"]
    filling = pd.Series("sure", index=incidents.index, dtype="str")
    return filling.mask(status.isin(UNSURE), "unsure").mask(status.isin(NOT_HAPPENED), "not_happened")


def mark_style(symbol: Symbol, filling: str) -> dict[str, Any]:
    """Give the options of `Axes.scatter` for one kind of mark."""
    sure = filling == "sure"
    return {
        "marker": symbol.marker,
        "facecolors": symbol.colour if sure else "white",
        "edgecolors": "white" if sure else symbol.colour,
        "linewidths": 0.7 if sure else 1.5,
        "linestyles": (0, (1, 0.9)) if filling == "not_happened" else "-",
    }
