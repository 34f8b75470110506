"""What merging looks at: the facts of incidents as arrays, one cell per incident."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.incident import Incident
from geo.incidents.merging.actor_identity import WORD
from geo.vocabulary import NOT_HAPPENED, SUB_EVENT_TYPES

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
# How finely a place is known, in classes; a lower one is finer.
SITE, TOWN, AREA, COUNTRY, NOWHERE = range(5)
FINENESS: Final = {
    "site": SITE,
    "near": TOWN,
    "settlement": TOWN,
    "admin": AREA,
    "region": AREA,
    "country": COUNTRY,
    "unknown": NOWHERE,
}
_OWN_PLACE: Final = frozenset({"site", "settlement"})
SMALL_PLACE_M: Final = 5_000.0  # the radius of a place that has none
NO_DAY: Final = -(10**9)
OPEN: Final = np.inf  # "at least 26" has no upper end


@dataclass(frozen=True, slots=True)
class Facts:
    """What merging looks at, one array per fact, one cell per incident.

    Days are proleptic ordinals (`NO_DAY` when unknown), coordinates degrees in EPSG:4326,
    radii metres; texts are codes into their sorted values, -1 for null.
    """

    ids: list[str]
    reports: list[frozenset[str]]
    sub_type: Rows
    happened: NDArray[np.bool_]
    series: NDArray[np.bool_]
    first: Rows
    last: Rows
    lon: Floats
    lat: Floats
    radius_m: Floats
    precision: Rows  # SITE to NOWHERE
    exact: Flags  # in a place of its own, not near one
    place: Rows
    country: Rows
    admin1: Rows
    actors: tuple[list[str], list[str]]
    actor_codes: tuple[Rows, Rows]
    killed: tuple[Floats, Floats]  # least and most; NaN, NaN when not said
    wounded: tuple[Floats, Floats]
    weapon: Rows

    def take(self, rows: Rows) -> "Facts":
        """Take some of the incidents, in the order asked for; codes keep their meaning."""

        def some(value: Any) -> Any:
            if isinstance(value, tuple):
                return tuple(map(some, value))
            return value[rows] if isinstance(value, np.ndarray) else [value[row] for row in rows.tolist()]

        taken = {entry.name: some(getattr(self, entry.name)) for entry in fields(self) if entry.name != "actors"}
        return Facts(**taken, actors=self.actors)

    def columns(self) -> list[NDArray[Any]]:
        """List all that is compared: everything but the ids and the reports."""
        values = (getattr(self, entry.name) for entry in fields(self) if entry.name not in {"ids", "reports", "actors"})
        whole = (value if isinstance(value, tuple) else (value,) for value in values)
        return [column for columns in whole for column in columns]


def gather_facts(incidents: Sequence[Incident]) -> Facts:
    """Turn incidents into arrays, in their order."""
    first = [_ordinal(i.date_start or i.date_end) for i in incidents]
    actor_texts = ([i.actor1 for i in incidents], [_without_place(i.actor2, i) for i in incidents])
    coded = [_codes(texts) for texts in actor_texts]
    return Facts(
        ids=[i.incident_id for i in incidents],
        reports=[frozenset(i.report_ids) for i in incidents],
        sub_type=np.array([SUB_EVENT_TYPES.index(i.sub_event_type) for i in incidents], dtype=np.int64),
        happened=np.array([i.status not in NOT_HAPPENED for i in incidents], dtype=bool),
        series=np.array([i.event_count_min is not None for i in incidents], dtype=bool),
        first=np.array(first, dtype=np.int64),
        last=np.array([_ordinal(i.date_end or i.date_start) for i in incidents], dtype=np.int64),
        lon=_floats([i.lon for i in incidents]),
        lat=_floats([i.lat for i in incidents]),
        radius_m=np.nan_to_num(_floats([i.uncertainty_m for i in incidents]), nan=SMALL_PLACE_M),
        exact=np.array([i.geo_precision in _OWN_PLACE and i.place_id is not None for i in incidents], dtype=bool),
        precision=np.array([FINENESS[i.geo_precision] for i in incidents], dtype=np.int64),
        place=_codes([i.place_id for i in incidents])[0],
        country=_codes([i.country_code for i in incidents])[0],
        admin1=_codes([i.admin1 for i in incidents])[0],
        actors=(coded[0][1], coded[1][1]),
        actor_codes=(coded[0][0], coded[1][0]),
        killed=_range([i.killed_min for i in incidents], [i.killed_max for i in incidents]),
        wounded=_range([i.wounded_min for i in incidents], [i.wounded_max for i in incidents]),
        weapon=_codes([i.weapon and i.weapon.lower() for i in incidents])[0],
    )


def _without_place(target: str | None, incident: Incident) -> str | None:
    """Leave the place out of the words for the target: "a school in Mosul" is no name of its own."""
    stated = (incident.place_name, incident.place_text, incident.admin1)
    place = {word.lower() for text in stated for word in WORD.findall(text or "")}
    return " ".join(word for word in WORD.findall(target or "") if word.lower() not in place) or None


def _ordinal(day: Any) -> int:
    return NO_DAY if day is None else int(day.toordinal())


def _codes(texts: Sequence[str | None]) -> tuple[Rows, list[str]]:
    """Number texts in their sorted order, -1 for null; the list gives the text of a number."""
    values = sorted({text for text in texts if text})
    number = {text: n for n, text in enumerate(values)}
    return np.array([number[text] if text else -1 for text in texts], dtype=np.int64), values


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array(values, dtype=np.float64)


def _range(least: Sequence[int | None], most: Sequence[int | None]) -> tuple[Floats, Floats]:
    low, high = _floats(least), _floats(most)
    said = ~(np.isnan(low) & np.isnan(high))
    return np.where(said & np.isnan(low), 0, low), np.where(said & np.isnan(high), OPEN, high)
