"""Gather incidents into one GeoDataFrame: the contract, merging across reports, derived layers."""

from geo.incidents.conforming import conform
from geo.incidents.schema import COLUMNS, DTYPES, empty_frame, to_frame, validate

__all__ = [
    "COLUMNS",
    "DTYPES",
    "conform",
    "empty_frame",
    "to_frame",
    "validate",
]
