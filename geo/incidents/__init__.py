"""Gather incidents into one GeoDataFrame: the contract, merging across reports, derived layers.

From reports to the table, in order: `extracting` has each report read (`reports`), incidents of several reports made
one (`merging`), and people's decisions kept (`review`). `contract` holds the columns of the table; `layers` and
`headlines` derive from it. Mentions of one event within a report are made one by `extraction.coreference`.
"""

from geo.incidents.contract.conforming import conform
from geo.incidents.contract.joining import join
from geo.incidents.contract.layer_frame import LayerFrame
from geo.incidents.contract.schema import COLUMNS, DTYPES, empty_frame, to_frame
from geo.incidents.contract.validation import validate
from geo.incidents.extracting import extract
from geo.incidents.layers.derived import links_layer, places_layer, uncertainty_layer
from geo.incidents.layers.geodesic import distances_km
from geo.incidents.merging.pipeline import explain_merges, merge_incidents
from geo.incidents.review import Edits, apply_review, is_as_extracted, settle_types

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
