"""Name what can go wrong, so that a caller can catch it.

Every message says what was found, what was expected and what to do next.
"""


class GeoError(Exception):
    """Anything that `geo` raises on purpose."""


class InputError(GeoError, ValueError):
    """An input that cannot be used; the message names it."""


class CrsError(GeoError, ValueError):
    """A table in another coordinate system than EPSG:4326."""


class SchemaError(GeoError, ValueError):
    """A table that does not hold to the contract of incidents."""


class GazetteerError(GeoError):
    """A gazetteer that is missing, of another version, or cannot take a file."""


class ExportError(GeoError):
    """A layer that cannot be written as asked."""
