"""Say what a person did to a layer, and whether anybody did anything."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.incidents.contract.schema import COLUMNS, coordinates
from geo.incidents.review.terms import DECIDABLE, Spans


@dataclass(frozen=True)
class Edits:
    """What a person did to a layer since `geo` wrote it."""

    changed: Mapping[str, frozenset[str]] = field(default_factory=dict)  # columns by incident_id
    added: frozenset[str] = frozenset()
    dropped: Mapping[str, Spans] = field(default_factory=dict)  # evidence by incident_id
    rejected: tuple[Mapping[str, Any], ...] = ()  # whole rows that an earlier round rejected, as JSON holds them


def mark_as_extracted(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Note on the table that nobody has changed it since the extraction; hands it back."""
    incidents.attrs["extracted"] = _fingerprint(incidents)
    return incidents


def is_as_extracted(layer: gpd.GeoDataFrame) -> bool:
    """Return whether a layer is the table of incidents as the extraction made it.

    Only the edits of such a layer are logged: in one that a person changed before it was
    written, the log would know some of the decisions and deny the others.
    """
    mark = layer.attrs.get("extracted")
    return mark is not None and set(COLUMNS) <= set(layer.columns) and mark == _fingerprint(layer)


def _fingerprint(incidents: gpd.GeoDataFrame) -> str:
    plain = [name for name in DECIDABLE if name not in {"geometry", "in_response_to"}]
    cells = pd.util.hash_pandas_object(pd.DataFrame(incidents[plain]), index=False).to_numpy()
    places = np.nan_to_num(coordinates(incidents), nan=-999.0)
    links = "|".join(",".join(targets) for targets in incidents["in_response_to"])
    return hashlib.sha256(cells.tobytes() + places.tobytes() + links.encode()).hexdigest()


def spans_of(evidence: Iterable[Mapping[str, Any]]) -> Spans:
    """Give report and offset of each sentence that has them."""
    return frozenset((str(span["report_id"]), int(span["start"])) for span in evidence if span["start"] is not None)
