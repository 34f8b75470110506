"""Gather incidents into one GeoDataFrame: the contract, merging across reports, derived layers.

From reports to the table, in order: `reading_reports` and `extracting` call `extraction` for each report; `merging`
makes one row of what several reports describe, by way of `blocking` (which pairs to compare), `pair_scores` (how
alike they are, by `merging_facts`, `merging_levels` and `merging_points`), `clustering` (which are one) and
`combining` (what the row says); `incremental` merges new reports with what was merged before. Mentions of one event
within a report are made one by `extraction.coreference`. `schema`, `conforming` and `validation` hold the contract of
the columns; `headlines`, `areas` and `layers` derive from it.
"""

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
