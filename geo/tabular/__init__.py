"""Read other people's tables as they stand: rows of texts under a header, whatever file they lie in.

Nothing is decided here about incidents or reports; `reading` and `importing` both look into a table
before they know which of the two it holds.
"""

from geo.tabular.coordinates import find_coordinates, names_coordinates
from geo.tabular.headers import Dataset, datasets, long_text_column, normal, recognise
from geo.tabular.opening import open_tables
from geo.tabular.table import RawTable

__all__ = [
    "Dataset",
    "RawTable",
    "datasets",
    "find_coordinates",
    "long_text_column",
    "names_coordinates",
    "normal",
    "open_tables",
    "recognise",
]
