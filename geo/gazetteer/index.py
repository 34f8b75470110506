"""Hold places and their names in a folder of memory-mapped files.

Rows are sorted by prominence, and the rows of a name by their rank, so that nothing is sorted
at look-up. Opening touches a few pages only; the rest is read on demand.

    names.*        the keys of all names (names.py)
    sounds.*       coarser keys of names that are written by ear (sound.py)
    <column>.npy   one value per row
    labels.bin     per row: its name, and its id when that is no GeoNames number
    lists.json     the words that columns refer to by number
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from geo.errors import GazetteerError
from geo.gazetteer.entry import Entry
from geo.gazetteer.names import Names, map_array, values_of, write_names
from geo.gazetteer.place import KINDS
from geo.gazetteer.sound import BY_EAR, sound

VERSION: Final = 2
_ALIKE: Final = 5  # a sound of more places says nothing
_NONE: Final = (1 << 32) - 1
_COLUMNS: Final = {
    "lon": "f8", "lat": "f8", "population": "u4", "radius_m": "f4", "prominence": "f4", "kind": "u1",
    "feature": "u2", "country": "u2", "source": "u1", "admin1": "u4", "admin2": "u4", "number": "u4", "label": "u4",
}  # fmt: skip


class Index:
    """One folder of places and names, opened for reading."""

    def __init__(self, folder: Path) -> None:
        """Map the files of `folder`.

        Raises:
            GazetteerError: If the folder holds no index, or one of another version.
        """
        try:
            self.lists: dict[str, Any] = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
            if self.lists["version"] != VERSION:
                msg = (
                    f"{folder}: gazetteer index of version {self.lists['version']}, expected {VERSION}; build it again."
                )
                raise GazetteerError(msg)
            self._names = Names(folder, "names")
            self._sounds = Names(folder, "sounds")
            self.columns = {name: map_array(folder / f"{name}.npy") for name in _COLUMNS}
            self.values = {name: values_of(column) for name, column in self.columns.items()}
            self._labels = np.memmap(folder / "labels.bin", dtype="u1", mode="r").data
        except OSError as error:
            msg = (
                f"{folder}: no gazetteer index there ({error}); `python -m geo.building` builds geo's own, "
                "`geo gazetteer add FILE` one of yours."
            )
            raise GazetteerError(msg) from error
        self.size = len(self.columns["lon"])

    def rows(self, key: str) -> Sequence[int]:
        """Give the rows of the places that `key` names, best known first."""
        return self._names.rows(key)

    def sounding_rows(self, heard: str) -> Sequence[int]:
        """Give the rows of the places that a key of `sound` leads to, best known first."""
        return self._sounds.rows(heard)

    def extends(self, key: str) -> bool:
        """Say whether some longer name goes on after the words of `key`."""
        return self._names.extends(key)

    def label(self, row: int) -> tuple[str, str]:
        """Give name and id of a row."""
        labels = self.values["label"]
        name, _, own_id = str(self._labels[labels[row] : labels[row + 1]], "utf-8").partition("\t")
        return name, own_id or f"geonames:{self.values['number'][row]}"

    def row_of(self, place_id: str) -> int | None:
        """Find the row of an id, None when it is not here."""
        scheme, _, number = place_id.partition(":")
        if scheme == "geonames" and number.isdecimal():
            found = np.flatnonzero(self.columns["number"] == int(number))
            return int(found[0]) if len(found) else None
        return self._own_ids.get(place_id)

    @cached_property
    def _own_ids(self) -> dict[str, int]:
        rows: list[int] = np.flatnonzero(self.columns["number"] == 0).tolist()
        return {self.label(row)[1]: row for row in rows}


class _Numbers:
    """Number words in the order in which they are first met."""

    def __init__(self, first: Iterable[str] = ()) -> None:
        self.of: dict[str, int] = {word: n for n, word in enumerate(first)}

    def __getitem__(self, word: str) -> int:
        return self.of.setdefault(word, len(self.of))


def write_index(folder: Path, entries: Iterable[Entry], keys_of: Callable[[Entry], Mapping[str, float]]) -> int:
    """Write entries as an index into `folder`.

    Args:
        folder: An existing, empty folder.
        entries: The places; the order does not matter, ids must be unique.
        keys_of: Gives the keys under which an entry is found, each with its rank among places of that key.

    Returns:
        The number of names written.
    """
    ordered = sorted(entries, key=lambda entry: (-entry.prominence, entry.id))
    row_of = {entry.id: row for row, entry in enumerate(ordered)}
    found: dict[str, list[tuple[float, int]]] = {}
    heard: dict[str, list[int]] = {}
    for row, entry in enumerate(ordered):
        keys = keys_of(entry)
        for key, rank in keys.items():
            found.setdefault(key, []).append((-rank, row))
        if entry.country_code in BY_EAR:
            for key in {sound(key) for key in keys} - {""}:
                heard.setdefault(key, []).append(row)
    write_names(folder, "names", {key: [row for _, row in sorted(rows)] for key, rows in found.items()})
    write_names(folder, "sounds", {key: rows for key, rows in heard.items() if len(rows) <= _ALIKE})
    _write_columns(folder, ordered, row_of)
    return len(found)


def _write_columns(folder: Path, ordered: list[Entry], row_of: dict[str, int]) -> None:
    features, countries, sources = _Numbers(), _Numbers([""]), _Numbers()
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    labels = [_label(entry) for entry in ordered]
    for entry in ordered:
        columns["lon"].append(entry.lon)
        columns["lat"].append(entry.lat)
        columns["population"].append(min(entry.population, _NONE))
        columns["radius_m"].append(entry.radius_m)
        columns["prominence"].append(entry.prominence)
        columns["kind"].append(KINDS.index(entry.kind))
        columns["feature"].append(features[f"{entry.feature_class}.{entry.feature_code}"])
        columns["country"].append(countries[entry.country_code])
        columns["source"].append(sources[entry.source])
        columns["admin1"].append(row_of.get(entry.admin1, _NONE))
        columns["admin2"].append(row_of.get(entry.admin2, _NONE))
        columns["number"].append(_number(entry.id))
    ends = np.cumsum([0, *map(len, labels)])
    columns["label"] = ends.tolist()
    for name, dtype in _COLUMNS.items():
        np.save(folder / f"{name}.npy", np.array(columns[name], dtype))
    (folder / "labels.bin").write_bytes(b"".join(labels) or b"\0")
    lists = {
        "version": VERSION,
        "features": list(features.of),
        "countries": list(countries.of),
        "sources": list(sources.of),
    }
    (folder / "lists.json").write_text(json.dumps(lists), encoding="utf-8")


def _number(place_id: str) -> int:
    scheme, _, number = place_id.partition(":")
    return int(number) if scheme == "geonames" else 0


def _label(entry: Entry) -> bytes:
    return (entry.name if _number(entry.id) else f"{entry.name}\t{entry.id}").encode()
