"""Turn the incident table into columns of numbers that the page decodes without parsing.

Row order, types and the numbers that stand for null: geo/leaflet/web/FORMAT.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.incidents.contract.schema import coordinates
from geo.incidents.headlines.headline import NAMES, full_names_of, labels_of
from geo.incidents.review.terms import REVIEWED
from geo.leaflet.encoding import column_bytes
from geo.vocabulary import DATE_PRECISIONS, EVENT_TYPES, GEO_PRECISIONS, STATUSES

NULL_INT: Final = -(2**31)
UNITS_PER_DEGREE: Final = 100_000  # steps of 1.1 m and less: no report states a place more finely
NO_CODE: Final = 255
TYPES: Final = {"uint8": "u8", "uint16": "u16", "uint32": "u32", "int32": "i32", "float32": "f32"}

DAYS: Final = ("date_start", "date_end")
TERMS: Final[dict[str, Sequence[str]]] = {
    "date_precision": DATE_PRECISIONS,
    "geo_precision": GEO_PRECISIONS,
    "status": STATUSES,
    "event_type": tuple(EVENT_TYPES),
}
DATASET: Final = "dataset"
OPTIONAL: Final = (REVIEWED, DATASET)
# Columns of texts that repeat, and the dictionary that each is coded in.
DICTIONARY_OF: Final = {
    "sub_event_type": "sub_event_type",
    "country": "country",
    "country_code": "country_code",
    "admin1": "admin1",
    "place_name": "place_name",
    "actor1": "actor",
    "actor2": "actor",
    "weapon": "weapon",
    "attribution": "attribution",
    REVIEWED: REVIEWED,  # where a person reviewed the table
    DATASET: DATASET,  # where rows of other people stand in it
}
LABELLED: Final = frozenset(column for column, _ in NAMES.values())
COUNTS: Final = ("killed_min", "killed_max", "wounded_min", "wounded_max", "event_count_min")
# What a column's numbers are multiplied by, and which of them is null.
DEGREE_UNIT: Final = {"scale": 1 / UNITS_PER_DEGREE, "null": NULL_INT}
HUNDREDTH: Final = {"scale": 0.01, "null": NO_CODE}

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Core:
    """The columns of all rows: their bytes, where each lies in them, and the texts they name."""

    data: bytes
    columns: list[dict[str, Any]]
    dictionaries: dict[str, list[str | None]]


def row_order(incidents: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Give the rows in the order of the list: by first day (unknown last), then last day, then as given."""
    first, last = (days(incidents[name]).astype(np.int64) for name in DAYS)
    first[first == NULL_INT] = last[last == NULL_INT] = -NULL_INT
    return np.lexsort((np.arange(len(first)), last, first))


def days(column: "pd.Series[Any]") -> NDArray[np.int32]:
    """Give days since 1970-01-01, `NULL_INT` where none is known."""
    numbers = column.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(numbers), NULL_INT, numbers.astype(np.int64)).astype(np.int32)


def core_columns(
    incidents: gpd.GeoDataFrame, order: NDArray[np.int64], hidden: frozenset[str], lang: str = "en"
) -> Core:
    """Code every column that the list, the filters and the marks need.

    Args:
        incidents: The contract's table.
        order: Its rows in the order of the page, shape (n,).
        hidden: Columns that stay out of the page.
        lang: Of the page's headlines.
    """
    dictionaries: dict[str, list[str | None]] = {}
    arrays: dict[str, tuple[Array, dict[str, Any]]] = {}
    if "geometry" not in hidden:
        xy = coordinates(incidents)
        units = np.where(np.isnan(xy).any(axis=1, keepdims=True), NULL_INT, np.rint(xy * UNITS_PER_DEGREE))
        arrays |= {name: (units[:, n].astype(np.int32), DEGREE_UNIT) for n, name in enumerate(("lon", "lat"))}
    arrays["uncertainty_m"] = rounded_up(incidents["uncertainty_m"].to_numpy(dtype=np.float64)), {}
    arrays["confidence"] = hundredths(incidents["confidence"].to_numpy(dtype=np.float64)), HUNDREDTH
    for name in DAYS:
        arrays[name] = days(incidents[name]), {"delta": True}
    for name, terms in TERMS.items():
        arrays[name] = coded_terms(incidents[name], terms), {}
    for name in COUNTS:
        arrays[name] = counts(incidents[name])
    shown = {name: home for name, home in DICTIONARY_OF.items() if name not in hidden and is_coded(incidents, name)}
    for home in dict.fromkeys(shown.values()):
        names = [name for name, its in shown.items() if its == home]
        codes, entries = encode_texts([incidents[name] for name in names])
        dictionaries[home] = [*entries]
        if names[0] in LABELLED and any(called := labels_of(names[0], entries, lang)):
            dictionaries[f"{home}_label"] = called
        if any(full := full_names_of(names[0], entries, lang)):
            dictionaries[f"{home}_full"] = full
        arrays |= {name: (code, {"dictionary": home}) for name, code in zip(names, codes, strict=True)}
    shown_arrays = {name: (values[order], notes) for name, (values, notes) in arrays.items() if name not in hidden}
    return _packed(shown_arrays, dictionaries)


