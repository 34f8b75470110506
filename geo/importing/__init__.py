"""Read other people's tables of events, and any layer, into the table of incidents."""

from geo.importing.layers import is_table, read_layer

__all__ = ["is_table", "read_layer"]
