"""Write and read the tag by which ACLED's column `tags` says how precisely geo knows a place.

ACLED has one code for districts, provinces and all that is wider, and no radius; its tags are "name=value" apart by
semicolons, and those of geo's columns are called as the columns are.
"""

import re
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.importing.source import Source
from geo.incidents.contract.schema import TERMS

COLUMN: Final = "tags"
RADII: Final = {"settlement": 5_000.0, "near": 25_000.0}  # what ACLED's codes 1 and 2 are read as
_TAG: Final = re.compile(r"\bgeo_precision=(\w+); uncertainty_m=(\d+)\b")


def write_tag(geo_precision: Any, uncertainty_m: Any, *, read_as: str) -> str:
    """Say how precisely a place is known; "" where the code alone says it, or nobody knows."""
    if pd.isna(geo_precision) or pd.isna(uncertainty_m):
        return ""
    if geo_precision == read_as and RADII.get(read_as) == uncertainty_m:
        return ""
    return f"geo_precision={geo_precision}; uncertainty_m={round(uncertainty_m)}"


def read_tags(source: Source, precision: NDArray[Any], uncertainty_m: NDArray[np.float64]) -> None:
    """Put what tags say in place of what the codes say."""
    if not source.matching(COLUMN):
        return
    tagged = np.flatnonzero(source.holding(COLUMN, lambda text: _TAG.search(text) is not None, known=False))
    for row in tagged:
        found = _TAG.search(source.text(COLUMN).iloc[row])
        if found and found[1] in TERMS["geo_precision"]:
            precision[row], uncertainty_m[row] = found[1], float(found[2])