def is_coded(incidents: gpd.GeoDataFrame, name: str) -> bool:
    """Return whether a column of texts is one of the page's own; some may be missing, or a user's own column."""
    return name not in OPTIONAL or (name in incidents and incidents[name].dtype == "str")


def coded_terms(column: "pd.Series[Any]", terms: Sequence[str]) -> Array:
    """Code terms of a vocabulary by their place in it, `NO_CODE` for null and for what is none of them."""
    texts = pa.array(column, type=pa.large_string(), from_pandas=True)
    codes = pc.index_in(texts, value_set=pa.array(terms, pa.large_string()))
    codes = codes.combine_chunks() if isinstance(codes, pa.ChunkedArray) else codes
    return np.asarray(codes.fill_null(NO_CODE).to_numpy(zero_copy_only=False).astype(np.uint8))


def _packed(arrays: dict[str, tuple[Array, dict[str, Any]]], dictionaries: dict[str, list[str | None]]) -> Core:
    """Lay the columns one after another."""
    pieces, columns, offset = [], [], 0
    for name, (values, notes) in arrays.items():
        delta = bool(notes.get("delta"))
        piece = column_bytes(values, delta=delta)
        kind = {"name": name, "type": TYPES[values.dtype.name], "offset": offset, "shuffle": True, "delta": delta}
        columns.append(
            kind
            | {"dictionary": notes.get("dictionary")}
            | {key: notes[key] for key in ("null", "scale") if key in notes}
        )
        pieces.append(piece)
        offset += len(piece)
    return Core(b"".join(pieces), columns, dictionaries)


def counts(column: "pd.Series[Any]") -> tuple[Array, dict[str, Any]]:
    """Code counts in the smallest type that holds them; its greatest number is null."""
    known = column.notna().to_numpy()
    values = column.to_numpy(dtype=np.int64, na_value=0)
    greatest = int(values.max(initial=0))
    kind = smallest(greatest + 1)
    null = int(np.iinfo(kind).max)
    return np.where(known, np.minimum(values, null - 1), null).astype(kind), {"null": null}


def rounded_up(metres: NDArray[np.float64]) -> NDArray[np.float32]:
    """Round lengths up to two figures: a more exact radius would claim to know more."""
    with np.errstate(divide="ignore", invalid="ignore"):
        step = 10.0 ** (np.floor(np.log10(metres)) - 1)
        return np.where(metres > 0, np.ceil(metres / step - 1e-9) * step, metres).astype(np.float32)


def hundredths(shares: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Code numbers from 0 to 1 as hundredths, `NO_CODE` where unknown."""
    return np.where(np.isnan(shares), NO_CODE, np.rint(np.clip(shares, 0, 1) * 100)).astype(np.uint8)


def smallest(greatest: int) -> type[np.unsignedinteger[Any]]:
    """Give the smallest type that holds a number."""
    types = (np.uint8, np.uint16, np.uint32)
    return next((kind for kind in types if greatest <= np.iinfo(kind).max), np.uint32)


def encode_texts(columns: Sequence["pd.Series[Any]"]) -> tuple[list[Array], list[str]]:
    """Code the texts of one or more columns by their place in one list.

    Returns:
        One array of codes for each column, 0 for null and k for entry k - 1; and the list.
    """
    chunks = [pa.array(column, type=pa.large_string(), from_pandas=True) for column in columns]
    coded = pa.chunked_array(chunks, type=pa.large_string()).combine_chunks().dictionary_encode()
    entries = coded.dictionary.to_pylist()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False) + 1
    kind = smallest(len(entries))
    ends = np.cumsum([len(column) for column in columns])[:-1]
    return np.split(codes.astype(kind), ends), entries


def link_rows(incidents: gpd.GeoDataFrame, order: NDArray[np.int64]) -> NDArray[np.int32]:
    """Give pairs of rows, shape (n, 2): the incident that answers, and the one that it answers.

    Args:
        incidents: The contract's table.
        order: Its rows in the order of the page, shape (n,); the pairs count in that order.
    """
    cells = incidents["in_response_to"].tolist()
    answering = np.repeat(np.arange(len(cells)), [len(cell) for cell in cells])
    named = pd.Index([one for cell in cells for one in cell], dtype="str")
    wanted = pa.array(named.unique(), pa.large_string())
    # Only the ids that are named are looked for, among all: a table of a million is seldom full of answers.
    which = (
        pc.index_in(pa.array(incidents["incident_id"], pa.large_string()), value_set=wanted).fill_null(-1).to_numpy()
    )
    rows = np.flatnonzero(which >= 0)
    row_of = np.full(len(wanted), -1, dtype=np.int64)
    row_of[which[rows]] = rows
    answered = row_of[named.unique().get_indexer(named)] if len(named) else np.empty(0, dtype=np.int64)
    pairs = np.column_stack([answering, answered])[answered >= 0]
    position: NDArray[np.int32] = np.argsort(order).astype(np.int32)
    return np.asarray(position[pairs])
