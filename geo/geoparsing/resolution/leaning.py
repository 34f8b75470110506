"""Lean ambiguous names to the countries that a desk works on.

`GEO_COUNTRY` holds their ISO 3166-1 alpha-2 codes, separated by commas; the processes that read reports inherit it.
"""

import os
from typing import Final

VARIABLE: Final = "GEO_COUNTRY"
# Log-odds for a place there: more than that all other names of a report lie elsewhere, and less than being stated
# to lie elsewhere ("Paris, Texas").
LEANING: Final = 6.0


def leaned_countries() -> frozenset[str]:
    """Give the countries to lean to; empty without any."""
    codes = os.environ.get(VARIABLE, "")
    return frozenset(codes.split(",")) if codes else frozenset()
