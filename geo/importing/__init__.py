"""Read other people's tables of events, and any layer, into the table of incidents."""

from geo.importing.as_points import as_points
from geo.importing.gdelt_mentions import holds_mentions, join_mentions
from geo.importing.layers import read_layer
from geo.importing.pieces import read_pieces
from geo.importing.recognising import holds_events, is_layer

__all__ = ["as_points", "holds_events", "holds_mentions", "is_layer", "join_mentions", "read_layer", "read_pieces"]
