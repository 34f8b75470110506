"""Keep the user's own gazetteer: files that were added, each an index beside the embedded one.

A big file becomes several indexes ("parts"), so that adding all thirteen million places of
GeoNames needs no more memory than a part of it.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from geo.errors import GazetteerError
from geo.gazetteer.dumps import (
    DUMP_COLUMNS,
    NAMES_COLUMNS,
    open_text,
    read_alternate_names,
    read_dump,
)
from geo.gazetteer.entry import Entry
from geo.gazetteer.gazetteer import Gazetteer, embedded_gazetteer, open_gazetteer, user_folder
from geo.gazetteer.index import write_index
from geo.gazetteer.keys import keys_of
from geo.gazetteer.table import read_places
from geo.progress import progress

PART: Final = 250_000  # places in one index
_NAMES: Final = 1_000_000  # further names in one index


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A file that is part of the user's gazetteer."""

    name: str
    file: str
    places: int
    names: int

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.name}: {self.places:,} places with {self.names:,} names from {self.file}"


def add_file(path: str | Path) -> Added:
    """Add a file to the user's gazetteer; it replaces what was added under its name before.

    Args:
        path: A GeoNames country file, allCountries or alternateNamesV2 (.txt or .zip), or a CSV
            with the columns name, lat, lon and, optionally, kind, country, aliases, radius_m.

    Returns:
        What was added.

    Raises:
        GazetteerError: If the file cannot be read or a line of it is broken; nothing is added then.
    """
    path = Path(path)
    folder = user_folder()
    name = re.sub(r"[^\w-]+", "-", path.stem).strip("-") or "places"
    with _working_folder(folder) as fresh:
        with open_text(path) as lines:
            places, names = _write_parts(fresh, _parts(path, lines))
        if not places:
            msg = f"{path}: holds no place that could be added; give a GeoNames dump or a CSV of places."
            raise GazetteerError(msg)
        added = Added(name=name, file=path.name, places=places, names=names)
        (fresh / "added.json").write_text(json.dumps(asdict(added)), encoding="utf-8")
        _replace(fresh, folder / name)
    open_gazetteer.cache_clear()
    return added


def list_added() -> list[Added]:
    """List the files of the user's gazetteer by name."""
    folder = user_folder()
    found = sorted(folder.glob("*/added.json")) if folder.is_dir() else []
    return [Added(**json.loads(path.read_text(encoding="utf-8"))) for path in found]


def remove(name: str) -> None:
    """Take a file out of the user's gazetteer.

    Raises:
        GazetteerError: If nothing was added under that name.
    """
    folder = user_folder() / name
    if not (folder / "added.json").is_file() or folder.parent != user_folder():
        known = ", ".join(added.name for added in list_added()) or "nothing"
        msg = f"{name!r} is not in your gazetteer; it holds {known}."
        raise GazetteerError(msg)
    shutil.rmtree(folder)
    open_gazetteer.cache_clear()


class _working_folder:  # noqa: N801 - used like a function
    """A folder beside the final ones, gone at the end whatever happens."""

    def __init__(self, parent: Path) -> None:
        self._parent = parent

    def __enter__(self) -> Path:
        try:
            self._parent.mkdir(parents=True, exist_ok=True)
            _remove_abandoned(self._parent)
            self._folder = Path(tempfile.mkdtemp(prefix=f".adding-{os.getpid()}-", dir=self._parent))
        except OSError as error:
            msg = f"{self._parent}: cannot be written ({error.strerror}); set GEO_GAZETTEER to another folder."
            raise GazetteerError(msg) from error
        return self._folder

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _remove_abandoned(parent: Path) -> None:
    """Remove the working folders of runs that were killed, not those of runs that go on."""
    for left in parent.glob(".adding-*-*"):
        pid = left.name.split("-")[1]
        if os.name == "posix" and pid.isdecimal() and not _runs(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)  # asks only, sends nothing
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _replace(fresh: Path, final: Path) -> None:
    """Put the fresh folder in the place of the final one, which goes only when that has worked."""
    usual = fresh / ".usual"
    usual.mkdir()  # by the umask, which a temporary folder does not heed
    fresh.chmod(usual.stat().st_mode & 0o777)
    usual.rmdir()
    old = fresh.with_suffix(".old")
    if final.exists():
        os.replace(final, old)
    os.replace(fresh, final)
    shutil.rmtree(old, ignore_errors=True)


