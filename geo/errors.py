"""Name what can go wrong, so that a caller can catch it.

Every message says what was found, what was expected and what to do next.
"""

import sys
import warnings


class GeoError(Exception):
    """Base class of the errors that `geo` raises."""


class InputError(GeoError, ValueError):
    """An input that cannot be used; the message names it."""


class ArgumentError(GeoError, TypeError):
    """An argument that a function does not take; the message names those that it takes."""


class CrsError(GeoError, ValueError):
    """A table in another coordinate system than EPSG:4326."""


class SchemaError(GeoError, ValueError):
    """A table that does not hold to the contract of incidents."""


class GazetteerError(GeoError):
    """A gazetteer that is missing, of another version, or cannot take a file."""


class ExportError(GeoError):
    """A layer that cannot be written as asked."""


class ClusterError(GeoError):
    """A cluster that cannot be reached, or that stopped before the work was done."""


class GeoWarning(UserWarning):
    """Something that had to be changed, or could not be kept as it was; the message says what and how."""


def warn(message: str) -> None:
    """Warn whoever called `geo`, with the line of their own code."""
    warnings.warn(message, GeoWarning, stacklevel=_depth())


def _depth() -> int:
    """Count the frames of `geo` above the caller's."""
    frame, depth = sys._getframe(1), 1  # noqa: SLF001 - as the standard library's own warnings do
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).partition(".")[0] == "geo":
        frame, depth = frame.f_back, depth + 1
    return depth


class MissingExtraError(GeoError, ImportError):
    """A library of an extra that is not installed; the message has the line that installs it."""
