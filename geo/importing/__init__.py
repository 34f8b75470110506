"""Read other people's tables of events, and any layer, into the table of incidents."""

from geo.importing.as_points import as_points
from geo.importing.layers import read_layer
from geo.importing.recognising import holds_events, is_layer

__all__ = ["as_points", "holds_events", "is_layer", "read_layer"]
