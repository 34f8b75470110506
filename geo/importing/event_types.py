"""Translate other people's codes of events into the vocabulary (data/importing/types.csv)."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from geo.importing.conditions import columns_in, holds
from geo.importing.source import Mask, Source, mapped
from geo.resources import read_table
from geo.tabular import Dataset, normal
from geo.tabular.table import TEXT
from geo.vocabulary import EVENT_TYPE_OF, EVENT_TYPES

_WORDS: Final = {
    "event_type": {name.lower(): name for name in EVENT_TYPES},
    "sub_event_type": {name.lower(): name for name in EVENT_TYPE_OF},
}


@dataclass(frozen=True, slots=True)
class Types:
    """What the rows are, one cell each: None where the codes do not say."""

    event_type: NDArray[Any]
    sub_event_type: NDArray[Any]
    is_incident: Mask


@cache
def _rows(dataset: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in read_table("importing/types.csv") if row["dataset"] == dataset)


@cache
def _statuses(dataset: str) -> tuple[tuple[str, str], ...]:
    rows = read_table("importing/statuses.csv")
    return tuple((row["when"], row["status"]) for row in rows if row["dataset"] == dataset)


def statuses_of(source: Source) -> NDArray[Any]:
    """Say of each row whether it is reported, threatened, alleged (data/importing/statuses.csv)."""
    made = np.full(len(source), "reported", dtype=object)
    open_rows = np.ones(len(source), dtype=bool)
    for when, status in _statuses(source.dataset.name):
        rows = open_rows & holds(when, source)
        open_rows &= ~rows
        made[rows] = status
    return made


def leaves_out(dataset: str) -> bool:
    """Return whether some codes of a dataset are no incidents at all."""
    return any(row["incident"] == "no" for row in _rows(dataset))


@cache
def columns_asked(dataset: str) -> frozenset[str]:
    """Name the columns that decide what the rows of a dataset are."""
    return frozenset(name for row in _rows(dataset) for name in columns_in(row["when"]))


class IncidentCodes:
    """Say which rows of the pieces of a file are incidents, asking once for each different code."""

    def __init__(self, dataset: Dataset) -> None:
        """Know no code yet."""
        self.dataset = dataset
        self._known: dict[str | None, bool] = {}

    def __call__(self, piece: pa.Table) -> Mask:
        """Look at a piece, or at the columns of it that decide; these may be dictionary-encoded."""
        asked = [name for name in piece.column_names if normal(name) in columns_asked(self.dataset.name)]
        if len(asked) != 1:
            return self._rows(piece)
        cells = piece.column(asked[0]).combine_chunks()
        encoded = cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode(null_encoding="encode")
        codes = encoded.dictionary.to_pylist()
        new = [code for code in codes if code not in self._known]
        if new:
            masks = self._rows(pa.table({asked[0]: pa.array(new, TEXT)}))
            self._known |= dict(zip(new, masks.tolist(), strict=True))
        is_known = np.array([self._known[code] for code in codes], dtype=bool)
        return np.asarray(is_known[encoded.indices.to_numpy()])

    def _rows(self, table: pa.Table) -> Mask:
        return types_of(Source(table, self.dataset)).is_incident


def types_of(source: Source) -> Types:
    """Say what each row is; of the table's rules the first that holds counts."""
    size = len(source)
    made = {name: np.full(size, None, dtype=object) for name in ("event_type", "sub_event_type")}
    is_incident, open_rows = np.ones(size, dtype=bool), np.ones(size, dtype=bool)
    for rule in _rows(source.dataset.name):
        if not open_rows.any():
            break
        rows = open_rows & holds(rule["when"], source)
        open_rows &= ~rows
        if not rows.any():
            continue
        is_incident[rows] = rule["incident"] != "no"
        for name in ("event_type", "sub_event_type"):
            made[name][rows] = _words(rule[name], name, source)[rows]
    _complete(made)
    return Types(**made, is_incident=is_incident)


def _words(code: str, name: str, source: Source) -> NDArray[Any]:
    """Give the word of a rule, or each row's own word where it is one of the vocabulary."""
    if not code.startswith("="):
        return np.full(len(source), code or None, dtype=object)
    terms = _WORDS[name]
    found = mapped([source.text(code[1:])], lambda word: terms.get(" ".join((word or "").lower().split())))
    return np.array(found, dtype=object)


def _complete(made: dict[str, NDArray[Any]]) -> None:
    """A sub type says its event type; one of another event type is a slip, and left out."""
    codes, subs = pd.factorize(made["sub_event_type"])
    of_sub = np.array([*(EVENT_TYPE_OF.get(sub) for sub in subs), None], dtype=object)[codes]
    missing = pd.isna(made["event_type"])
    made["event_type"][missing] = of_sub[missing]
    slip = ~pd.isna(of_sub) & (of_sub != made["event_type"])
    made["sub_event_type"][slip] = None