def _parts(path: Path, lines: Iterator[str]) -> Iterator[list[Entry]]:
    """Read a file of whatever kind, in parts that fit into memory."""
    first = next(lines, "")
    cells = first.rstrip("\r\n").split("\t")
    rest = progress(_chain(first, lines), what=path.name)
    if len(cells) == DUMP_COLUMNS and cells[0].isdecimal():
        yield from _dump_parts(path, read_dump(path, rest))
    elif len(cells) in NAMES_COLUMNS and cells[0].isdecimal() and cells[1].isdecimal():
        yield from _names_parts(read_alternate_names(path, rest))
    elif cells[0].isdecimal() and len(cells) > NAMES_COLUMNS.stop:
        list(read_dump(path, iter([first])))  # says what is wrong with the line
    else:
        yield from _batches(read_places(path, rest, _country_code))


def _chain(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while part := list(islice(entries, PART)):
        yield part


def _country_code(name: str) -> str:
    gazetteer = embedded_gazetteer()
    if gazetteer.country_row(name.upper()) is not None:
        return name.upper()
    return next((place.country_code for place in gazetteer.find(name) if place.kind == "country"), "") if name else ""


def _dump_parts(path: Path, entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    """Cut a dump into parts; each gets a copy of the divisions that its places lie in."""
    divisions = _divisions(path)
    embedded = embedded_gazetteer()
    numbers = _Numbers(embedded)
    for part in _batches(entries):
        needed: dict[str, Entry] = {}
        for entry in part:
            for level in ("admin1", "admin2"):
                division = divisions.get(getattr(entry, level))
                setattr(entry, level, division.id if division else "")
                if division:
                    needed[division.id] = division
            _enrich(entry, embedded, numbers)
        own = {entry.id: entry for entry in part}
        yield [*own.values(), *(copy for place_id, copy in needed.items() if place_id not in own)]


def _divisions(path: Path) -> dict[str, Entry]:
    """Read the first- and second-level divisions of a dump by their codes."""
    with open_text(path) as lines:
        rows = (line for line in lines if "\tADM1\t" in line or "\tADM2\t" in line)
        found = {}
        for entry in read_dump(path, (row for row in rows if row.count("\t") == DUMP_COLUMNS - 1)):
            code = entry.admin2 if entry.feature_code == "ADM2" else entry.admin1
            entry.admin1 = entry.admin2 = ""
            entry.best, entry.names = [], []
            found[code] = entry
    return found


class _Numbers:
    """Finds the embedded row of a GeoNames number."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        numbers = gazetteer.numbers()
        self._order = np.argsort(numbers, kind="stable")
        self._sorted = numbers[self._order]

    def row(self, number: int) -> int | None:
        at = int(np.searchsorted(self._sorted, np.uint32(number)))  # of their own type: no copy is made
        return int(self._order[at]) if at < len(self._sorted) and self._sorted[at] == number else None


def _enrich(entry: Entry, embedded: Gazetteer, numbers: _Numbers) -> None:
    """What the embedded gazetteer measured (reach of divisions) or ranked stays known."""
    row = numbers.row(int(entry.id.partition(":")[2]))
    if row is None:
        return
    entry.prominence = max(entry.prominence, embedded.prominence_of(row))
    if entry.kind in {"admin", "country", "region"}:
        entry.radius_m = max(float(embedded.radius_m[row]), 500.0)


def _names_parts(names: Iterator[tuple[int, str]]) -> Iterator[list[Entry]]:
    """Gather further names of places that are known; each part holds copies of these places."""
    known = open_gazetteer()
    numbers = _Numbers(known)
    gathered: dict[int, list[str]] = {}
    count = 0
    for number, name in names:
        row = numbers.row(number)
        if row is not None:
            gathered.setdefault(row, []).append(name)
            count += 1
        if count >= _NAMES:
            yield [_copy(known, row, names) for row, names in gathered.items()]
            gathered, count = {}, 0
    if gathered:
        yield [_copy(known, row, names) for row, names in gathered.items()]


def _copy(gazetteer: Gazetteer, row: int, names: list[str]) -> Entry:
    place = gazetteer.place(row)
    fields: dict[str, Any] = asdict(place)
    for key in ("country", "admin1", "admin2"):
        del fields[key]
    return Entry(**fields, names=names, prominence=gazetteer.prominence_of(row))


def _write_parts(folder: Path, parts: Iterable[list[Entry]]) -> tuple[int, int]:
    places = names = 0
    for n, part in enumerate(parts):
        inside = folder / f"part-{n:03d}"
        inside.mkdir()
        names += write_index(inside, part, keys_of)
        places += len(part)
    return places, names
