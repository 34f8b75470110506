"""Read files into reports."""

from geo.reading.reader import iter_reports, read

__all__ = ["iter_reports", "read"]
