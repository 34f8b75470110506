"""Gather incidents into one GeoDataFrame: the contract, merging across reports, derived layers."""

from geo.incidents.conforming import conform
from geo.incidents.extracting import extract
from geo.incidents.geodesic import distances_km
from geo.incidents.joining import join
from geo.incidents.layer_frame import LayerFrame
from geo.incidents.layers import links_layer, places_layer, uncertainty_layer
from geo.incidents.merging import explain_merges, merge_incidents
from geo.incidents.review import Edits, apply_review, is_as_extracted, settle_types
from geo.incidents.schema import COLUMNS, DTYPES, empty_frame, to_frame
from geo.incidents.validation import validate

__all__ = [
    "COLUMNS",
    "DTYPES",
    "Edits",
    "LayerFrame",
    "apply_review",
    "conform",
    "distances_km",
    "empty_frame",
    "explain_merges",
    "extract",
    "is_as_extracted",
    "join",
    "links_layer",
    "merge_incidents",
    "places_layer",
    "settle_types",
    "to_frame",
    "uncertainty_layer",
    "validate",
]
